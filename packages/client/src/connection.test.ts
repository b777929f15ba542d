import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ApiVersionsResponse,
  createApiVersionsResponse,
  createApiVersionsResponseApiVersion,
} from '@millrace/protocol/messages/api-versions-response';
import {
  createMetadataRequest,
  createMetadataRequestTopic,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import {
  createMetadataResponse,
  MetadataResponse,
} from '@millrace/protocol/messages/metadata-response';
import {
  type Asked,
  answerTo,
  FakeNetwork,
  type Script,
  serving,
  settle,
} from '../test/fake-broker.ts';
import { ManualClock } from '../test/manual-clock.ts';
import { api } from './api.ts';
import { connectionOptions } from './cluster-options.ts';
import { Connection } from './connection.ts';
import type { KafkaError } from './kafka-error.ts';

const metadata = api(MetadataRequest, MetadataResponse);
const address = { host: 'broker', port: 9092 };
const versions = { [ApiKey.Metadata]: [0, 12], [ApiKey.ApiVersions]: [0, 4] } as const;

async function open(script: Script, bounds: { maxInFlight?: number; maxWaiting?: number } = {}) {
  const network = new FakeNetwork({ 'broker:9092': script });
  const clock = new ManualClock();
  const connection = await Connection.open(
    address,
    connectionOptions({
      bootstrap: 'broker',
      clock,
      openSocket: network.open,
      requestTimeoutMs: 1000,
      maxAnswerBytes: 1024 * 1024,
      ...bounds,
    }),
  );
  return { connection, clock, socket: network.sockets[0]! };
}

/** The answer names the topic that was asked for, so that answers can be told apart. */
function echo({ header, body }: Asked): Buffer {
  const { topics } = MetadataRequest.decode(body, header.apiVersion);
  const clusterId = topics?.[0]?.name ?? null;
  return answerTo(header, MetadataResponse, createMetadataResponse({ clusterId }));
}

function ask(connection: Connection, topic: string) {
  const topics = [createMetadataRequestTopic({ name: topic })];
  return connection.request(metadata, createMetadataRequest({ topics }));
}

function failure(promise: Promise<unknown>): Promise<KafkaError> {
  return promise.then(
    () => assert.fail('it did not fail'),
    (error: KafkaError) => error,
  );
}

/** Keeps every request but ApiVersions, to be answered by hand. */
function later(): { script: Script; kept: Asked[] } {
  const kept: Asked[] = [];
  const script = serving(versions, (asked) => {
    kept.push(asked);
    return null;
  });
  return { script, kept };
}

test('requests are pipelined and answered in their order, in the newest version of both sides', async () => {
  const { script, kept } = later();
  const { connection, socket } = await open(script);
  const answers = ['a', 'b', 'c'].map((topic) => ask(connection, topic));
  await settle();
  assert.equal(kept.length, 3);
  assert.deepEqual(
    kept.map(({ header }) => [header.apiVersion, header.correlationId, header.clientId]),
    [1, 2, 3].map((id) => [12, id, 'millrace']),
  );
  socket.push(Buffer.concat(kept.map(echo)));
  const ids = (await Promise.all(answers)).map(({ clusterId }) => clusterId);
  assert.deepEqual(ids, ['a', 'b', 'c']);
  connection.close();
});

test('answers are put together from single bytes', async () => {
  const { script, kept } = later();
  const { connection, socket } = await open(script);
  const answer = ask(connection, 'topic');
  await settle();
  for (const byte of echo(kept[0]!)) {
    socket.push(Buffer.of(byte));
    await settle();
  }
  assert.equal((await answer).clusterId, 'topic');
  connection.close();
});

test('an answer out of turn ends the connection', async () => {
  const { script, kept } = later();
  const { connection, socket } = await open(script);
  const failures = [failure(ask(connection, 'a')), failure(ask(connection, 'b'))];
  await settle();
  socket.push(echo(kept[1]!));
  for (const error of await Promise.all(failures)) {
    assert.equal(error.code, 'MALFORMED_ANSWER');
    assert.match(error.message, /correlation id 2 where 1 was next/);
  }
  assert.ok(socket.destroyed);
  assert.equal((await failure(ask(connection, 'c'))).code, 'MALFORMED_ANSWER');
});

test('a lost connection rejects what was asked, and says that it may have happened', async () => {
  const { script } = later();
  const { connection, socket, clock } = await open(script, { maxInFlight: 1 });
  const sent = failure(ask(connection, 'a'));
  const unsent = failure(ask(connection, 'b'));
  await settle();
  socket.hangUp();
  assert.equal((await sent).code, 'CONNECTION_LOST');
  assert.equal((await sent).mayHaveHappened, true);
  assert.match((await sent).message, /before it answered Metadata.*SASL/);
  assert.equal((await unsent).mayHaveHappened, false);
  assert.equal(clock.pendingCount, 0);
});

test('half an answer and then the end is a lost connection', async () => {
  const { script, kept } = later();
  const { connection, socket } = await open(script);
  const sent = failure(ask(connection, 'a'));
  await settle();
  socket.push(echo(kept[0]!).subarray(0, 9));
  socket.hangUp();
  assert.equal((await sent).code, 'CONNECTION_LOST');
});

test('an answer that is late ends the connection', async () => {
  const { script } = later();
  const { connection, socket, clock } = await open(script);
  const sent = failure(ask(connection, 'a'));
  await settle();
  clock.advance(999);
  await settle();
  assert.equal(connection.failure, null);
  clock.advance(1);
  assert.equal((await sent).code, 'ANSWER_TIMEOUT');
  assert.ok(socket.destroyed);
  assert.equal(clock.pendingCount, 0);
});

test('no more requests are on their way than allowed, no more wait than allowed', async () => {
  const { script, kept } = later();
  const { connection, socket } = await open(script, { maxInFlight: 2, maxWaiting: 2 });
  const answers = ['a', 'b', 'c', 'd'].map((topic) => ask(connection, topic));
  assert.equal((await failure(ask(connection, 'e'))).code, 'TOO_MANY_REQUESTS');
  await settle();
  assert.equal(kept.length, 2);
  socket.push(echo(kept[0]!));
  await settle();
  assert.equal(kept.length, 3);
  socket.push(Buffer.concat([echo(kept[1]!), echo(kept[2]!)]));
  await settle();
  socket.push(echo(kept[3]!));
  assert.deepEqual(
    (await Promise.all(answers)).map(({ clusterId }) => clusterId),
    ['a', 'b', 'c', 'd'],
  );
  connection.close();
});

const hostile: readonly (readonly [name: string, bytes: Buffer, code: string, message: RegExp])[] =
  [
    [
      'TLS',
      Buffer.from('15030300020228', 'hex'),
      'NOT_A_KAFKA_PORT',
      /answers with TLS.*plaintext/,
    ],
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad'), 'NOT_A_KAFKA_PORT', /answers with HTTP.*the port/],
    ['SSH', Buffer.from('SSH-2.0-OpenSSH'), 'NOT_A_KAFKA_PORT', /text that begins with "SSH-"/],
    ['a negative length', Buffer.from('ffffffff', 'hex'), 'MALFORMED_ANSWER', /negative length/],
    ['a huge length', Buffer.from('7f00000000', 'hex'), 'MALFORMED_ANSWER', /at most 1048576/],
    ['no correlation id', Buffer.from('0000000100', 'hex'), 'MALFORMED_ANSWER', /of 1 bytes/],
    [
      'garbage',
      Buffer.from('0000000800000001ffff7fff', 'hex'),
      'MALFORMED_ANSWER',
      /cannot be read/,
    ],
  ];

for (const [name, bytes, code, message] of hostile) {
  test(`an answer that is ${name} ends the connection with the likely cause`, async () => {
    const { script } = later();
    const { connection, socket } = await open(script);
    const sent = failure(ask(connection, 'a'));
    await settle();
    socket.push(bytes);
    const error = await sent;
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.ok(socket.destroyed);
  });
}

test('a port that closes at once, stays silent or refuses is named', async () => {
  const closes = await failure(
    open(({ socket }) => {
      socket.hangUp();
      return null;
    }),
  );
  assert.match(closes.message, /before it answered ApiVersions.*TLS/);

  const network = new FakeNetwork({ 'broker:9092': () => null });
  const clock = new ManualClock();
  const options = connectionOptions({ bootstrap: 'broker', clock, openSocket: network.open });
  const silent = failure(Connection.open(address, options));
  await settle();
  clock.advance(30_000);
  assert.match((await silent).message, /did not answer ApiVersions.*may not be a Kafka broker/);

  const refused = await failure(Connection.open({ host: 'nobody', port: 1 }, options));
  assert.equal(refused.code, 'CONNECTION_REFUSED');
  assert.match(refused.message, /nobody:1 refuses.*is it running/);
});

test('a connection that does not come about in time is given up', async () => {
  const clock = new ManualClock();
  const signals: AbortSignal[] = [];
  const options = connectionOptions({
    bootstrap: 'broker',
    clock,
    connectTimeoutMs: 500,
    openSocket: (_, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      );
    },
  });
  const opening = failure(Connection.open(address, options));
  await settle();
  clock.advance(500);
  assert.equal((await opening).code, 'CONNECT_TIMEOUT');
  assert.ok(signals[0]!.aborted);
});

