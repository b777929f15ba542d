import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FrameMemory } from './frame-memory.ts';
import { FrameReader } from './frame-reader.ts';
import { allocatedBy, framed } from './frame-testing.ts';

const MAX = 100 * 1024 * 1024;

describe('memory for frames', () => {
  test('is used again, and there is no more of it than was said', () => {
    const memory = new FrameMemory();
    const all: Buffer[] = [];
    for (let some = memory.take(1000); some !== null; some = memory.take(1000)) all.push(some);
    assert.equal(all.length, 128);
    assert.equal(new Set(all.map(({ buffer }) => buffer)).size, 128);
    memory.giveBack(all[5]!);
    assert.equal(memory.take(1)!.buffer, all[5]!.buffer);
    assert.equal(memory.take(1), null);
    assert.equal(memory.lentCount, 128);
    assert.equal(memory.take(40_000)!.length, 256 * 1024, 'each size has its own');
    assert.equal(memory.take(2 << 20), null);
  });

  test('takes nothing that is not its own', () => {
    assert.throws(() => new FrameMemory().giveBack(Buffer.alloc(100)));
  });
});

/** A stream pushed as a socket does it: in one buffer that is written over by the next read. */
class LentStream {
  readonly #buffer = Buffer.alloc(64 * 1024);
  readonly memory = new FrameMemory();
  readonly reader = new FrameReader(MAX, this.memory);
  readonly frames: string[] = [];

  push(bytes: Buffer, takes: number): void {
    bytes.copy(this.#buffer);
    this.reader.push(this.#buffer.subarray(0, bytes.length), true);
    this.take(takes);
    this.reader.detach();
    this.#buffer.fill(0xee);
  }

  take(count: number): void {
    for (let left = count; left > 0; left--) {
      const frame = this.reader.next();
      if (frame === null) return;
      const isElsewhere = this.reader.isFrameLent || frame.buffer === this.#buffer.buffer;
      this.frames.push(frame.toString('latin1'));
      // Whoever has it lent may do with it what it likes.
      if (isElsewhere) frame.fill(0xdd);
    }
  }
}

test('frames of any stream in any pieces come out as they went in, and all memory goes back', () => {
  const body = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }) },
    { weight: 2, arbitrary: fc.integer({ min: 10_000, max: 40_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 200_000, max: 1_300_000 }) },
  );
  const pieces = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 65_536 }));
  fc.assert(
    fc.property(
      fc.array(body, { maxLength: 12 }),
      fc.infiniteStream(pieces),
      fc.infiniteStream(fc.nat(3)),
      (sizes, lengths, takes) => {
        const bodies = sizes.map((size, index) => Buffer.alloc(size, `${index}abc`));
        const stream = Buffer.concat(bodies.map(framed));
        const lent = new LentStream();
        for (let at = 0; at < stream.length; ) {
          // A large frame byte by byte would take the test its time.
          const length = Math.max(lengths.next().value ?? 1, Math.floor(stream.length / 500));
          lent.push(stream.subarray(at, at + Math.min(length, 65_536)), takes.next().value ?? 0);
          at += Math.min(length, 65_536);
        }
        lent.take(Number.POSITIVE_INFINITY);
        assert.deepEqual(
          lent.frames.map((frame) => frame.length),
          sizes,
        );
        assert.ok(lent.frames.every((frame, index) => frame === bodies[index]!.toString('latin1')));
        assert.equal(lent.memory.lentCount, 0);
      },
    ),
    { seed: 4, numRuns: 120 },
  );
});

test('nothing is made for frames that come in pieces', () => {
  const lent = new LentStream();
  const stream = Buffer.concat(Array.from({ length: 50 }, () => framed(Buffer.alloc(16_000, 'x'))));
  const push = () => {
    for (let at = 0; at < stream.length; at += 50_000) {
      // A connection whose turn is over takes the others in the next one, and is not read before.
      lent.push(stream.subarray(at, at + 50_000), at % 100_000 === 0 ? 1 : 9);
      lent.take(9);
    }
  };
  push();
  assert.deepEqual(allocatedBy(push), []);
  assert.equal(lent.frames.length, 100);
});

test('where there is no memory left, frames come all the same', () => {
  const lent = new LentStream();
  const taken: Buffer[] = [];
  for (const bytes of [1, 100_000, 1_000_000]) {
    for (let some = lent.memory.take(bytes); some !== null; some = lent.memory.take(bytes)) {
      taken.push(some);
    }
  }
  const body = Buffer.alloc(30_000, 'y');
  const stream = Buffer.concat([framed(body), framed(body), framed(body)]);
  for (let at = 0; at < stream.length; at += 20_000) lent.push(stream.subarray(at, at + 20_000), 1);
  lent.take(9);
  assert.deepEqual(lent.frames, Array(3).fill(body.toString('latin1')));
  assert.equal(lent.memory.lentCount, taken.length);
});

test('a connection that ends gives back what it has', () => {
  const lent = new LentStream();
  const body = Buffer.alloc(20_000, 'z');
  lent.push(Buffer.concat([framed(body), framed(body), framed(body).subarray(0, 9000)]), 1);
  assert.ok(lent.memory.lentCount > 0);
  lent.reader.destroy();
  assert.equal(lent.memory.lentCount, 0);

  const other = new LentStream();
  other.push(framed(body).subarray(0, 9000), 1);
  assert.equal(other.memory.lentCount, 1);
  other.reader.destroy();
  other.reader.destroy();
  assert.equal(other.memory.lentCount, 0);
});
