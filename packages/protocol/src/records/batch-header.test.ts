import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as header from './batch-header.ts';

/** One record, written by hand: every field has a value of its own, so that mixed-up positions show. */
const GOLDEN = Buffer.from(
  [
    '0000000000000102', // base offset 258
    '0000003e', // length 62
    '00000007', // leader epoch
    '02', // magic
    '00000000', // CRC, set below
    '0012', // attributes: snappy, transactional
    '00000003', // last offset delta
    '00000190e8ea2d00', // base timestamp
    '00000190e8ea2d05', // max timestamp
    '0000000000000309', // producer id 777
    '000b', // producer epoch 11
    '7ffffffe', // base sequence
    '00000004', // record count
    '00112233445566778899aabbcc', // what stands for compressed records
  ].join(''),
  'hex',
);
header.setCrc(GOLDEN, 0);

/** The golden batch between other bytes, changed by `change`; the CRC is made right again when asked. */
function batch(change: (bytes: Buffer) => void = () => {}, crc: 'keep' | 'mend' = 'mend') {
  const bytes = Buffer.from(GOLDEN);
  change(bytes);
  if (crc === 'mend') header.setCrc(bytes, 0);
  return { buffer: Buffer.concat([Buffer.alloc(5, 0xee), bytes, Buffer.alloc(9, 0xee)]), at: 5 };
}

function check(change: (bytes: Buffer) => void, crc: 'keep' | 'mend' = 'mend'): string | null {
  const { buffer, at } = batch(change, crc);
  return header.checkBatch(buffer, at, at + GOLDEN.length);
}

describe('fields', () => {
  const { buffer, at } = batch();

  test('are read from their places', () => {
    assert.equal(header.baseOffset(buffer, at), 258);
    assert.equal(header.batchLength(buffer, at), 62);
    assert.equal(header.batchSizeBytes(buffer, at), GOLDEN.length);
    assert.equal(header.partitionLeaderEpoch(buffer, at), 7);
    assert.equal(header.magic(buffer, at), 2);
    assert.equal(header.attributes(buffer, at), 0x12);
    assert.equal(header.lastOffsetDelta(buffer, at), 3);
    assert.equal(header.lastOffset(buffer, at), 261);
    assert.equal(header.baseTimestamp(buffer, at), 0x190e8ea2d00);
    assert.equal(header.maxTimestamp(buffer, at), 0x190e8ea2d05);
    assert.equal(header.producerId(buffer, at), 777);
    assert.equal(header.producerEpoch(buffer, at), 11);
    assert.equal(header.baseSequence(buffer, at), 0x7ffffffe);
    assert.equal(header.recordCount(buffer, at), 4);
  });

  test('the last sequence wraps after 2^31 - 1', () => {
    assert.equal(header.lastSequence(buffer, at), 1);
    assert.equal(header.addToSequence(0x7ffffffe, 1), 0x7fffffff);
    assert.equal(header.addToSequence(0x7fffffff, 1), 0);
    const without = batch((bytes) => bytes.writeInt32BE(-1, 53));
    assert.equal(header.lastSequence(without.buffer, without.at), -1);
  });

  test('attributes are told apart', () => {
    assert.equal(header.compressionCodec(0x7c), 4);
    for (const [bit, read] of [
      [0x08, header.isLogAppendTime],
      [0x10, header.isTransactional],
      [0x20, header.isControl],
      [0x40, header.hasDeleteHorizon],
    ] as const) {
      assert.equal(read(bit), true);
      assert.equal(read(~bit), false);
    }
  });
});

describe('setters', () => {
  test('base offset and leader epoch leave the batch valid', () => {
    const { buffer, at } = batch();
    header.setBaseOffset(buffer, at, 2 ** 40 + 1);
    header.setPartitionLeaderEpoch(buffer, at, 99);
    assert.equal(header.baseOffset(buffer, at), 2 ** 40 + 1);
    assert.equal(header.partitionLeaderEpoch(buffer, at), 99);
    assert.equal(header.checkBatch(buffer, at, buffer.length), null);
  });

  test('the producer can be set, and the CRC follows', () => {
    const { buffer, at } = batch();
    header.setProducer(buffer, at, 4_000_000_001, 3, 5);
    assert.equal(header.producerId(buffer, at), 4_000_000_001);
    assert.equal(header.producerEpoch(buffer, at), 3);
    assert.equal(header.baseSequence(buffer, at), 5);
    assert.equal(header.recordCount(buffer, at), 4);
    assert.equal(header.checkBatch(buffer, at, at + GOLDEN.length), null);
  });

  test('log append time sets the bit, the maximum timestamp and the CRC, and nothing else', () => {
    const { buffer, at } = batch();
    const before = Buffer.from(buffer);
    header.setLogAppendTime(buffer, at, 1_700_000_000_123);
    assert.equal(header.attributes(buffer, at), 0x1a);
    assert.equal(header.maxTimestamp(buffer, at), 1_700_000_000_123);
    assert.equal(header.baseTimestamp(buffer, at), 0x190e8ea2d00);
    assert.equal(header.checkBatch(buffer, at, buffer.length), null);
    buffer.copy(before, at + 17, at + 17, at + 23);
    buffer.copy(before, at + 35, at + 35, at + 43);
    assert.deepEqual(buffer, before);
  });
});

