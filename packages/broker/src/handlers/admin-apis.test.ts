// Topics, configs, metadata and cluster through real sockets and the codec. The error codes are those that a Kafka 4.3.1
// gave to the same requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  type CreateTopicsRequestCreatableTopic,
  createCreateTopicsRequest,
  createCreateTopicsRequestCreatableTopic,
} from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import {
  createDeleteTopicsRequest,
  createDeleteTopicsRequestDeleteTopicState,
  DeleteTopicsRequest,
} from '@millrace/protocol/messages/delete-topics-request';
import { DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics-response';
import {
  createDescribeClusterRequest,
  DescribeClusterRequest,
} from '@millrace/protocol/messages/describe-cluster-request';
import { DescribeClusterResponse } from '@millrace/protocol/messages/describe-cluster-response';
import {
  createDescribeConfigsRequest,
  createDescribeConfigsRequestDescribeConfigsResource,
  DescribeConfigsRequest,
} from '@millrace/protocol/messages/describe-configs-request';
import { DescribeConfigsResponse } from '@millrace/protocol/messages/describe-configs-response';
import {
  createInitProducerIdRequest,
  InitProducerIdRequest,
} from '@millrace/protocol/messages/init-producer-id-request';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id-response';
import {
  createMetadataRequest,
  createMetadataRequestTopic,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import type { RawClient } from '../../test/raw-client.ts';
import { batchOf, produce, TestBroker } from '../../test/test-broker.ts';

type NewTopic = Partial<CreateTopicsRequestCreatableTopic>;

const UNKNOWN_ID = 'AAAAAAAAAAAAAAAAAAAABw';

async function create(
  client: RawClient,
  topics: readonly NewTopic[],
  version = 7,
  validateOnly = false,
) {
  const request = createCreateTopicsRequest({
    topics: topics.map((topic) =>
      createCreateTopicsRequestCreatableTopic({
        numPartitions: 1,
        replicationFactor: 1,
        ...topic,
      }),
    ),
    validateOnly,
  });
  const response = await client.request(
    CreateTopicsRequest,
    CreateTopicsResponse,
    request,
    version,
  );
  return response.topics;
}

async function errorOfCreation(client: RawClient, topic: NewTopic): Promise<number> {
  const [result] = await create(client, [topic]);
  if (result!.errorCode !== ErrorCode.NONE) assert.ok(result!.errorMessage);
  return result!.errorCode;
}

async function describe(
  client: RawClient,
  names: readonly string[] | null,
  version = 12,
  allowAutoTopicCreation = false,
) {
  const topics = names === null ? null : names.map((name) => createMetadataRequestTopic({ name }));
  // Versions below 4 have no such field and act as if it were set.
  const mayCreate = version < 4 || allowAutoTopicCreation;
  const request = createMetadataRequest({ topics, allowAutoTopicCreation: mayCreate });
  return client.request(MetadataRequest, MetadataResponse, request, version);
}

test('a topic is created with its id, partitions and configs', async (context) => {
  const broker = await TestBroker.start(context, { 'num.partitions': '3' });
  const client = await broker.connect();
  const [result] = await create(client, [
    {
      name: 'orders',
      numPartitions: -1,
      replicationFactor: -1,
      configs: [{ name: 'segment.bytes', value: '2000000' }],
    },
  ]);
  assert.deepEqual([result!.errorCode, result!.errorMessage], [ErrorCode.NONE, null]);
  assert.deepEqual([result!.numPartitions, result!.replicationFactor], [3, 1]);
  const segmentBytes = result!.configs?.find(({ name }) => name === 'segment.bytes');
  assert.deepEqual([segmentBytes?.value, segmentBytes?.configSource], ['2000000', 1]);
  const { topics } = await describe(client, ['orders']);
  assert.equal(topics[0]!.topicId, result!.topicId);
  assert.deepEqual(
    topics[0]!.partitions.map(({ partitionIndex, leaderId }) => [partitionIndex, leaderId]),
    [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
  );
});

test('topics that cannot be are refused with the error that Kafka gives', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('a.b');
  const error = (topic: NewTopic) => errorOfCreation(client, topic);
  const manual = { numPartitions: -1, replicationFactor: -1 };
  const on = (...brokerIds: number[]) => [{ partitionIndex: 0, brokerIds }];
  assert.equal(await error({ name: 'a.b' }), ErrorCode.TOPIC_ALREADY_EXISTS);
  assert.equal(await error({ name: 'a_b' }), ErrorCode.INVALID_TOPIC_EXCEPTION);
  assert.equal(await error({ name: 'a b' }), ErrorCode.INVALID_TOPIC_EXCEPTION);
  assert.equal(await error({ name: 'z', numPartitions: 0 }), ErrorCode.INVALID_PARTITIONS);
  assert.equal(await error({ name: 'z', numPartitions: 10_001 }), ErrorCode.POLICY_VIOLATION);
  assert.equal(
    await error({ name: 'z', replicationFactor: 2 }),
    ErrorCode.INVALID_REPLICATION_FACTOR,
  );
  assert.equal(
    await error({ name: 'z', replicationFactor: 0 }),
    ErrorCode.INVALID_REPLICATION_FACTOR,
  );
  const unknownBroker = { name: 'z', ...manual, assignments: on(7) };
  assert.equal(await error(unknownBroker), ErrorCode.INVALID_REPLICA_ASSIGNMENT);
  assert.equal(
    await error({ ...unknownBroker, assignments: on(1, 1) }),
    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
  );
  assert.equal(
    await error({ ...unknownBroker, assignments: [{ partitionIndex: 1, brokerIds: [1] }] }),
    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
  );
  assert.equal(await error({ name: 'z', assignments: on(1) }), ErrorCode.INVALID_REQUEST);
  const config = (name: string, value: string | null) => ({
    name: 'z',
    configs: [{ name, value }],
  });
  assert.equal(await error(config('nope', '1')), ErrorCode.INVALID_CONFIG);
  assert.equal(await error(config('segment.bytes', '1')), ErrorCode.INVALID_CONFIG);
  assert.equal(await error(config('segment.bytes', null)), ErrorCode.INVALID_CONFIG);
  const tooMany = await create(client, [
    { name: 'z', numPartitions: 9999 },
    { name: 'y', numPartitions: 2 },
  ]);
  const tooManyErrors = tooMany.map(({ errorCode }) => errorCode);
  assert.deepEqual(tooManyErrors, [ErrorCode.POLICY_VIOLATION, ErrorCode.POLICY_VIOLATION]);
  const twice = await create(client, [{ name: 'z' }, { name: 'z' }, { name: 'y' }]);
  assert.deepEqual(
    twice.map(({ name, errorCode }) => [name, errorCode]),
    [
      ['z', ErrorCode.INVALID_REQUEST],
      ['y', ErrorCode.NONE],
    ],
  );
  assert.equal(
    (await describe(client, ['z'])).topics[0]!.errorCode,
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  );
});

test('validate-only creates nothing', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.connect();
  const [result] = await create(client, [{ name: 'maybe', numPartitions: 4 }], 7, true);
  assert.deepEqual([result!.errorCode, result!.numPartitions], [ErrorCode.NONE, 4]);
  assert.equal((await describe(client, null)).topics.length, 0);
});

test('metadata creates topics where it may, once for all who ask at the same time', async (context) => {
  const broker = await TestBroker.start(context);
  const clients = await Promise.all(Array.from({ length: 8 }, () => broker.connect()));
  const answers = await Promise.all(clients.map((client) => describe(client, ['new'], 12, true)));
  const ids = new Set(answers.map(({ topics }) => topics[0]!.topicId));
  assert.equal(ids.size, 1);
  assert.ok(answers.every(({ topics }) => topics[0]!.partitions[0]!.leaderId === 1));
  const [client] = clients;
  const { topics } = await describe(client!, ['other', 'bad name'], 12, false);
  assert.deepEqual(
    topics.map(({ errorCode }) => errorCode),
    [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.INVALID_TOPIC_EXCEPTION],
  );
  assert.deepEqual(broker.failed, []);
});

test('auto.create.topics.enable=false means no', async (context) => {
  const broker = await TestBroker.start(context, { 'auto.create.topics.enable': 'false' });
  const client = await broker.connect();
  const { topics } = await describe(client, ['new'], 3, true);
  assert.equal(topics[0]!.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
});

test('all topics: a null list, and in version 0 an empty one; an empty list later means none', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('a');
  await create(client, [{ name: 'b' }]);
  for (const version of [1, 5, 9, 13]) {
    assert.equal((await describe(client, null, version)).topics.length, 2);
    assert.equal((await describe(client, [], version)).topics.length, 0);
  }
  assert.equal((await describe(client, [], 0)).topics.length, 2);
});

test('a topic is found by id, and an unknown id says so', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('a');
  const { topicId } = (await describe(client, ['a'])).topics[0]!;
  const byId = async (id: string) => {
    const request = createMetadataRequest({
      topics: [createMetadataRequestTopic({ name: null, topicId: id })],
    });
    return (await client.request(MetadataRequest, MetadataResponse, request, 12)).topics[0]!;
  };
  assert.equal((await byId(topicId)).name, 'a');
  const unknown = await byId(UNKNOWN_ID);
  assert.deepEqual([unknown.errorCode, unknown.name], [ErrorCode.UNKNOWN_TOPIC_ID, null]);
  const both = [
    createMetadataRequestTopic({ name: null, topicId }),
    createMetadataRequestTopic({ name: 'a' }),
  ];
  const request = createMetadataRequest({ topics: both });
  const { topics } = await client.request(MetadataRequest, MetadataResponse, request, 12);
  assert.deepEqual(
    topics.map(({ name }) => name),
    ['a'],
  );
});

