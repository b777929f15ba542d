import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import { settle, through } from '../test/fake-broker.ts';
import { type Fate, LogBroker } from '../test/log-broker.ts';
import type { KafkaError } from './kafka-error.ts';
import { Producer } from './producer.ts';
import type { ProducerOptions } from './producer-options.ts';

async function start(options: ProducerOptions = {}, partitionCount = 1) {
  const broker = new LogBroker(partitionCount);
  const cluster = await broker.connect();
  const producer = new Producer(cluster, { lingerMs: 0, random: () => 0, ...options });
  return { broker, cluster, producer };
}

function record(value: string, more: { key?: Buffer; partition?: number } = {}) {
  return { topic: 't', timestampMs: 1000, value: Buffer.from(value), ...more };
}

function failure(promise: Promise<unknown>): Promise<KafkaError> {
  return promise.then(
    () => assert.fail('it did not fail'),
    (error: KafkaError) => error,
  );
}

test('records are delivered in order, each told its offset', async () => {
  const { broker, cluster, producer } = await start({ compression: 'lz4' });
  const deliveries = await through(
    broker.clock,
    Promise.all(['a', 'b', 'c'].map((value) => producer.send(record(value)))),
  );
  assert.deepEqual(
    deliveries.map(({ partition, offset }) => [partition, offset]),
    [
      [0, 0],
      [0, 1],
      [0, 2],
    ],
  );
  assert.deepEqual(broker.logs, [['a', 'b', 'c']]);
  assert.deepEqual(broker.requests, [1]);
  cluster.close();
});

test('partitions share a request; keys go to their own partition', async () => {
  const { broker, cluster, producer } = await start({}, 3);
  const sends = [0, 1, 2].map((partition) => producer.send(record(`p${partition}`, { partition })));
  await through(broker.clock, Promise.all(sends));
  assert.deepEqual(broker.logs, [['p0'], ['p1'], ['p2']]);
  assert.deepEqual(broker.requests, [3]);
  const keyed = producer.send(record('k', { key: Buffer.from('abc') }));
  assert.equal((await through(broker.clock, keyed)).partition, 479470107 % 3);
  cluster.close();
});

const faults: readonly (readonly [name: string, fates: readonly Fate[]])[] = [
  ['lost requests', ['lost', 'lost']],
  ['lost answers', ['done but not answered', 'done but not answered']],
  ['a leader that moved', [{ errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER }]],
  ['too few replicas', [{ errorCode: ErrorCode.NOT_ENOUGH_REPLICAS }, 'done but not answered']],
  ['a time-out of the broker', [{ errorCode: ErrorCode.REQUEST_TIMED_OUT }, 'lost']],
];

for (const [name, fates] of faults) {
  test(`${name}: every record is written once, in order`, async () => {
    const { broker, cluster, producer } = await start();
    await through(broker.clock, producer.send(record('0')));
    broker.fates.push(...fates);
    const values = ['1', '2', '3', '4'];
    const sends: Promise<unknown>[] = [];
    for (const value of values) {
      sends.push(producer.send(record(value)));
      await settle();
      await settle();
    }
    await through(broker.clock, Promise.all(sends));
    assert.deepEqual(broker.logs, [['0', ...values]]);
    assert.equal(broker.producerIds, 1);
    assert.equal(broker.clock.pendingCount, 0);
    cluster.close();
  });
}

test('a broker that forgot the producer is written to under a new id', async () => {
  const { broker, cluster, producer } = await start();
  await through(broker.clock, producer.send(record('0')));
  broker.forgetProducers();
  await through(broker.clock, producer.send(record('1')));
  assert.deepEqual(broker.logs, [['0', '1']]);
  assert.equal(broker.producerIds, 2);
  cluster.close();
});

test('a batch that may be written fails when its time is over, and the next one has a new id', async () => {
  const { broker, cluster, producer } = await start({ deliveryTimeoutMs: 1000 });
  broker.fates.push('done but not answered', ...Array<Fate>(20).fill('lost'));
  const error = await through(broker.clock, failure(producer.send(record('0'))));
  assert.equal(error.code, 'CONNECTION_LOST');
  assert.equal(error.mayHaveHappened, true);
  broker.fates.length = 0;
  await through(broker.clock, producer.send(record('1')));
  assert.deepEqual(broker.logs, [['0', '1']]);
  assert.equal(broker.producerIds, 2);
  cluster.close();
});

