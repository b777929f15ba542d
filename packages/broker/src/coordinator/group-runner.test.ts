import { test } from 'node:test';
import { fuzzGroupRunner } from './group-runner.fuzz.ts';

test('no reply leaves before what it promises is stored, whatever the store does', async () => {
  for (let seed = 1; seed <= 25; seed++) await fuzzGroupRunner(seed, 400);
});
