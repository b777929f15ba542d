import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  createDeleteTopicsRequest,
  DeleteTopicsRequest,
} from '@millrace/protocol/messages/delete-topics-request';
import {
  createDeleteTopicsResponse,
  DeleteTopicsResponse,
} from '@millrace/protocol/messages/delete-topics-response';
import {
  createFindCoordinatorResponse,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator-response';
import {
  createHeartbeatRequest,
  HeartbeatRequest,
} from '@millrace/protocol/messages/heartbeat-request';
import {
  createHeartbeatResponse,
  HeartbeatResponse,
} from '@millrace/protocol/messages/heartbeat-response';
import {
  createMetadataResponse,
  createMetadataResponseBroker,
  MetadataResponse,
} from '@millrace/protocol/messages/metadata-response';
import {
  type Asked,
  answerTo,
  FakeNetwork,
  type Script,
  serving,
  settle,
  through,
} from '../test/fake-broker.ts';
import { ManualClock } from '../test/manual-clock.ts';
import { api } from './api.ts';
import { Cluster } from './cluster.ts';
import type { KafkaError } from './kafka-error.ts';

const deleteTopics = api(DeleteTopicsRequest, DeleteTopicsResponse);
const heartbeat = api(HeartbeatRequest, HeartbeatResponse);
const versions = {
  [ApiKey.Metadata]: [0, 13],
  [ApiKey.DeleteTopics]: [0, 6],
  [ApiKey.FindCoordinator]: [0, 6],
  [ApiKey.Heartbeat]: [0, 4],
} as const;

/** A cluster of two, `a` (1) and `b` (2): answers by API, with what can be changed while it runs. */
class TwoBrokers {
  controllerId = 1;
  coordinatorId = 1;
  readonly clock = new ManualClock();
  readonly network: FakeNetwork;
  /** Who was asked for what, as `1 Metadata`. */
  readonly asked: string[] = [];
  /** Answers of DeleteTopics and Heartbeat, by the node that is asked. */
  answer: (asked: Asked, node: number) => Buffer | null = () => null;

  constructor() {
    this.network = new FakeNetwork({ 'a:1': this.script(1), 'b:2': this.script(2) });
  }

  script(node: number): Script {
    return serving(versions, (asked) => {
      const { header } = asked;
      if (header.apiKey === ApiKey.Metadata) {
        const { controllerId } = this;
        const brokers = [
          createMetadataResponseBroker({ nodeId: 2, host: 'b', port: 2 }),
          createMetadataResponseBroker({ nodeId: 1, host: 'a', port: 1 }),
        ];
        const response = createMetadataResponse({ controllerId, brokers });
        return answerTo(header, MetadataResponse, response);
      }
      if (header.apiKey === ApiKey.FindCoordinator) {
        const nodeId = this.coordinatorId;
        const where = nodeId === 1 ? { host: 'a', port: 1 } : { host: 'b', port: 2 };
        const found = { key: 'g', nodeId, ...where, errorCode: 0, errorMessage: null };
        const response = createFindCoordinatorResponse({ coordinators: [found] });
        return answerTo(header, FindCoordinatorResponse, response);
      }
      this.asked.push(
        `${node} ${header.apiKey === ApiKey.Heartbeat ? 'Heartbeat' : 'DeleteTopics'}`,
      );
      return this.answer(asked, node);
    });
  }

  connect(bootstrap = 'a:1'): Promise<Cluster> {
    return Cluster.connect({
      bootstrap,
      clock: this.clock,
      openSocket: this.network.open,
      random: () => 0.5,
      retryTimeoutMs: 1000,
    });
  }
}

function heartbeatAnswer({ header }: Asked, errorCode: number): Buffer {
  return answerTo(header, HeartbeatResponse, createHeartbeatResponse({ errorCode }));
}

function failure(promise: Promise<unknown>): Promise<KafkaError> {
  return promise.then(
    () => assert.fail('it did not fail'),
    (error: KafkaError) => error,
  );
}

test('the first bootstrap address that answers tells the nodes, and its connection is kept', async () => {
  const brokers = new TwoBrokers();
  const cluster = await brokers.connect('gone:9,b:2,a:1');
  assert.deepEqual(
    cluster.nodes().map(({ id, host }) => [id, host]),
    [
      [1, 'a'],
      [2, 'b'],
    ],
  );
  await cluster.metadata(null);
  assert.deepEqual(brokers.network.tries, ['gone:9', 'b:2']);
  cluster.close();
  assert.ok(brokers.network.sockets.every((socket) => socket.destroyed));
});

test('no bootstrap address that answers: each is named with its reason, without a retry', async () => {
  const brokers = new TwoBrokers();
  const error = await failure(brokers.connect('gone:9,lost:8'));
  assert.equal(error.code, 'CONNECTION_REFUSED');
  assert.match(error.message, /No broker can be reached\. gone:9 refuses.*lost:8 refuses/);
  assert.equal(brokers.clock.pendingCount, 0);
});

test('an advertised address that does not answer is named as such', async () => {
  const brokers = new TwoBrokers();
  const cluster = await brokers.connect();
  brokers.network.set('b:2', null);
  const request = cluster.send(heartbeat, createHeartbeatRequest(), { node: 2, retryTimeoutMs: 0 });
  const error = await failure(request);
  assert.match(error.message, /b:2 refuses.*reach broker 2 at b:2.*advertised\.listeners/);
  cluster.close();
});

test('a lost answer is asked for again only where that does no harm', async () => {
  const brokers = new TwoBrokers();
  let losses = 2;
  brokers.answer = (asked) => {
    if (losses-- > 0) {
      asked.socket.hangUp();
      return null;
    }
    if (asked.header.apiKey === ApiKey.Heartbeat) return heartbeatAnswer(asked, 0);
    return answerTo(asked.header, DeleteTopicsResponse, createDeleteTopicsResponse());
  };
  const cluster = await brokers.connect();
  const beat = cluster.send(heartbeat, createHeartbeatRequest(), { node: 2, repeat: true });
  assert.equal((await through(brokers.clock, beat)).errorCode, 0);
  assert.deepEqual(brokers.asked, ['2 Heartbeat', '2 Heartbeat', '2 Heartbeat']);
  losses = 1;
  const deletion = cluster.send(deleteTopics, createDeleteTopicsRequest(), { node: 2 });
  const error = await through(brokers.clock, failure(deletion));
  assert.equal(error.code, 'CONNECTION_LOST');
  assert.equal(error.mayHaveHappened, true);
  assert.deepEqual(brokers.asked.slice(3), ['2 DeleteTopics']);
  cluster.close();
});

test('retries end with the time that is given, with the last error', async () => {
  const brokers = new TwoBrokers();
  const cluster = await brokers.connect();
  brokers.network.set('b:2', null);
  const start = brokers.clock.nowMs();
  const request = cluster.send(heartbeat, createHeartbeatRequest(), { node: 2 });
  const error = await through(brokers.clock, failure(request));
  assert.equal(error.code, 'CONNECTION_REFUSED');
  assert.ok(brokers.clock.nowMs() - start <= 1000);
  assert.ok(brokers.network.tries.filter((address) => address === 'b:2').length > 2);
  cluster.close();
});

test('a controller that is no longer one is looked up again', async () => {
  const brokers = new TwoBrokers();
  const cluster = await brokers.connect();
  brokers.answer = (asked, node) => {
    brokers.controllerId = 2;
    const errorCode = node === 2 ? ErrorCode.NONE : ErrorCode.NOT_CONTROLLER;
    return heartbeatAnswer(asked, errorCode);
  };
  const request = cluster.send(heartbeat, createHeartbeatRequest(), {
    node: 'controller',
    errorCode: (answer) => answer.errorCode,
  });
  await through(brokers.clock, request);
  assert.deepEqual(brokers.asked, ['1 Heartbeat', '2 Heartbeat']);
  cluster.close();
});

test('a coordinator that moved is looked up again; its connection is one of its own', async () => {
  const brokers = new TwoBrokers();
  const cluster = await brokers.connect();
  brokers.answer = (asked, node) => {
    const errorCode = node === brokers.coordinatorId ? ErrorCode.NONE : ErrorCode.NOT_COORDINATOR;
    return heartbeatAnswer(asked, errorCode);
  };
  const beat = () =>
    cluster.send(heartbeat, createHeartbeatRequest(), {
      node: { coordinator: 'g' },
      errorCode: (answer) => answer.errorCode,
    });
  await through(brokers.clock, beat());
  assert.deepEqual(brokers.network.tries, ['a:1', 'a:1']);
  brokers.coordinatorId = 2;
  await through(brokers.clock, beat());
  assert.deepEqual(brokers.asked, ['1 Heartbeat', '1 Heartbeat', '2 Heartbeat']);
  assert.equal((await cluster.coordinator('g')).id, 2);
  cluster.close();
});

test('an error of the broker that does not pass rejects with its name, subject and hint', async () => {
  const brokers = new TwoBrokers();
  const cluster = await brokers.connect();
  brokers.answer = (asked) => heartbeatAnswer(asked, ErrorCode.NON_EMPTY_GROUP);
  const error = await failure(
    cluster.send(heartbeat, createHeartbeatRequest(), {
      errorCode: (answer) => answer.errorCode,
      subject: 'group g',
    }),
  );
  assert.equal(error.code, 'NON_EMPTY_GROUP');
  assert.equal(error.errorCode, 68);
  assert.match(error.message, /^group g: .*NON_EMPTY_GROUP.* Stop the members/);
  cluster.close();
});

test('closing rejects what waits for an answer and what waits for a retry', async () => {
  const brokers = new TwoBrokers();
  const cluster = await brokers.connect();
  const answered = failure(cluster.send(heartbeat, createHeartbeatRequest(), { node: 1 }));
  brokers.network.set('b:2', null);
  const retried = failure(cluster.send(heartbeat, createHeartbeatRequest(), { node: 2 }));
  await settle();
  cluster.close();
  assert.equal((await answered).code, 'CLIENT_CLOSED');
  assert.equal((await retried).code, 'CLIENT_CLOSED');
  assert.equal((await failure(cluster.metadata(null))).code, 'CLIENT_CLOSED');
  assert.equal(brokers.clock.pendingCount, 0);
});
