// Clients that keep to the protocol or nearly so, and take all they can get: memory, connections, answers, time. A
// hundred others work on beside them, and the broker's memory has a ceiling.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it, type TestContext } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Random } from './harness/generator.ts';
import { HealthyClient } from './harness/healthy-client.ts';
import { Latencies } from './harness/latencies.ts';
import { ResidentMemory } from './harness/resident-memory.ts';
import { uniqueName } from './harness/scratch.ts';
import { until } from './harness/until.ts';
import {
  API,
  apiVersionsRequest,
  createTopics,
  fetchRequest,
  fetchSessionRequest,
  frame,
  int32,
  joinGroupRequest,
  metadataRequest,
  produceRequest,
  RawConnection,
  recordBatch,
  requestHeader,
} from './harness/wire.ts';

const MEBIBYTE = 1024 * 1024;
const attackSeconds = Number(process.env.MILLRACE_ATTACK_SECONDS ?? 4);
const topicCount = Number(process.env.MILLRACE_ATTACK_TOPICS ?? 2000);
/** A topic takes milliseconds to make, and tens of them on a machine that does much else. */
const options = { timeout: 120_000 + attackSeconds * 4000 + topicCount * 30 };
const HEALTHY_CLIENTS = 100;
/** Request memory small enough for a test to use it up. */
const REQUEST_MEMORY_BYTES = 64 * MEBIBYTE;
/** The broker may never be larger than this, whatever anyone asks of it. */
const RESIDENT_CEILING_BYTES = 900 * MEBIBYTE;
/** Far more than was ever seen on a machine of two cores that does other things as well. */
const MAX_MEDIAN_FACTOR = 20;
const MEDIAN_SLACK_MS = 250;
const settings = [`queued.max.request.bytes=${REQUEST_MEMORY_BYTES}`, 'group.max.size=1000'];

