import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, ManualClock, type PartitionLog } from '@millrace/storage';
import { AdvanceWaiter } from './advance-waiter.ts';

class FakeLog {
  readonly listeners = new Set<() => void>();
  onAdvance(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  advance(): void {
    for (const listener of this.listeners) listener();
  }
}

function waiterOn(log: FakeLog, clock: Clock, deadlineMs: number, closed = new AbortController()) {
  return new AdvanceWaiter([log as unknown as PartitionLog], deadlineMs, clock, closed.signal);
}

test('an advance between the look and the wait is not lost', async () => {
  const clock = new ManualClock();
  const log = new FakeLog();
  const waiter = waiterOn(log, clock, clock.nowMs() + 1000);
  waiter.reset();
  log.advance();
  await waiter.wait();
  assert.equal(waiter.isExpired, false);
  waiter.close();
});

test('the deadline ends the wait even when the clock does not show it yet', async () => {
  const clock = new ManualClock();
  // Timers of the real world may fire up to a millisecond early.
  const early: Clock = {
    nowMs: () => clock.nowMs(),
    schedule: (delayMs, callback) => clock.schedule(delayMs - 1, callback),
  };
  const deadlineMs = clock.nowMs() + 1000;
  const waiter = waiterOn(new FakeLog(), early, deadlineMs);
  const waiting = waiter.wait();
  clock.advance(999);
  await waiting;
  assert.ok(clock.nowMs() < deadlineMs);
  assert.equal(waiter.isExpired, true);
  waiter.close();
});

test('a client that is gone ends the wait, before and after it began', async () => {
  const clock = new ManualClock();
  const closed = new AbortController();
  const waiter = waiterOn(new FakeLog(), clock, clock.nowMs() + 1000, closed);
  const waiting = waiter.wait();
  closed.abort();
  await waiting;
  waiter.reset();
  await waiter.wait();
  waiter.close();
});

test('nothing stays subscribed after close', () => {
  const clock = new ManualClock();
  const log = new FakeLog();
  const waiter = waiterOn(log, clock, clock.nowMs() + 1000);
  assert.equal(log.listeners.size, 1);
  waiter.close();
  assert.equal(log.listeners.size, 0);
  assert.equal(clock.pendingCount, 0);
});
