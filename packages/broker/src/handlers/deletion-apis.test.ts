// DeleteRecords and DescribeProducers through real sockets, and what fetches and offset look-ups make of deletions. The
// error codes are those that a Kafka 4.3.1 gave to the same requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  createDeleteRecordsRequest,
  createDeleteRecordsRequestDeleteRecordsPartition,
  createDeleteRecordsRequestDeleteRecordsTopic,
  DeleteRecordsRequest,
} from '@millrace/protocol/messages/delete-records-request';
import { DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records-response';
import {
  createDescribeProducersRequest,
  createDescribeProducersRequestTopicRequest,
  DescribeProducersRequest,
} from '@millrace/protocol/messages/describe-producers-request';
import { DescribeProducersResponse } from '@millrace/protocol/messages/describe-producers-response';
import {
  createFetchRequest,
  createFetchRequestFetchPartition,
  createFetchRequestFetchTopic,
  FetchRequest,
} from '@millrace/protocol/messages/fetch-request';
import { FetchResponse } from '@millrace/protocol/messages/fetch-response';
import {
  createListOffsetsRequest,
  createListOffsetsRequestListOffsetsPartition,
  createListOffsetsRequestListOffsetsTopic,
  ListOffsetsRequest,
} from '@millrace/protocol/messages/list-offsets-request';
import { ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets-response';
import type { RawClient } from '../../test/raw-client.ts';
import { batchOf, produce, TestBroker } from '../../test/test-broker.ts';

/** Topic, then partition and offset of each deletion. */
type Deletion = readonly [string, ...(readonly [number, number])[]];

async function deleteRecords(client: RawClient, deletions: readonly Deletion[], version = 2) {
  const request = createDeleteRecordsRequest({
    timeoutMs: 1000,
    topics: deletions.map(([name, ...partitions]) =>
      createDeleteRecordsRequestDeleteRecordsTopic({
        name,
        partitions: partitions.map(([partitionIndex, offset]) =>
          createDeleteRecordsRequestDeleteRecordsPartition({ partitionIndex, offset }),
        ),
      }),
    ),
  });
  const { topics } = await client.request(
    DeleteRecordsRequest,
    DeleteRecordsResponse,
    request,
    version,
  );
  return topics.map(({ name, partitions }) => [
    name,
    ...partitions.map((one) => [one.partitionIndex, one.errorCode, one.lowWatermark]),
  ]);
}

function fetchRequest(
  fetchOffset: number,
  session: { id?: number; epoch?: number; maxWaitMs?: number } = {},
): FetchRequest {
  const partitions = [
    createFetchRequestFetchPartition({ partition: 0, fetchOffset, partitionMaxBytes: 10_000 }),
  ];
  return createFetchRequest({
    maxWaitMs: session.maxWaitMs ?? 0,
    minBytes: 1,
    maxBytes: 10_000,
    sessionId: session.id ?? 0,
    sessionEpoch: session.epoch ?? -1,
    topics: [createFetchRequestFetchTopic({ topic: 'events', partitions })],
  });
}

async function fetchAt(client: RawClient, offset: number) {
  const response = await client.request(FetchRequest, FetchResponse, fetchRequest(offset), 12);
  return response.responses[0]!.partitions[0]!;
}

async function offsetOf(client: RawClient, timestamp: number): Promise<number> {
  const partitions = [createListOffsetsRequestListOffsetsPartition({ timestamp })];
  const topics = [createListOffsetsRequestListOffsetsTopic({ name: 'events', partitions })];
  const request = createListOffsetsRequest({ replicaId: -1, topics });
  const response = await client.request(ListOffsetsRequest, ListOffsetsResponse, request, 8);
  return response.topics[0]!.partitions[0]!.offset;
}

async function describeProducers(client: RawClient, name: string, partitionIndexes: number[]) {
  const topics = [createDescribeProducersRequestTopicRequest({ name, partitionIndexes })];
  const request = createDescribeProducersRequest({ topics });
  const response = await client.request(
    DescribeProducersRequest,
    DescribeProducersResponse,
    request,
    0,
  );
  return response.topics[0]!.partitions;
}

test('deleted records are gone for fetches and offset look-ups', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events', 2);
  await produce(client, 'events', batchOf(['a', 'b', 'c', 'd']));
  for (const version of [0, 1, 2]) {
    const start = 1 + version;
    const answer = await deleteRecords(client, [['events', [0, start]]], version);
    assert.deepEqual(answer, [['events', [0, ErrorCode.NONE, start]]]);
    assert.equal((await fetchAt(client, start - 1)).errorCode, ErrorCode.OFFSET_OUT_OF_RANGE);
    const fetched = await fetchAt(client, start);
    assert.equal(fetched.errorCode, ErrorCode.NONE);
    assert.equal(fetched.logStartOffset, start);
    assert.equal(await offsetOf(client, -2), start);
    assert.equal(await offsetOf(client, -4), start);
    assert.equal(await offsetOf(client, 0), start);
  }
  const answer = await deleteRecords(client, [['events', [0, -1]]]);
  assert.deepEqual(answer, [['events', [0, ErrorCode.NONE, 4]]]);
  assert.equal(await offsetOf(client, -2), 4);
  assert.equal(await offsetOf(client, -1), 4);
  assert.equal(await offsetOf(client, 0), -1);
  assert.equal(await offsetOf(client, -3), -1);
  assert.equal((await fetchAt(client, 4)).errorCode, ErrorCode.NONE);
  assert.equal((await produce(client, 'events', batchOf(['e']))).baseOffset, 4);
});

test('what cannot be deleted is refused, partition by partition', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events', 2);
  await broker.withTopic('__consumer_offsets');
  await produce(client, 'events', batchOf(['a', 'b']));
  const answer = await deleteRecords(client, [
    ['events', [0, 3], [1, 0], [7, 0]],
    ['nowhere', [0, 0]],
    ['a b', [0, 0]],
    ['empty'],
    ['__consumer_offsets', [0, 0]],
  ]);
  const { OFFSET_OUT_OF_RANGE, UNKNOWN_TOPIC_OR_PARTITION, INVALID_TOPIC_EXCEPTION } = ErrorCode;
  assert.deepEqual(answer, [
    ['events', [0, OFFSET_OUT_OF_RANGE, -1], [1, 0, 0], [7, UNKNOWN_TOPIC_OR_PARTITION, -1]],
    ['nowhere', [0, UNKNOWN_TOPIC_OR_PARTITION, -1]],
    ['a b', [0, UNKNOWN_TOPIC_OR_PARTITION, -1]],
    ['__consumer_offsets', [0, INVALID_TOPIC_EXCEPTION, -1]],
  ]);
  // Of a partition that is named twice the last offset counts.
  const twice = await deleteRecords(client, [
    ['events', [0, 99]],
    ['events', [0, 1]],
  ]);
  assert.deepEqual(twice, [['events', [0, 0, 1]]]);
});

