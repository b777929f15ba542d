import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { compactView } from './compact-view.ts';
import { FrameReader, FrameTooLargeError } from './frame-reader.ts';
import { allocatedBy, framed } from './frame-testing.ts';

const MAX = 100 * 1024 * 1024;

function prefix(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(length);
  return bytes;
}

function drain(reader: FrameReader): Buffer[] {
  const frames: Buffer[] = [];
  for (let frame = reader.next(); frame !== null; frame = reader.next()) frames.push(frame);
  return frames;
}

/** A buffer of its own, as a socket gives it. */
function chunkOf(bytes: Buffer): Buffer {
  return Buffer.from(Uint8Array.from(bytes).buffer);
}

/** Pushes a chunk that holds a large frame and the start of another; gives the chunk's memory, held weakly. */
function pushFrameAndRest(reader: FrameReader): WeakRef<ArrayBufferLike> {
  const rest = Buffer.concat([prefix(10), Buffer.from('01234')]);
  const chunk = chunkOf(Buffer.concat([framed(Buffer.alloc(60_000)), rest]));
  reader.push(chunk);
  assert.equal(drain(reader).length, 1);
  return new WeakRef(chunk.buffer);
}

/** Takes a frame out of the memory in which small chunks were gathered; gives that memory, held weakly. */
function gatherFrame(reader: FrameReader): WeakRef<ArrayBufferLike> {
  reader.push(chunkOf(prefix(1)));
  for (const byte of Buffer.concat([Buffer.from('x'), framed(Buffer.from('gathered'))])) {
    reader.push(chunkOf(Buffer.from([byte])));
  }
  assert.equal(reader.next()?.toString(), 'x');
  const frame = reader.next();
  assert.equal(frame?.toString(), 'gathered');
  return new WeakRef(frame.buffer);
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

describe('any split of the stream', () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(fc.nat(255), fc.integer({ max: 50_000, min: 0 }))
      .map(([byte, length]) => Uint8Array.from({ length }, (_, index) => byte + index)),
  );
  const lengths = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 40_000 }));

  test('gives the same frames', () => {
    fc.assert(
      fc.property(
        fc.array(body, { maxLength: 8 }),
        fc.infiniteStream(lengths),
        fc.infiniteStream(fc.nat(3)),
        (bodies, sizes, takes) => {
          const stream = Buffer.concat(bodies.map((bytes) => framed(Buffer.from(bytes))));
          const reader = new FrameReader(MAX);
          const frames: Buffer[] = [];
          let at = 0;
          let taken = 0;
          while (at < stream.length) {
            const chunk = stream.subarray(at, at + (sizes.next().value ?? 1));
            at += chunk.length;
            reader.push(chunkOf(chunk));
            // A connection at its bound takes fewer frames than are there.
            for (let left = takes.next().value ?? 0; left > 0; left--) {
              const frame = reader.next();
              if (frame === null) break;
              taken += frame.length + 4;
              frames.push(frame);
            }
            assert.ok(
              reader.bufferedBytes === at - taken || reader.bufferedBytes === at - taken - 4,
            );
          }
          frames.push(...drain(reader));
          assert.equal(reader.bufferedBytes, 0);
          assert.deepEqual(
            frames.map((frame) => frame.toString('latin1')),
            bodies.map((bytes) => Buffer.from(bytes).toString('latin1')),
          );
        },
      ),
      { seed: 21, numRuns: 150 },
    );
  });

  test('byte by byte', () => {
    const stream = Buffer.concat([framed(Buffer.alloc(3000, 'a')), framed(Buffer.from('bc'))]);
    const reader = new FrameReader(MAX);
    const frames: Buffer[] = [];
    for (const byte of stream) {
      reader.push(Buffer.from([byte]));
      frames.push(...drain(reader));
    }
    assert.deepEqual(frames.map(String), ['a'.repeat(3000), 'bc']);
  });
});