describe('checkBatch', () => {
  test('accepts a whole valid batch', () => {
    assert.equal(
      check(() => {}),
      null,
    );
  });

  test('accepts what compaction leaves: fewer records than offsets, or none', () => {
    assert.equal(
      check((bytes) => bytes.writeInt32BE(2, 57)),
      null,
    );
    assert.equal(
      check((bytes) => bytes.writeInt32BE(0, 57)),
      null,
    );
  });

  const int64Max = 2n ** 63n - 1n;
  const refused: [string, (bytes: Buffer) => void, RegExp][] = [
    ['an older format', (b) => b.writeInt8(1, 16), /format \(magic\) 1/],
    ['a length below the header', (b) => b.writeInt32BE(48, 8), /length field is 48/],
    ['a negative length', (b) => b.writeInt32BE(-1, 8), /length field is -1/],
    ['a length past the end', (b) => b.writeInt32BE(63, 8), /75 bytes, but only 74 are left/],
    ['the largest length', (b) => b.writeInt32BE(0x7fffffff, 8), /but only 74 are left/],
    ['an unknown codec', (b) => b.writeInt16BE(5, 21), /codec 5/],
    ['a negative last offset delta', (b) => b.writeInt32BE(-1, 23), /offset delta is -1/],
    ['a negative count', (b) => b.writeInt32BE(-1, 57), /reports -1 records/],
    ['more records than offsets', (b) => b.writeInt32BE(5, 57), /reports 5 records/],
    ['a negative base offset', (b) => b.writeBigInt64BE(-1n, 0), /base offset -1/],
    ['a base offset past 2^53', (b) => b.writeBigInt64BE(2n ** 53n, 0), /base offset/],
    ['a last offset past 2^53', (b) => b.writeBigInt64BE(2n ** 53n - 2n, 0), /base offset/],
    ['a base timestamp past 2^53', (b) => b.writeBigInt64BE(int64Max, 27), /base timestamp/],
    ['a max timestamp past 2^53', (b) => b.writeBigInt64BE(int64Max, 35), /maximum timestamp/],
    ['a producer id past 2^53', (b) => b.writeBigInt64BE(-int64Max, 43), /producer id/],
  ];
  for (const [name, change, message] of refused) {
    test(`refuses ${name}`, () => {
      // A wrong length would make `setCrc` run past the golden bytes; the header checks come before the CRC.
      const { buffer, at } = batch(change, 'keep');
      assert.match(header.checkBatchHeader(buffer, at, at + GOLDEN.length) ?? '', message);
      assert.match(header.checkBatch(buffer, at, at + GOLDEN.length) ?? '', message);
    });
  }

  test('refuses any flipped bit that the CRC covers', () => {
    for (let bit = 21 * 8; bit < GOLDEN.length * 8; bit++) {
      const flip = (bytes: Buffer) => {
        bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7));
      };
      assert.notEqual(check(flip, 'keep'), null, `bit ${bit}`);
    }
  });

  test('names both CRCs', () => {
    const message = check((bytes) => bytes.writeUInt32BE(0xab, 17), 'keep');
    assert.match(message ?? '', /CRC-32C is 0x[0-9a-f]{8}, but its header says 0x000000ab/);
  });

  test('refuses every cut of the batch and reads nothing past the end given', () => {
    const { buffer, at } = batch();
    for (let length = 0; length < GOLDEN.length; length++) {
      assert.notEqual(header.checkBatch(buffer, at, at + length), null);
      assert.notEqual(header.checkBatch(Buffer.from(GOLDEN.subarray(0, length)), 0, length), null);
    }
  });
});

describe('checkProducedBatch', () => {
  function produced(change: (bytes: Buffer) => void): string | null {
    const { buffer, at } = batch((bytes) => {
      bytes.writeBigInt64BE(0n, 0);
      change(bytes);
    });
    assert.equal(header.checkBatch(buffer, at, buffer.length), null);
    return header.checkProducedBatch(buffer, at);
  }

  test('accepts batches with and without a producer id', () => {
    assert.equal(
      produced(() => {}),
      null,
    );
    const plain = produced((bytes) => {
      bytes.writeInt16BE(0, 21);
      bytes.fill(0xff, 43, 57);
    });
    assert.equal(plain, null);
  });

  const refused: [string, (bytes: Buffer) => void, RegExp][] = [
    ['a base offset', (b) => b.writeBigInt64BE(1n, 0), /base offset 0, and this one has 1/],
    ['no records', (b) => b.writeInt32BE(0, 57), /at least one record/],
    ['gaps between offsets', (b) => b.writeInt32BE(3, 57), /reports 3 records/],
    ['control batches', (b) => b.writeInt16BE(0x30, 21), /control/],
    ['delete horizons', (b) => b.writeInt16BE(0x50, 21), /delete horizon/],
    ['a producer id without sequence', (b) => b.writeInt32BE(-1, 53), /sequence number -1/],
    ['a producer id without epoch', (b) => b.writeInt16BE(-1, 51), /epoch -1/],
    ['a transaction without producer id', (b) => b.fill(0xff, 43, 51), /transactional/],
  ];
  for (const [name, change, message] of refused) {
    test(`refuses ${name}`, () => assert.match(produced(change) ?? '', message));
  }
});
