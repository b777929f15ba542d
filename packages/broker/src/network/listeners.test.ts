// What clients are told, by the way they came in.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import {
  createDescribeClusterRequest,
  DescribeClusterRequest,
} from '@millrace/protocol/messages/describe-cluster-request';
import { DescribeClusterResponse } from '@millrace/protocol/messages/describe-cluster-response';
import {
  createFindCoordinatorRequest,
  FindCoordinatorRequest,
} from '@millrace/protocol/messages/find-coordinator-request';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator-response';
import {
  createMetadataRequest,
  MetadataRequest,
} from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import { ManualClock } from '@millrace/storage';
import type { RawClient } from '../../test/raw-client.ts';
import { listenerAddress, TestBroker } from '../../test/test-broker.ts';
import type { ListenerAddress } from './listeners.ts';

function start(context: TestContext, listeners: readonly ListenerAddress[]): Promise<TestBroker> {
  return TestBroker.start(context, {}, undefined, listeners);
}

/** Where each API that names brokers says that this one is. */
async function told(client: RawClient): Promise<Set<string>> {
  const metadata = await client.request(
    MetadataRequest,
    MetadataResponse,
    createMetadataRequest({ topics: [] }),
    12,
  );
  const cluster = await client.request(
    DescribeClusterRequest,
    DescribeClusterResponse,
    createDescribeClusterRequest({}),
    1,
  );
  const coordinator = await client.request(
    FindCoordinatorRequest,
    FindCoordinatorResponse,
    createFindCoordinatorRequest({ coordinatorKeys: ['g'] }),
    4,
  );
  const nodes = [...metadata.brokers, ...cluster.brokers, ...coordinator.coordinators];
  assert.equal(nodes.length, 3);
  return new Set(nodes.map(({ host, port }) => `${host} ${port}`));
}

const hasIpv6 = await new Promise<boolean>((resolve) => {
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen({ host: '::1', port: 0 }, () => server.close(() => resolve(true)));
});
const ipv6 = hasIpv6 ? {} : { skip: 'this machine has no ::1' };

test('a client is told the address of the listener by which it came in', async (context) => {
  const outside = { advertisedHost: 'broker.example', advertisedPort: 19092 };
  const broker = await start(context, [
    listenerAddress('IN'),
    { ...listenerAddress('OUT'), ...outside },
    { ...listenerAddress('NAMED'), advertisedHost: 'named.example' },
  ]);
  const [inside, out, named] = broker.broker.listeners;
  assert.deepEqual(
    await told(await broker.connect(inside!.port)),
    new Set([`127.0.0.1 ${inside!.port}`]),
  );
  assert.deepEqual(await told(await broker.connect(out!.port)), new Set(['broker.example 19092']));
  assert.deepEqual(
    await told(await broker.connect(named!.port)),
    new Set([`named.example ${named!.port}`]),
  );
  const { connections } = broker.broker.status.network;
  assert.deepEqual([...connections.values()], [1, 1, 1]);
});

test(
  'where all addresses are bound a client is told the one that it reached',
  ipv6,
  async (context) => {
    const broker = await start(context, [listenerAddress('PLAINTEXT', '')]);
    const { port } = broker;
    assert.deepEqual(
      await told(await broker.connect(port, '127.0.0.1')),
      new Set([`127.0.0.1 ${port}`]),
    );
    assert.deepEqual(await told(await broker.connect(port, '::1')), new Set([`::1 ${port}`]));
  },
);

test('an IPv4 and an IPv6 listener share a port', ipv6, async (context) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  await new Promise((resolve) => taken.close(resolve));
  const broker = await start(context, [
    { ...listenerAddress('SIX', '::'), port, advertisedHost: 'six' },
    { ...listenerAddress('FOUR', '127.0.0.1'), port, advertisedHost: 'four' },
  ]);
  assert.deepEqual(await told(await broker.connect(port, '::1')), new Set([`six ${port}`]));
  assert.deepEqual(await told(await broker.connect(port, '127.0.0.1')), new Set([`four ${port}`]));
});

test('past its bound a client is turned away, and the others are served', async (context) => {
  const broker = await TestBroker.start(context, { 'max.connections.per.ip': '1' });
  const first = await broker.connect();
  const second = await broker.connect();
  assert.equal(await second.nextFrame(), null);
  assert.equal((await told(first)).size, 1);
  const [refused] = broker.refused;
  assert.equal(refused!.limit, 'max.connections.per.ip');
  assert.match(refused!.remoteAddress, /^127\.0\.0\.1:\d+$/);
  first.close();
  await broker.closedConnections(1);
  assert.equal((await told(await broker.connect())).size, 1);
});

/** One connection in a second. */
function startPaced(context: TestContext, clock: ManualClock): Promise<TestBroker> {
  const config = { 'max.connection.creation.rate': '1' };
  const listeners = [listenerAddress('PLAINTEXT')];
  return TestBroker.start(context, config, undefined, listeners, undefined, clock);
}

test('a client that comes too fast is answered when its turn has come', async (context) => {
  const clock = new ManualClock(1_000_000);
  const broker = await startPaced(context, clock);
  const events: string[] = [];
  const { promise: delayed, resolve } = Promise.withResolvers<number>();
  broker.broker.events.on('connection-opened', () => events.push('opened'));
  broker.broker.events.on('connection-delayed', ({ delayMs }) => resolve(delayMs));
  const first = await broker.connect();
  const second = await broker.connect();
  assert.equal(await delayed, 1000);
  const answer = told(second);
  // An answer on another connection: the broker has had its chance to serve the second.
  assert.equal((await told(first)).size, 1);
  assert.deepEqual(events, ['opened']);
  assert.deepEqual([...broker.broker.status.network.connections.values()], [2]);
  clock.advance(1000);
  assert.equal((await answer).size, 1);
  assert.deepEqual(events, ['opened', 'opened']);
});

test('a broker that closes does not wait for those who wait for their turn', async (context) => {
  const broker = await startPaced(context, new ManualClock(1));
  const delayed = new Promise((resolve) => broker.broker.events.on('connection-delayed', resolve));
  await broker.connect();
  const held = await broker.connect();
  await delayed;
  await broker.close();
  assert.equal(await held.nextFrame(), null);
});

test('a listener that cannot be bound fails the start, and those before it are given back', async (context) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  context.after(() => taken.close());
  const { port } = taken.address() as { port: number };
  const failed = TestBroker.start(context, {}, undefined, [
    listenerAddress('FIRST'),
    { ...listenerAddress('SECOND'), port },
  ]);
  await assert.rejects(failed, { code: 'EADDRINUSE' });
});
