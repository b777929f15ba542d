import assert from 'node:assert/strict';
import { test } from 'node:test';
import { murmur2 } from './murmur2.ts';
import { partitionOfKey, StickyPartitioner } from './partitioner.ts';

test("keys hash as with Kafka's own client", () => {
  // From org.apache.kafka.common.utils.Utils.murmur2 of kafka-clients 4.3.1.
  const known: readonly (readonly [string, number])[] = [
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ];
  for (const [text, hash] of known) assert.equal(murmur2(Buffer.from(text)), hash, text);
  assert.equal(partitionOfKey(Buffer.from('foobar'), 10), (-790332482 & 0x7fffffff) % 10);
});

test('records without a key stay in a partition for a batch, then change', () => {
  const sticky = new StickyPartitioner(100, () => 0);
  const chosen = Array.from({ length: 6 }, () => sticky.next([0, 1, 2], 50));
  assert.deepEqual(chosen, [0, 0, 1, 1, 0, 0]);
  assert.equal(sticky.next([2], 50), 2);
  assert.deepEqual(
    [1, 2, 3].map(() => sticky.next([2], 100)),
    [2, 2, 2],
  );
});
