// The writer against a socket that takes bytes only when told to.

import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import type { EncodedFrame, FilePart } from '@millrace/protocol';
import { AnswerMemory } from './answer-memory.ts';
import { BufferPool } from './buffer-pool.ts';
import { ResponseWriter } from './response-writer.ts';

class SlowSocket extends Writable {
  readonly received: Buffer[] = [];
  #waiting: (() => void)[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.received.push(Buffer.from(chunk));
    this.#waiting.push(done);
  }

  /** Takes everything that is written, until nothing more comes. */
  async drain(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const waiting = this.#waiting.splice(0);
      if (waiting.length === 0) return;
      for (const done of waiting) done();
    }
  }

  get text(): string {
    return Buffer.concat(this.received).toString();
  }
}

class FakeFile implements FilePart {
  readonly #bytes: Buffer;
  reads = 0;
  failsAt = Number.POSITIVE_INFINITY;

  constructor(text: string) {
    this.#bytes = Buffer.from(text);
  }

  get sizeBytes(): number {
    return this.#bytes.length;
  }

  async read(target: Buffer, offset: number, length: number, position: number): Promise<number> {
    this.reads++;
    if (position >= this.failsAt) throw new Error('the disk is gone');
    return this.#bytes.copy(target, offset, position, position + Math.min(length, 1000));
  }
}

function setUp() {
  const socket = new SlowSocket();
  const memory = new AnswerMemory(100);
  const failures: string[] = [];
  let sent = 0;
  const writer = new ResponseWriter(
    socket as unknown as Socket,
    new BufferPool(),
    memory,
    () => sent++,
    (reason) => failures.push(reason),
  );
  return { socket, memory, failures, writer, sentCount: () => sent };
}

function frame(...parts: (Buffer | FilePart)[]) {
  const state = { released: 0 };
  const sizeBytes = parts.reduce(
    (sum, part) => sum + (Buffer.isBuffer(part) ? part.length : part.sizeBytes),
    0,
  );
  const encoded: EncodedFrame = { sizeBytes, parts, release: () => state.released++ };
  return { encoded, state };
}

test('frames leave in order, also behind one that is read from a file', async () => {
  const { socket, writer, memory, sentCount } = setUp();
  const file = new FakeFile('f'.repeat(5000));
  const frames = [
    frame(Buffer.from('first ')),
    frame(Buffer.from('['), file, Buffer.from(']')),
    frame(Buffer.from(' last'), Buffer.from('!')),
  ];
  for (const { encoded } of frames) writer.send(encoded);
  assert.equal(memory.heldBytes, 14);
  await socket.drain();
  assert.equal(socket.text, `first [${'f'.repeat(5000)}] last!`);
  assert.deepEqual([writer.unsentBytes, memory.heldBytes, sentCount()], [0, 0, 3]);
  assert.deepEqual(
    frames.map(({ state }) => state.released),
    [1, 1, 1],
  );
});

test('answers that are made in one turn leave in one write', async () => {
  const { socket, writer, sentCount } = setUp();
  const frames = ['a', 'b', 'c'].map((text) => frame(Buffer.from(text)));
  writer.send(frames[0]!.encoded);
  await Promise.resolve();
  writer.send(frames[1]!.encoded);
  await Promise.resolve();
  writer.send(frames[2]!.encoded);
  assert.deepEqual([writer.unsentBytes, socket.received.length], [3, 0]);
  await socket.drain();
  assert.deepEqual(socket.received.map(String), ['abc']);
  assert.deepEqual([writer.unsentBytes, sentCount()], [0, 1]);
  assert.ok(frames.every(({ state }) => state.released === 1));
});

test('what waits for the end of the turn can be sent before it', () => {
  const { socket, writer } = setUp();
  writer.send(frame(Buffer.from('last words')).encoded);
  writer.flush();
  assert.equal(socket.text, 'last words');
});

test('large answers of one turn are not copied', async () => {
  const { socket, writer } = setUp();
  const parts = ['a', 'b'].map((text) => Buffer.alloc(3000, text));
  for (const part of parts) writer.send(frame(part).encoded);
  await socket.drain();
  assert.deepEqual(socket.received, parts);
});

test('a file is read only as fast as the socket takes it', async () => {
  const { writer } = setUp();
  const file = new FakeFile('f'.repeat(50_000));
  writer.send(frame(file).encoded);
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(file.reads, 1);
});

test('a file that cannot be read ends the connection, and everything is released once', async () => {
  const { socket, writer, failures, memory } = setUp();
  const file = new FakeFile('f'.repeat(5000));
  file.failsAt = 2000;
  const broken = frame(file);
  const behind = frame(Buffer.from('behind'));
  writer.send(broken.encoded);
  writer.send(behind.encoded);
  await socket.drain();
  assert.match(failures[0]!, /the disk is gone/);
  writer.destroy();
  await socket.drain();
  assert.deepEqual([broken.state.released, behind.state.released, memory.heldBytes], [1, 1, 0]);
});

test('destroy releases what waits and refuses what comes', async () => {
  const { socket, writer, memory } = setUp();
  const pumped = frame(new FakeFile('f'.repeat(5000)));
  const waiting = frame(Buffer.from('waiting'));
  const late = frame(Buffer.from('late'));
  writer.send(pumped.encoded);
  writer.send(waiting.encoded);
  writer.destroy();
  writer.send(late.encoded);
  await socket.drain();
  const released = [pumped, waiting, late].map(({ state }) => state.released);
  assert.deepEqual(released, [1, 1, 1]);
  assert.equal(memory.heldBytes, 0);
});

test('memory is scarce from the bound on', () => {
  const memory = new AnswerMemory(100);
  memory.add(99);
  assert.equal(memory.isScarce, false);
  memory.add(1);
  assert.equal(memory.isScarce, true);
  memory.add(-1);
  assert.equal(memory.isScarce, false);
});
