import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BatchBuilder, type BatchOptions, type NewRecord } from './batch-builder.ts';
import * as header from './batch-header.ts';
import { Compression } from './compression/compression.ts';
import { records } from './record-cursor.ts';

const MAX_BYTES = 1 << 24;

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const nullableBytes = fc.option(bytes, { freq: 3 });
/** Without it, some objects have no prototype, and deepEqual tells them apart. */
const PLAIN = { noNullPrototype: true };
const newRecord: fc.Arbitrary<Required<NewRecord>> = fc.record(
  {
    timestampMs: fc.oneof(fc.constant(-1), fc.nat(2 ** 42), fc.nat(1000)),
    key: nullableBytes,
    value: nullableBytes,
    headers: fc.array(
      fc.record({ key: fc.string({ unit: 'grapheme' }), value: nullableBytes }, PLAIN),
      {
        maxLength: 3,
      },
    ),
  },
  PLAIN,
);

test('a batch by hand: every byte is where the format puts it', () => {
  const builder = new BatchBuilder({ producerId: 5, producerEpoch: 1, baseSequence: 9 });
  builder.add({
    timestampMs: 1000,
    key: Buffer.from('k'),
    value: Buffer.from('vv'),
    headers: [{ key: 'h', value: null }],
  });
  builder.add({ timestampMs: 900, key: null, value: null });
  const golden = Buffer.from(
    [
      '0000000000000000', // base offset
      '00000046', // length: 70 bytes after this field
      'ffffffff', // leader epoch
      '02', // magic
      '00000000', // CRC
      '0000', // attributes
      '00000001', // last offset delta
      '00000000000003e8', // base timestamp
      '00000000000003e8', // max timestamp
      '0000000000000005', // producer id
      '0001', // producer epoch
      '00000009', // base sequence
      '00000002', // record count
      '18', // record of 12 bytes
      '00' + '00' + '00', // attributes, timestamp delta, offset delta
      '02' + '6b', // key
      '04' + '7676', // value
      '02' + '02' + '68' + '01', // one header, its key, null
      '0e', // record of 7 bytes
      '00' + 'c701' + '02', // timestamp delta -100
      '01' + '01', // null key and value
      '00', // no headers
    ].join(''),
    'hex',
  );
  header.setCrc(golden, 0);
  assert.equal(builder.build().toString('hex'), golden.toString('hex'));
});

for (const [name, codec] of Object.entries(Compression)) {
  test(`what is built with ${name} is valid and reads back`, () => {
    fc.assert(
      fc.property(
        fc.array(newRecord, { minLength: 1, maxLength: 20 }),
        fc.nat(2 ** 40),
        fc.boolean(),
        (added, baseOffset, transactional) => {
          const options: BatchOptions = { codec, baseOffset, transactional, producerId: 7 };
          const builder = new BatchBuilder(options);
          for (const record of added) builder.add(record);
          const batch = builder.build();
          assert.equal(header.checkBatch(batch, 0, batch.length), null);
          assert.equal(header.lastOffset(batch, 0), baseOffset + added.length - 1);
          assert.equal(header.maxTimestamp(batch, 0), Math.max(...added.map((r) => r.timestampMs)));
          const expected = added.map((record, index) => ({
            offset: baseOffset + index,
            ...record,
          }));
          assert.deepEqual([...records(batch, 0, MAX_BYTES)], expected);
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });
}

test('options arrive in the header', () => {
  const builder = new BatchBuilder({
    codec: Compression.zstd,
    level: 1,
    baseOffset: 44,
    partitionLeaderEpoch: 3,
    producerId: 12,
    producerEpoch: 4,
    baseSequence: 0x7fffffff,
    transactional: true,
  });
  builder.add({ timestampMs: 5 });
  builder.add({ timestampMs: 6 });
  const batch = builder.build();
  assert.equal(header.attributes(batch, 0), 0x14);
  assert.equal(header.baseOffset(batch, 0), 44);
  assert.equal(header.partitionLeaderEpoch(batch, 0), 3);
  assert.equal(header.producerId(batch, 0), 12);
  assert.equal(header.producerEpoch(batch, 0), 4);
  assert.equal(header.baseSequence(batch, 0), 0x7fffffff);
  assert.equal(header.lastSequence(batch, 0), 0);
});

test('a producer sends what a log accepts', () => {
  const builder = new BatchBuilder();
  builder.add({ timestampMs: 5 });
  assert.equal(header.checkProducedBatch(builder.build(), 0), null);
});

test('the size before compression is known while it grows', () => {
  const builder = new BatchBuilder();
  assert.equal(builder.sizeBytes, 61);
  for (let index = 0; index < 100; index++) {
    builder.add({ timestampMs: 1, value: Buffer.alloc(100) });
  }
  assert.equal(builder.recordCount, 100);
  assert.equal(builder.sizeBytes, builder.build().length);
});

test('a record that does not fit leaves the batch as it was', () => {
  const builder = new BatchBuilder();
  for (const timestampMs of [Number.NaN, 0.5, 2 ** 53]) {
    assert.throws(() => builder.add({ timestampMs }), RangeError);
  }
  builder.add({ timestampMs: Number.MAX_SAFE_INTEGER });
  assert.throws(() => builder.add({ timestampMs: -1 }), RangeError);
  const [only, ...others] = records(builder.build(), 0, MAX_BYTES);
  assert.equal(only?.timestampMs, Number.MAX_SAFE_INTEGER);
  assert.deepEqual(others, []);
});

test('refuses to build nothing, and to build or add after the end', () => {
  const builder = new BatchBuilder();
  assert.throws(() => builder.build(), /at least one record/);
  builder.add({ timestampMs: 1 });
  builder.build();
  assert.throws(() => builder.build(), /built already/);
  assert.throws(() => builder.add({ timestampMs: 1 }), /built already/);
});