test('a topic that is asked for by neither name nor id is an invalid request', async (context) => {
  const client = await (await TestBroker.start(context)).withTopic('a');
  for (const version of [10, 11, 12, 13]) {
    const topics = [
      createMetadataRequestTopic({ name: 'a' }),
      createMetadataRequestTopic({ name: null }),
    ];
    const response = await client.request(
      MetadataRequest,
      MetadataResponse,
      createMetadataRequest({ topics }),
      version,
    );
    const codes = response.topics.map(({ errorCode }) => errorCode);
    assert.deepEqual(codes, [ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST]);
    assert.deepEqual(response.brokers, []);
    if (version >= 13) assert.equal(response.errorCode, ErrorCode.INVALID_REQUEST);
  }
});

test('topics are deleted by name and by id, and one created anew is empty and another', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('a');
  await produce(client, 'a', batchOf(['old']));
  const first = (await describe(client, ['a'])).topics[0]!.topicId;
  const byName = await client.request(
    DeleteTopicsRequest,
    DeleteTopicsResponse,
    createDeleteTopicsRequest({ topicNames: ['a', 'nowhere', 'twice', 'twice'] }),
    5,
  );
  assert.deepEqual(
    byName.responses.map(({ errorCode }) => errorCode),
    [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.INVALID_REQUEST],
  );
  await create(client, [{ name: 'a' }]);
  const second = (await describe(client, ['a'])).topics[0]!.topicId;
  assert.notEqual(second, first);
  const both = await client.request(
    DeleteTopicsRequest,
    DeleteTopicsResponse,
    createDeleteTopicsRequest({
      topics: [
        createDeleteTopicsRequestDeleteTopicState({ name: 'a' }),
        createDeleteTopicsRequestDeleteTopicState({ name: null, topicId: second }),
      ],
    }),
    6,
  );
  assert.deepEqual(
    both.responses.map(({ name, topicId, errorCode }) => [name, topicId, errorCode]),
    [['a', second, ErrorCode.INVALID_REQUEST]],
  );
  assert.equal((await produce(client, 'a', batchOf(['new']))).baseOffset, 0);
  const wanted = [
    { name: null, topicId: second },
    { name: null, topicId: UNKNOWN_ID },
    { name: 'a', topicId: UNKNOWN_ID },
    { name: null, topicId: ZERO_UUID },
  ];
  const byId = await client.request(
    DeleteTopicsRequest,
    DeleteTopicsResponse,
    createDeleteTopicsRequest({
      topics: wanted.map((one) => createDeleteTopicsRequestDeleteTopicState(one)),
    }),
    6,
  );
  assert.deepEqual(
    byId.responses.map(({ errorCode }) => errorCode),
    [
      ErrorCode.NONE,
      ErrorCode.UNKNOWN_TOPIC_ID,
      ErrorCode.INVALID_REQUEST,
      ErrorCode.INVALID_REQUEST,
    ],
  );
});

