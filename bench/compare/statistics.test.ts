import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, ratioOfPairs } from './statistics.ts';

test('the median is the middle one, or the mean of the two in the middle', () => {
  assert.equal(median([10, 2, 9]), 9);
  assert.equal(median([10, 2, 9, 1]), 5.5);
  assert.equal(median([]), Number.NaN);
});

test('ratios are those of pairs, not of medians', () => {
  // Machine twice as fast in the second pair: both rates double, and the ratio stays.
  assert.deepEqual(ratioOfPairs([10, 20, 30], [5, 10, 10]), {
    median: 2,
    min: 2,
    max: 3,
    pairs: 3,
  });
});

test('a pair of which one run is missing does not count', () => {
  assert.deepEqual(ratioOfPairs([null, 6, 4, 1], [1, 2, null, 0]), {
    ...{ median: 3, min: 3, max: 3, pairs: 1 },
  });
  assert.equal(ratioOfPairs([null], [1]), null);
  assert.equal(ratioOfPairs([1], []), null);
});
