// Answers about all topics are kept and shared: they must follow every change, and no client must see another's.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  CreatePartitionsRequest,
  createCreatePartitionsRequest,
  createCreatePartitionsRequestCreatePartitionsTopic,
} from '@millrace/protocol/messages/create-partitions-request';
import { CreatePartitionsResponse } from '@millrace/protocol/messages/create-partitions-response';
import {
  createDeleteTopicsRequest,
  DeleteTopicsRequest,
} from '@millrace/protocol/messages/delete-topics-request';
import { DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics-response';
import {
  createMetadataRequest,
  createMetadataRequestTopic,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import {
  MetadataResponse,
  type MetadataResponseTopic,
} from '@millrace/protocol/messages/metadata-response';
import {
  LocalLogStore,
  MemoryFileSystem,
  MemoryMetadataStore,
  systemClock,
} from '@millrace/storage';
import type { RawClient } from '../../test/raw-client.ts';
import { listenerAddress, TestBroker } from '../../test/test-broker.ts';
import { BrokerConfig } from '../config/broker-configs.ts';
import { EventSurface } from '../events.ts';
import { EncodedBody, type RequestContext } from '../handler.ts';
import { LocalPlacement } from '../local-placement.ts';
import { Topics } from '../topics.ts';
import { metadataHandler } from './03-metadata.ts';

const NO_OPERATIONS = -2_147_483_648;

async function allTopics(client: RawClient, version: number, init = {}): Promise<MetadataResponse> {
  const request = createMetadataRequest({ topics: version === 0 ? [] : null, ...init });
  return client.request(MetadataRequest, MetadataResponse, request, version);
}

function summary(topics: readonly MetadataResponseTopic[]): string[] {
  return topics.map(({ name, partitions }) => `${name} ${partitions.length}`).sort();
}

test('metadata of all topics follows every change, in every version', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('a');
  const everywhere = async (expected: readonly string[]) => {
    for (let version = 0; version <= 13; version++) {
      for (let time = 0; time < 2; time++) {
        const { topics } = await allTopics(client, version);
        assert.deepEqual(summary(topics), expected, `version ${version}`);
        for (const { partitions } of topics) {
          assert.ok(partitions.every(({ leaderId, errorCode }) => leaderId === 1 && !errorCode));
        }
      }
    }
  };
  await everywhere(['a 1']);
  await broker.withTopic('b', 3);
  await everywhere(['a 1', 'b 3']);
  const grown = createCreatePartitionsRequestCreatePartitionsTopic({
    name: 'a',
    count: 4,
    assignments: null,
  });
  const growth = createCreatePartitionsRequest({ topics: [grown], timeoutMs: 10_000 });
  await client.request(CreatePartitionsRequest, CreatePartitionsResponse, growth, 3);
  await everywhere(['a 4', 'b 3']);
  const deletion = createDeleteTopicsRequest({ topicNames: ['b'], timeoutMs: 10_000 });
  await client.request(DeleteTopicsRequest, DeleteTopicsResponse, deletion, 5);
  await everywhere(['a 4']);
});

test('a client gets what it asked for, whoever asked before', async (context) => {
  const listeners = [listenerAddress('INSIDE'), listenerAddress('OUTSIDE')];
  const broker = await TestBroker.start(context, {}, undefined, listeners);
  await broker.withTopic('a');
  const [inside, outside] = broker.broker.listeners;
  for (const { port } of [inside!, outside!, inside!]) {
    const client = await broker.connect(port);
    for (const asks of [true, false]) {
      const flags = {
        includeTopicAuthorizedOperations: asks,
        includeClusterAuthorizedOperations: asks,
      };
      const { brokers, topics, clusterAuthorizedOperations } = await allTopics(client, 9, flags);
      assert.deepEqual(
        brokers.map((node) => node.port),
        [port],
      );
      assert.equal(topics[0]!.topicAuthorizedOperations !== NO_OPERATIONS, asks);
      assert.equal(clusterAuthorizedOperations !== NO_OPERATIONS, asks);
    }
  }
});

test('the same answer is made once, and anew when a log comes or goes', async (testContext) => {
  const { topics, logStore, handler, context } = await handlerAlone(testContext);
  const bytes = (): Buffer => {
    const answer = handler.handle(createMetadataRequest({ topics: null }), context);
    assert.ok(answer instanceof EncodedBody);
    return answer.bytes;
  };
  const { topicId } = await topics.findOrCreate('a');
  const whole = bytes();
  assert.equal(bytes(), whole);
  await logStore.delete(topicId, 0);
  const without = bytes();
  assert.notDeepEqual(without, whole, 'it has no leader now');
  assert.equal(bytes(), without);
  await logStore.create(topics.logSpecs()[0]!);
  assert.deepEqual(bytes(), whole);
});

test('a topic that is asked for by name is described when it is encoded, one after the other', async (testContext) => {
  const { topics, placement, handler, context } = await handlerAlone(testContext);
  const names = ['a', 'b', 'c'];
  for (const name of names) await topics.findOrCreate(name);
  const { mock } = testContext.mock.method(placement, 'leadership');
  const request = createMetadataRequest({
    topics: [...names, '?'].map((name) => createMetadataRequestTopic({ name })),
  });
  const answer = handler.handle(request, context);
  assert.ok(answer !== null && !(answer instanceof Promise || answer instanceof EncodedBody));
  assert.equal(answer.topics.length, 4);
  assert.equal(mock.callCount(), 0);
  let count = 0;
  for (const { name } of answer.topics) {
    assert.equal(name, [...names, '?'][count++]);
    assert.equal(mock.callCount(), Math.min(count, 3));
  }
  assert.equal(count, 4);
});

/** The handler with what it depends on, and no wire in front of it. */
async function handlerAlone(testContext: TestContext) {
  const metadata = new MemoryMetadataStore();
  const logStore = new LocalLogStore({ dataDir: '/data', fileSystem: new MemoryFileSystem() });
  await metadata.open();
  await logStore.open([]);
  testContext.after(async () => {
    await logStore.close();
    await metadata.close();
  });
  const config = new BrokerConfig();
  const events = new EventSurface();
  const topics = new Topics({ metadata, logStore, config, clock: systemClock, events, nodeId: 1 });
  const placement = new LocalPlacement({ nodeId: 1, rack: null, logStore, metadata });
  placement.advertise('PLAINTEXT', 'here', 9092);
  const handler = metadataHandler({ topics, placement, metadata, config });
  const connection = { listener: 'PLAINTEXT', localAddress: '127.0.0.1' };
  const context = { apiVersion: 12, connection } as unknown as RequestContext;
  return { topics, logStore, placement, handler, context };
}