test('a caller that takes the memory of its chunks back gets the same frames', () => {
  const body = fc.integer({ min: 0, max: 50_000 });
  const lengths = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 90_000 }));
  fc.assert(
    fc.property(
      fc.array(body, { maxLength: 8 }),
      fc.infiniteStream(lengths),
      fc.infiniteStream(fc.nat(3)),
      (sizes, pieces, takes) => {
        const bodies = sizes.map((size, index) => Buffer.alloc(size, index + 1));
        const stream = Buffer.concat(bodies.map(framed));
        const shared = Buffer.alloc(90_000);
        const reader = new FrameReader(MAX);
        const frames: Buffer[] = [];
        for (let at = 0; at < stream.length; ) {
          const length = stream.copy(shared, 0, at, at + pieces.next().value!);
          at += length;
          reader.push(shared.subarray(0, length), true);
          for (let left = takes.next().value!; left > 0; left--) {
            const frame = reader.next();
            if (frame !== null) frames.push(Buffer.from(frame));
          }
          reader.detach();
          shared.fill(0xdd);
        }
        assert.deepEqual([...frames, ...drain(reader)], bodies);
      },
    ),
    { seed: 22, numRuns: 150 },
  );
});

describe('copies', () => {
  test('none for frames that lie within a chunk', () => {
    const chunk = chunkOf(Buffer.concat([framed(Buffer.from('one')), framed(Buffer.from('two'))]));
    const reader = new FrameReader(MAX);
    reader.push(chunk);
    for (const [frame, offset] of drain(reader).map(
      (view, index) => [view, 4 + 7 * index] as const,
    )) {
      assert.equal(frame.buffer, chunk.buffer);
      assert.equal(frame.byteOffset, offset);
    }
  });

  test('one for a frame that spans large chunks: it alone is allocated, and exactly', () => {
    const reader = new FrameReader(MAX);
    const stream = framed(Buffer.alloc(1 << 20, 7));
    const allocated = allocatedBy(() => {
      for (let at = 0; at < stream.length; at += 65_536) {
        assert.equal(reader.next(), null);
        reader.push(chunkOf(stream.subarray(at, Math.min(at + 65_536, stream.length - 20_000))));
      }
      reader.push(chunkOf(stream.subarray(stream.length - 20_000)));
      assert.equal(reader.next()?.length, 1 << 20);
    });
    assert.deepEqual(allocated, [1 << 20]);
  });

  test('one for the small rest of a chunk that was lent', () => {
    const reader = new FrameReader(MAX);
    const chunk = chunkOf(Buffer.concat([framed(Buffer.alloc(60_000)), prefix(10)]));
    const allocated = allocatedBy(() => {
      reader.push(chunk.subarray(0, -2), true);
      assert.equal(drain(reader).length, 1);
      reader.detach();
      reader.detach();
    });
    assert.equal(allocated.length, 1);
  });

  test('a frame taken stays as it was while the stream goes on', () => {
    const reader = new FrameReader(MAX);
    const first = framed(Buffer.alloc(100, 'x'));
    reader.push(chunkOf(first.subarray(0, 2)));
    reader.push(chunkOf(Buffer.concat([first.subarray(2), prefix(5000)])));
    const frame = reader.next();
    for (let index = 0; index < 5000; index++) reader.push(chunkOf(Buffer.from('y')));
    assert.equal(reader.next()?.toString(), 'y'.repeat(5000));
    assert.equal(frame?.toString(), 'x'.repeat(100));
  });
});

