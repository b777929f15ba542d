import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from './arguments.ts';
import { scenarios } from './scenarios/index.ts';

const NOON = new Date('2026-11-30T12:00:00Z');
const parse = (...args: string[]) => parseArguments(args, scenarios, NOON);
const names = (...args: string[]) => parse(...args).scenarios.map(({ name }) => name);

test('without arguments it is everything, five times', () => {
  const { pairs, seconds, out, from } = parse();
  assert.deepEqual([pairs, seconds, from], [5, 5, null]);
  assert.match(out, /bench\/results\/compare-2026-11-30T1200$/);
  assert.equal(names().length, scenarios.length);
});

test('scenarios are chosen by name, group and pattern, and keep their order', () => {
  assert.deepEqual(names('--only=start,produce-1k'), ['produce-1k', 'start']);
  assert.deepEqual(names('--only=tail'), ['tail-java', 'tail-kcat', 'tail-kcat-10']);
  assert.deepEqual(names('--only=*-synced'), [
    ...['produce-synced', 'latency-synced', 'producers-100-synced'],
  ]);
});

test('to try it, one pair of short runs of a few', () => {
  const { pairs, seconds } = parse('--quick');
  assert.deepEqual([pairs, seconds], [1, 2]);
  assert.ok(names('--quick').length < 10);
  assert.equal(parse('--quick', '--pairs=2').pairs, 2);
});

test('what is not known is refused', () => {
  assert.throws(() => parse('--only=produce-1k,nothing'), /there is no scenario nothing/);
  assert.throws(() => parse('--pears=5'), /--pears=5 is not known/);
  assert.throws(() => parse('--pairs=no'), /a number above 0/);
  assert.throws(() => parse('--seconds=0'), /a number above 0/);
});

test('names of scenarios are their own', () => {
  const all = scenarios.map(({ name }) => name);
  assert.equal(new Set(all).size, all.length);
  for (const { name, group } of scenarios) {
    assert.ok(name === group || !scenarios.some((other) => other.group === name), name);
  }
});
