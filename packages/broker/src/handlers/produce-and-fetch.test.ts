// Produce, Fetch and ListOffsets through real sockets and the codec, at old and new versions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchBuilder, Compression, ErrorCode } from '@millrace/protocol';
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
import { ProduceRequest } from '@millrace/protocol/messages/produce-request';
import { ProduceResponse } from '@millrace/protocol/messages/produce-response';
import type { LogStore } from '@millrace/storage';
import { callHandler } from '../../test/call-handler.ts';
import type { RawClient } from '../../test/raw-client.ts';
import { batchOf, produce, produceRequest, TestBroker, valuesIn } from '../../test/test-broker.ts';
import { EventSurface } from '../events.ts';
import type { PartitionLeadership, Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';
import { produceHandler } from './00-produce.ts';

interface FetchOptions {
  readonly offsets?: readonly number[];
  readonly maxWaitMs?: number;
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly partitionMaxBytes?: number;
  readonly sessionId?: number;
  readonly sessionEpoch?: number;
  readonly version?: number;
}

function fetchRequest(topic: string, options: FetchOptions): FetchRequest {
  return createFetchRequest({
    maxWaitMs: options.maxWaitMs ?? 0,
    minBytes: options.minBytes ?? 1,
    maxBytes: options.maxBytes ?? 1_000_000,
    sessionId: options.sessionId ?? 0,
    sessionEpoch: options.sessionEpoch ?? -1,
    topics:
      (options.offsets ?? [0]).length === 0
        ? []
        : [
            createFetchRequestFetchTopic({
              topic,
              partitions: (options.offsets ?? [0]).map((fetchOffset, partition) =>
                createFetchRequestFetchPartition({
                  partition,
                  fetchOffset,
                  partitionMaxBytes: options.partitionMaxBytes ?? 1_000_000,
                }),
              ),
            }),
          ],
  });
}

function fetch(client: RawClient, topic: string, options: FetchOptions): Promise<FetchResponse> {
  const version = options.version ?? 12;
  return client.request(FetchRequest, FetchResponse, fetchRequest(topic, options), version);
}

function valuesByPartition(response: FetchResponse): Map<number, string[]> {
  const values = new Map<number, string[]>();
  for (const { partitionIndex, records } of response.responses.flatMap((one) => one.partitions)) {
    values.set(partitionIndex, valuesIn(records as Buffer));
  }
  return values;
}

test('what is produced is fetched, from the oldest to the newest version', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  for (const [index, version] of [3, 7, 8, 9, 10, 12].entries()) {
    const answer = await produce(client, 'events', batchOf([`v${version}`]), version);
    assert.deepEqual([answer.errorCode, answer.baseOffset], [ErrorCode.NONE, index]);
  }
  for (const version of [4, 5, 7, 9, 11, 12]) {
    const response = await fetch(client, 'events', { version });
    assert.deepEqual(valuesByPartition(response).get(0), ['v3', 'v7', 'v8', 'v9', 'v10', 'v12']);
    const [partition] = response.responses[0]!.partitions;
    assert.equal(partition!.highWatermark, 6);
  }
});

test('records that are no single whole batch of format 2 are refused', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const errorOf = async (batch: Buffer | null) => {
    const answer = await produce(client, 'events', batch);
    assert.equal(answer.baseOffset, -1);
    assert.ok(answer.errorMessage);
    return answer.errorCode;
  };
  const good = batchOf(['a']);
  const corrupt = Buffer.from(good);
  corrupt[corrupt.length - 1]! ^= 1;
  const oldFormat = Buffer.from(good);
  oldFormat[16] = 1;
  assert.equal(await errorOf(null), ErrorCode.INVALID_RECORD);
  assert.equal(await errorOf(Buffer.alloc(0)), ErrorCode.INVALID_RECORD);
  assert.equal(await errorOf(Buffer.concat([good, good])), ErrorCode.INVALID_RECORD);
  assert.equal(await errorOf(oldFormat), ErrorCode.INVALID_RECORD);
  assert.equal(await errorOf(corrupt), ErrorCode.CORRUPT_MESSAGE);
  const newFormat = Buffer.from(good);
  newFormat[16] = 3;
  assert.equal(await errorOf(newFormat), ErrorCode.CORRUPT_MESSAGE);
  assert.equal(await errorOf(good.subarray(0, 40)), ErrorCode.INVALID_RECORD);
  assert.equal(await errorOf(good.subarray(0, good.length - 1)), ErrorCode.INVALID_RECORD);
  assert.equal((await produce(client, 'events', good)).errorCode, ErrorCode.NONE);
});

