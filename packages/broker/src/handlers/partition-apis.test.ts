// Partitions: how many, where, and who leads them. Through real sockets and the codec; the error codes are those that a
// Kafka 4.3.1 of one broker gave to the same requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode } from '@millrace/protocol';
import {
  AlterPartitionReassignmentsRequest,
  createAlterPartitionReassignmentsRequest,
  createAlterPartitionReassignmentsRequestReassignablePartition,
  createAlterPartitionReassignmentsRequestReassignableTopic,
} from '@millrace/protocol/messages/alter-partition-reassignments-request';
import { AlterPartitionReassignmentsResponse } from '@millrace/protocol/messages/alter-partition-reassignments-response';
import {
  CreatePartitionsRequest,
  createCreatePartitionsRequest,
  createCreatePartitionsRequestCreatePartitionsAssignment,
  createCreatePartitionsRequestCreatePartitionsTopic,
} from '@millrace/protocol/messages/create-partitions-request';
import { CreatePartitionsResponse } from '@millrace/protocol/messages/create-partitions-response';
import {
  createElectLeadersRequest,
  createElectLeadersRequestTopicPartitions,
  ElectLeadersRequest,
} from '@millrace/protocol/messages/elect-leaders-request';
import { ElectLeadersResponse } from '@millrace/protocol/messages/elect-leaders-response';
import {
  createListPartitionReassignmentsRequest,
  createListPartitionReassignmentsRequestListPartitionReassignmentsTopics,
  ListPartitionReassignmentsRequest,
} from '@millrace/protocol/messages/list-partition-reassignments-request';
import { ListPartitionReassignmentsResponse } from '@millrace/protocol/messages/list-partition-reassignments-response';
import {
  createMetadataRequest,
  createMetadataRequestTopic,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import {
  createProduceRequestPartitionProduceData,
  ProduceRequest,
} from '@millrace/protocol/messages/produce-request';
import { ProduceResponse } from '@millrace/protocol/messages/produce-response';
import {
  LocalLogStore,
  MemoryFileSystem,
  MemoryMetadataStore,
  systemClock,
} from '@millrace/storage';
import { callHandler } from '../../test/call-handler.ts';
import type { RawClient } from '../../test/raw-client.ts';
import { batchOf, produceRequest, TestBroker } from '../../test/test-broker.ts';
import { BrokerConfig } from '../config/broker-configs.ts';
import { EventSurface } from '../events.ts';
import { LocalPlacement } from '../local-placement.ts';
import { Topics } from '../topics.ts';
import { electLeadersHandler } from './43-elect-leaders.ts';

type Growth = readonly [name: string, count: number, assignments?: readonly number[][]];

/** Error codes by topic, in the order of the answer. */
async function grow(
  client: RawClient,
  topics: readonly Growth[],
  { validateOnly = false, version = 3 } = {},
): Promise<readonly (readonly [string, number])[]> {
  const request = createCreatePartitionsRequest({
    topics: topics.map(([name, count, assignments]) =>
      createCreatePartitionsRequestCreatePartitionsTopic({
        name,
        count,
        assignments:
          assignments?.map((brokerIds) =>
            createCreatePartitionsRequestCreatePartitionsAssignment({ brokerIds }),
          ) ?? null,
      }),
    ),
    validateOnly,
  });
  const { results } = await client.request(
    CreatePartitionsRequest,
    CreatePartitionsResponse,
    request,
    version,
  );
  return results.map(({ name, errorCode, errorMessage }) => {
    assert.equal(errorMessage === null, errorCode === ErrorCode.NONE);
    return [name, errorCode] as const;
  });
}

async function leaders(client: RawClient, name: string): Promise<number[]> {
  const request = createMetadataRequest({ topics: [createMetadataRequestTopic({ name })] });
  const { topics } = await client.request(MetadataRequest, MetadataResponse, request, 9);
  return topics[0]!.partitions.map(({ leaderId }) => leaderId);
}

async function errorOfProducing(client: RawClient, topic: string, index: number): Promise<number> {
  const request = produceRequest(topic, []);
  request.topicData[0]!.partitionData.push(
    createProduceRequestPartitionProduceData({ index, records: batchOf(['x']) }),
  );
  const response = await client.request(ProduceRequest, ProduceResponse, request, 12);
  return response.responses[0]!.partitionResponses[0]!.errorCode;
}

test('a topic gets more partitions, which are led and written to at once', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  assert.equal(await errorOfProducing(client, 't', 3), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  for (const version of [0, 1, 2, 3]) {
    assert.deepEqual(await grow(client, [['t', 4 + version]], { version }), [['t', 0]]);
    assert.deepEqual(await leaders(client, 't'), Array(4 + version).fill(1));
    assert.equal(await errorOfProducing(client, 't', 3 + version), ErrorCode.NONE);
  }
});

test('partitions are assigned by hand to the only broker', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  const error = async (count: number, assignments: number[][]) =>
    (await grow(client, [['t', count, assignments]]))[0]![1];
  for (const wrong of [[], [[1]], [[1], [1], [1]], [[], [1]], [[7], [1]], [[1, 7], [1]]]) {
    assert.equal(await error(4, wrong), ErrorCode.INVALID_REPLICA_ASSIGNMENT);
  }
  assert.equal(await error(4, [[1, 1], [1]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT);
  assert.equal(await error(2, [[7]]), ErrorCode.INVALID_PARTITIONS, 'the count is looked at first');
  assert.deepEqual(await leaders(client, 't'), [1, 1]);
  assert.equal(await error(4, [[1], [1]]), ErrorCode.NONE);
  assert.deepEqual(await leaders(client, 't'), [1, 1, 1, 1]);
});

test('validate-only tells the outcome and changes nothing', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  const validateOnly = true;
  assert.deepEqual(await grow(client, [['t', 5]], { validateOnly }), [['t', ErrorCode.NONE]]);
  assert.deepEqual(await grow(client, [['t', 1]], { validateOnly }), [
    ['t', ErrorCode.INVALID_PARTITIONS],
  ]);
  assert.deepEqual(await leaders(client, 't'), [1, 1]);
});

test('counts and names that cannot be are refused, each for itself', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  await broker.withTopic('twice');
  await broker.withTopic('fine');
  const results = await grow(client, [
    ['twice', 2],
    ['t', 2],
    ['nowhere', 3],
    ['bad name', 3],
    ['twice', 2],
    ['fine', 2],
  ]);
  assert.deepEqual(results, [
    ['twice', ErrorCode.INVALID_REQUEST],
    ['t', ErrorCode.INVALID_PARTITIONS],
    ['nowhere', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['bad name', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['fine', ErrorCode.NONE],
  ]);
  for (const count of [1, 0, -1]) {
    assert.deepEqual(await grow(client, [['t', count]]), [['t', ErrorCode.INVALID_PARTITIONS]]);
  }
  assert.deepEqual(await grow(client, [['t', 10_003]]), [['t', ErrorCode.POLICY_VIOLATION]]);
  assert.deepEqual(await grow(client, []), []);
  assert.deepEqual(await leaders(client, 'twice'), [1]);
  assert.deepEqual(await leaders(client, 'fine'), [1, 1]);
});

test('a partition without a leader is told so by the kind of election', async (context) => {
  const metadata = new MemoryMetadataStore();
  await metadata.open();
  const clock = systemClock;
  const logStore = new LocalLogStore({
    dataDir: '/data',
    fileSystem: new MemoryFileSystem(),
    clock,
  });
  await logStore.open([]);
  context.after(() => logStore.close());
  const nodeId = 1;
  const placement = new LocalPlacement({ nodeId, rack: null, logStore, metadata });
  const config = new BrokerConfig();
  const events = new EventSurface();
  const topics = new Topics({ metadata, logStore, config, clock, events, nodeId });
  // A topic that is being created: its row is written, its log is not there yet.
  await metadata.createTopic({
    topicId: 'topictopictopictopictA',
    name: 't',
    partitionCount: 1,
    createdAtMs: 0,
    configs: new Map(),
  });
  const handler = electLeadersHandler({ topics, placement });
  const some = [createElectLeadersRequestTopicPartitions({ topic: 't', partitions: [0] })];
  for (const [electionType, error] of [
    [0, ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE],
    [1, ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE],
  ] as const) {
    for (const topicPartitions of [some, null]) {
      const request = createElectLeadersRequest({ electionType, topicPartitions });
      const { replicaElectionResults } = await callHandler(handler, request, 2);
      assert.deepEqual(
        replicaElectionResults[0]!.partitionResult.map(({ errorCode }) => errorCode),
        [error],
      );
    }
  }
});

/** The error of the whole, and `[topic, ...[partition, error]]` of each topic. */
async function elect(
  client: RawClient,
  wanted: readonly (readonly [topic: string, ...partitions: number[]])[] | null,
  electionType = 0,
  version = 2,
) {
  const topicPartitions =
    wanted?.map(([topic, ...partitions]) =>
      createElectLeadersRequestTopicPartitions({ topic, partitions }),
    ) ?? null;
  const response = await client.request(
    ElectLeadersRequest,
    ElectLeadersResponse,
    createElectLeadersRequest({ topicPartitions, electionType }),
    version,
  );
  const results = response.replicaElectionResults.map(({ topic, partitionResult }) => [
    topic,
    ...partitionResult.map(({ partitionId, errorCode, errorMessage }) => {
      assert.ok(errorMessage);
      return [partitionId, errorCode];
    }),
  ]);
  return { error: response.errorCode, results };
}

test('a partition that is led needs no election', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  const notNeeded = ErrorCode.ELECTION_NOT_NEEDED;
  const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  for (const [type, version] of [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
  ] as const) {
    assert.deepEqual(
      await elect(
        client,
        [
          ['t', 1, 0, 9, -1],
          ['nowhere', 0],
        ],
        type,
        version,
      ),
      {
        error: ErrorCode.NONE,
        results: [
          ['t', [1, notNeeded], [0, notNeeded], [9, unknown], [-1, unknown]],
          ['nowhere', [0, unknown]],
        ],
      },
    );
  }
});

test('an election for all topics names them, and only partitions that need one', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  assert.deepEqual(await elect(client, null), { error: ErrorCode.NONE, results: [['t']] });
  assert.deepEqual(await elect(client, []), { error: ErrorCode.NONE, results: [] });
});

