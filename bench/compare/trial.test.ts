import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trialRate, untilNoFaster } from './trial.ts';

test('runs grow until one takes half of the time', async () => {
  const runs: number[] = [];
  const rate = await trialRate(2, 100, 1e9, async (records) => {
    runs.push(records);
    return 5000;
  });
  assert.equal(rate, 5000);
  // 1600 records would take 0.32 s, 6400 take 1.28 s.
  assert.deepEqual(runs, [100, 400, 1600, 6400]);
});

test('no run is larger than may be', async () => {
  const runs: number[] = [];
  await trialRate(2, 100, 1000, async (records) => {
    runs.push(records);
    return 1e6;
  });
  assert.deepEqual(runs, [100, 400, 1000]);
});

test('rounds end when one is not clearly faster than all before', async () => {
  const rates = [10, 20, 21, 99];
  await untilNoFaster(async () => rates.shift()!);
  assert.deepEqual(rates, [99]);
});

test('rounds end when there were many', async () => {
  let rate = 1;
  await untilNoFaster(async () => {
    rate *= 2;
    return rate;
  });
  assert.equal(rate, 2 ** 8);
});
