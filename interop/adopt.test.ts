// A real Kafka's partitions, of every kind, taken over by the program, and given back to that Kafka: each time the one
// serves what the other served.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { BatchBuilder, Compression } from '@millrace/protocol';
import { baseTimeMs } from './differential/batches.ts';
import { Kafka } from './differential/kafka.ts';
import { Peer } from './differential/peer.ts';
import { produceTo } from './differential/prepare.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { runOk } from './harness/program.ts';
import { interopRoot, kafkaTool, kcat, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const MAIN = join(interopRoot, '..', 'packages', 'cli', 'src', 'main.ts');
const CODECS = Object.values(Compression);
const COMPACTED = {
  'cleanup.policy': 'compact',
  'segment.bytes': '1048576',
  'min.cleanable.dirty.ratio': '0.01',
};
/** By topic: its partitions. */
const TOPICS = { codecs: 2, transactions: 2, trimmed: 1, compacted: 1, empty: 3 };

/** A line for each record that is not deleted or compacted away: partition, offset, time, key and a digest. */
async function read(port: number, topic: string): Promise<string[]> {
  const { stdout } = await kcat([
    ...['-b', `127.0.0.1:${port}`, '-C', '-t', topic, '-o', 'beginning', '-e', '-q'],
    // What becomes of aborted transactions is told below.
    ...['-X', 'isolation.level=read_uncommitted', '-f', '%p %o %T %k %h %s\\n'],
  ]);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [partition, offset, ...rest] = line.split(' ');
      return `${partition} ${offset} ${createHash('sha1').update(rest.join(' ')).digest('hex')}`;
    })
    .sort();
}

async function readAll(port: number): Promise<Record<string, readonly string[]>> {
  const all: Record<string, readonly string[]> = {};
  for (const topic of Object.keys(TOPICS)) all[topic] = await read(port, topic);
  return all;
}

function batch(codec: number, index: number, records: number): Buffer {
  const builder = new BatchBuilder({ codec });
  for (let record = 0; record < records; record++) {
    builder.add({
      timestampMs: baseTimeMs + index * 1000 + record,
      key: Buffer.from(`key-${(index * 7 + record) % 90}`),
      // Nothing that a codec could make much smaller, so that segments fill up.
      value: Buffer.from(
        createHash('shake256', { outputLength: 300 + ((index * 31 + record) % 600) })
          .update(`${index}/${record}`)
          .digest('hex'),
      ),
      headers: record % 5 === 0 ? [{ key: 'h', value: Buffer.from(`${record}`) }] : [],
    });
  }
  return builder.build();
}

async function fill(kafka: Kafka): Promise<void> {
  const peer = new Peer('Kafka', kafka.port);
  for (const [topic, partitions] of Object.entries(TOPICS)) {
    await createTopic(kafka.port, topic, partitions, topic === 'compacted' ? COMPACTED : {});
    await peer.untilTopic(topic, partitions);
  }
  for (const [index, codec] of CODECS.entries()) {
    for (let more = 0; more < 3; more++) {
      await produceTo(peer, 'codecs', batch(codec, index * 3 + more, 20));
      await produceTo(peer, 'trimmed', batch(codec, index * 3 + more, 20));
    }
  }
  for (let index = 0; index < 60; index++) {
    await produceTo(peer, 'compacted', batch(CODECS[index % CODECS.length]!, index, 60));
  }
  const script = join(interopRoot, 'python', 'transactions.py');
  await runOk(paths.python, [script, `127.0.0.1:${kafka.port}`, 'transactions', '20']);
  const deletion = { version: 1, partitions: [{ topic: 'trimmed', partition: 0, offset: 130 }] };
  await kafkaTool('DeleteRecordsCommand', [
    ...['--bootstrap-server', `127.0.0.1:${kafka.port}`],
    ...['--offset-json-file', jsonFile(kafka, deletion)],
  ]);
  await until('Kafka has compacted', () => cleanedUpTo(kafka) > 0);
}