test('unknown topics and partitions and bad acks have their own errors', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const unknown = await produce(client, 'nowhere', batchOf(['a']));
  assert.equal(unknown.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  const badAcks = await client.request(
    ProduceRequest,
    ProduceResponse,
    produceRequest('events', [batchOf(['a'])], 2),
    12,
  );
  const [refused] = badAcks.responses[0]!.partitionResponses;
  assert.equal(refused!.errorCode, ErrorCode.INVALID_REQUIRED_ACKS);
  const missing = await client.request(
    ProduceRequest,
    ProduceResponse,
    produceRequest('events', [batchOf(['a']), batchOf(['b'])]),
    12,
  );
  assert.deepEqual(
    missing.responses[0]!.partitionResponses.map(({ errorCode }) => errorCode),
    [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  );
});

test('a topic named twice is answered once, and one without partitions not at all', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('events', 2);
  const [first] = produceRequest('events', [batchOf(['a'])]).topicData;
  const [both] = produceRequest('events', [null, batchOf(['b'])]).topicData;
  const second = { ...both!, partitionData: both!.partitionData.slice(1) };
  const request = produceRequest('events', []);
  const { responses } = await client.request(
    ProduceRequest,
    ProduceResponse,
    { ...request, topicData: [first!, { ...first!, partitionData: [] }, second] },
    12,
  );
  const answered = responses.map(({ name, partitionResponses }) => [
    name,
    ...partitionResponses.map(({ index, errorCode }) => [index, errorCode]),
  ]);
  assert.deepEqual(answered, [['events', [0, ErrorCode.NONE], [1, ErrorCode.NONE]]]);
  const nothing = await client.request(ProduceRequest, ProduceResponse, request, 12);
  assert.deepEqual(nothing.responses, []);
});

test('a transactional batch without a transactional id has its request refused', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('events', 2);
  const builder = new BatchBuilder({
    producerId: 1,
    producerEpoch: 0,
    baseSequence: 0,
    transactional: true,
  });
  builder.add({ timestampMs: Date.now(), value: Buffer.from('a') });
  const request = produceRequest('events', [batchOf(['b']), builder.build()]);
  const { responses } = await client.request(ProduceRequest, ProduceResponse, request, 12);
  const error = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
  const errors = responses[0]!.partitionResponses.map(({ errorCode }) => errorCode);
  assert.deepEqual(errors, [error, error]);
  const offset = (await produce(client, 'events', batchOf(['c']))).baseOffset;
  assert.equal(offset, 0, 'nothing of the refused request was appended');
});

test('records with a time that cannot be are named, and the producer learns where the log starts', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('events');
  for (const codec of [Compression.none, Compression.gzip]) {
    const builder = new BatchBuilder({ codec });
    for (const aheadMs of [0, 7_200_000, 0, 7_200_000]) {
      builder.add({ timestampMs: Date.now() + aheadMs, value: Buffer.from('a') });
    }
    const answer = await produce(client, 'events', builder.build());
    assert.equal(answer.errorCode, ErrorCode.INVALID_TIMESTAMP);
    assert.deepEqual([answer.baseOffset, answer.logStartOffset], [-1, 0]);
    const named = answer.recordErrors.map(({ batchIndex }) => batchIndex);
    assert.deepEqual(named, [1, 3]);
    assert.match(answer.recordErrors[0]!.batchIndexErrorMessage!, /message\.timestamp\.after/);
  }
});

test('a partition without a leader says so in every version, and from 10 on who leads', async () => {
  const nobody: PartitionLeadership = {
    leaderId: -1,
    leaderEpoch: 4,
    replicas: [1],
    inSyncReplicas: [],
    offlineReplicas: [1],
  };
  const handler = produceHandler({
    topics: { byName: () => ({ topicId: 'id' }) } as unknown as Topics,
    logStore: { get: () => undefined } as unknown as LogStore,
    placement: { nodeId: 1, leadership: () => nobody } as unknown as Placement,
    events: new EventSurface(),
  });
  for (const version of [3, 9, 10, 12]) {
    const answer = await callHandler(handler, produceRequest('events', [batchOf(['a'])]), version);
    const { errorCode, currentLeader } = answer.responses[0]!.partitionResponses[0]!;
    assert.equal(errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assert.equal(currentLeader.leaderEpoch, version < 10 ? -1 : 4);
  }
});

test('acks=0 gets no answer, and an error ends the connection', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  client.send(ProduceRequest, produceRequest('events', [batchOf(['a'])], 0), 12);
  const response = await fetch(client, 'events', { maxWaitMs: 10_000 });
  assert.deepEqual(valuesByPartition(response).get(0), ['a']);
  client.send(ProduceRequest, produceRequest('nowhere', [batchOf(['a'])], 0), 12);
  // What comes behind is not answered either: the producer would take it for a sign that all went well.
  client.send(FetchRequest, fetchRequest('events', {}), 12);
  assert.equal(await client.nextFrame(), null);
  assert.match(broker.closed[0]!.reason!, /acks=0 .* UNKNOWN_TOPIC_OR_PARTITION/);
});

