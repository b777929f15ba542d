// The connection's promises over real sockets: order, bounds, and what hostile bytes get.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { ApiKey, ErrorCode, Reader, Writer } from '@millrace/protocol';
import {
  ApiVersionsRequest,
  createApiVersionsRequest,
} from '@millrace/protocol/messages/api-versions-request';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions-response';
import {
  createFetchRequest,
  createFetchRequestFetchPartition,
  createFetchRequestFetchTopic,
  FetchRequest,
} from '@millrace/protocol/messages/fetch-request';
import {
  createMetadataRequest,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import { frameOf, type RawClient } from '../../test/raw-client.ts';
import { batchOf, produce, TestBroker } from '../../test/test-broker.ts';

const apiVersions = createApiVersionsRequest({
  clientSoftwareName: 'test',
  clientSoftwareVersion: '1.0',
});

async function isAlive(client: RawClient): Promise<boolean> {
  const response = await client.request(ApiVersionsRequest, ApiVersionsResponse, apiVersions, 3);
  return response.errorCode === ErrorCode.NONE;
}

function correlationIdOf(frame: Buffer | null): number {
  assert.ok(frame, 'the broker closed the connection');
  return frame.readInt32BE(0);
}

function longPoll(topic: string, maxWaitMs: number, fetchOffset = 0): FetchRequest {
  return createFetchRequest({
    maxWaitMs,
    minBytes: 1,
    maxBytes: 50_000_000,
    sessionEpoch: -1,
    topics: [
      createFetchRequestFetchTopic({
        topic,
        partitions: [
          createFetchRequestFetchPartition({ fetchOffset, partitionMaxBytes: 50_000_000 }),
        ],
      }),
    ],
  });
}

test('requests may overlap, and answers leave in request order', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const slow = client.send(FetchRequest, longPoll('events', 20), 12);
  const fast = client.send(ApiVersionsRequest, apiVersions, 3);
  assert.equal(correlationIdOf(await client.nextFrame()), slow);
  assert.equal(correlationIdOf(await client.nextFrame()), fast);
});

test('many requests in one chunk, and one request in many chunks', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.connect();
  const frames = Array.from({ length: 200 }, (_, index) =>
    frameOf(ApiVersionsRequest, apiVersions, 3, index),
  );
  client.socket.write(Buffer.concat(frames));
  for (let index = 0; index < 200; index++) {
    assert.equal(correlationIdOf(await client.nextFrame()), index);
  }
  for (const byte of frameOf(ApiVersionsRequest, apiVersions, 3, 999)) {
    client.socket.write(Buffer.of(byte));
  }
  assert.equal(correlationIdOf(await client.nextFrame()), 999);
});

test('an ApiVersions that is too new is answered in version 0 with what is served (KIP-511)', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.connect();
  const body = new Writer();
  body.writeInt16(ApiKey.ApiVersions);
  body.writeInt16(99);
  body.writeInt32(5);
  body.writeNullableString('future', false);
  body.writeUnsignedVarint(0);
  const bytes = body.toBuffer();
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  client.socket.write(Buffer.concat([length, bytes]));
  const frame = await client.nextFrame();
  assert.equal(correlationIdOf(frame), 5);
  const response = ApiVersionsResponse.decode(new Reader(frame!, 4), 0);
  assert.equal(response.errorCode, ErrorCode.UNSUPPORTED_VERSION);
  const range = response.apiKeys.find(({ apiKey }) => apiKey === ApiKey.ApiVersions);
  assert.deepEqual([range?.minVersion, range?.maxVersion], [0, 4]);
  assert.equal(await isAlive(client), true);
});

test('every announced API and version is one that the codec knows', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.connect();
  const { apiKeys } = await client.request(ApiVersionsRequest, ApiVersionsResponse, apiVersions, 4);
  assert.ok(apiKeys.length >= 18, `${apiKeys.length} APIs are served`);
  const produceRange = apiKeys.find(({ apiKey }) => apiKey === ApiKey.Produce);
  assert.equal(produceRange?.minVersion, 0, 'KAFKA-18659');
});

const hostile: readonly {
  readonly name: string;
  readonly bytes: Buffer;
  readonly reason: RegExp;
}[] = [
  { name: 'an HTTP request', bytes: Buffer.from('GET / HTTP/1.1\r\n\r\n'), reason: /HTTP/ },
  { name: 'a TLS hello', bytes: Buffer.from('1603010200010001fc0303', 'hex'), reason: /TLS/ },
  { name: 'a negative length', bytes: Buffer.from('ffffffff00120003', 'hex'), reason: /-1/ },
  { name: 'an absurd length', bytes: Buffer.from('7fffffff00120003', 'hex'), reason: /2147483647/ },
  { name: 'an empty frame', bytes: Buffer.alloc(4), reason: /0 bytes/ },
  {
    name: 'a frame too short for a header',
    bytes: Buffer.from('000000020012', 'hex'),
    reason: /header/,
  },
  {
    name: 'an unknown API',
    bytes: Buffer.from('0000000a03e80000000000010000', 'hex'),
    reason: /key 1000/,
  },
  {
    name: 'an API that is not served',
    bytes: Buffer.from('0000000a00040000000000010000', 'hex'),
    reason: /key 4/,
  },
  {
    name: 'a version that is not served',
    bytes: Buffer.from('0000000b0003006300000001000000', 'hex'),
    reason: /Metadata version 99/,
  },
  {
    name: 'a body that is cut short',
    bytes: Buffer.from('0000000a00010004000000010000', 'hex'),
    reason: /malformed Fetch/,
  },
];

