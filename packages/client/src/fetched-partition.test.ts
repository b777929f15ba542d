import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchBuilder, buildControlBatch, Compression } from '@millrace/protocol';
import { FetchedPartition, type FetchedPartitionInit } from './fetched-partition.ts';

interface BatchInit {
  readonly baseOffset: number;
  readonly values: readonly string[];
  readonly producerId?: number;
  readonly codec?: number;
}

function batch({ baseOffset, values, producerId, codec }: BatchInit): Buffer {
  const isTransactional = producerId !== undefined;
  const builder = new BatchBuilder({
    baseOffset,
    codec: codec ?? Compression.none,
    transactional: isTransactional,
    ...(isTransactional ? { producerId, producerEpoch: 0, baseSequence: 0 } : {}),
  });
  for (const value of values) builder.add({ timestampMs: 1000, value: Buffer.from(value) });
  return builder.build();
}

function marker(baseOffset: number, producerId: number, result: 'commit' | 'abort'): Buffer {
  const of = { baseOffset, producerId, producerEpoch: 0, timestampMs: 1000 };
  return buildControlBatch({ ...of, result, coordinatorEpoch: 0 });
}

function fetched(batches: readonly Buffer[], init: Partial<FetchedPartitionInit> = {}) {
  return new FetchedPartition({
    topic: 't',
    partition: 0,
    fetchOffset: 0,
    highWatermark: 100,
    isolation: 'read_uncommitted',
    bytes: Buffer.concat(batches),
    abortedTransactions: [],
    ...init,
  });
}

const valuesOf = (data: FetchedPartition) => [...data.records()].map(({ value }) => String(value));

test('records are read from the offset asked for, out of the middle of a batch as well', () => {
  const batches = [
    batch({ baseOffset: 0, values: ['a', 'b', 'c'], codec: Compression.zstd }),
    batch({ baseOffset: 3, values: ['d'] }),
  ];
  const data = fetched(batches, { fetchOffset: 1 });
  assert.deepEqual(valuesOf(data), ['b', 'c', 'd']);
  assert.equal(data.nextOffset, 4);
});

test('a batch that is cut off at the end is left to the next fetch', () => {
  const whole = batch({ baseOffset: 0, values: ['a'] });
  const cut = batch({ baseOffset: 1, values: ['b'] });
  for (const length of [5, 20, cut.length - 1]) {
    const data = fetched([whole, cut.subarray(0, length)]);
    assert.deepEqual(valuesOf(data), ['a']);
    assert.equal(data.nextOffset, 1);
  }
});

test('markers are left out, and with read_committed what was aborted', () => {
  const batches = [
    batch({ baseOffset: 0, values: ['aborted 1'], producerId: 7 }),
    batch({ baseOffset: 1, values: ['committed'], producerId: 8 }),
    batch({ baseOffset: 2, values: ['aborted 2'], producerId: 7 }),
    batch({ baseOffset: 3, values: ['plain'] }),
    marker(4, 7, 'abort'),
    marker(5, 8, 'commit'),
    batch({ baseOffset: 6, values: ['the next one of 7'], producerId: 7 }),
    marker(7, 7, 'commit'),
    batch({ baseOffset: 8, values: ['aborted 3'], producerId: 7 }),
    marker(9, 7, 'abort'),
  ];
  const abortedTransactions = [
    { producerId: 7, firstOffset: 8 },
    { producerId: 7, firstOffset: 0 },
  ];
  const data = fetched(batches, { isolation: 'read_committed', abortedTransactions });
  assert.deepEqual(valuesOf(data), ['committed', 'plain', 'the next one of 7']);
  assert.equal(data.nextOffset, 10);
  assert.equal(valuesOf(fetched(batches, { abortedTransactions })).length, 6);
});

test('an answer of nothing but a marker moves on', () => {
  const data = fetched([marker(4, 7, 'abort')], { fetchOffset: 4 });
  assert.deepEqual(valuesOf(data), []);
  assert.equal(data.nextOffset, 5);
});

test('damage is an error at its batch, not before', () => {
  const good = batch({ baseOffset: 0, values: ['a'] });
  const bad = batch({ baseOffset: 1, values: ['b'] });
  bad[bad.length - 3]! ^= 1;
  const records = fetched([good, bad]).records();
  assert.equal(String(records.next().value?.value), 'a');
  assert.throws(() => records.next(), {
    code: 'CORRUPT_MESSAGE',
    message: /t-0: the batch at offset 1 cannot be read: .*CRC/,
  });
  const old = batch({ baseOffset: 0, values: ['a'] });
  old[16] = 1;
  assert.throws(() => fetched([old]), /before Kafka 0\.11/);
  assert.throws(() => fetched([good.subarray(0, 30)]), { code: 'CORRUPT_MESSAGE' });
});
