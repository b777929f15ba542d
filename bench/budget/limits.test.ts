import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Figures, figuresOf, leastOf } from './figures.ts';
import { excesses, LIMITS } from './limits.ts';
import { workloads } from './workloads.ts';

const cost = {
  requests: 100,
  recordBytes: 1000,
  calls: new Map([
    ['read', 150],
    ['pwrite64', 20],
    ['pwritev', 5],
    ['fdatasync', 25],
  ]),
  handOvers: 300,
  heapBytes: 5000,
  scavenges: 2,
  markCompacts: 1,
  bufferBytesARequest: 7,
  copiedBytesARequest: 15,
};

const figures: Figures = {
  ...{ calls: 2, reads: 1.5, writes: 0, fileReads: 0, fileWrites: 0.25, syncs: 0.25, handOvers: 3 },
  ...{ copies: 1.5, bufferBytes: 7, heapBytes: 50, scavenges: 20, markCompacts: 10 },
};

test('figures are for a request, a byte of records, 1,000 requests', () => {
  assert.deepEqual(figuresOf(cost), figures);
});

test('what is above its limit is named with both; what is at its limit is not', () => {
  assert.deepEqual(excesses('tail', figures, { copies: 1.4, fileWrites: 0.25, calls: 1.5 }), [
    'tail: 1.5 copies of each byte of the records, where 1.4 are allowed.',
    'tail: 2 system calls a request, where 1.5 are allowed.',
  ]);
});

test('calls that were not counted pass no limit', () => {
  const uncounted = figuresOf({ ...cost, calls: null });
  assert.equal(uncounted.calls, null);
  assert.deepEqual(excesses('tail', uncounted, { calls: 1, syncs: 0.1 }), []);
});

test('of two counts the lesser is taken, figure by figure', () => {
  const other = { ...figures, calls: 1, copies: 2, syncs: null };
  assert.deepEqual(leastOf(figures, other), { ...figures, calls: 1, syncs: null });
});

test('each workload has limits, and nothing else has', () => {
  const names = workloads.map(({ name }) => name);
  assert.deepEqual(Object.keys(LIMITS), names);
});
