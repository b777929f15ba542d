import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchHeader } from '@millrace/protocol';
import { baseOffsetsIn, batchOf } from '../log-store-testing.ts';
import { TailCache } from './tail-cache.ts';

/** A stored batch in memory of its own. */
function stored(baseOffset: number, valueBytes = 1000): Buffer {
  const batch = batchOf({ values: ['x'.repeat(valueBytes), 'y'] });
  batchHeader.setBaseOffset(batch, 0, baseOffset);
  const own = Buffer.allocUnsafeSlow(batch.length);
  batch.copy(own);
  return own;
}

test('gives the very buffers that were appended, cut at maxBytes', () => {
  const tail = new TailCache(1_000_000).createTail();
  const batches = [stored(10), stored(12), stored(14)];
  for (const batch of batches)
    tail.add(batchHeader.baseOffset(batch, 0), batchHeader.lastOffset(batch, 0) + 1, batch);
  const size = batches[0]!.length;
  assert.equal(tail.collect(9, 1, true), null);
  assert.equal(tail.collect(16, 1, true), null);
  const parts = tail.collect(13, 2 * size, true)!;
  assert.equal(parts[0]!.buffer, batches[1]!.buffer);
  assert.equal(parts[1], batches[2]);
  const cut = tail.collect(11, size + 10, true)!;
  assert.deepEqual(
    cut.map((part) => part.length),
    [size, 10],
  );
  assert.deepEqual(tail.collect(12, size - 1, false), []);
  assert.deepEqual(baseOffsetsIn(Buffer.concat(tail.collect(12, 1, true)!)), [12]);
});

test('drops the oldest appends of all logs past its bound', () => {
  const cache = new TailCache(5 * 1400);
  const [one, two] = [cache.createTail(), cache.createTail()];
  for (let index = 0; index < 10; index++) {
    one.add(2 * index, 2 * index + 2, stored(2 * index));
    two.add(2 * index, 2 * index + 2, stored(2 * index));
  }
  assert.ok(cache.bytes <= 5 * 1400);
  for (const tail of [one, two]) {
    assert.equal(tail.collect(0, 1, true), null);
    assert.notEqual(tail.collect(19, 1, true), null);
  }
  one.clear();
  two.clear();
  assert.equal(cache.bytes, 0);
});

test('an append that is larger than the cache leaves nothing wrong behind', () => {
  const cache = new TailCache(2000);
  const tail = cache.createTail();
  tail.add(0, 2, stored(0));
  tail.add(2, 4, stored(2, 5000));
  assert.equal(cache.bytes, 0);
  assert.equal(tail.collect(2, 1, true), null);
  tail.add(4, 6, stored(4));
  assert.equal(tail.collect(0, 1, true), null);
  assert.notEqual(tail.collect(4, 1, true), null);
});

test('a small view on a large request does not keep the request alive', () => {
  const cache = new TailCache(1_000_000);
  const tail = cache.createTail();
  const frame = Buffer.allocUnsafeSlow(100_000);
  const batch = stored(0);
  batch.copy(frame, 500);
  tail.add(0, 2, frame.subarray(500, 500 + batch.length));
  const [part] = tail.collect(0, 1, true)!;
  assert.deepEqual(part, batch);
  assert.ok(part!.buffer.byteLength < 2 * batch.length);
  assert.ok(cache.bytes < 2 * batch.length);
  // A view on most of it is kept as it is, and the whole is counted.
  const large = Buffer.allocUnsafeSlow(1500);
  stored(2).copy(large);
  tail.add(2, 4, large.subarray(0, batch.length));
  assert.equal(tail.collect(2, 1, true)![0]!.buffer, large.buffer);
  assert.ok(cache.bytes > batch.length + 1500);
});

test('a gap between appends forgets what is before it', () => {
  const tail = new TailCache(1_000_000).createTail();
  tail.add(0, 2, stored(0));
  tail.add(6, 8, stored(6));
  assert.equal(tail.collect(0, 1, true), null);
  assert.notEqual(tail.collect(7, 1, true), null);
});

test('appends that were deleted are let go, in their own log only', () => {
  const cache = new TailCache(1_000_000);
  const [one, two] = [cache.createTail(), cache.createTail()];
  for (let offset = 0; offset < 10; offset += 2) {
    one.add(offset, offset + 2, stored(offset));
    two.add(offset, offset + 2, stored(offset));
  }
  const each = cache.bytes / 10;
  one.dropBefore(5);
  assert.equal(cache.bytes, 8 * each);
  assert.equal(one.collect(3, 1, true), null);
  // The append that the new start lies in stays whole.
  assert.deepEqual(baseOffsetsIn(Buffer.concat(one.collect(4, 1, true)!)), [4]);
  assert.deepEqual(baseOffsetsIn(Buffer.concat(two.collect(0, 1, true)!)), [0]);
  one.dropBefore(10);
  assert.equal(cache.bytes, 5 * each);
  one.add(10, 12, stored(10));
  assert.deepEqual(baseOffsetsIn(Buffer.concat(one.collect(11, 1, true)!)), [10]);
  two.dropBefore(100);
  one.dropBefore(100);
  assert.equal(cache.bytes, 0);
});
