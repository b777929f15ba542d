import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoopTurn, TurnDebt, type TurnUser } from './loop-turn.ts';

class World {
  nowMs = 1000;
  readonly #callbacks: (() => void)[] = [];
  readonly turn = new LoopTurn(
    () => this.nowMs,
    (callback) => this.#callbacks.push(callback),
  );
  /** What was begun, in order. */
  readonly begun: string[] = [];

  /** True when there is none, because nobody waits for it. */
  nextTurn(): boolean {
    const callbacks = this.#callbacks.splice(0);
    for (const callback of callbacks) callback();
    return callbacks.length === 0;
  }

  /** A connection with `requests` waiting, each of which takes `costMs`. */
  client(name: string, requests: number, costMs: number): TurnUser {
    const user = {
      debt: new TurnDebt(),
      resumeReading: () => {
        while (requests > 0 && this.turn.mayBegin(user)) {
          requests--;
          const startedMs = this.nowMs;
          this.nowMs += costMs;
          this.turn.used(user, startedMs);
          this.begun.push(name);
        }
      },
    };
    return user;
  }

  /** What is begun in one more turn. */
  begunInNextTurn(): string[] {
    this.begun.length = 0;
    this.nextTurn();
    return [...this.begun];
  }
}

test('a slice ends when its time is used up, and the rest follows in the next turn', () => {
  const world = new World();
  world.client('a', 25, 0.25).resumeReading();
  assert.equal(world.begun.length, 4);
  world.nextTurn();
  assert.equal(world.begun.length, 25, 'who is alone has slice after slice');
});

test('a turn ends when its time is used up', () => {
  const world = new World();
  for (let index = 0; index < 12; index++) world.client(`${index}`, 2, 1.5).resumeReading();
  assert.equal(world.begun.length, 7);
  assert.equal(world.begunInNextTurn().length, 7);
});

test('those that have much waiting take slices in turn with those that have little', () => {
  const world = new World();
  for (const name of ['a', 'b', 'c']) world.client(name, 3, 1).resumeReading();
  assert.deepEqual(world.begun, ['a', 'b', 'c']);
  assert.deepEqual(world.begunInNextTurn(), ['a', 'b', 'c', 'a', 'b', 'c']);
});

test('costly requests come behind all others, one after the other, and one in every turn', () => {
  const world = new World();
  for (const name of ['A', 'B', 'C']) world.client(name, 5, 50).resumeReading();
  assert.deepEqual(world.begun, ['A'], 'nothing is known of them at first, and the turn is over');
  assert.deepEqual(world.begunInNextTurn(), ['B', 'A']);
  assert.deepEqual(world.begunInNextTurn(), ['C', 'B']);
  const costly = ['A', 'C', 'B'];
  for (let turn = 0; turn < 9; turn++) {
    world.client('a', 1, 0.1).resumeReading();
    world.client('b', 1, 0.1).resumeReading();
    assert.deepEqual(world.begunInNextTurn(), ['a', 'b', costly[turn % 3]]);
  }
});

test('who is slow but once does not wait for all that always are', () => {
  const world = new World();
  for (let index = 0; index < 50; index++) world.client('A', 100, 50).resumeReading();
  for (let turn = 0; turn < 60; turn++) world.nextTurn();
  const unlucky = world.client('a', 2, 5);
  unlucky.debt.add(5, world.nowMs);
  unlucky.resumeReading();
  const turns = [1, 2, 3].flatMap(() => world.begunInNextTurn());
  assert.deepEqual(turns.sort(), ['A', 'a', 'a']);
});

test('who sends costly requests has the loop alone while nobody else has anything waiting', () => {
  const world = new World();
  world.client('a', 20, 5).resumeReading();
  for (let count = 2; count <= 20; count++) {
    world.nextTurn();
    assert.equal(world.begun.length, count);
  }
  world.nextTurn();
  assert.equal(world.nextTurn(), true, 'no turn is asked for when nothing waits');
});

test('who waits keeps its place when its debt is forgiven meanwhile', () => {
  const world = new World();
  const costly = world.client('A', 2, 50);
  costly.resumeReading();
  world.client('B', 1, 50).resumeReading();
  world.nowMs += 100_000;
  costly.resumeReading();
  assert.deepEqual(world.begun, ['A'], 'it would pass by B');
  assert.deepEqual(world.begunInNextTurn(), ['B', 'A']);
});

test('cheap requests make no debt, costly ones make one that is forgiven with time', () => {
  const debt = new TurnDebt();
  for (let count = 0; count < 1000; count++) debt.add(0.25, 1000);
  assert.equal(debt.at(1000), 0);
  debt.add(10.25, 1000);
  assert.equal(debt.at(1000), 10);
  assert.equal(debt.at(1200), 9);
  debt.add(1.25, 1200);
  assert.equal(debt.at(1200), 10);
  assert.equal(debt.at(10_000), 0);
  debt.add(1_000_000, 10_000);
  assert.equal(debt.at(30_000), 0, 'there is a largest one');
});

test('a connection that is gone is not resumed', () => {
  const world = new World();
  world.client('a', 1, 20).resumeReading();
  const gone = world.client('b', 1, 20);
  gone.resumeReading();
  world.turn.forget(gone);
  world.nextTurn();
  const heavy = world.client('c', 2, 20);
  heavy.resumeReading();
  world.turn.forget(heavy);
  world.nextTurn();
  assert.deepEqual(world.begun, ['a', 'c']);
});

test('who is alone has no debt to wait for, and a longer slice; another client ends that', () => {
  const world = new World();
  const alone = world.client('a', 1000, 1.5);
  alone.resumeReading();
  // It has the loop to itself for as long as it takes to be sure of it.
  while (world.begun.length < 14) world.nextTurn();
  assert.ok(alone.debt.at(world.nowMs) >= 8);
  world.nowMs += 50;
  world.begun.length = 0;
  world.turn.forget(alone);
  alone.resumeReading();
  assert.equal(world.begun.length, 0, 'one that comes new is not known to be alone');
  world.nowMs += 50;
  assert.equal(world.begunInNextTurn().length, 3, 'up to 4 ms of it in a turn');
  world.client('b', 1, 0.1).resumeReading();
  assert.deepEqual(world.begun.at(-1), 'b');
  assert.equal(world.begunInNextTurn().length, 2, 'what those with a debt have of a turn');
});
