import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  LocalLogStore,
  MemoryFileSystem,
  MemoryMetadataStore,
  MetadataError,
  systemClock,
} from '@millrace/storage';
import { batchOf } from '../test/test-broker.ts';
import { BrokerConfig } from './config/broker-configs.ts';
import { EventSurface } from './events.ts';
import { PartitionGrowth } from './partition-growth.ts';
import { Topics } from './topics.ts';

const NODE_ID = 1;
const TWO_PARTITIONS = { partitionCount: 2, replicationFactor: 1, assignments: [] };

/** A metadata store whose next change of a partition count can be made to fail or to follow something else. */
class WatchedMetadata extends MemoryMetadataStore {
  beforeChange: () => Promise<void> = async () => {};

  override async setPartitionCount(
    topicId: string,
    partitionCount: number,
    expected: number,
  ): Promise<void> {
    await this.beforeChange();
    await super.setPartitionCount(topicId, partitionCount, expected);
  }
}

/** A topic `t` with two partitions. */
async function start(context: TestContext) {
  const fileSystem = new MemoryFileSystem();
  const clock = systemClock;
  const logStore = new LocalLogStore({ dataDir: '/data', fileSystem, clock });
  const metadata = new WatchedMetadata();
  const config = new BrokerConfig();
  const topics = new Topics({
    metadata,
    logStore,
    config,
    clock,
    events: new EventSurface(),
    nodeId: NODE_ID,
  });
  await metadata.open();
  await logStore.open([]);
  context.after(() => logStore.close());
  const { topicId } = await topics.create({ ...TWO_PARTITIONS, name: 't', configs: new Map() });
  const growth = new PartitionGrowth({ topics, metadata, logStore, nodeId: NODE_ID });
  const to = (partitionCount: number) =>
    growth.grow({ name: 't', partitionCount, assignments: null });
  const partitionsWithLog = () =>
    [0, 1, 2, 3, 4, 5].filter((partition) => logStore.get(topicId, partition) !== undefined);
  return { fileSystem, logStore, metadata, topics, topicId, growth, to, partitionsWithLog };
}

test('every new partition has its log by the time that it is seen', async (context) => {
  const { metadata, to, topics, partitionsWithLog } = await start(context);
  let seenBefore: readonly unknown[] = [];
  metadata.beforeChange = async () => {
    seenBefore = [topics.byName('t')!.partitionCount, partitionsWithLog()];
  };
  await to(5);
  assert.deepEqual(seenBefore, [2, [0, 1, 2, 3, 4]]);
  assert.equal(topics.byName('t')!.partitionCount, 5);
});

test('when a log cannot be created the topic is as before, and can grow later', async (context) => {
  const { fileSystem, to, topics, partitionsWithLog } = await start(context);
  fileSystem.failNext('mkdir', 'ENOSPC', (path) => path.endsWith('t-3'));
  await assert.rejects(to(5), { error: ErrorCode.KAFKA_STORAGE_ERROR, message: /ENOSPC/ });
  assert.equal(topics.byName('t')!.partitionCount, 2);
  assert.deepEqual(partitionsWithLog(), [0, 1]);
  await to(5);
  assert.deepEqual(partitionsWithLog(), [0, 1, 2, 3, 4]);
});

test('when the metadata cannot be written no log stays', async (context) => {
  const { metadata, to, topics, partitionsWithLog } = await start(context);
  metadata.beforeChange = async () => {
    throw new MetadataError('unavailable', 'the disk is full');
  };
  await assert.rejects(to(4), { error: ErrorCode.KAFKA_STORAGE_ERROR });
  assert.equal(topics.byName('t')!.partitionCount, 2);
  assert.deepEqual(partitionsWithLog(), [0, 1]);
});

test('a topic that is deleted meanwhile takes the new logs with it', async (context) => {
  const { metadata, to, topics, partitionsWithLog } = await start(context);
  metadata.beforeChange = () => topics.delete(topics.byName('t')!);
  await assert.rejects(to(4), { error: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION });
  assert.deepEqual(partitionsWithLog(), []);
});

test('logs that another change has made partitions of are left to it', async (context) => {
  const { metadata, to, topicId, partitionsWithLog } = await start(context);
  metadata.beforeChange = async () => {
    metadata.beforeChange = async () => {};
    await metadata.setPartitionCount(topicId, 3, 2);
  };
  await assert.rejects(to(5), { error: ErrorCode.INVALID_PARTITIONS });
  assert.deepEqual(partitionsWithLog(), [0, 1, 2]);
});

test('of two changes at once the second sees the first', async (context) => {
  const { to, topics, partitionsWithLog } = await start(context);
  const [first, same, more] = await Promise.allSettled([to(4), to(4), to(6)]);
  assert.equal(first!.status, 'fulfilled');
  assert.equal(
    same!.status === 'rejected' && same.reason.error,
    ErrorCode.INVALID_PARTITIONS,
    'the topic has 4 already',
  );
  assert.equal(more!.status, 'fulfilled');
  assert.equal(topics.byName('t')!.partitionCount, 6);
  assert.deepEqual(partitionsWithLog(), [0, 1, 2, 3, 4, 5]);
});

test('configs that are altered meanwhile reach the new partitions', async (context) => {
  const { metadata, logStore, to, topicId } = await start(context);
  metadata.beforeChange = () =>
    metadata.alterTopicConfigs(topicId, new Map([['max.message.bytes', '100']]));
  await to(3);
  const { error } = await logStore.get(topicId, 2)!.append(batchOf(['x'.repeat(200)]));
  assert.equal(error, ErrorCode.MESSAGE_TOO_LARGE);
});

test('a topic that is still being created grows once it is there, or is not', async (context) => {
  const { fileSystem, logStore, topics, growth } = await start(context);
  fileSystem.failNext('mkdir', 'ENOSPC', (path) => path.endsWith('failing-0'));
  const create = (name: string) =>
    topics.create({ ...TWO_PARTITIONS, name, configs: new Map() }).catch(() => undefined);
  const grow = (name: string) => growth.grow({ name, partitionCount: 4, assignments: null });
  const creations = [create('fine'), create('failing')];
  // The rows are written, the logs are not there yet.
  for (let turn = 0; turn < 100 && topics.byName('failing') === undefined; turn++) await null;
  const failing = topics.byName('failing')!;
  const growths = await Promise.allSettled([grow('fine'), grow('failing')]);
  await Promise.all(creations);
  assert.equal(growths[0]!.status, 'fulfilled');
  assert.equal(
    growths[1]!.status === 'rejected' && growths[1]!.reason.error,
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  );
  assert.equal(topics.byName('fine')!.partitionCount, 4);
  for (let partition = 0; partition < 4; partition++) {
    assert.equal(logStore.get(failing.topicId, partition), undefined);
  }
});