test('configs are described with source, type and synonyms; those without effect are read-only', async (context) => {
  const broker = await TestBroker.start(context, { 'log.segment.bytes': '3000000' });
  const client = await broker.withTopic('a');
  const describeConfigs = async (
    resourceType: number,
    resourceName: string,
    keys: string[] | null,
  ) => {
    const request = createDescribeConfigsRequest({
      resources: [
        createDescribeConfigsRequestDescribeConfigsResource({
          resourceType,
          resourceName,
          configurationKeys: keys,
        }),
      ],
      includeSynonyms: true,
      includeDocumentation: true,
    });
    const response = await client.request(
      DescribeConfigsRequest,
      DescribeConfigsResponse,
      request,
      4,
    );
    return response.results[0]!;
  };
  const { configs } = await describeConfigs(2, 'a', ['segment.bytes', 'local.retention.ms']);
  const [retention, segmentBytes] = configs.sort((a, b) => a.name.localeCompare(b.name));
  assert.deepEqual([retention!.value, retention!.readOnly], ['-2', true]);
  assert.deepEqual(
    [
      segmentBytes!.value,
      segmentBytes!.readOnly,
      segmentBytes!.configSource,
      segmentBytes!.configType,
    ],
    ['3000000', false, 4, 3],
  );
  assert.deepEqual(
    segmentBytes!.synonyms.map(({ name, value, source }) => [name, value, source]),
    [
      ['log.segment.bytes', '3000000', 4],
      ['log.segment.bytes', '1073741824', 5],
    ],
  );
  assert.ok((await describeConfigs(4, '1', null)).configs.length > 10);
  assert.equal((await describeConfigs(4, '9', null)).errorCode, ErrorCode.INVALID_REQUEST);
  assert.equal(
    (await describeConfigs(2, 'no', null)).errorCode,
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  );
  assert.equal((await describeConfigs(99, 'x', null)).errorCode, ErrorCode.INVALID_REQUEST);
});

