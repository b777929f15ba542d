import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoopTurn, type TurnUser } from './loop-turn.ts';

class World {
  nowMs = 1000;
  readonly #callbacks: (() => void)[] = [];
  readonly turn = new LoopTurn(
    () => this.nowMs,
    (callback) => this.#callbacks.push(callback),
  );
  /** What was begun, in order. */
  readonly begun: string[] = [];

  nextTurn(): void {
    for (const callback of this.#callbacks.splice(0)) callback();
  }

  /** A connection with `requests` waiting, each of which takes `costMs`. */
  client(name: string, requests: number, costMs: number): TurnUser {
    const user = {
      resumeReading: () => {
        while (requests > 0 && this.turn.mayBegin(user)) {
          requests--;
          this.nowMs += costMs;
          this.begun.push(name);
        }
      },
    };
    return user;
  }
}

test('a slice ends when its time is used up, and the rest follows in the next turns', () => {
  const world = new World();
  world.client('a', 25, 0.4).resumeReading();
  assert.equal(world.begun.length, 3);
  world.nextTurn();
  assert.equal(world.begun.length, 25, 'who is alone has slice after slice');
});

test('a turn ends when its time is used up', () => {
  const world = new World();
  world.client('a', 9, 4).resumeReading();
  assert.equal(world.begun.length, 1);
  world.nextTurn();
  assert.equal(world.begun.length, 4);
  world.nextTurn();
  assert.equal(world.begun.length, 7);
});

test('those that have much waiting take slices in turn with those that have little', () => {
  const world = new World();
  for (const name of ['a', 'b', 'c']) world.client(name, 3, 5).resumeReading();
  assert.deepEqual(world.begun, ['a', 'b'], 'the turn is over');
  for (let turn = 0; turn < 6; turn++) world.nextTurn();
  assert.deepEqual(world.begun, ['a', 'b', 'a', 'b', 'c', 'a', 'b', 'c', 'c']);
});

test('a connection that is gone is not resumed', () => {
  const world = new World();
  world.client('a', 1, 20).resumeReading();
  const gone = world.client('b', 1, 20);
  gone.resumeReading();
  world.turn.forget(gone);
  world.nextTurn();
  assert.deepEqual(world.begun, ['a']);
});
