import { test } from 'node:test';
import { fuzzRecords } from './records.fuzz.ts';

test('no bytes make the batch checks, the cursor or the decompressors fail in their own way', () => {
  for (let seed = 0; seed < 5; seed++) fuzzRecords(seed, 300);
});
