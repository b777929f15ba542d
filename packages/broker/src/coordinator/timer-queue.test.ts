import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, ManualClock } from '@millrace/storage';
import { TimerQueue } from './timer-queue.ts';

function rethrow(error: unknown): never {
  throw error;
}

test('callbacks run once, in the order of their times, ties in the order of scheduling', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  const seen: string[] = [];
  queue.schedule(30, () => seen.push('c'));
  queue.schedule(10, () => seen.push('a1'));
  queue.schedule(20, () => seen.push('b'));
  queue.schedule(10, () => seen.push('a2'));
  clock.advance(9);
  assert.deepEqual(seen, []);
  clock.advance(1);
  assert.deepEqual(seen, ['a1', 'a2']);
  clock.advance(100);
  clock.advance(100);
  assert.deepEqual(seen, ['a1', 'a2', 'b', 'c']);
  assert.equal(queue.size, 0);
  assert.equal(clock.pendingCount, 0);
});

test('one timer of the clock serves all entries', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  const cancels = [50, 10, 40, 20, 30].map((atMs) => queue.schedule(atMs, () => {}));
  assert.equal(clock.pendingCount, 1);
  clock.advance(25);
  assert.equal(queue.size, 3);
  assert.equal(clock.pendingCount, 1);
  for (const cancel of cancels) cancel();
  assert.equal(queue.size, 0);
  assert.equal(clock.pendingCount, 0);
});

test('an earlier entry moves the timer forward', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  const firedAt: number[] = [];
  queue.schedule(100, () => firedAt.push(clock.nowMs()));
  queue.schedule(10, () => firedAt.push(clock.nowMs()));
  clock.advance(100);
  assert.deepEqual(firedAt, [10, 100]);
});

test('a cancelled entry never runs; cancelling twice or after it ran does nothing', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  const seen: string[] = [];
  const cancelFirst = queue.schedule(10, () => seen.push('first'));
  const cancelSecond = queue.schedule(20, () => seen.push('second'));
  queue.schedule(30, () => seen.push('third'));
  cancelFirst();
  cancelFirst();
  assert.equal(queue.size, 2);
  clock.advance(20);
  cancelSecond();
  assert.equal(queue.size, 1);
  clock.advance(20);
  assert.deepEqual(seen, ['second', 'third']);
});

test('a callback may cancel one that is due in the same turn', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  const seen: string[] = [];
  queue.schedule(10, () => {
    seen.push('first');
    cancelSecond();
  });
  const cancelSecond = queue.schedule(10, () => seen.push('second'));
  queue.schedule(10, () => seen.push('third'));
  clock.advance(10);
  assert.deepEqual(seen, ['first', 'third']);
  assert.equal(queue.heapSize, 0);
});

test('a past time runs at the next turn of the clock, after what was due before', () => {
  const clock = new ManualClock(1000);
  const queue = new TimerQueue(clock, rethrow);
  const seen: string[] = [];
  queue.schedule(1000, () => seen.push('now'));
  queue.schedule(1, () => seen.push('past'));
  assert.deepEqual(seen, []);
  clock.advance(0);
  assert.deepEqual(seen, ['now', 'past']);
});

test('a callback that reschedules itself for the past lets the event loop turn in between', () => {
  const clock = new ManualClock(0);
  const turns: (() => void)[] = [];
  const turning: Clock = {
    nowMs: () => clock.nowMs(),
    schedule(_delayMs, callback) {
      turns.push(callback);
      return () => {};
    },
  };
  const queue = new TimerQueue(turning, rethrow);
  let ran = 0;
  const again = () => {
    ran++;
    queue.schedule(0, again);
  };
  again();
  for (let turn = 1; turn <= 5; turn++) {
    assert.equal(ran, turn);
    turns.pop()!();
  }
});

test('a clock that fires early is asked again', () => {
  const delays: number[] = [];
  let nowMs = 0;
  let wake = () => {};
  const early: Clock = {
    nowMs: () => nowMs,
    schedule(delayMs, callback) {
      delays.push(delayMs);
      wake = callback;
      return () => {};
    },
  };
  const queue = new TimerQueue(early, rethrow);
  let fired = 0;
  queue.schedule(100, () => fired++);
  nowMs = 99;
  wake();
  assert.equal(fired, 0);
  assert.deepEqual(delays, [100, 1]);
  nowMs = 100;
  wake();
  assert.equal(fired, 1);
});

test('what a callback throws is reported and holds up no other callback', () => {
  const clock = new ManualClock(0);
  const errors: unknown[] = [];
  const queue = new TimerQueue(clock, (error) => errors.push(error));
  const broken = new Error('broken');
  let fired = 0;
  queue.schedule(10, () => {
    throw broken;
  });
  queue.schedule(10, () => fired++);
  queue.schedule(20, () => fired++);
  clock.advance(20);
  assert.deepEqual(errors, [broken]);
  assert.equal(fired, 2);
});

test('cancelled entries do not pile up: a session rescheduled 100,000 times', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  const live = 200;
  const cancels = Array.from({ length: live }, (_, i) => queue.schedule(1_000_000 + i, () => {}));
  // It stays first, so that cancelled entries cannot leave through the front of the heap.
  queue.schedule(1, () => {});
  let largest = 0;
  for (let i = 0; i < 100_000; i++) {
    const member = i % live;
    cancels[member]!();
    cancels[member] = queue.schedule(1_000_000 + live + i, () => {});
    largest = Math.max(largest, queue.heapSize);
  }
  assert.equal(queue.size, live + 1);
  assert.ok(
    largest <= 2 * (live + 1) + 64,
    `the heap grew to ${largest} entries for ${live} live ones`,
  );
});

test('close drops everything; a closed queue takes entries and never runs them', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  let fired = 0;
  const cancel = queue.schedule(10, () => fired++);
  queue.close();
  cancel();
  queue.schedule(10, () => fired++)();
  clock.advance(100);
  assert.equal(fired, 0);
  assert.equal(queue.size, 0);
  assert.equal(queue.heapSize, 0);
  assert.equal(clock.pendingCount, 0);
});

test('a callback may close the queue', () => {
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  let fired = 0;
  queue.schedule(10, () => queue.close());
  queue.schedule(10, () => fired++);
  clock.advance(10);
  assert.equal(fired, 0);
  assert.equal(clock.pendingCount, 0);
});

test('a time that is not a number is refused', () => {
  const queue = new TimerQueue(new ManualClock(0), rethrow);
  assert.throws(() => queue.schedule(Number.NaN, () => {}), RangeError);
});

test('random schedules and cancellations fire exactly as a sorted list would', () => {
  let seed = 20_260_101;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) % below;
  };
  const clock = new ManualClock(0);
  const queue = new TimerQueue(clock, rethrow);
  const fired: number[] = [];
  const live = new Map<number, { atMs: number; cancel: () => void }>();
  for (let id = 0; id < 5000; id++) {
    const atMs = clock.nowMs() + random(500);
    live.set(id, { atMs, cancel: queue.schedule(atMs, () => fired.push(id)) });
    if (random(3) === 0) {
      const victim = [...live.keys()][random(live.size)]!;
      live.get(victim)!.cancel();
      live.delete(victim);
    }
    if (random(10) === 0) {
      clock.advance(random(50));
      const due = [...live].filter(([, timer]) => timer.atMs <= clock.nowMs());
      due.sort(([idA, a], [idB, b]) => a.atMs - b.atMs || idA - idB);
      assert.deepEqual(
        fired.splice(0),
        due.map(([id]) => id),
      );
      for (const [id] of due) live.delete(id);
    }
    assert.equal(queue.size, live.size);
  }
});
