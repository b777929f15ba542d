import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '../manual-clock.ts';
import { CleanerThrottle } from './cleaner-throttle.ts';

test('no more bytes than allowed, over all who spend', async () => {
  const clock = new ManualClock();
  const throttle = new CleanerThrottle(clock, 1000);
  const startedMs = clock.nowMs();
  let spent = 0;
  const spend = async () => {
    for (let count = 0; count < 10; count++) {
      await throttle.spend(100);
      spent += 100;
    }
  };
  const both = Promise.all([spend(), spend()]);
  while (spent < 2000) {
    assert.ok(spent <= clock.nowMs() - startedMs + 200, `${spent} at ${clock.nowMs() - startedMs}`);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(50);
  }
  await both;
  assert.ok(clock.nowMs() - startedMs >= 1900);
});

test('without a bound nobody waits, and nobody once it is stopped', async () => {
  const clock = new ManualClock();
  await new CleanerThrottle(clock, Number.MAX_VALUE).spend(1e12);
  const throttle = new CleanerThrottle(clock, 1);
  const waiting = throttle.spend(1000);
  throttle.stop();
  await waiting;
  await throttle.spend(1000);
  assert.equal(clock.pendingCount, 0);
});
