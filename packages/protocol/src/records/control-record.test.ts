import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MalformedError } from '../malformed-error.ts';
import * as header from './batch-header.ts';
import { buildControlBatch, parseControlRecord } from './control-record.ts';
import { records } from './record-cursor.ts';

function record(key: string | null, value: string | null) {
  const bytes = (hex: string | null) => (hex === null ? null : Buffer.from(hex, 'hex'));
  return { offset: 0, timestampMs: 0, key: bytes(key), value: bytes(value), headers: [] };
}

test('markers are written as the format says and read back', () => {
  for (const result of ['commit', 'abort'] as const) {
    const batch = buildControlBatch({
      result,
      coordinatorEpoch: 17,
      producerId: 4000,
      producerEpoch: 2,
      timestampMs: 123,
      baseOffset: 9,
    });
    assert.equal(header.checkBatch(batch, 0, batch.length), null);
    assert.equal(header.attributes(batch, 0), 0x30);
    assert.equal(header.producerId(batch, 0), 4000);
    assert.equal(header.producerEpoch(batch, 0), 2);
    assert.equal(header.baseSequence(batch, 0), -1);
    const all = [...records(batch, 0, 1000)];
    assert.equal(all.length, 1);
    const [only] = all;
    assert.ok(only);
    assert.equal(only.offset, 9);
    assert.equal(only.timestampMs, 123);
    assert.equal(only.key?.toString('hex'), result === 'commit' ? '00000001' : '00000000');
    assert.equal(only.value?.toString('hex'), '000000000011');
    assert.deepEqual(parseControlRecord(only), { result, coordinatorEpoch: 17 });
  }
});

test('later versions, with more fields behind, are read', () => {
  assert.deepEqual(parseControlRecord(record('00010001ff', '000100000005ff')), {
    result: 'commit',
    coordinatorEpoch: 5,
  });
});

test('other kinds of control record are passed over', () => {
  assert.equal(parseControlRecord(record('00000002', null)), null);
});

test('what is no control record is refused', () => {
  for (const [key, value] of [
    [null, '000000000000'],
    ['000000', '000000000000'],
    ['ffff0000', '000000000000'],
    ['00000000', null],
    ['00000000', '0000000000'],
    ['00000001', 'ffff00000000'],
  ] as const) {
    assert.throws(() => parseControlRecord(record(key, value)), MalformedError);
  }
});