/** Answers ApiVersions up to `maxVersion` only, as brokers before that version do. */
function olderBroker(maxVersion: number, tellsVersions: boolean): Script {
  return ({ header }) => {
    if (header.apiKey !== ApiKey.ApiVersions) return null;
    const served = createApiVersionsResponseApiVersion({
      apiKey: ApiKey.ApiVersions,
      minVersion: 0,
      maxVersion,
    });
    if (header.apiVersion <= maxVersion) {
      const all = [served, createApiVersionsResponseApiVersion({ apiKey: 3, maxVersion: 5 })];
      return answerTo(header, ApiVersionsResponse, createApiVersionsResponse({ apiKeys: all }));
    }
    const refusal = createApiVersionsResponse({
      errorCode: ErrorCode.UNSUPPORTED_VERSION,
      apiKeys: tellsVersions ? [served] : [],
    });
    return answerTo(header, ApiVersionsResponse, refusal, 0);
  };
}

test('older brokers are asked for their versions once more, in a version that they know', async () => {
  for (const tells of [true, false]) {
    const { connection, socket } = await open(olderBroker(2, tells));
    const asked = socket.asked.map(({ header }) => header.apiVersion);
    assert.deepEqual(asked, [4, tells ? 2 : 0]);
    assert.equal(connection.versions.newest(metadata), 5);
    connection.close();
  }
});

