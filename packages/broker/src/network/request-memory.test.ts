import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@millrace/storage';
import { type MemoryUser, RequestMemory } from './request-memory.ts';

class User implements MemoryUser {
  heldBytes = 1_000_000;
  receivedBytes = 0;
  resumed = 0;
  closedWith: string | null = null;
  resumeReading(): void {
    this.resumed++;
  }
  close(_cause: 'memory', reason: string): void {
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

test('who does not get on in its turn is closed, and the next one has a turn', () => {
  const clock = new ManualClock();
  const memory = new RequestMemory(100, clock);
  const [slow, next] = [new User(), new User()];
  memory.add(100);
  memory.mayRead(slow);
  memory.mayRead(next);
  slow.receivedBytes += 100;
  clock.advance(1000);
  assert.match(slow.closedWith!, /queued\.max\.request\.bytes=100/);
  memory.forget(slow);
  assert.equal(next.resumed, 1);
});

test('who gets on has ten seconds', () => {
  const clock = new ManualClock();
  const memory = new RequestMemory(100, clock);
  const user = new User();
  memory.add(100);
  memory.mayRead(user);
  for (let second = 1; second < 10; second++) {
    user.receivedBytes += 100_000;
    clock.advance(1000);
    assert.equal(user.closedWith, null, `after ${second} s`);
  }
  user.receivedBytes += 100_000;
  clock.advance(1000);
  assert.notEqual(user.closedWith, null);
});

test('those that hold little read on until the reserve is used up, and go on before the others', () => {
  const memory = new RequestMemory(100, new ManualClock());
  const [turn, large, small] = [new User(), new User(), new User()];
  small.heldBytes = 1000;
  memory.add(124);
  assert.equal(memory.mayRead(turn), true);
  assert.equal(memory.mayRead(large), false);
  assert.equal(memory.mayRead(small), true);
  memory.add(1);
  assert.equal(memory.mayRead(small), false);
  memory.add(-1);
  assert.deepEqual([large.resumed, small.resumed], [0, 1]);
  memory.add(-24);
  assert.deepEqual([large.resumed, small.resumed], [0, 1], 'used to the bound');
  memory.add(-1);
  assert.deepEqual([large.resumed, small.resumed], [1, 1]);
});