test('a fetch that waits is told when its offset is deleted', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  await produce(client, 'events', batchOf(['a', 'b']));
  const reader = await broker.connect();
  const opened = await reader.request(
    FetchRequest,
    FetchResponse,
    fetchRequest(2, { epoch: 0 }),
    12,
  );
  assert.equal(opened.responses[0]!.partitions[0]!.logStartOffset, 0);
  // Nothing to read, but the log start is news to the session.
  await deleteRecords(client, [['events', [0, 1]]]);
  const session = { id: opened.sessionId, epoch: 1 };
  const next = await reader.request(FetchRequest, FetchResponse, fetchRequest(2, session), 12);
  assert.equal(next.responses[0]!.partitions[0]!.logStartOffset, 1);
  // At the end, waiting for as long as it takes: the records that come are deleted before they are enough.
  const waiting = reader.request(
    FetchRequest,
    FetchResponse,
    { ...fetchRequest(2, { maxWaitMs: 600_000 }), minBytes: 10_000 },
    12,
  );
  await produce(client, 'events', batchOf(['c']));
  await deleteRecords(client, [['events', [0, 3]]]);
  const answer = (await waiting).responses[0]!.partitions[0]!;
  assert.equal(answer.errorCode, ErrorCode.OFFSET_OUT_OF_RANGE);
});

test('producers are described from what the log remembers', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events', 2);
  const before = Date.now();
  await produce(client, 'events', batchOf(['a', 'b'], { producerId: 4000, baseSequence: 0 }));
  await produce(client, 'events', batchOf(['c', 'd'], { producerId: 4000, baseSequence: 2 }));
  await produce(client, 'events', batchOf(['e']));
  await deleteRecords(client, [['events', [0, -1]]]);
  const [known, other, missing] = await describeProducers(client, 'events', [0, 1, 9]);
  assert.equal(known!.errorCode, ErrorCode.NONE);
  assert.equal(known!.errorMessage, null);
  const { lastTimestamp, ...producer } = known!.activeProducers[0]!;
  assert.deepEqual(producer, {
    producerId: 4000,
    producerEpoch: 0,
    lastSequence: 3,
    coordinatorEpoch: -1,
    currentTxnStartOffset: -1,
  });
  assert.ok(lastTimestamp >= before);
  assert.equal(known!.activeProducers.length, 1);
  assert.deepEqual(other!.activeProducers, []);
  assert.equal(missing!.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  assert.equal(missing!.errorMessage, null);
  for (const [name, error] of [
    ['nowhere', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['a b', ErrorCode.INVALID_TOPIC_EXCEPTION],
  ] as const) {
    const [unknown] = await describeProducers(client, name, [0]);
    assert.equal(unknown!.errorCode, error);
    assert.ok(unknown!.errorMessage);
  }
});
