// The same batches to a real Apache Kafka and to the started program, both compact them: the same records must be left,
// Kafka's own tools must find nothing wrong in the segments, and Kafka must be able to go on with our partition's files.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { BatchBuilder, Compression } from '@millrace/protocol';
import { IncrementalAlterConfigsRequest } from '@millrace/protocol/messages/incremental-alter-configs-request';
import { IncrementalAlterConfigsResponse } from '@millrace/protocol/messages/incremental-alter-configs-response';
import { api } from './differential/api.ts';
import { Kafka } from './differential/kafka.ts';
import { Peer } from './differential/peer.ts';
import { produceTo } from './differential/prepare.ts';
import { TransactionalProducer } from './differential/transactions.ts';
import type { Broker } from './harness/broker.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver } from './harness/driver.ts';
import { runOk } from './harness/program.ts';
import { javaArguments, kafkaTool, kcat, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const incrementalAlterConfigs = api(
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
);
const settings = ['log.cleaner.backoff.ms=200'];
const CODECS = Object.values(Compression);
const KEYS = 400;
/** A few segments of 1 MiB, the smallest that Kafka allows. */
const BATCHES = 120;
const RECORDS_IN_A_BATCH = 50;

const configs = {
  'cleanup.policy': 'compact',
  'segment.bytes': '1048576',
  'min.cleanable.dirty.ratio': '0.01',
};

/** Numbers that look random, the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

/** Batches of every codec, of plain and idempotent producers; from the third quarter on no tombstones and fewer keys. */
function batches(startMs: number, firstProducerId: number): Buffer[] {
  const random = numbers(7);
  const next = (below: number) => random.next().value! % below;
  const sequences = [0, 0, 0];
  return Array.from({ length: BATCHES }, (_, index) => {
    const producer = next(4);
    const isIdempotent = producer < sequences.length;
    const builder = new BatchBuilder({
      codec: CODECS[index % CODECS.length]!,
      ...(isIdempotent
        ? {
            producerId: firstProducerId + producer,
            producerEpoch: 0,
            baseSequence: sequences[producer]!,
          }
        : {}),
    });
    if (isIdempotent) sequences[producer]! += RECORDS_IN_A_BATCH;
    const isLate = index > BATCHES * 0.75;
    for (let record = 0; record < RECORDS_IN_A_BATCH; record++) {
      const value = Buffer.from(`${index}/${record} ${next(2 ** 32)} `.repeat(20 + next(60)));
      builder.add({
        timestampMs: startMs + index * 10 + (record % 3),
        key: Buffer.from(`key-${next(isLate ? KEYS / 2 : KEYS)}`),
        value: !isLate && next(10) === 0 ? null : value,
        headers: record % 7 === 0 ? [{ key: 'h', value: Buffer.from(`${record}`) }] : [],
      });
    }
    return builder.build();
  });
}

/** `.log` files of a partition, oldest first. */
function segmentsOf(dataDirectory: string, topic: string): string[] {
  const directory = join(dataDirectory, `${topic}-0`);
  const names = readdirSync(directory).filter((name) => name.endsWith('.log'));
  return names.sort().map((name) => join(directory, name));
}

function cleanedUpTo(dataDirectory: string, topic: string): number {
  const file = join(dataDirectory, 'cleaner-offset-checkpoint');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return Number(new RegExp(`^${topic} 0 ([0-9]+)$`, 'm').exec(text)?.[1] ?? -1);
}

/** Everything but the active segment has been through a pass. */
async function untilCompacted(what: string, dataDirectory: string, topic: string): Promise<void> {
  const activeBase = () =>
    Number(/([0-9]{20})\.log$/.exec(segmentsOf(dataDirectory, topic).at(-1)!)![1]);
  await until(`${what} has compacted ${topic}`, () => {
    return cleanedUpTo(dataDirectory, topic) === activeBase();
  });
}

/** What Kafka's DumpLogSegments finds: one line a record, and the headers of batches. Fails with the first that is wrong. */
async function dump(files: readonly string[]) {
  const args = ['--deep-iteration', '--print-data-log', '--files', files.join(',')];
  const { stdout } = await kafkaTool('DumpLogSegments', args, { timeoutMs: 60_000 });
  const lines = stdout.split('\n');
  const batchLines = lines.filter((line) => line.startsWith('baseOffset: '));
  for (const line of batchLines) assert.match(line, /isvalid: true/);
  assert.ok(
    !/corrupt|mismatch|Mismatches|Non-consecutive|error/i.test(
      stdout.replaceAll(/payload:.*/g, ''),
    ),
    stdout.slice(0, 2000),
  );
  const recordLines = lines.filter((line) => line.startsWith('| offset: '));
  const plain = recordLines.map((line) => line.replace(/isValid: \w+ crc: .* keySize/, 'keySize'));
  return { batchLines, records: plain };
}

/** `offset key digest` of every record that kcat is given. */
async function read(port: number, topic: string): Promise<string[]> {
  const format = ['-f', '%o %k %S %s\\n'];
  const { stdout } = await kcat([
    ...['-b', `127.0.0.1:${port}`, '-C', '-t', topic, '-o', 'beginning', '-e', '-q'],
    ...format,
  ]);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [offset, key, ...value] = line.split(' ');
      const digest = createHash('sha1').update(value.join(' ')).digest('hex');
      return `${offset} ${key} ${digest}`;
    });
}

