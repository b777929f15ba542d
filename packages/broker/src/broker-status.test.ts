import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createOffsetCommitRequest,
  createOffsetCommitRequestPartition,
  createOffsetCommitRequestTopic,
  OffsetCommitRequest,
} from '@millrace/protocol/messages/offset-commit-request';
import { OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit-response';
import { batchOf, produce, TestBroker } from '../test/test-broker.ts';

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
    all.map(({ topic, partition, logStartOffset, highWatermark }) => [
      topic,
      partition,
      logStartOffset,
      highWatermark,
    ]),
    [
      ['orders', 0, 0, 3],
      ['orders', 1, 0, 0],
    ],
  );
  assert.ok(all[0]!.sizeBytes > 61);
  assert.deepEqual(
    [...status.groupOffsets()],
    [{ groupId: 'readers', topic: 'orders', partition: 0, committedOffset: 1, lag: 2 }],
  );
  assert.equal(status.connectionCount, 1);
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