test('what a broker does not serve is refused before anything is sent', async () => {
  const { connection, socket } = await open(serving({ [ApiKey.Metadata]: [0, 1] }, () => null));
  const tooNew = await failure(
    connection.request(metadata, createMetadataRequest(), { versions: { min: 4, max: 12 } }),
  );
  assert.equal(tooNew.code, 'UNSUPPORTED_BY_BROKER');
  assert.match(tooNew.message, /Metadata in the versions 0 to 1, and 4 to 12 would be needed/);
  const withoutField = createMetadataRequest({ allowAutoTopicCreation: false });
  const unsayable = await failure(connection.request(metadata, withoutField));
  assert.equal(unsayable.code, 'UNSUPPORTED_BY_BROKER');
  assert.equal(socket.asked.length, 1);
  assert.equal(connection.failure, null);
  connection.close();
});

test('a request without an answer is handed over, and the next answer is not taken for its own', async () => {
  const { script, kept } = later();
  const { connection, socket } = await open(script);
  await connection.post(metadata, createMetadataRequest());
  const answer = ask(connection, 'next');
  await settle();
  assert.equal(kept.length, 2);
  socket.push(echo(kept[1]!));
  assert.equal((await answer).clusterId, 'next');
  connection.close();
});

test('the body may depend on the version', async () => {
  const { connection } = await open(serving({ [ApiKey.Metadata]: [2, 2] }, echo));
  const answer = await connection.request(metadata, (version) =>
    createMetadataRequest({ topics: [createMetadataRequestTopic({ name: `v${version}` })] }),
  );
  assert.equal(answer.clusterId, 'v2');
  connection.close();
});