// Needs: java, kcat, python
brokerSuite(
  'the partitions of a Kafka',
  { needs: ['java', 'kcat', 'python'], ownBroker: true, timeoutMs: 120_000 },
  (broker) => {
    let kafka: Kafka | null = null;
    let served: Record<string, readonly string[]> = {};

    const adopt = (...args: readonly string[]) =>
      runOk(process.execPath, [
        ...['--conditions=@millrace/source', MAIN, 'adopt', kafka!.dataDirectory],
        ...['--data-dir', broker().dataDirectory, ...args],
      ]);

    before(async () => {
      kafka = await Kafka.start(['log.cleaner.backoff.ms=200', 'log.initial.task.delay.ms=200']);
      await fill(kafka);
      // Each start of Kafka begins a leader epoch; some records lie in the second.
      await kafka.stop('SIGTERM');
      await kafka.restartAfter(() => {});
      const peer = new Peer('Kafka', kafka.port);
      await peer.untilTopic('codecs', 2);
      await produceTo(peer, 'codecs', batch(Compression.zstd, 99, 20));
      served = await readAll(kafka.port);
      await kafka.stop('SIGTERM');
    });
    after(async () => {
      await kafka?.stop();
    });

    it('are taken over by millrace adopt, and serve the same records', async () => {
      await broker().stop();
      await adopt('--topic', 'compacted', '--set', 'cleanup.policy=compact');
      await adopt(
        ...Object.keys(TOPICS)
          .filter((name) => name !== 'compacted')
          .flatMap((name) => ['--topic', name]),
      );
      await broker().launch();
      assert.ok(Object.values(served).flat().length > 300);
      assert.deepEqual(await readAll(broker().port), served);
      const epochs = join(broker().dataDirectory, 'codecs-0', 'leader-epoch-checkpoint');
      assert.ok(readFileSync(epochs, 'utf8').split('\n').length > 4, 'the leader epochs are kept');
    });

    it('keep their deleted records deleted, and the index of aborted transactions', async () => {
      assert.match(served.trimmed![0]!, /^0 13\d /);
      const names = readdirSync(join(broker().dataDirectory, 'transactions-0'));
      assert.ok(names.some((name) => name.endsWith('.txnindex')));
    });

    it('are not taken over twice, nor from a Kafka that runs or crashed', async () => {
      await broker().stop();
      await assert.rejects(adopt('--topic', 'codecs'), /There is a topic codecs/);
      await broker().launch();
      await assert.rejects(adopt(), /in use|holds|running/i);
    });

    it('go on, over a kill -9 too', async () => {
      const peer = new Peer('Millrace', broker().port);
      for (const codec of CODECS) await produceTo(peer, 'codecs', batch(codec, 200, 5));
      await produceTo(peer, 'compacted', batch(Compression.lz4, 201, 5));
      const before = await readAll(broker().port);
      assert.equal(before.codecs!.length, served.codecs!.length + CODECS.length * 5);
      await broker().kill();
      await broker().launch();
      assert.deepEqual(await readAll(broker().port), before);
    });

    it('are served by the Kafka again, with what was added', async () => {
      const ours = await readAll(broker().port);
      await broker().stop();
      await kafka!.restartAfter(() => giveBack(broker().dataDirectory, kafka!.dataDirectory));
      const peer = new Peer('Kafka', kafka!.port);
      await peer.untilTopic('codecs', 2);
      await until('Kafka serves all of it', async () => {
        const theirs = await read(kafka!.port, 'codecs');
        return theirs.length === ours.codecs!.length;
      });
      assert.deepEqual(await readAll(kafka!.port), ours);
      await broker().launch();
    });
  },
);

function cleanedUpTo(kafka: Kafka): number {
  try {
    const text = readFileSync(join(kafka.dataDirectory, 'cleaner-offset-checkpoint'), 'utf8');
    return Number(/^compacted 0 ([0-9]+)$/m.exec(text)?.[1] ?? -1);
  } catch {
    return -1;
  }
}

function jsonFile(kafka: Kafka, content: unknown): string {
  const file = join(kafka.dataDirectory, '..', 'deletion.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Our partitions' files in the place of Kafka's; the topics' ids are the same, and Kafka's own checkpoints stay. */
function giveBack(ours: string, kafkas: string): void {
  for (const [topic, partitions] of Object.entries(TOPICS)) {
    for (let partition = 0; partition < partitions; partition++) {
      const source = join(ours, `${topic}-${partition}`);
      const target = join(kafkas, `${topic}-${partition}`);
      for (const name of readdirSync(target)) rmSync(join(target, name));
      for (const name of readdirSync(source)) copyFileSync(join(source, name), join(target, name));
    }
  }
}