test('an unknown election type is an invalid request', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  const error = ErrorCode.INVALID_REQUEST;
  for (const type of [2, -1]) {
    assert.deepEqual(await elect(client, [['t', 0]], type), {
      error,
      results: [['t', [0, error]]],
    });
    assert.deepEqual(await elect(client, null, type), { error, results: [] });
  }
});

type Assignment = readonly [partition: number, replicas: number[] | null];

/** Error codes in the order of the request. */
async function reassign(
  client: RawClient,
  wanted: readonly (readonly [topic: string, ...partitions: Assignment[]])[],
  { version = 1, allowReplicationFactorChange = true } = {},
): Promise<number[][]> {
  const response = await client.request(
    AlterPartitionReassignmentsRequest,
    AlterPartitionReassignmentsResponse,
    createAlterPartitionReassignmentsRequest({
      allowReplicationFactorChange,
      topics: wanted.map(([name, ...partitions]) =>
        createAlterPartitionReassignmentsRequestReassignableTopic({
          name,
          partitions: partitions.map(([partitionIndex, replicas]) =>
            createAlterPartitionReassignmentsRequestReassignablePartition({
              partitionIndex,
              replicas,
            }),
          ),
        }),
      ),
    }),
    version,
  );
  assert.equal(response.errorCode, ErrorCode.NONE);
  assert.equal(response.errorMessage, '');
  assert.equal(response.allowReplicationFactorChange, allowReplicationFactorChange);
  return response.responses.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
}

