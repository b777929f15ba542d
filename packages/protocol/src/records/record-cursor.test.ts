import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MalformedError } from '../malformed-error.ts';
import { BatchBuilder } from './batch-builder.ts';
import * as header from './batch-header.ts';
import { Compression } from './compression/compression.ts';
import { CompressionError } from './compression/compression-error.ts';
import { RecordCursor, records } from './record-cursor.ts';

const MAX_BYTES = 1 << 20;
/** Attributes, timestamp delta and offset delta 0, null key, null value, no headers. */
const BODY = '000000010100';

function builtBatch(codec: number = Compression.none): Buffer {
  const builder = new BatchBuilder({ codec, baseOffset: 100 });
  builder.add({ timestampMs: 1000, key: Buffer.from('a'), value: Buffer.from('first') });
  builder.add({ timestampMs: 1007, value: Buffer.from('second') });
  builder.add({ timestampMs: 999, headers: [{ key: 'x', value: Buffer.from('y') }] });
  return builder.build();
}

/** A batch of `count` records at offset 100 whose records are the bytes given. */
function handMade(recordsHex: string, count: number, lastOffsetDelta = 9): Buffer {
  const start = builtBatch().subarray(0, header.BATCH_HEADER_BYTES);
  const batch = Buffer.concat([start, Buffer.from(recordsHex, 'hex')]);
  batch.writeInt32BE(batch.length - header.BATCH_OVERHEAD_BYTES, 8);
  batch.writeInt32BE(lastOffsetDelta, 23);
  batch.writeInt32BE(count, 57);
  header.setCrc(batch, 0);
  return batch;
}

function summary(batch: Buffer): string[] {
  return [...records(batch, 0, MAX_BYTES)].map((r) => `${r.offset}@${r.timestampMs} ${r.value}`);
}

describe('cursor', () => {
  for (const [name, codec] of Object.entries(Compression)) {
    test(`gives offsets and timestamps without reading records (${name})`, () => {
      const cursor = new RecordCursor(builtBatch(codec), 0, MAX_BYTES);
      const seen: [number, number][] = [];
      while (cursor.next()) seen.push([cursor.offset, cursor.timestampMs]);
      assert.deepEqual(seen, [
        [100, 1000],
        [101, 1007],
        [102, 999],
      ]);
      assert.equal(cursor.next(), false);
    });
  }

  test('reads any of the records, whole, and as often as asked', () => {
    const cursor = new RecordCursor(builtBatch(), 0, MAX_BYTES);
    cursor.next();
    cursor.next();
    cursor.next();
    const expected = {
      offset: 102,
      timestampMs: 999,
      key: null,
      value: null,
      headers: [{ key: 'x', value: Buffer.from('y') }],
    };
    assert.deepEqual(cursor.read(), expected);
    assert.deepEqual(cursor.read(), expected);
  });

  test('keys and values are views on the batch', () => {
    const batch = builtBatch();
    const [first] = records(batch, 0, MAX_BYTES);
    assert.equal(first?.key?.buffer, batch.buffer);
    assert.equal(first?.value?.buffer, batch.buffer);
  });

  test('reads the batch where it stands, between others', () => {
    const batch = builtBatch();
    const log = Buffer.concat([batch, batch, batch]);
    header.setBaseOffset(log, batch.length, 500);
    const offsets = [...records(log, batch.length, MAX_BYTES)].map((record) => record.offset);
    assert.deepEqual(offsets, [500, 501, 502]);
  });
});

describe('timestamps', () => {
  test('all are the maximum with log append time', () => {
    const batch = builtBatch();
    header.setLogAppendTime(batch, 0, 5555);
    assert.deepEqual(summary(batch), ['100@5555 first', '101@5555 second', '102@5555 null']);
  });
});

describe('batches after compaction', () => {
  test('keep the offsets of the records that are left', () => {
    const later = '0c' + '00000a010100';
    assert.deepEqual(summary(handMade(`0c${BODY}${later}`, 2)), ['100@1000 null', '105@1000 null']);
  });

  test('may have none left', () => {
    const empty = handMade('', 0);
    assert.equal(header.checkBatch(empty, 0, empty.length), null);
    assert.deepEqual(summary(empty), []);
  });
});

describe('hostile bytes', () => {
  const refused: [string, string, number][] = [
    ['fewer records than counted', `0c${BODY}`, 2],
    ['a count without records', '', 0x7fffffff],
    ['more records than counted', `0c${BODY}0c${BODY.replace('000000', '000002')}`, 1],
    ['a negative record length', `0b${BODY}`, 1],
    ['a record length of zero', '00', 1],
    ['a record longer than the batch', `0e${BODY}`, 1],
    ['a record shorter than its fields', `04${BODY}`, 1],
    ['bytes after a record', `0e${BODY}00`, 1],
    ['a varint without end', 'ffffffffffff', 1],
    ['a timestamp delta without end', `18${'00'}${'ff'.repeat(11)}`, 1],
    ['a timestamp delta past 2^53', `1e00${'ff'.repeat(9)}0100010100`, 1],
    ['a timestamp past 2^53', `1a00feffffffffffff1f00010100`, 1],
    ['the same offset twice', `0c${BODY}0c${BODY}`, 2],
    ['a negative offset delta', '0c000001010100', 1],
    ['an offset past the last', '0c000014010100', 1],
    ['a key length of -2', '0c000000030100', 1],
    ['a key longer than the record', '0c000000640100', 1],
    ['a value longer than the record', '0c000000016400', 1],
    ['a negative count of headers', '0c000000010101', 1],
    ['more headers than bytes', '0c000000010102', 1],
    ['a header without a key', '10000000010102' + '0101', 1],
  ];
  for (const [name, hex, count] of refused) {
    test(`are refused: ${name}`, () => {
      const batch = handMade(hex, count);
      assert.throws(() => [...records(batch, 0, MAX_BYTES)], MalformedError);
    });
  }

  test('a negative length is refused as such: it would lead back to bytes that were read', () => {
    const batch = handMade('0c000000030100', 1);
    assert.throws(() => [...records(batch, 0, MAX_BYTES)], /expected length of bytes .* found -2/);
  });

  test('a record never reaches into the next one', () => {
    // The first record's value claims the first byte of the second record as its own.
    const batch = handMade(
      '0e' + '000000' + '01' + '0461' + '0e' + '000002' + '01' + '0261' + '00',
      2,
    );
    assert.throws(() => [...records(batch, 0, MAX_BYTES)], MalformedError);
  });

  test('a batch that unfolds past the bound is refused before it is read', () => {
    for (const codec of Object.values(Compression)) {
      const builder = new BatchBuilder({ codec });
      builder.add({ timestampMs: 0, value: Buffer.alloc(1 << 20) });
      const batch = builder.build();
      assert.throws(() => new RecordCursor(batch, 0, 1 << 20), CompressionError);
      assert.equal([...records(batch, 0, 2 << 20)][0]?.value?.length, 1 << 20);
    }
  });
});
