import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaderEpochs } from './leader-epochs.ts';

const STARTS = [
  { epoch: 0, startOffset: 0 },
  { epoch: 2, startOffset: 10 },
  { epoch: 3, startOffset: 20 },
];

test('where the log begins anew, its epoch begins, and what was before is forgotten', () => {
  for (const [offset, expected] of [
    [0, STARTS],
    [5, [{ epoch: 0, startOffset: 5 }, ...STARTS.slice(1)]],
    [10, STARTS.slice(1)],
    [15, [{ epoch: 2, startOffset: 15 }, STARTS[2]]],
    [20, [STARTS[2]]],
    [99, [{ epoch: 3, startOffset: 99 }]],
  ] as const) {
    const epochs = new LeaderEpochs(STARTS);
    epochs.dropBefore(offset);
    assert.deepEqual(epochs.starts, expected, `${offset}`);
    assert.equal(epochs.latest, 3);
  }
});

test('an epoch that is forgotten ended where the log begins', () => {
  const epochs = new LeaderEpochs(STARTS);
  epochs.dropBefore(15);
  assert.deepEqual(epochs.endOffsetFor(0, 30), { leaderEpoch: 0, endOffset: 15 });
  assert.deepEqual(epochs.endOffsetFor(2, 30), { leaderEpoch: 2, endOffset: 20 });
  assert.deepEqual(epochs.endOffsetFor(3, 30), { leaderEpoch: 3, endOffset: 30 });
});

test('an epoch that begins before all that is left is not the first', () => {
  const epochs = new LeaderEpochs([{ epoch: 4, startOffset: 10 }]);
  epochs.dropBefore(5);
  assert.deepEqual(epochs.starts, [{ epoch: 4, startOffset: 10 }]);
});
