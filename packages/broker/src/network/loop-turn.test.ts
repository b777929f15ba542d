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

test('a turn ends when its time is used up, and the rest follows in the next ones', () => {
  const world = new World();
  const client = world.client('a', 7, 4);
  client.resumeReading();
  assert.equal(world.begun.length, 3);
  world.nextTurn();
  assert.equal(world.begun.length, 6);
  world.nextTurn();
  world.nextTurn();
  assert.equal(world.begun.length, 7);
});

test('who comes in a turn that is used up waits behind those before, and all go on by turns', () => {
  const world = new World();
  for (const name of ['a', 'b', 'c']) world.client(name, 2, 20).resumeReading();
  assert.deepEqual(world.begun, ['a']);
  for (let turn = 0; turn < 6; turn++) world.nextTurn();
  assert.deepEqual(world.begun, ['a', 'a', 'b', 'c', 'b', 'c']);
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
