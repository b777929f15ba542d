// kcat, the command line over librdkafka: what many people try a broker with first.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Random } from './harness/generator.ts';
import { GroupWatch } from './harness/group-watch.ts';
import { kcatMember } from './harness/kcat-member.ts';
import { scratchDirectory, uniqueName } from './harness/scratch.ts';
import { kcat } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const options = { timeout: 120_000 };
const MEBIBYTE = 1024 * 1024;

/** One record as `kcat -C -J` prints it. */
interface Printed {
  readonly partition: number;
  readonly offset: number;
  readonly ts: number;
  readonly key: string | null;
  readonly payload: string | null;
  readonly headers?: readonly string[];
}

brokerSuite('kcat (librdkafka)', { needs: ['kcat'] }, (broker) => {
  const produce = (topic: string, input: string, ...args: string[]) =>
    kcat(['-b', broker().bootstrap, '-P', '-t', topic, ...args], { input });

  async function consume(topic: string, ...args: string[]): Promise<Printed[]> {
    const flags = ['-b', broker().bootstrap, '-C', '-t', topic, '-e', '-q', '-J', ...args];
    const { stdout } = await kcat(flags);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  it('lists brokers, topics and partitions (-L)', options, async () => {
    const topic = uniqueName('listed');
    await createTopic(broker().port, topic, 3);
    const { stdout } = await kcat(['-b', broker().bootstrap, '-L', '-J']);
    const metadata = JSON.parse(stdout);
    assert.equal(metadata.brokers[0].name, broker().bootstrap);
    const listed = metadata.topics.find((entry: { topic: string }) => entry.topic === topic);
    assert.equal(listed.partitions.length, 3);
    assert.ok(
      listed.partitions.every(
        (partition: { leader: number }) => partition.leader === metadata.brokers[0].id,
      ),
    );
  });

  it('makes a topic by producing to it', options, async () => {
    const topic = uniqueName('made');
    await produce(topic, 'first\nsecond\n');
    assert.deepEqual(
      (await consume(topic)).map((record) => record.payload),
      ['first', 'second'],
    );
  });

  it('carries keys (-K), headers (-H) and nulls (-Z)', options, async () => {
    const topic = uniqueName('shapes');
    await createTopic(broker().port, topic, 1);
    await produce(topic, 'a:1\nb:\n:3\n', '-K:', '-Z', '-H', 'one=1', '-H', 'two=два');
    const records = await consume(topic);
    assert.deepEqual(
      records.map(({ key, payload, offset }) => ({ key, payload, offset })),
      [
        { key: 'a', payload: '1', offset: 0 },
        { key: 'b', payload: null, offset: 1 },
        { key: null, payload: '3', offset: 2 },
      ],
    );
    for (const record of records) assert.deepEqual(record.headers, ['one', '1', 'two', 'два']);
  });

  for (const codec of ['gzip', 'snappy', 'lz4', 'zstd']) {
    for (const idempotent of [false, true]) {
      it(`compresses with ${codec}${idempotent ? ', idempotent' : ''}`, options, async () => {
        const topic = uniqueName(codec);
        await createTopic(broker().port, topic, 1);
        const lines = Array.from({ length: 5000 }, (_, index) => `k${index % 7}:line ${index}`);
        const flags = idempotent ? ['-X', 'enable.idempotence=true'] : [];
        await produce(topic, `${lines.join('\n')}\n`, '-K:', '-z', codec, ...flags);
        const read = await consume(topic);
        assert.deepEqual(
          read.map((record) => `${record.key}:${record.payload}`),
          lines,
        );
        assert.equal(read.at(-1)!.offset, 4999);
      });
    }
  }

  it('carries records of 1 MiB', options, async () => {
    const topic = uniqueName('large');
    await createTopic(broker().port, topic, 1, { 'max.message.bytes': String(2 * MEBIBYTE) });
    const file = join(scratchDirectory('kcat'), 'record');
    const value = Buffer.from(new Random(2).bytes(MEBIBYTE / 2).toString('hex'));
    assert.equal(value.length, MEBIBYTE);
    writeFileSync(file, value);
    const limit = ['-X', `message.max.bytes=${2 * MEBIBYTE}`];
    for (const codec of ['none', 'zstd']) {
      await kcat(['-b', broker().bootstrap, '-P', '-t', topic, '-z', codec, ...limit, file]);
    }
    const read = await consume(topic);
    assert.equal(read.length, 2);
    assert.ok(read.every((record) => record.payload === value.toString()));
  });

  it('is refused a record above max.message.bytes', options, async () => {
    const topic = uniqueName('small');
    await createTopic(broker().port, topic, 1, { 'max.message.bytes': '1000' });
    await assert.rejects(produce(topic, `${'x'.repeat(5000)}\n`), /Message size too large/);
    assert.deepEqual(await consume(topic), []);
  });

  it('finds offsets by timestamp (-Q, -o s@)', options, async () => {
    const topic = uniqueName('time');
    await createTopic(broker().port, topic, 1);
    await produce(topic, 'old 0\nold 1\n');
    const [last] = (await consume(topic)).slice(-1);
    const between = last!.ts + 1;
    // The client's clock stamps the records, so the next batch must wait until it has moved on.
    await until('the clock is past the first batch', () => Date.now() > between, 1000, 1);
    await produce(topic, 'new 2\nnew 3\n');
    const query = await kcat(['-b', broker().bootstrap, '-Q', '-t', `${topic}:0:${between}`]);
    assert.match(query.stdout, /\[0\] offset 2/);
    const read = await consume(topic, '-o', `s@${between}`);
    assert.deepEqual(
      read.map((record) => record.payload),
      ['new 2', 'new 3'],
    );
    const latest = await kcat(['-b', broker().bootstrap, '-Q', '-t', `${topic}:0:-1`]);
    assert.match(latest.stdout, /\[0\] offset 4/);
  });

  it('balances groups whose members come and go (-G)', options, async () => {
    const topic = uniqueName('balanced');
    const group = uniqueName('balanced-group');
    const partitions = 4;
    const watch = new GroupWatch();
    await createTopic(broker().port, topic, partitions);
    let produced = 0;
    const produceSome = async () => {
      const lines = Array.from({ length: 200 }, (_, index) => `k${index}:${produced + index}`);
      produced += lines.length;
      await produce(topic, `${lines.join('\n')}\n`, '-K:');
    };
    const join = (member: string) => kcatMember(broker().bootstrap, member, group, topic, watch);

    await produceSome();
    const first = join('first');
    await watch.untilShared(['first'], partitions);
    const second = join('second');
    await watch.untilShared(['first', 'second'], partitions);
    await produceSome();
    const third = join('third');
    await watch.untilShared(['first', 'second', 'third'], partitions);
    await produceSome();
    // kcat forgets the record that it has in hand when it is told to stop, and commits past it all the same. So a
    // member is stopped while it has none; the other libraries are stopped in the middle.
    const members = ['first', 'second', 'third'];
    await watch.untilNumbersRead(members, produced);
    await first.stop();
    await watch.untilShared(['second', 'third'], partitions);
    await produceSome();
    await watch.untilNumbersRead(members, produced);
    await second.stop();
    await watch.untilShared(['third'], partitions);
    await produceSome();
    await watch.untilNumbersRead(members, produced);
    await third.stop();
  });
});
