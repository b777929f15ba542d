import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { settle, through } from '../test/fake-broker.ts';
import { type Fate, LogBroker } from '../test/log-broker.ts';
import { Consumer, type ConsumerOptions } from './consumer.ts';
import type { KafkaError } from './kafka-error.ts';
import { EARLIEST, LATEST, listOffsets } from './list-offsets.ts';

async function start(options: ConsumerOptions = {}, partitionCount = 1) {
  const broker = new LogBroker(partitionCount);
  const cluster = await broker.connect();
  const consumer = new Consumer(cluster, options);
  return { broker, cluster, consumer };
}

const at = (offset: number, partition = 0) => ({ topic: 't', partition, offset });

async function values(consumer: Consumer): Promise<string[]> {
  const fetched = await consumer.poll();
  return fetched.flatMap((data) => [...data.records()].map(({ value }) => String(value)));
}

function failure(promise: Promise<unknown>): Promise<KafkaError> {
  return promise.then(
    () => assert.fail('it did not fail'),
    (error: KafkaError) => error,
  );
}

test('reads from its position, then waits for what comes', async () => {
  const { broker, cluster, consumer } = await start();
  broker.logs[0]!.push('a', 'b', 'c');
  await through(broker.clock, consumer.assign([at(1)]));
  assert.deepEqual(await through(broker.clock, values(consumer)), ['b', 'c']);
  const next = values(consumer);
  await settle();
  broker.logs[0]!.push('d');
  assert.deepEqual(await through(broker.clock, next), ['d']);
  assert.deepEqual(broker.fetchOffsets.slice(0, 2), [1, 3]);
  cluster.close();
});

const passing: readonly (readonly [name: string, fates: readonly Fate[]])[] = [
  ['a leader that moved', [{ errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER }]],
  ['a lost connection', ['lost', 'lost']],
  ['an answer that is lost', ['done but not answered']],
];

for (const [name, fates] of passing) {
  test(`${name}: it goes on where it was`, async () => {
    const { broker, cluster, consumer } = await start();
    broker.logs[0]!.push('a');
    broker.fates.push(...fates);
    await through(broker.clock, consumer.assign([at(0)]));
    assert.deepEqual(await through(broker.clock, values(consumer)), ['a']);
    cluster.close();
  });
}

test('an offset that is gone is an error, or the position moves where that was asked for', async () => {
  const { broker, cluster, consumer } = await start();
  broker.logs[0]!.push('a', 'b', 'c');
  broker.startOffset = 2;
  await through(broker.clock, consumer.assign([at(0)]));
  const error = await through(broker.clock, failure(consumer.poll()));
  assert.equal(error.code, 'OFFSET_OUT_OF_RANGE');
  assert.match(error.message, /t-0 has no offset 0/);

  const lenient = new Consumer(cluster, { offsetReset: 'earliest' });
  await through(broker.clock, lenient.assign([at(0)]));
  assert.deepEqual(await through(broker.clock, values(lenient)), ['c']);
  cluster.close();
});

test('a partition that fails for longer than it may ends it', async () => {
  const { broker, cluster, consumer } = await start({ retryTimeoutMs: 2000 });
  broker.fates.push(...Array<Fate>(50).fill({ errorCode: ErrorCode.KAFKA_STORAGE_ERROR }));
  await through(broker.clock, consumer.assign([at(0)]));
  const startMs = broker.clock.nowMs();
  const error = await through(broker.clock, failure(consumer.poll()));
  assert.equal(error.code, 'KAFKA_STORAGE_ERROR');
  assert.ok(broker.clock.nowMs() - startMs <= 2000);
  cluster.close();
});

test('what was fetched for another assignment is not handed out', async () => {
  const { broker, cluster, consumer } = await start({}, 2);
  broker.logs[0]!.push('zero');
  broker.logs[1]!.push('one');
  await through(broker.clock, consumer.assign([at(0, 0)]));
  await settle();
  await through(broker.clock, consumer.assign([at(0, 1)]));
  assert.deepEqual(await through(broker.clock, values(consumer)), ['one']);
  cluster.close();
});

for (const [what, startOffset, position, expected] of [
  ['records', 0, at(0, 1), 'one'],
  ['records before the new position', 0, at(1), 'b'],
  ['an error', 1, at(1), 'b'],
] as const) {
  test(`what comes late for an old assignment is for nobody: ${what}`, async () => {
    const { broker, cluster, consumer } = await start({}, 2);
    broker.logs[0]!.push('a', 'b');
    broker.logs[1]!.push('one');
    broker.startOffset = startOffset;
    broker.fates.push('done and answered late');
    await through(broker.clock, consumer.assign([at(0)]));
    await settle();
    assert.deepEqual(broker.fetchOffsets, [0], 'the fetch is on its way');
    await consumer.assign([position]);
    assert.deepEqual(await through(broker.clock, values(consumer)), [expected]);
    cluster.close();
  });
}

test('no partition is fetched again before its records were handed out', async () => {
  const { broker, cluster, consumer } = await start({}, 2);
  broker.logs[0]!.push('a');
  await through(broker.clock, consumer.assign([at(0, 0), at(0, 1)]));
  for (let turn = 0; turn < 20; turn++) {
    await settle();
    broker.clock.advance(500);
  }
  assert.deepEqual(broker.fetchOffsets, [0]);
  assert.deepEqual(await values(consumer), ['a']);
  await settle();
  broker.clock.advance(500);
  await settle();
  await settle();
  assert.equal(broker.fetchOffsets[1], 1);
  cluster.close();
});

test('a fetch that the broker holds back holds up nothing else', async () => {
  const { broker, cluster, consumer } = await start();
  await through(broker.clock, consumer.assign([at(0)]));
  const waiting = consumer.poll();
  await settle();
  await settle();
  assert.deepEqual(broker.fetchOffsets, [0]);
  const found = await listOffsets(cluster, [{ topic: 't', partition: 0, timestampMs: LATEST }]);
  assert.equal(found.get('t-0'), 0);
  assert.equal(broker.network.sockets.length, 2);
  consumer.wake();
  await waiting;
  cluster.close();
});

test('waking and closing end a poll that waits', async () => {
  const { broker, cluster, consumer } = await start();
  await through(broker.clock, consumer.assign([at(0)]));
  const woken = consumer.poll();
  consumer.wake();
  assert.deepEqual(await woken, []);
  const closed = failure(consumer.poll());
  await settle();
  cluster.close();
  assert.equal((await closed).code, 'CLIENT_CLOSED');
  await assert.rejects(consumer.poll(), { code: 'CLIENT_CLOSED' });
});

test('offsets are looked up at the leader of each partition', async () => {
  const { broker, cluster } = await start({}, 2);
  broker.logs[0]!.push('a', 'b');
  broker.logs[1]!.push('c');
  broker.startOffset = 1;
  const of = (timestampMs: number) =>
    [0, 1].map((partition) => ({ topic: 't', partition, timestampMs }));
  const found = (timestampMs: number) =>
    through(broker.clock, listOffsets(cluster, of(timestampMs)));
  assert.deepEqual([...(await found(LATEST)).values()], [2, 1]);
  assert.deepEqual([...(await found(EARLIEST)).values()], [1, 1]);
  const missing = [{ topic: 't', partition: 5, timestampMs: LATEST }];
  const error = await through(broker.clock, failure(listOffsets(cluster, missing)));
  assert.equal(error.code, 'UNKNOWN_TOPIC_OR_PARTITION');
  cluster.close();
});
