import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchHeader, type RecordSlice } from '@millrace/protocol';
import { baseOffsetsIn, batchOf } from '../log-store-testing.ts';
import type { KeptRecords } from './record-memory.ts';
import { type LogTail, TailCache } from './tail-cache.ts';

const SLAB_BYTES = 64 * 1024;

/** A cache whose memory is overwritten once nobody holds it. */
function cacheOf(slabs: number): TailCache {
  return new TailCache(slabs * SLAB_BYTES, (memory) => memory.fill(0xdd));
}

/** Two records. */
function batchAt(baseOffset: number, valueBytes = 1000): Buffer {
  const batch = batchOf({ values: ['x'.repeat(valueBytes), 'y'] });
  batchHeader.setBaseOffset(batch, 0, baseOffset);
  return batch;
}

function append(tail: LogTail, batch: Buffer): void {
  const offset = batchHeader.baseOffset(batch, 0);
  tail.add(offset, batchHeader.lastOffset(batch, 0) + 1, tail.keep(batch));
}

function bytesOf(slice: RecordSlice | null): Buffer {
  assert.ok(slice !== null);
  const bytes = Buffer.concat(slice.parts as Buffer[]);
  assert.equal(slice.sizeBytes, bytes.length);
  slice.release();
  return bytes;
}

test('gives what was appended, cut at maxBytes, what lies together as one part', () => {
  const tail = cacheOf(16).createTail();
  const batches = [batchAt(10), batchAt(12), batchAt(14)];
  for (const batch of batches) append(tail, batch);
  const size = batches[0]!.length;
  assert.equal(tail.collect(9, 1, true), null);
  assert.equal(tail.collect(16, 1, true), null);
  const both = tail.collect(13, 2 * size, true)!;
  assert.equal(both.parts.length, 1);
  assert.deepEqual(bytesOf(both), Buffer.concat(batches.slice(1)));
  assert.equal(bytesOf(tail.collect(11, size + 10, true)).length, size + 10);
  assert.equal(tail.collect(12, size - 1, false)!.sizeBytes, 0);
  assert.deepEqual(baseOffsetsIn(bytesOf(tail.collect(12, 1, true))), [12]);
});

test('parts are as many as there are places: another log between two appends, or a batch with memory of its own', () => {
  const cache = cacheOf(16);
  const [one, two] = [cache.createTail(), cache.createTail()];
  append(one, batchAt(0));
  append(two, batchAt(0));
  append(one, batchAt(2));
  append(one, batchAt(4));
  append(one, batchAt(6, SLAB_BYTES));
  const slice = one.collect(0, 10 * SLAB_BYTES, true)!;
  assert.equal(slice.parts.length, 3);
  assert.deepEqual(baseOffsetsIn(bytesOf(slice)), [0, 2, 4, 6]);
});

test('drops the oldest appends of all logs past its bound', () => {
  const cache = new TailCache(16 * 1024);
  const [one, two] = [cache.createTail(), cache.createTail()];
  for (let index = 0; index < 20; index++) {
    append(one, batchAt(2 * index, 200));
    append(two, batchAt(2 * index, 200));
  }
  assert.ok(cache.bytes <= 16 * 1024);
  for (const tail of [one, two]) {
    assert.equal(tail.collect(0, 1, true), null);
    assert.equal(bytesOf(tail.collect(39, 1, true)).length, batchAt(0, 200).length);
  }
  one.clear();
  two.clear();
  assert.equal(cache.entries, 0);
});

test('an append that is larger than the cache leaves nothing wrong behind', () => {
  const cache = new TailCache(16 * 1024);
  const tail = cache.createTail();
  append(tail, batchAt(0));
  append(tail, batchAt(2, 20_000));
  assert.equal(cache.entries, 0);
  assert.equal(tail.collect(2, 1, true), null);
  append(tail, batchAt(4));
  assert.equal(tail.collect(0, 1, true), null);
  assert.deepEqual(baseOffsetsIn(bytesOf(tail.collect(4, 1, true))), [4]);
});

test('the caller may write over what it appended', () => {
  const tail = cacheOf(16).createTail();
  const batch = batchAt(0);
  const copy = Buffer.from(batch);
  append(tail, batch);
  batch.fill(0);
  assert.deepEqual(bytesOf(tail.collect(0, 1, true)), copy);
});

test('a slice stays as it is while its records are evicted, and its memory is used again after it', () => {
  let reused = 0;
  const cache = new TailCache(16 * SLAB_BYTES, (memory) => {
    memory.fill(0xdd);
    reused++;
  });
  const tail = cache.createTail();
  const first = batchAt(0);
  append(tail, first);
  const slice = tail.collect(0, 1, true)!;
  for (let offset = 2; offset < 4000; offset += 2) append(tail, batchAt(offset));
  assert.equal(tail.collect(0, 1, true), null);
  assert.ok(reused > 5);
  const before = reused;
  assert.deepEqual(Buffer.from(slice.parts[0] as Buffer), first);
  slice.release();
  assert.equal(reused, before + 1);
  assert.throws(() => slice.release(), /let go twice/);
});

test('what others hold takes the place of what it would keep, and makes it crowded', () => {
  const cache = cacheOf(16);
  const tail = cache.createTail();
  append(tail, batchAt(0));
  const held: KeptRecords[] = [];
  while (cache.bytes <= 16 * SLAB_BYTES) held.push(tail.keep(batchAt(0)));
  append(tail, batchAt(2));
  assert.equal(cache.entries, 0);
  assert.equal(cache.isCrowded, false);
  while (!cache.isCrowded) held.push(tail.keep(batchAt(0)));
  assert.ok(cache.bytes <= 33 * SLAB_BYTES);
  for (const { slab } of held) slab.release();
  assert.equal(cache.isCrowded, false);
  assert.ok(cache.bytes <= SLAB_BYTES);
});

test('a gap between appends forgets what is before it', () => {
  const tail = cacheOf(16).createTail();
  append(tail, batchAt(0));
  append(tail, batchAt(6));
  assert.equal(tail.collect(0, 1, true), null);
  assert.deepEqual(baseOffsetsIn(bytesOf(tail.collect(7, 1, true))), [6]);
});

test('appends that were deleted are let go, in their own log only', () => {
  const cache = cacheOf(16);
  const [one, two] = [cache.createTail(), cache.createTail()];
  for (let offset = 0; offset < 10; offset += 2) {
    append(one, batchAt(offset));
    append(two, batchAt(offset));
  }
  one.dropBefore(5);
  assert.equal(cache.entries, 8);
  assert.equal(one.collect(3, 1, true), null);
  // The append that the new start lies in stays whole.
  assert.deepEqual(baseOffsetsIn(bytesOf(one.collect(4, 1, true))), [4]);
  assert.deepEqual(baseOffsetsIn(bytesOf(two.collect(0, 1, true))), [0]);
  one.dropBefore(10);
  assert.equal(cache.entries, 5);
  append(one, batchAt(10));
  assert.deepEqual(baseOffsetsIn(bytesOf(one.collect(11, 1, true))), [10]);
  two.dropBefore(100);
  one.dropBefore(100);
  assert.equal(cache.entries, 0);
});
