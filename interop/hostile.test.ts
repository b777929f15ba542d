// Clients that break the rules, by accident or on purpose, while a well-behaved one works on beside them. Bytes are
// written by hand here, since no library can be made to send them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, it, type TestContext } from 'node:test';
import { externalBootstrap } from './harness/broker.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { chooseSeed, Random } from './harness/generator.ts';
import { HealthyClient, produceResult } from './harness/healthy-client.ts';
import { ResidentMemory } from './harness/resident-memory.ts';
import { uniqueName } from './harness/scratch.ts';
import { until } from './harness/until.ts';
import {
  API,
  answersApiVersions,
  apiVersionsRequest,
  createTopic,
  fetchRequest,
  frame,
  int16,
  int32,
  produceRequest,
  RawConnection,
  recordBatch,
  requestHeader,
  string,
} from './harness/wire.ts';

const options = { timeout: 120_000 };
const MEBIBYTE = 1024 * 1024;
/** The broker may never be larger than this, whatever anyone sends it. */
const RESIDENT_CEILING_BYTES = 448 * MEBIBYTE;
/** What it may keep, above what it had before, once the hostile clients are gone: caches and freed heap. */
const RESIDENT_KEPT_BYTES = 160 * MEBIBYTE;

brokerSuite('hostile clients', { needs: [], timeoutMs: 240_000 }, (broker) => {
  const topic = uniqueName('hostile');
  let healthy: HealthyClient;
  let memory: ResidentMemory | null = null;

  before(async () => {
    await createTopic(broker().port, topic, 1);
    const calm = uniqueName('healthy');
    await createTopic(broker().port, calm, 1);
    healthy = new HealthyClient(broker().port, calm);
    healthy.start();
    await until('the healthy client works', () => healthy.rounds >= 20);
    if (externalBootstrap === undefined) memory = new ResidentMemory(broker());
  });

  // After every attack: the healthy client has not failed and goes on, and the broker has stayed small.
  afterEach(async () => {
    const before = healthy.rounds;
    await until('the healthy client goes on', () => healthy.rounds >= before + 10);
    assert.ok(await answersApiVersions(broker().port));
    const peak = memory?.peakBytes ?? 0;
    assert.ok(peak < RESIDENT_CEILING_BYTES, `the broker grew to ${mebibytes(peak)}`);
  });

  after(async () => {
    memory?.stop();
    await healthy?.stop();
  });

  /** Sends bytes on a connection of their own; true when the broker closes it without an answer. */
  async function closedOn(bytes: Uint8Array): Promise<boolean> {
    const connection = await RawConnection.open(broker().port);
    try {
      connection.send(bytes);
      return (await connection.answer(15_000)) === null;
    } finally {
      connection.close();
    }
  }

  it('frames cut short anywhere', options, async () => {
    const whole = produceRequest(topic, recordBatch(Buffer.from('cut short')), 1);
    for (let length = 1; length < whole.length; length += 3) {
      const connection = await RawConnection.open(broker().port);
      connection.send(whole.subarray(0, length));
      connection.socket.end();
      assert.equal(await connection.answer(15_000), null, `cut at ${length}`);
      connection.close();
    }
  });

  it('frame sizes below a header, below zero and beyond the limit', options, async () => {
    for (const size of [-1, -(2 ** 31), 0, 1, 7, 100 * MEBIBYTE + 1, 2 ** 31 - 1]) {
      const body = Buffer.alloc(size > 0 && size < 100 ? size : 0);
      assert.ok(await closedOn(Buffer.concat([int32(size), body])), `size ${size}`);
    }
  });

  it('sizes announced and never sent cost no memory', options, async (context) => {
    if (memory === null) {
      context.skip('a foreign broker may well allocate what is announced, and end');
      return;
    }
    const connections = await Promise.all(
      Array.from({ length: 60 }, () => RawConnection.open(broker().port)),
    );
    for (const connection of connections) {
      connection.send(Buffer.concat([int32(90 * MEBIBYTE), Buffer.alloc(1000)]));
    }
    const rounds = healthy.rounds;
    await until('the healthy client is served meanwhile', () => healthy.rounds > rounds + 50);
    for (const connection of connections) connection.close();
  });

  it('counts and lengths that lie about what follows', options, async () => {
    const metadata = requestHeader(API.metadata, 1, 1);
    const produce = Buffer.concat([requestHeader(API.produce, 3, 1), int16(-1), int16(-1)]);
    const lies: Record<string, Buffer> = {
      'two thousand million topics': Buffer.concat([metadata, int32(2 ** 31 - 1)]),
      'a name longer than the frame': Buffer.concat([metadata, int32(1), int16(32_767)]),
      'a name of negative length': Buffer.concat([metadata, int32(1), int16(-5)]),
      'a client id longer than the frame': Buffer.concat([
        int16(3),
        int16(1),
        int32(1),
        int16(999),
      ]),
      'records longer than the frame': Buffer.concat([
        ...[produce, int32(1000), int32(1), string(topic), int32(1), int32(0), int32(2 ** 30)],
      ]),
    };
    for (const [lie, body] of Object.entries(lies)) assert.ok(await closedOn(frame(body)), lie);
  });

  it('unknown APIs and versions', options, async () => {
    assert.ok(await closedOn(frame(requestHeader(9999, 0, 1))), 'an API there is none of');
    assert.ok(await closedOn(frame(requestHeader(-1, 0, 1))), 'a negative API');
    assert.ok(await closedOn(frame(requestHeader(API.metadata, 99, 1))), 'a version to come');
    assert.ok(await closedOn(frame(requestHeader(API.fetch, 0, 1))), 'a version long gone');
    // ApiVersions alone is answered, in version 0, so that a newer client can step down (KIP-511).
    const connection = await RawConnection.open(broker().port);
    connection.send(apiVersionsRequest(99, 7));
    const answer = await connection.answer();
    assert.equal(answer?.readInt32BE(0), 7);
    assert.equal(answer?.readInt16BE(4), 35, 'UNSUPPORTED_VERSION');
    connection.send(apiVersionsRequest(0, 8));
    assert.equal((await connection.answer())?.readInt16BE(4), 0, 'the connection stays usable');
    connection.close();
  });

  it('batches damaged on the way', options, async () => {
    const connection = await RawConnection.open(broker().port);
    const send = async (batch: Buffer) => {
      connection.send(produceRequest(topic, batch, 1));
      const answer = await connection.answer();
      assert.ok(answer, 'a bad batch is answered, the connection stays');
      return produceResult(answer, topic);
    };
    const good = recordBatch(Buffer.from('a good record'));
    assert.deepEqual(await send(good), { error: 0, baseOffset: 0 });
    const damaged = recordBatch(Buffer.from('a bad record'), true);
    assert.deepEqual(await send(damaged), { error: 2, baseOffset: -1 }, 'CORRUPT_MESSAGE');
    const shortened = Buffer.from(good);
    shortened.writeInt32BE(good.length - 12 - 5, 8);
    assert.notEqual((await send(shortened)).error, 0, 'a batch length that lies');
    assert.deepEqual(await send(good), { error: 0, baseOffset: 1 }, 'nothing bad got an offset');
    connection.close();
  });

  it('other protocols and noise', options, async (context) => {
    assert.ok(await closedOn(Buffer.from('GET / HTTP/1.1\r\nHost: broker\r\n\r\n')), 'HTTP');
    const hello = Buffer.from('1603010200010001fc0303', 'hex');
    assert.ok(await closedOn(Buffer.concat([hello, Buffer.alloc(506, 7)])), 'TLS');
    const seed = chooseSeed('MILLRACE_SEED');
    context.diagnostic(`MILLRACE_SEED=${seed}`);
    const random = new Random(seed);
    for (let round = 0; round < 150; round++) {
      const connection = await RawConnection.open(broker().port);
      const noise = random.bytes(random.integer(1, 400));
      // Half of it comes as a whole frame, so that the noise gets past the frame reader.
      connection.send(round % 2 === 0 ? noise : frame(noise));
      connection.socket.end();
      await connection.answer(15_000);
      connection.close();
    }
  });

  it('clients that fetch and never read', options, async () => {
    const full = uniqueName('unread');
    await createTopic(broker().port, full, 1);
    const producer = await RawConnection.open(broker().port);
    const megabyte = recordBatch(new Random(3).bytes(1_000_000));
    for (let count = 0; count < 24; count++) {
      producer.send(produceRequest(full, megabyte, count));
      assert.ok(await producer.answer());
    }
    producer.close();
    // Each asks for 10 MB a hundred times and takes none of it: 20 GB, were it all made ready.
    const deaf = await Promise.all(
      Array.from({ length: 20 }, () => RawConnection.open(broker().port)),
    );
    for (const connection of deaf) {
      connection.socket.pause();
      for (let request = 0; request < 100; request++) {
        connection.send(fetchRequest(full, request % 12, request));
      }
    }
    const rounds = healthy.rounds;
    await until('the healthy client is served meanwhile', () => healthy.rounds > rounds + 100);
    for (const connection of deaf) connection.close();
  });

  it('clients that send a byte at a time', options, async () => {
    const stalled = await Promise.all(
      Array.from({ length: 100 }, () => RawConnection.open(broker().port)),
    );
    for (const connection of stalled) connection.send(apiVersionsRequest(0, 1).subarray(0, 9));
    const slow = await RawConnection.open(broker().port);
    for (const byte of produceRequest(topic, recordBatch(Buffer.from('slowly')), 5)) {
      slow.send(Buffer.of(byte));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const answer = await slow.answer();
    assert.ok(answer);
    assert.equal(produceResult(answer, topic).error, 0);
    for (const connection of [slow, ...stalled]) connection.close();
  });

  it('thousands of idle connections', options, async (context) => {
    const wanted = idleConnections(context);
    const idle: RawConnection[] = [];
    while (idle.length < wanted) {
      const some = Math.min(200, wanted - idle.length);
      const opened = Array.from({ length: some }, () => RawConnection.open(broker().port, 20_000));
      idle.push(...(await Promise.all(opened)));
    }
    // One in ten speaks before it falls silent.
    for (const connection of idle.filter((_, index) => index % 10 === 0)) {
      connection.send(apiVersionsRequest(0, 1));
      assert.ok(await connection.answer());
    }
    const rounds = healthy.rounds;
    await until('the healthy client is served meanwhile', () => healthy.rounds > rounds + 100);
    assert.equal(idle.filter((connection) => connection.closed).length, 0);
    for (const connection of idle) connection.close();
  });

  it('leaves nothing of it in memory', options, async (context) => {
    if (memory === null) {
      context.skip('the memory of a foreign broker is not ours to judge');
      return;
    }
    const { startBytes } = memory;
    const now = () => broker().residentBytes();
    context.diagnostic(
      `resident: ${mebibytes(startBytes)} at first, ${mebibytes(memory.peakBytes)} at most, ${mebibytes(now())} now`,
    );
    await until(
      () => `memory returns; from ${mebibytes(startBytes)} it went to ${mebibytes(now())}`,
      () => now() < startBytes + RESIDENT_KEPT_BYTES,
    );
  });
});

/** 5,000 connections, or what the limit on open files leaves to this process and to the broker. */
function idleConnections(context: TestContext): number {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  // Node raises its own soft limit to the hard one as it starts, here and in the broker.
  const hard = Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? Number.NaN);
  const possible = Number.isNaN(hard) ? 5000 : Math.min(5000, hard - 300);
  if (possible < 5000) context.diagnostic(`${possible} connections: the limit is ${hard} files`);
  return possible;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MEBIBYTE)} MiB`;
}
