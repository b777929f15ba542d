import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { ManualClock } from '@millrace/storage';
import { collectWhenIdle, ownHeap } from './idle-collection.ts';

const MEBIBYTE = 1024 * 1024;

const MINUTE_MS = 60_000;

/** A heap of which a collection leaves 11 MiB. */
function fakeHeap() {
  return {
    heldBytes: 20 * MEBIBYTE,
    part: 0,
    collections: 0,
    isReducing: true,
    busyPart() {
      return this.part;
    },
    collect() {
      this.collections++;
      this.heldBytes = 11 * MEBIBYTE;
    },
    setReducing(isReducing: boolean) {
      this.isReducing = isReducing;
    },
  };
}

test('what a start took is given back after a second in which nothing went on', () => {
  const clock = new ManualClock();
  const heap = { ...fakeHeap(), part: 0.02 };
  collectWhenIdle(heap, clock);
  clock.advance(5000);
  assert.equal(heap.collections, 0);
  heap.part = 0;
  clock.advance(1000);
  assert.equal(heap.collections, 1);
});

test('later, what requests took is given back after five minutes in which nothing went on', () => {
  const clock = new ManualClock();
  const heap = { ...fakeHeap(), part: 0.5 };
  collectWhenIdle(heap, clock);
  clock.advance(MINUTE_MS);
  heap.part = 0;
  clock.advance(5 * MINUTE_MS - 1000);
  assert.equal(heap.collections, 0);
  heap.part = 0.02;
  clock.advance(1000);
  heap.part = 0;
  clock.advance(5 * MINUTE_MS - 1000);
  assert.equal(heap.collections, 0);
  clock.advance(1000);
  assert.equal(heap.collections, 1);
});

test('V8 does not collect by itself any more when the start is over, and does when this ends', () => {
  const clock = new ManualClock();
  const heap = fakeHeap();
  const end = collectWhenIdle(heap, clock);
  clock.advance(9000);
  assert.equal(heap.isReducing, true);
  clock.advance(1000);
  assert.equal(heap.isReducing, false);
  end();
  assert.equal(heap.isReducing, true);
});

test('a heap that has not grown since is left alone', () => {
  const clock = new ManualClock();
  const heap = fakeHeap();
  collectWhenIdle(heap, clock);
  clock.advance(20 * MINUTE_MS);
  assert.equal(heap.collections, 1);
  heap.heldBytes = 15 * MEBIBYTE - 1;
  clock.advance(20 * MINUTE_MS);
  assert.equal(heap.collections, 1);
  heap.heldBytes = 15 * MEBIBYTE;
  clock.advance(1000);
  assert.equal(heap.collections, 2);
});

test('what a collection leaves is not tried again, however much that is', () => {
  const clock = new ManualClock();
  const heap = fakeHeap();
  heap.collect = () => {
    heap.collections++;
  };
  collectWhenIdle(heap, clock);
  clock.advance(20 * MINUTE_MS);
  assert.equal(heap.collections, 1);
});

test('it ends', () => {
  const clock = new ManualClock();
  const heap = fakeHeap();
  const end = collectWhenIdle(heap, clock);
  end();
  clock.advance(20 * MINUTE_MS);
  assert.equal(heap.collections, 0);
});

test('this heap gives back what is not in use, and this thread has no gc() then', () => {
  const heap = ownHeap();
  const fill = () => Array.from({ length: 2_000_000 }, (_, index) => ({ index }));
  assert.equal(fill().length, 2_000_000);
  const before = heap.heldBytes;
  heap.collect();
  assert.ok(heap.heldBytes < before - 16 * MEBIBYTE, `${before} ${heap.heldBytes}`);
  assert.equal('gc' in globalThis, false);
  assert.ok(heap.busyPart() >= 0);
});

test('V8 of this version knows what it is told, and has the number that is set at the end', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  assert.match(stdout, /default: --memory-reducer-gc-count=2\n/);
});