test('a partition can be assigned to where it stands, and nowhere else', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  const invalid = ErrorCode.INVALID_REPLICA_ASSIGNMENT;
  for (const version of [0, 1]) {
    assert.deepEqual(await reassign(client, [['t', [0, [1]]]], { version }), [[ErrorCode.NONE]]);
    for (const replicas of [[], [7], [1, 7], [1, 1], [-1]]) {
      assert.deepEqual(await reassign(client, [['t', [0, replicas]]], { version }), [[invalid]]);
    }
  }
  const kept = { allowReplicationFactorChange: false };
  assert.deepEqual(await reassign(client, [['t', [0, [1]]]], kept), [[ErrorCode.NONE]]);
  assert.deepEqual(await reassign(client, [['t', [0, [1, 7]]]], kept), [[invalid]]);
});

test('each reassignment has its own outcome', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const outcomes = await reassign(client, [
    ['t', [99, [1]], [-1, [1]], [99, null], [0, [1]], [1, null]],
    ['nowhere', [0, [1]], [1, null]],
    ['t', [1, [1]]],
  ]);
  assert.deepEqual(outcomes, [
    [unknown, unknown, unknown, ErrorCode.NONE, ErrorCode.NO_REASSIGNMENT_IN_PROGRESS],
    [unknown, unknown],
    [ErrorCode.NONE],
  ]);
});

test('no reassignment is ever under way', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('t', 2);
  await reassign(client, [['t', [0, [1]]]]);
  for (const names of [null, [], ['t'], ['nowhere']]) {
    const topics =
      names?.map((name) =>
        createListPartitionReassignmentsRequestListPartitionReassignmentsTopics({
          name,
          partitionIndexes: [0],
        }),
      ) ?? null;
    const response = await client.request(
      ListPartitionReassignmentsRequest,
      ListPartitionReassignmentsResponse,
      createListPartitionReassignmentsRequest({ topics }),
      0,
    );
    assert.deepEqual([response.errorCode, response.topics], [ErrorCode.NONE, []]);
  }
});