// Needs: java, kcat, java-compaction
brokerSuite(
  'compaction as in Kafka',
  { needs: ['java', 'kcat', 'java-compaction'], ownBroker: true, settings, timeoutMs: 180_000 },
  (broker) => {
    let kafka: Kafka | null = null;
    let java: Driver | null = null;
    const topic = 'compacted';

    before(async () => {
      kafka = await Kafka.start([...settings, 'log.initial.task.delay.ms=200']);
      const input = batches(Date.now(), 4800);
      await Promise.all(
        [new Peer('Kafka', kafka.port), new Peer('Millrace', broker().port)].map(
          async (peer, index) => {
            const port = [kafka!.port, broker().port][index]!;
            await createTopic(port, topic, 1, configs);
            for (const batch of input) await produceTo(peer, topic, batch);
          },
        ),
      );
      await untilCompacted('Kafka', kafka.dataDirectory, topic);
      await untilCompacted('Millrace', broker().dataDirectory, topic);
    });
    after(async () => {
      await java?.close();
      await kafka?.stop();
    });

    it('leaves the same records, in segments that DumpLogSegments finds right', async () => {
      const theirs = await dump(segmentsOf(kafka!.dataDirectory, topic));
      const ours = await dump(segmentsOf(broker().dataDirectory, topic));
      assert.ok(ours.records.length < (BATCHES * RECORDS_IN_A_BATCH) / 2);
      assert.ok(ours.records.some((line) => /valueSize: -1/.test(line)));
      assert.deepEqual(ours.records, theirs.records);
      // A delete horizon for each batch with tombstones.
      const withHorizon = ({ batchLines }: typeof ours) =>
        batchLines.filter((line) => /deleteHorizonMs: OptionalLong\[/.test(line)).length;
      assert.equal(withHorizon(ours), withHorizon(theirs));
      assert.ok(withHorizon(ours) > 0);
    });

    it('is read by a librdkafka and a Java consumer, over gaps and empty batches', async () => {
      const ours = await read(broker().port, topic);
      assert.deepEqual(ours, await read(kafka!.port, topic));
      const args = [broker().bootstrap];
      java = new Driver('java', javaArguments('millrace.interop.Driver', args), () => {});
      const { records } = await java.request<{ records: { offset: number }[] }>('read', {
        topic,
        partition: 0,
        from: { offset: 0 },
        count: ours.length,
        reset: 'none',
      });
      assert.deepEqual(
        records.map(({ offset }) => offset),
        ours.map((line) => Number(line.split(' ')[0])),
      );
    });

    it('serves the same after a kill -9', async () => {
      const before = await dump(segmentsOf(broker().dataDirectory, topic));
      await broker().kill();
      await broker().launch();
      assert.deepEqual(await dump(segmentsOf(broker().dataDirectory, topic)), before);
    });

    it('is gone on with by a real Kafka on a copy of the files', async () => {
      await createTopic(kafka!.port, 'adopted', 1, configs);
      // Without it Kafka takes the directory for nobody's, and it is written a moment later.
      const metadata = join(kafka!.dataDirectory, 'adopted-0', 'partition.metadata');
      await until('Kafka has written partition.metadata', () => existsSync(metadata));
      await kafka!.restartAfter(() => adopt(broker(), kafka!));
      const peer = new Peer('Kafka', kafka!.port);
      await peer.untilTopic('adopted', 1);
      const ours = await read(broker().port, topic);
      await until('Kafka serves all of it', async () => {
        const lines = await read(kafka!.port, 'adopted');
        return lines.length === ours.length;
      });
      assert.deepEqual(await read(kafka!.port, 'adopted'), ours);
      // More of the same keys, so that its cleaner has something to do.
      const adoptedUpTo = cleanedUpTo(broker().dataDirectory, topic);
      for (const batch of batches(Date.now(), 4900)) await produceTo(peer, 'adopted', batch);
      await untilCompacted('Kafka', kafka!.dataDirectory, 'adopted');
      assert.ok(cleanedUpTo(kafka!.dataDirectory, 'adopted') > adoptedUpTo);
      const { records } = await dump(segmentsOf(kafka!.dataDirectory, 'adopted'));
      const keys = new Set(records.map((line) => / key: (\S+)/.exec(line)![1]!));
      assert.deepEqual(keys, new Set(ours.map((line) => line.split(' ')[1]!)));
    });

    it('leaves of transactions what Kafka leaves: nothing aborted, and their markers', async () => {
      const name = 'transactions';
      const asIs = { ...configs, 'min.cleanable.dirty.ratio': '1' };
      await createTopic(kafka!.port, name, 1, asIs);
      await createTopic(broker().port, name, 1, asIs);
      const peers = [new Peer('Kafka', kafka!.port), new Peer('Millrace', broker().port)];
      await writeTransactions(peers[0]!, name);
      await broker().kill();
      takeOver(kafka!.dataDirectory, broker().dataDirectory, name);
      await broker().launch();
      for (const peer of peers) await configure(peer, name, 'min.cleanable.dirty.ratio', '0.01');
      await untilCompacted('Kafka', kafka!.dataDirectory, name);
      await untilCompacted('Millrace', broker().dataDirectory, name);
      const theirs = await dump(segmentsOf(kafka!.dataDirectory, name));
      const ours = await dump(segmentsOf(broker().dataDirectory, name));
      assert.ok(ours.records.some((line) => /endTxnMarker: ABORT/.test(line)));
      assert.deepEqual(ours.records, theirs.records);
      assert.deepEqual(
        transactionIndexes(broker().dataDirectory, name),
        transactionIndexes(kafka!.dataDirectory, name),
      );
    });

    it("passes Kafka's LogCompactionTester", async () => {
      const args = ['--bootstrap-server', broker().bootstrap, '--messages', '60000'];
      const options = ['--topics', '2', '--percent-deletes', '20', '--sleep', '3'];
      const { stdout } = await runOk(
        'java',
        javaArguments(
          'kafka.tools.LogCompactionTester',
          [...args, ...options],
          paths.javaCompaction,
        ),
        { timeoutMs: 90_000 },
      );
      assert.match(stdout, /Validated [0-9]+ values, 0 mismatches/);
    });
  },
);

/** Three producers whose transactions overlap, are committed and aborted in turn, and share keys. */
async function writeTransactions(peer: Peer, topic: string): Promise<void> {
  const producers = [0, 1, 2].map((one) => new TransactionalProducer(peer, topic, `writer-${one}`));
  for (const producer of producers) await producer.init();
  const random = numbers(11);
  for (let round = 0; round < 14; round++) {
    for (const producer of producers) await producer.begin();
    for (let batch = 0; batch < 6; batch++) {
      const producer = producers[batch % producers.length]!;
      const builder = new BatchBuilder({
        transactional: true,
        producerId: producer.producerId,
        producerEpoch: producer.producerEpoch,
        baseSequence: producer.sequence,
        codec: CODECS[batch % CODECS.length]!,
      });
      for (let record = 0; record < 20; record++, producer.sequence++) {
        const key = Buffer.from(`key-${random.next().value! % 200}`);
        const value = randomBytes(2000);
        builder.add({ timestampMs: Date.now(), key, value });
      }
      await producer.send(builder.build());
    }
    // Those of the last round are committed, so that the log does not end with an aborted one.
    for (const [index, producer] of producers.entries()) {
      await producer.end(round === 13 || (round + index) % 3 !== 0);
    }
  }
}

/** A partition's files in the place of those of a broker that is down. */
function takeOver(from: string, to: string, topic: string): void {
  const [source, target] = [from, to].map((directory) => join(directory, `${topic}-0`));
  for (const name of readdirSync(target!)) {
    if (name !== 'partition.metadata') rmSync(join(target!, name));
  }
  for (const name of readdirSync(source!)) {
    if (name !== 'partition.metadata') copyFileSync(join(source!, name), join(target!, name));
  }
}

/** The aborted transactions that are known of, over all segments. */
function transactionIndexes(dataDirectory: string, topic: string): string[] {
  const directory = join(dataDirectory, `${topic}-0`);
  const names = readdirSync(directory).filter((name) => name.endsWith('.txnindex'));
  const entries = names.flatMap((name) => {
    const content = readFileSync(join(directory, name));
    // Version, producer id, first and last offset; what comes after is of no use to a comparison.
    return Array.from({ length: content.length / 34 }, (_, index) =>
      content.subarray(index * 34, index * 34 + 26).toString('hex'),
    );
  });
  return entries.sort();
}

async function configure(peer: Peer, topic: string, name: string, value: string): Promise<void> {
  const { responses } = await peer.prepare(incrementalAlterConfigs, 1, {
    resources: [{ resourceType: 2, resourceName: topic, configs: [{ name, value }] }],
  });
  assert.equal(responses[0]!.errorCode, 0, responses[0]!.errorMessage ?? '');
}

/** Our partition's files in the place of Kafka's, which has just been killed. */
function adopt(ours: Broker, kafka: Kafka): void {
  const source = join(ours.dataDirectory, 'compacted-0');
  const target = join(kafka.dataDirectory, 'adopted-0');
  for (const name of readdirSync(target)) {
    if (name !== 'partition.metadata') rmSync(join(target, name));
  }
  for (const name of readdirSync(source)) {
    const isOwn = name === 'partition.metadata' || name.endsWith('.deleted');
    if (!isOwn) copyFileSync(join(source, name), join(target, name));
  }
}
