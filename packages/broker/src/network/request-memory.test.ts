import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@millrace/storage';
import { type MemoryUser, RequestMemory } from './request-memory.ts';

class User implements MemoryUser {
  resumed = 0;
  closedWith: string | null = null;
  resumeReading(): void {
    this.resumed++;
  }
  close(reason: string): void {
    this.closedWith = reason;
  }
}

test('below the bound everyone reads', () => {
  const memory = new RequestMemory(100, new ManualClock());
  memory.add(99);
  assert.equal(memory.mayRead(new User()), true);
  assert.equal(memory.mayRead(new User()), true);
});

test('past the bound one connection at a time has a turn, and the turn passes on with a whole frame', () => {
  const memory = new RequestMemory(100, new ManualClock());
  const [first, second, third] = [new User(), new User(), new User()];
  memory.add(100);
  assert.equal(memory.mayRead(first), true);
  assert.equal(memory.mayRead(second), false);
  assert.equal(memory.mayRead(third), false);
  assert.equal(memory.mayRead(first), true);
  memory.frameRead(first);
  assert.equal(second.resumed, 1);
  assert.equal(third.resumed, 0);
});

test('when memory is given back all who wait go on', () => {
  const memory = new RequestMemory(100, new ManualClock());
  const [first, second, third] = [new User(), new User(), new User()];
  memory.add(100);
  memory.mayRead(first);
  memory.mayRead(second);
  memory.mayRead(third);
  memory.add(-1);
  assert.deepEqual([second.resumed, third.resumed], [1, 1]);
});

test('a turn that brings no whole frame ends with the connection, and the next one gets it', () => {
  const clock = new ManualClock();
  const memory = new RequestMemory(100, clock);
  const [slow, next] = [new User(), new User()];
  memory.add(100);
  memory.mayRead(slow);
  memory.mayRead(next);
  clock.advance(10_000);
  assert.match(slow.closedWith!, /queued\.max\.request\.bytes=100/);
  memory.forget(slow);
  assert.equal(next.resumed, 1);
});