brokerSuite('exhaustion', { needs: [], ownBroker: true, settings }, (broker) => {
  const full = uniqueName('full');
  // Made before anything is measured: the healthy clients share this process.
  const swelling = manyTopicsRequest(4_000_000);
  const latencies = new Latencies();
  const healthy: HealthyClient[] = [];
  const open: RawConnection[] = [];
  /** Of all topics that there are many of, once they have been made. */
  let manyTopics: readonly string[] = [];
  let medianBeforeMs = 0;
  let memory: ResidentMemory;

  before(async () => {
    const { port } = broker();
    const calm = Array.from({ length: HEALTHY_CLIENTS }, () => uniqueName('healthy'));
    await createTopics(port, [full, ...calm], 1);
    healthy.push(...calm.map((topic) => new HealthyClient(port, topic, latencies)));
    for (const client of healthy) client.start();
    await until('every healthy client works', () => healthy.every(({ rounds }) => rounds >= 5));
    await fill(port, full, 24);
    memory = new ResidentMemory(broker());
  });

  beforeEach(async (context) => {
    latencies.take();
    await pause(1000);
    const summary = latencies.take();
    medianBeforeMs = summary.medianMs;
    (context as TestContext).diagnostic(`healthy before: ${summary}`);
  });

  // Every healthy client is still served, and the broker has stayed small.
  afterEach(async (context) => {
    (context as TestContext).diagnostic(`healthy beside: ${latencies.take()}`);
    for (const connection of open.splice(0)) connection.close();
    const rounds = healthy.map((client) => client.rounds);
    await until('every healthy client goes on', () =>
      healthy.every((client, index) => client.rounds > rounds[index]! + 3),
    );
    const peak = Math.round(memory.peakBytes / MEBIBYTE);
    const now = Math.round(broker().residentBytes() / MEBIBYTE);
    (context as TestContext).diagnostic(`broker: ${now} MiB, ${peak} MiB at most so far`);
    assert.ok(memory.peakBytes < RESIDENT_CEILING_BYTES, `the broker grew to ${peak} MiB`);
  });

  after(async () => {
    memory?.stop();
    await Promise.all(healthy.map((client) => client.stop()));
  });

  async function connect(count: number): Promise<RawConnection[]> {
    const connections: RawConnection[] = [];
    while (connections.length < count) {
      const some = Math.min(200, count - connections.length);
      const opened = Array.from({ length: some }, () => RawConnection.open(broker().port, 20_000));
      connections.push(...(await Promise.all(opened)));
    }
    open.push(...connections);
    return connections;
  }

  /** Every healthy client completes rounds while the attack is on. */
  async function servedMeanwhile(seconds = attackSeconds): Promise<void> {
    const rounds = healthy.map((client) => client.rounds);
    await pause(seconds * 1000);
    await until(
      'every healthy client is served meanwhile',
      () => healthy.every((client, index) => client.rounds >= rounds[index]! + 3),
      20_000,
    );
  }

  /** The same, where it is the broker's time that is attacked: most rounds do not take far longer than without it. */
  async function servedInTimeMeanwhile(): Promise<void> {
    await servedMeanwhile();
    const { summary } = latencies;
    const maxMedianMs = medianBeforeMs * MAX_MEDIAN_FACTOR + MEDIAN_SLACK_MS;
    assert.ok(summary.medianMs < maxMedianMs, `healthy clients are kept waiting: ${summary}`);
  }

  it('a fetcher that reads one byte a second', options, async () => {
    const [slow] = await connect(1);
    slow!.socket.pause();
    slow!.send(fetchRequest(full, 0, 1));
    setInterval(() => slow!.socket.read(1), 1000).unref();
    await servedMeanwhile();
    assert.equal(slow!.closed, false, 'slowness alone is no reason to be closed');
  });

  it('a thousand clients that connect and drop in a loop', options, async (context) => {
    const endMs = Date.now() + attackSeconds * 1000;
    let dropped = 0;
    const half = apiVersionsRequest(3, 1).subarray(0, 9);
    const loop = async () => {
      while (Date.now() < endMs) {
        const connection = await RawConnection.open(broker().port, 20_000);
        if (dropped % 2 === 0) connection.send(half);
        connection.close();
        dropped += 1;
      }
    };
    const loops = Promise.all(Array.from({ length: 1000 }, loop));
    await servedMeanwhile();
    await loops;
    context.diagnostic(`${dropped} connections were dropped`);
  });

  it('clients that send half a header and stay', options, async () => {
    for (const connection of await connect(1000)) {
      connection.send(apiVersionsRequest(3, 1).subarray(0, 9));
    }
    await servedMeanwhile();
  });

  it('clients that ask for 2 GB', options, async () => {
    const askers = await connect(20);
    for (const connection of askers.slice(0, 10)) {
      connection.socket.pause();
      connection.send(fetchRequest(full, 0, 1, 2 ** 31 - 1));
    }
    for (const connection of askers.slice(10)) {
      connection.send(Buffer.concat([int32(2 ** 31 - 1), Buffer.alloc(100)]));
    }
    await servedMeanwhile();
    assert.ok(askers.slice(10).every(({ closed }) => closed));
  });

  it('requests that become far larger once they are decoded', options, async () => {
    for (const connection of await connect(4)) connection.send(swelling);
    await servedMeanwhile();
  });

  it('metadata of all topics, by ten clients all the time', options, async () => {
    manyTopics = Array.from({ length: topicCount }, () => uniqueName('one-of-many'));
    for (let first = 0; first < topicCount; first += 1000) {
      await createTopics(broker().port, manyTopics.slice(first, first + 1000), 1);
    }
    latencies.take();
    const endMs = Date.now() + attackSeconds * 1000;
    const loops = (await connect(10)).map(async (connection) => {
      while (Date.now() < endMs) {
        connection.send(metadataRequest(null));
        assert.ok(((await connection.answer(30_000)) ?? Buffer.alloc(0)).length > 30 * topicCount);
        await pause(900);
      }
    });
    await servedInTimeMeanwhile();
    await Promise.all(loops);
  });

  it('producers that send a hundred megabytes a byte at a time', options, async () => {
    // Together they fill the memory for requests, and then never get on.
    const slow = await connect(20);
    const begun = Buffer.concat([int32(100_000_000), Buffer.alloc(4 * MEBIBYTE)]);
    for (const connection of slow) connection.send(begun);
    setInterval(() => {
      for (const connection of slow) if (!connection.closed) connection.send(Buffer.of(0));
    }, 100).unref();
    await servedMeanwhile();
  });

  it('groups with members whose metadata is large', options, async () => {
    const metadata = Buffer.alloc(6 * MEBIBYTE);
    const joiners = await connect(40);
    for (const [index, connection] of joiners.entries()) {
      connection.send(joinGroupRequest(uniqueName('large-group'), `p${index}`, metadata));
    }
    await servedMeanwhile();
  });

  it('thousands of groups, members and fetch sessions of one client', options, async () => {
    const [groups, members, sessions] = await connect(3);
    const crowded = joinGroupRequest(uniqueName('crowded'), 'range', Buffer.alloc(10));
    const session = fetchSessionRequest(full, 1000);
    for (let index = 0; index < 3000; index++) {
      groups!.send(joinGroupRequest(uniqueName('one-of-many'), 'range', Buffer.alloc(10)));
      members!.send(crowded);
      sessions!.send(session);
    }
    await servedInTimeMeanwhile();
  });

  it('clients that pipeline and never read', options, async () => {
    const request = metadataRequest(null);
    const batch = Buffer.concat(Array.from({ length: 200 }, () => request));
    for (const connection of await connect(50)) {
      connection.socket.pause();
      for (let round = 0; round < 20; round++) connection.send(batch);
    }
    await servedInTimeMeanwhile();
  });

  it('clients that pipeline metadata of a few thousand topics by name', options, async () => {
    // Each list is another one, so that no answer serves two of them.
    const names = manyTopics.slice(0, 5000);
    const requests = [0, 1, 2].map((first) => metadataRequest(names.slice(first)));
    for (const connection of await connect(20)) {
      connection.socket.pause();
      for (let round = 0; round < 30; round++) connection.send(requests[round % 3]!);
    }
    await servedInTimeMeanwhile();
  });
});

async function fill(port: number, topic: string, megabytes: number): Promise<void> {
  const producer = await RawConnection.open(port);
  const megabyte = recordBatch(new Random(3).bytes(1_000_000));
  for (let count = 0; count < megabytes; count++) {
    producer.send(produceRequest(topic, megabyte, count));
    assert.ok(await producer.answer());
  }
  producer.close();
}

/** Metadata v4 of as many topics, all different, of three letters each: five bytes become three objects. */
function manyTopicsRequest(count: number): Buffer {
  const body = Buffer.alloc(count * 5);
  for (let index = 0, at = 0; index < count; index++, at += 5) {
    body.writeInt16BE(3, at);
    body.writeUIntBE(index & 0x7f_7f_7f, at + 2, 3);
  }
  const header = requestHeader(API.metadata, 4, 1);
  return frame(Buffer.concat([header, int32(count), body, Buffer.of(0)]));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