describe('memory', () => {
  test('what is announced and does not come costs nothing', () => {
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 1000 }, () => {
      const reader = new FrameReader(MAX);
      reader.push(chunkOf(Buffer.concat([prefix(MAX), Buffer.from('x')])));
      assert.equal(reader.next(), null);
      return reader;
    });
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown < 1 << 20, `1000 connections hold ${grown} bytes`);
    assert.equal(readers[0]?.bufferedBytes, 1);
  });

  test('a frame that comes byte by byte is held in few objects', () => {
    const reader = new FrameReader(MAX);
    reader.push(chunkOf(prefix(MAX)));
    const bytes = 300_000;
    const chunks = Array.from({ length: bytes }, () => Buffer.from('z'));
    const before = process.memoryUsage().arrayBuffers;
    for (const chunk of chunks) reader.push(chunk);
    assert.equal(reader.bufferedBytes, bytes + 4);
    // Twice for the growth of each gathering buffer, whose former sizes may not be collected yet.
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown <= 3 * bytes, `${bytes} bytes are held in ${grown}`);
  });

  test('a small rest does not keep its chunk', async () => {
    const reader = new FrameReader(MAX);
    const pushed = pushFrameAndRest(reader);
    await setImmediate(); // A weak reference holds its target until the current job ends.
    collectGarbage();
    assert.equal(pushed.deref(), undefined);
    reader.push(chunkOf(Buffer.from('56789')));
    assert.equal(reader.next()?.toString(), '0123456789');
  });

  test('nothing is kept once all was taken', async () => {
    const reader = new FrameReader(MAX);
    const gathered = gatherFrame(reader);
    await setImmediate();
    collectGarbage();
    assert.equal(gathered.deref(), undefined);
    assert.equal(reader.next(), null);
  });

  test('compactView copies a view of less than half its memory, and only that', () => {
    const memory = chunkOf(Buffer.alloc(1000, 'm'));
    assert.equal(compactView(memory), memory);
    const half = memory.subarray(0, 500);
    assert.equal(compactView(half), half);
    const less = memory.subarray(0, 499);
    const copy = compactView(less);
    assert.equal(copy.buffer.byteLength, 499);
    assert.deepEqual(copy, less);
  });
});

test('it is told whether there is a frame to take, and that costs none', () => {
  const reader = new FrameReader(5);
  assert.equal(reader.hasNext(), false);
  for (const byte of framed(Buffer.from('12345'))) {
    assert.equal(reader.hasNext(), false);
    reader.push(Buffer.of(byte));
  }
  assert.equal(reader.hasNext(), true);
  assert.equal(reader.next()?.toString(), '12345');
  assert.equal(reader.hasNext(), false);
  reader.push(framed(Buffer.alloc(0)));
  assert.equal(reader.hasNext(), true);
  assert.equal(reader.next()?.length, 0);
  reader.push(prefix(6));
  assert.equal(reader.hasNext(), true, 'there is an error to be thrown');
  assert.throws(() => reader.next(), FrameTooLargeError);
});

describe('impossible lengths', () => {
  function failure(bytes: Buffer, maxFrameBytes = MAX): FrameTooLargeError {
    const reader = new FrameReader(maxFrameBytes);
    reader.push(framed(Buffer.from('good')));
    reader.push(bytes);
    assert.equal(reader.next()?.toString(), 'good');
    try {
      reader.next();
    } catch (error) {
      assert.ok(error instanceof FrameTooLargeError);
      assert.throws(() => reader.next(), error);
      return error;
    }
    return assert.fail('no error');
  }

  test('are refused as soon as they are read, and name the size', () => {
    const error = failure(prefix(1001), 1000);
    assert.equal(error.length, 1001);
    assert.equal(error.message, 'A frame announces 1001 bytes, and at most 1000 are allowed.');
    assert.equal(failure(prefix(-1)).message, 'A frame announces the negative length -1.');
  });

  test('the largest length allowed is allowed', () => {
    const reader = new FrameReader(5);
    reader.push(framed(Buffer.from('12345')));
    assert.equal(reader.next()?.toString(), '12345');
  });

  test('name the likely cause', () => {
    assert.match(failure(Buffer.from('GET / HTTP/1.1')).message, /"GET ": is this an HTTP client/);
    assert.match(failure(Buffer.from('PRI * HTTP/2.0')).message, /"PRI ": is this an HTTP client/);
    assert.match(failure(Buffer.from('16030100ff', 'hex')).message, /TLS client on a plaintext/);
    assert.match(failure(Buffer.from('AMQP0091')).message, /AMQP client/);
  });
});