test('every producer gets an id of its own; transactional ids are refused for good', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.connect();
  const ask = (transactionalId: string | null, version: number) =>
    client.request(
      InitProducerIdRequest,
      InitProducerIdResponse,
      createInitProducerIdRequest({ transactionalId, transactionTimeoutMs: 1000 }),
      version,
    );
  const ids = new Set<number>();
  for (let index = 0; index < 1500; index++) ids.add((await ask(null, index % 6)).producerId);
  assert.equal(ids.size, 1500);
  const refused = await ask('tx', 4);
  assert.deepEqual([refused.errorCode, refused.producerId], [ErrorCode.INVALID_REQUEST, -1]);
});

test('the cluster names its broker at the address that clients reach it at', async (context) => {
  const broker = await TestBroker.start(context, { 'node.id': '5', 'broker.rack': 'r1' });
  const client = await broker.connect();
  const ask = (endpointType: number) =>
    client.request(
      DescribeClusterRequest,
      DescribeClusterResponse,
      createDescribeClusterRequest({ endpointType }),
      1,
    );
  const cluster = await ask(1);
  assert.equal(cluster.controllerId, 5);
  assert.deepEqual(
    cluster.brokers.map(({ brokerId, host, port, rack }) => [brokerId, host, port, rack]),
    [[5, '127.0.0.1', broker.port, 'r1']],
  );
  assert.equal((await ask(2)).errorCode, ErrorCode.MISMATCHED_ENDPOINT_TYPE);
  assert.equal((await ask(3)).errorCode, ErrorCode.UNSUPPORTED_ENDPOINT_TYPE);
  const { clusterId } = await describe(client, [], 12);
  assert.equal(clusterId, cluster.clusterId);
});
