import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createDeleteTopicsRequest,
  DeleteTopicsRequest,
} from '@millrace/protocol/messages/delete-topics-request';
import { DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics-response';
import {
  createMetadataRequest,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import {
  createOffsetCommitRequest,
  createOffsetCommitRequestPartition,
  createOffsetCommitRequestTopic,
  OffsetCommitRequest,
} from '@millrace/protocol/messages/offset-commit-request';
import { OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit-response';
import {
  LocalLogStore,
  MemoryFileSystem,
  MemoryMetadataStore,
  MetadataError,
  systemClock,
} from '@millrace/storage';
import { batchOf, listenerAddress, produce, TestBroker } from '../test/test-broker.ts';
import { Broker } from './broker.ts';

test('partitions, lag and connections as they are', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('orders', 2);
  await produce(client, 'orders', batchOf(['a', 'b', 'c']));
  const partitions = [
    createOffsetCommitRequestPartition({ partitionIndex: 0, committedOffset: 1 }),
  ];
  await client.request(
    OffsetCommitRequest,
    OffsetCommitResponse,
    createOffsetCommitRequest({
      groupId: 'readers',
      generationIdOrMemberEpoch: -1,
      topics: [createOffsetCommitRequestTopic({ name: 'orders', partitions })],
    }),
    8,
  );
  const { status } = broker.broker;
  const all = [...status.partitions()];
  assert.deepEqual(
    all.map(({ topic, partition, log }) => [
      topic,
      partition,
      log!.logStartOffset,
      log!.highWatermark,
    ]),
    [
      ['orders', 0, 0, 3],
      ['orders', 1, 0, 0],
    ],
  );
  assert.ok(all[0]!.log!.sizeBytes > 61);
  assert.deepEqual(
    Array.from(status.groupOffsets(), ({ groupId, offsets }) => [groupId, ...offsets]),
    [['readers', { topic: 'orders', partition: 0, committedOffset: 1, lag: 2 }]],
  );
  assert.deepEqual(status.groups(), [{ groupId: 'readers', state: 'Empty', memberCount: 0 }]);
  assert.deepEqual([...status.network.connections], [['PLAINTEXT', 1]]);
});

test('produce and fetch tell what went through, and what failed', async (context) => {
  const broker = await TestBroker.start(context);
  const produced: unknown[] = [];
  const failed: unknown[] = [];
  broker.broker.events.on('records-produced', (event) => produced.push(event));
  broker.broker.events.on('partition-failed', (event) => failed.push(event));
  const client = await broker.withTopic('orders');
  const batch = batchOf(['a', 'b']);
  await produce(client, 'orders', batch);
  await produce(client, 'orders', null);
  assert.deepEqual(produced, [{ topic: 'orders', records: 2, bytes: batch.length }]);
  assert.deepEqual(failed, [{ apiKey: 0, topic: 'orders', error: 87 }]);
});

test('a log that has stopped is told for as long as it is there', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('orders', 2);
  const { status } = broker.broker;
  await produce(client, 'orders', batchOf(['a']));
  assert.equal(await status.failure(), null);
  broker.fileSystem.failNext('datasync', 'EIO', (path) => path.includes('orders-0'));
  await produce(client, 'orders', batchOf(['b']));
  assert.match(
    (await status.failure())!,
    /^1 of 2 logs here take no records, such as orders-0: .*EIO/,
  );
  await client.request(
    DeleteTopicsRequest,
    DeleteTopicsResponse,
    createDeleteTopicsRequest({ topicNames: ['orders'] }),
    5,
  );
  assert.equal(await status.failure(), null);
});

test('a full disk does not stop a log', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('orders');
  broker.fileSystem.freeBytes = 0;
  assert.notEqual((await produce(client, 'orders', batchOf(['a']))).errorCode, 0);
  assert.equal(await broker.broker.status.failure(), null);
  broker.fileSystem.freeBytes = Number.POSITIVE_INFINITY;
});

test('a request tells the error codes of its answer, also of one that is kept encoded', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('orders', 2);
  await produce(client, 'orders', batchOf(['a']));
  const told: [apiKey: number, errorCounts: [number, number][]][] = [];
  broker.broker.events.on('request-completed', ({ apiKey, errorCounts, durationMs }) => {
    assert.ok(durationMs >= 0);
    told.push([apiKey, [...errorCounts]]);
  });
  await produce(client, 'orders', null);
  const all = createMetadataRequest({ topics: null });
  for (let count = 0; count < 2; count++) {
    await client.request(MetadataRequest, MetadataResponse, all, 12);
  }
  assert.deepEqual(told, [
    [0, [[87, 1]]],
    // The topic, and its two partitions.
    [3, [[0, 3]]],
    [3, [[0, 3]]],
  ]);
});

/** Its writes fail while it `isBroken`. */
class BreakableMetadataStore extends MemoryMetadataStore {
  isBroken = false;
  #lastFailed = false;

  override get failure(): string | null {
    return this.#lastFailed ? 'disk I/O error' : super.failure;
  }

  protected override async submit(
    ...write: Parameters<MemoryMetadataStore['submit']>
  ): Promise<number> {
    this.#lastFailed = this.isBroken;
    if (this.isBroken) throw new MetadataError('unavailable', 'disk I/O error');
    return super.submit(...write);
  }
}

test('a failed metadata write is told until a write succeeds, which nobody has to ask for', async (context) => {
  const metadata = new BreakableMetadataStore();
  const logStore = new LocalLogStore({
    dataDir: '/data',
    fileSystem: new MemoryFileSystem(),
    clock: systemClock,
  });
  const broker = new Broker({ logStore, metadata, listeners: [listenerAddress('PLAINTEXT')] });
  await broker.start();
  context.after(() => broker.close());
  metadata.isBroken = true;
  assert.equal(await broker.status.failure(), null);
  await assert.rejects(metadata.allocateProducerIds(1));
  assert.equal(await broker.status.failure(), 'disk I/O error');
  metadata.isBroken = false;
  assert.equal(await broker.status.failure(), null);
});
