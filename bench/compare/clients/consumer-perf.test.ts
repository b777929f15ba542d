import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchedRecordsPerSecond } from './consumer-perf.ts';

const OUTPUT = `start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec
2026-11-30 16:20:40:240, 2026-11-30 16:20:49:206, 976.5625, 108.9184, 1000000, 111532.4559, 3759, 5207, 187.5480, 192049.1646
`;

test('the rate is that of fetching, without the time in which the group came together', () => {
  assert.equal(fetchedRecordsPerSecond(OUTPUT, 1_000_000), 192049.1646);
});

test('who read less than it should has no rate', () => {
  assert.throws(() => fetchedRecordsPerSecond(OUTPUT, 1_000_001), /did not read 1000001 records/);
  assert.throws(() => fetchedRecordsPerSecond('', 1), /did not read 1 records/);
});