test('an idempotent retry gets the first offset and is not written twice', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const batch = () => batchOf(['a', 'b'], { producerId: 7, baseSequence: 0 });
  assert.equal((await produce(client, 'events', batch())).baseOffset, 0);
  const again = await produce(client, 'events', batch());
  assert.deepEqual([again.errorCode, again.baseOffset], [ErrorCode.NONE, 0]);
  const gap = await produce(client, 'events', batchOf(['d'], { producerId: 7, baseSequence: 3 }));
  assert.equal(gap.errorCode, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  const response = await fetch(client, 'events', {});
  assert.deepEqual(valuesByPartition(response).get(0), ['a', 'b']);
});

test('a fetch at the end waits for an append and wakes on it', async (context) => {
  const broker = await TestBroker.start(context);
  const producer = await broker.withTopic('events');
  const consumer = await broker.connect();
  const waiting = fetch(consumer, 'events', { maxWaitMs: 60_000 });
  assert.equal((await produce(producer, 'events', batchOf(['late']))).errorCode, 0);
  assert.deepEqual(valuesByPartition(await waiting).get(0), ['late']);
});

test('a fetch waits until min.bytes are there', async (context) => {
  const broker = await TestBroker.start(context);
  const producer = await broker.withTopic('events');
  const consumer = await broker.connect();
  const [first, second] = [batchOf(['first']), batchOf(['second'])];
  const minBytes = first.length + second.length;
  const waiting = fetch(consumer, 'events', { maxWaitMs: 60_000, minBytes });
  await produce(producer, 'events', first);
  await produce(producer, 'events', second);
  assert.deepEqual(valuesByPartition(await waiting).get(0), ['first', 'second']);
});

test('a fetch that finds nothing answers empty at its deadline', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const response = await fetch(client, 'events', { maxWaitMs: 5 });
  assert.deepEqual(valuesByPartition(response).get(0), []);
  assert.equal(response.responses[0]!.partitions[0]!.errorCode, ErrorCode.NONE);
});

test('an offset past the end or below the start is out of range, at once', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  await produce(client, 'events', batchOf(['a']));
  for (const offset of [2, -5]) {
    const response = await fetch(client, 'events', { offsets: [offset], maxWaitMs: 60_000 });
    const [partition] = response.responses[0]!.partitions;
    assert.equal(partition!.errorCode, ErrorCode.OFFSET_OUT_OF_RANGE, `offset ${offset}`);
    assert.equal(partition!.highWatermark, -1);
  }
});

test('a fetch that names no partition, as one that closes a session, answers at once', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const closing = { offsets: [], maxWaitMs: 600_000, sessionEpoch: -1 };
  assert.deepEqual((await fetch(client, 'events', closing)).responses, []);
});

test('the first batch comes whole even when it is larger than every limit', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const value = 'x'.repeat(5000);
  await produce(client, 'events', batchOf([value]));
  await produce(client, 'events', batchOf([value]));
  const response = await fetch(client, 'events', { maxBytes: 1, partitionMaxBytes: 1 });
  assert.deepEqual(valuesByPartition(response).get(0), [value]);
});

test('a partition that is asked for twice is answered once, by the last', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  for (const value of ['a', 'b']) await produce(client, 'events', batchOf([value]));
  const request = fetchRequest('events', { offsets: [0, 0] });
  const [topic] = request.topics as [(typeof request.topics)[number]];
  const [first, second] = topic.partitions;
  second!.partition = first!.partition;
  second!.fetchOffset = 1;
  const topicTwice = [first!, second!].map((one) => ({ ...topic, partitions: [one] }));
  for (const topics of [[topic], topicTwice]) {
    const asked = { ...request, topics };
    const { responses } = await client.request(FetchRequest, FetchResponse, asked, 12);
    assert.equal(responses[0]!.partitions.length, 1);
    assert.deepEqual(valuesIn(responses[0]!.partitions[0]!.records as Buffer), ['b']);
  }
});

test('max.bytes is shared fairly: the partition that starts moves on from fetch to fetch', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events', 3);
  const { ProduceResponse } = await import('@millrace/protocol/messages/produce-response');
  const batches = [0, 1, 2].map((partition) => batchOf([`p${partition}`]));
  await client.request(ProduceRequest, ProduceResponse, produceRequest('events', batches), 12);
  const served = new Set<number>();
  for (let round = 0; round < 3; round++) {
    const response = await fetch(client, 'events', { offsets: [0, 0, 0], maxBytes: 1 });
    for (const [partition, values] of valuesByPartition(response)) {
      if (values.length > 0) served.add(partition);
    }
  }
  assert.deepEqual([...served].sort(), [0, 1, 2]);
});