test('a batch that is refused does not use up sequence numbers', async () => {
  const { broker, cluster, producer } = await start();
  broker.fates.push({ errorCode: ErrorCode.POLICY_VIOLATION });
  const error = await through(broker.clock, failure(producer.send(record('bad'))));
  assert.equal(error.code, 'POLICY_VIOLATION');
  await through(broker.clock, producer.send(record('good')));
  assert.deepEqual(broker.logs, [['good']]);
  assert.equal(broker.producerIds, 1);
  cluster.close();
});

test('a batch that is too large for the topic is sent in parts', async () => {
  const { broker, cluster, producer } = await start();
  broker.maxBatchRecords = 3;
  const values = Array.from({ length: 10 }, (_, index) => String(index));
  const sends = values.map((value) => producer.send(record(value)));
  const deliveries = await through(broker.clock, Promise.all(sends));
  assert.deepEqual(broker.logs, [values]);
  assert.deepEqual(
    deliveries.map(({ offset }) => offset),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  broker.maxBatchRecords = 0;
  const error = await through(broker.clock, failure(producer.send(record('alone'))));
  assert.equal(error.code, 'MESSAGE_TOO_LARGE');
  cluster.close();
});

test('a batch waits for more records as long as it may', async () => {
  const { broker, cluster, producer } = await start({ lingerMs: 5 });
  await through(broker.clock, producer.send(record('first')));
  const sends = [producer.send(record('a'))];
  await settle();
  broker.clock.advance(4);
  sends.push(producer.send(record('b')));
  await settle();
  await settle();
  assert.deepEqual(broker.logs, [['first']]);
  broker.clock.advance(1);
  await Promise.all(sends);
  assert.deepEqual(broker.requests, [1, 1]);
  cluster.close();
});

test('whoever sends waits while the buffer is full, in turn', async () => {
  const { broker, cluster, producer } = await start({ bufferMemoryBytes: 200 });
  broker.fates.push('lost');
  const entered: string[] = [];
  const enqueue = (value: string) =>
    producer.enqueue(record(value), () => undefined).then(() => entered.push(value));
  const all = ['a', 'b', 'c', 'd', 'e'].map(enqueue);
  await settle();
  await settle();
  assert.deepEqual(entered, ['a', 'b', 'c']);
  await through(broker.clock, Promise.all(all));
  await through(broker.clock, producer.flush());
  assert.deepEqual(broker.logs, [['a', 'b', 'c', 'd', 'e']]);
  cluster.close();
});

test('acks 0 waits for no answer, and offsets stay unknown', async () => {
  const { broker, cluster, producer } = await start({ acks: 0 });
  const { offset } = await through(broker.clock, producer.send(record('a')));
  assert.equal(offset, -1);
  await settle();
  assert.deepEqual(broker.logs, [['a']]);
  assert.equal(broker.producerIds, 0);
  assert.throws(() => new Producer(cluster, { acks: 0, idempotent: true }), /needs acks all/);
  cluster.close();
});

test('what cannot be sent at all is refused at once and leaves no trace', async () => {
  const { broker, cluster, producer } = await start({ maxRequestBytes: 1000 });
  const tooLarge = await failure(producer.send(record('x'.repeat(1000))));
  assert.equal(tooLarge.code, 'MESSAGE_TOO_LARGE');
  const nowhere = await failure(producer.send(record('x', { partition: 1 })));
  assert.match(nowhere.message, /partitions 0 to 0, and none 1/);
  const timeless = await failure(producer.send({ ...record('x'), timestampMs: 0.5 }));
  assert.match(timeless.message, /not a timestamp/);
  await through(broker.clock, producer.send(record('fine')));
  await producer.close();
  assert.equal((await failure(producer.send(record('late')))).code, 'CLIENT_CLOSED');
  assert.deepEqual(broker.logs, [['fine']]);
  cluster.close();
});
