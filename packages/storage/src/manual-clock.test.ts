import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from './manual-clock.ts';

test('time stands still until it is advanced', () => {
  const clock = new ManualClock(1000);
  assert.equal(clock.nowMs(), 1000);
  clock.advance(5);
  clock.advance(0);
  assert.equal(clock.nowMs(), 1005);
});

test('callbacks run in the order of their times, then of scheduling, and see their own time', () => {
  const clock = new ManualClock(0);
  const seen: string[] = [];
  clock.schedule(20, () => seen.push(`late@${clock.nowMs()}`));
  clock.schedule(10, () => seen.push(`first@${clock.nowMs()}`));
  clock.schedule(10, () => seen.push(`second@${clock.nowMs()}`));
  clock.advance(9);
  assert.deepEqual(seen, []);
  clock.advance(1);
  assert.deepEqual(seen, ['first@10', 'second@10']);
  clock.advance(100);
  assert.deepEqual(seen, ['first@10', 'second@10', 'late@20']);
  assert.equal(clock.nowMs(), 110);
});

test('one advance also runs what the callbacks schedule within it', () => {
  const clock = new ManualClock(0);
  const firedAt: number[] = [];
  const tick = () => {
    firedAt.push(clock.nowMs());
    clock.schedule(10, tick);
  };
  clock.schedule(10, tick);
  clock.advance(35);
  assert.deepEqual(firedAt, [10, 20, 30]);
  assert.equal(clock.pendingCount, 1);
});

test('a cancelled callback never runs and is not pending', () => {
  const clock = new ManualClock(0);
  let fired = 0;
  const cancel = clock.schedule(10, () => fired++);
  assert.equal(clock.pendingCount, 1);
  cancel();
  cancel();
  assert.equal(clock.pendingCount, 0);
  clock.advance(10);
  assert.equal(fired, 0);
});

test('a timer that stands still and reschedules itself is an error, not a hang', () => {
  const clock = new ManualClock(0);
  const spin = () => {
    clock.schedule(0, spin);
  };
  clock.schedule(0, spin);
  assert.throws(() => clock.advance(1), /reschedules itself/);
});

test('time does not run backwards', () => {
  const clock = new ManualClock(0);
  assert.throws(() => clock.advance(-1), RangeError);
  assert.throws(() => clock.advance(Number.NaN), RangeError);
});