test('a session answers changes only, and rotates', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events', 2);
  const opened = await fetch(client, 'events', { offsets: [0, 0], sessionEpoch: 0 });
  assert.notEqual(opened.sessionId, 0);
  assert.equal(opened.responses[0]!.partitions.length, 2);
  const next = { sessionId: opened.sessionId, offsets: [] };
  const quiet = await fetch(client, 'events', { ...next, sessionEpoch: 1 });
  assert.deepEqual([quiet.sessionId, quiet.responses.length], [opened.sessionId, 0]);
  await produce(client, 'events', batchOf(['a']));
  const changed = await fetch(client, 'events', { ...next, sessionEpoch: 2 });
  assert.deepEqual([...valuesByPartition(changed)], [[0, ['a']]]);
  const stale = await fetch(client, 'events', { ...next, sessionEpoch: 2 });
  assert.equal(stale.errorCode, ErrorCode.INVALID_FETCH_SESSION_EPOCH);
  const unknown = await fetch(client, 'events', { ...next, sessionId: 1, sessionEpoch: 1 });
  assert.equal(unknown.errorCode, ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
});

test('offsets are listed by special timestamp and by time', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const before = Date.now();
  await produce(client, 'events', batchOf(['a', 'b', 'c']));
  const list = async (timestamp: number, version: number) => {
    const request = createListOffsetsRequest({
      replicaId: -1,
      topics: [
        createListOffsetsRequestListOffsetsTopic({
          name: 'events',
          partitions: [
            createListOffsetsRequestListOffsetsPartition({ partitionIndex: 0, timestamp }),
          ],
        }),
      ],
    });
    const response = await client.request(
      ListOffsetsRequest,
      ListOffsetsResponse,
      request,
      version,
    );
    const { errorCode, offset } = response.topics[0]!.partitions[0]!;
    return errorCode === ErrorCode.NONE ? offset : `error ${errorCode}`;
  };
  for (const version of [1, 2, 6, 11]) {
    assert.equal(await list(-1, version), 3);
    assert.equal(await list(-2, version), 0);
    assert.equal(await list(before, version), 0);
    assert.equal(await list(before + 3_600_000, version), -1);
  }
  assert.equal(await list(-3, 7), 0);
  assert.equal(await list(-3, 6), `error ${ErrorCode.UNSUPPORTED_VERSION}`);
  assert.equal(await list(-4, 8), 0);
  assert.equal(await list(-5, 9), -1);
  assert.equal(await list(-7, 11), `error ${ErrorCode.UNSUPPORTED_VERSION}`);
});

test('an isolation level that does not exist is an invalid request, for each partition before version 13', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('events', 2);
  for (const version of [4, 6, 7, 12, 13, 18]) {
    const named = { ...fetchRequest('events', { offsets: [0, 0] }), isolationLevel: 2 };
    const response = await client.request(FetchRequest, FetchResponse, named, version);
    assert.equal(response.errorCode, version < 7 ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST);
    const partitions = response.responses.flatMap((topic) => topic.partitions);
    const errors = partitions.map(({ errorCode }) => errorCode);
    assert.deepEqual(errors, version < 13 ? [42, 42] : []);
  }
});

test('a broker that fetches as a follower is told that it is none, at once', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('events');
  await produce(client, 'events', batchOf(['a']));
  for (const version of [4, 12]) {
    const request = { ...fetchRequest('events', { maxWaitMs: 60_000 }), replicaId: 2 };
    const response = await client.request(FetchRequest, FetchResponse, request, version);
    const [partition] = response.responses[0]!.partitions;
    assert.equal(partition!.errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assert.deepEqual(valuesByPartition(response).get(0), []);
  }
});

test('offsets of a topic named twice are listed once, and a partition named twice is refused', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('events', 2);
  const topic = (...partitionIndexes: readonly number[]) =>
    createListOffsetsRequestListOffsetsTopic({
      name: 'events',
      partitions: partitionIndexes.map((partitionIndex) =>
        createListOffsetsRequestListOffsetsPartition({ partitionIndex, timestamp: -1 }),
      ),
    });
  const request = createListOffsetsRequest({
    replicaId: -1,
    topics: [topic(), topic(0), topic(1, 0)],
  });
  const { topics } = await client.request(ListOffsetsRequest, ListOffsetsResponse, request, 7);
  assert.equal(topics.length, 1);
  const answered = topics[0]!.partitions.map(({ partitionIndex, errorCode }) => [
    partitionIndex,
    errorCode,
  ]);
  assert.deepEqual(answered, [
    [0, ErrorCode.INVALID_REQUEST],
    [1, ErrorCode.NONE],
  ]);
});