for (const { name, bytes, reason } of hostile) {
  test(`${name} closes its connection with one line, and no other`, async (context) => {
    const broker = await TestBroker.start(context);
    const healthy = await broker.connect();
    const attacker = await broker.connect();
    attacker.socket.write(bytes);
    assert.equal(await attacker.nextFrame(), null);
    assert.equal(await isAlive(healthy), true);
    assert.equal(broker.closed.length, 1);
    assert.match(broker.closed[0]!.reason ?? '', reason);
    assert.deepEqual(broker.failed, []);
  });
}

test('a client that half-closes still gets its answers', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const id = client.send(FetchRequest, longPoll('events', 20), 12);
  client.socket.end();
  assert.equal(correlationIdOf(await client.nextFrame()), id);
  assert.equal(await client.nextFrame(), null);
});

test('a client that resets while it waits for its answer is gone at once', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  client.send(FetchRequest, longPoll('events', 600_000), 12);
  await isAlive(await broker.connect());
  client.socket.resetAndDestroy();
  await broker.closedConnections(1);
});

test('what comes behind a request that waits is read once, and then the client is held back', async (context) => {
  const broker = await TestBroker.start(context);
  const client = await broker.withTopic('events');
  const other = await broker.connect();
  const poll = client.send(FetchRequest, longPoll('events', 600_000), 12);
  await isAlive(other);
  const frames = Buffer.concat(
    Array.from({ length: 1000 }, (_, index) => frameOf(ApiVersionsRequest, apiVersions, 3, index)),
  );
  const behind = 100;
  for (let index = 0; index < behind; index++) client.socket.write(frames);
  let mostBytes = 0;
  for (let index = 0; index < 50; index++) {
    assert.equal(await isAlive(other), true);
    mostBytes = Math.max(mostBytes, broker.broker.status.network.requestBytes);
  }
  assert.ok(client.socket.bytesWritten > 2_000_000);
  assert.ok(mostBytes > 0 && mostBytes <= 2 * 256 * 1024, `${mostBytes}`);
  // All of it is answered once the first has its answer.
  await produce(other, 'events', batchOf(['now']));
  assert.equal(correlationIdOf(await client.nextFrame()), poll);
  for (let index = 0; index < behind * 1000; index++) {
    assert.equal(correlationIdOf(await client.nextFrame()), index % 1000);
  }
});

test('a broker that closes answers what was begun, long polls at once', async (context) => {
  const broker = await TestBroker.start(context);
  const poller = await broker.withTopic('events');
  const producer = await broker.connect();
  await isAlive(producer);
  const poll = poller.send(FetchRequest, longPoll('events', 600_000, 1), 12);
  const append = produce(producer, 'events', batchOf(['last']));
  await isAlive(await broker.connect());
  const closed = broker.close();
  assert.equal((await append).errorCode, ErrorCode.NONE);
  assert.equal(correlationIdOf(await poller.nextFrame()), poll);
  assert.equal(await poller.nextFrame(), null);
  await closed;
});

test('a client that sends and never reads is held back, and what it holds is bounded', async (context) => {
  const broker = await TestBroker.start(context, { 'message.max.bytes': '2000000' });
  const producer = await broker.withTopic('events');
  for (let index = 0; index < 4; index++) {
    await produce(producer, 'events', batchOf(['x'.repeat(1_000_000)]));
  }
  const deaf = await broker.connect();
  deaf.socket.pause();
  const frame = frameOf(FetchRequest, longPoll('events', 0), 12, 1);
  let flushed = 0;
  // 4 MB an answer: were all 500 begun, 2 GB would wait. The kernel takes some, the broker begins no more.
  for (let index = 0; index < 500; index++) deaf.socket.write(frame, () => flushed++);
  const asked = createMetadataRequest({ topics: [] });
  for (let index = 0; index < 20; index++) assert.equal(await isAlive(producer), true);
  assert.ok(process.memoryUsage().arrayBuffers < 500_000_000);
  deaf.send(MetadataRequest, asked, 12);
  deaf.close();
  await once(deaf.socket, 'close');
  assert.equal(await isAlive(producer), true);
  assert.ok(flushed <= 500);
});
