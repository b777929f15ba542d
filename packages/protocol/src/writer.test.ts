import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { EncodeError } from './encode-error.ts';
import { Reader } from './reader.ts';
import type { FilePart, RecordPart, RecordSlice } from './record-bytes.ts';
import { Writer } from './writer.ts';

const LARGE_BYTES = 10_000;

function written(write: (writer: Writer) => void): string {
  const writer = new Writer(1);
  write(writer);
  return writer.toBuffer().toString('hex');
}

function slice(parts: RecordPart[]): RecordSlice & { released: number } {
  const sizeBytes = parts.reduce(
    (sum, part) => sum + (Buffer.isBuffer(part) ? part.length : part.sizeBytes),
    0,
  );
  return {
    sizeBytes,
    parts,
    released: 0,
    release() {
      this.released++;
    },
  };
}

const filePart: FilePart = { sizeBytes: 100, read: () => Promise.resolve(1) };

test('integers are big-endian two’s complement', () => {
  assert.equal(
    written((writer) => {
      writer.writeInt8(-128);
      writer.writeInt16(-2);
      writer.writeUint16(65535);
      writer.writeInt32(-(2 ** 31));
      writer.writeUint32(2 ** 32 - 1);
      writer.writeInt64(-1);
      writer.writeInt64(Number.MAX_SAFE_INTEGER);
      writer.writeInt64(Number.MIN_SAFE_INTEGER);
      writer.writeBoolean(true);
      writer.writeFloat64(1.5);
    }),
    '80' +
      'fffe' +
      'ffff' +
      '80000000' +
      'ffffffff' +
      'ffffffffffffffff' +
      '001fffffffffffff' +
      'ffe0000000000001' +
      '01' +
      '3ff8000000000000',
  );
});

test('a value that does not fit its type is refused', () => {
  const writer = new Writer();
  for (const value of [128, -129, 0.5, Number.NaN]) {
    assert.throws(() => writer.writeInt8(value), EncodeError);
  }
  assert.throws(() => writer.writeInt16(32_768), EncodeError);
  assert.throws(() => writer.writeUint16(-1), EncodeError);
  assert.throws(() => writer.writeInt32(2 ** 31), EncodeError);
  assert.throws(() => writer.writeUint32(-1), EncodeError);
  assert.throws(() => writer.writeInt64(2 ** 53), EncodeError);
  assert.throws(() => writer.writeInt64(Infinity), EncodeError);
  assert.throws(() => writer.writeVarint(2 ** 31), EncodeError);
  assert.throws(() => writer.writeVarlong(2 ** 53), EncodeError);
  assert.throws(() => writer.writeUuid('too-short'), EncodeError);
  assert.throws(() => writer.writeUuid('!!!!!!!!!!!!!!!!!!!!!!'), EncodeError);
});

test('varints are as short as they can be', () => {
  assert.equal(
    written((writer) => writer.writeUnsignedVarint(0)),
    '00',
  );
  assert.equal(
    written((writer) => writer.writeUnsignedVarint(300)),
    'ac02',
  );
  assert.equal(
    written((writer) => writer.writeUnsignedVarint(2 ** 32 - 1)),
    'ffffffff0f',
  );
  assert.equal(
    written((writer) => writer.writeVarint(-1)),
    '01',
  );
  assert.equal(
    written((writer) => writer.writeVarint(-(2 ** 31))),
    'ffffffff0f',
  );
  assert.equal(
    written((writer) => writer.writeVarlong(-65)),
    '8101',
  );
});

test('strings of every length and script come back', () => {
  const letters = ['a', 'é', '水', '🌊', '\u0000'];
  const lengths = [0, 1, 23, 24, 25, 41, 42, 43, 126, 127, 128, 8000];
  for (const flexible of [false, true]) {
    for (const letter of letters) {
      for (const length of lengths) {
        const text = `a${letter.repeat(length)}`;
        const writer = new Writer(1);
        writer.writeString(text, flexible);
        assert.equal(new Reader(writer.toBuffer()).readString(flexible), text);
      }
    }
  }
});

test('a string may have 32767 bytes and not one more', () => {
  for (const flexible of [false, true]) {
    const longest = 'x'.repeat(32_767);
    const writer = new Writer();
    writer.writeString(longest, flexible);
    assert.equal(new Reader(writer.toBuffer()).readString(flexible), longest);
    assert.throws(() => new Writer().writeString(`${longest}x`, flexible), EncodeError);
    assert.throws(() => new Writer().writeString('水'.repeat(10_923), flexible), EncodeError);
  }
});

test('null has its own length', () => {
  assert.equal(
    written((writer) => writer.writeNullableString(null, false)),
    'ffff',
  );
  assert.equal(
    written((writer) => writer.writeNullableString(null, true)),
    '00',
  );
  assert.equal(
    written((writer) => writer.writeNullableBytes(null, false)),
    'ffffffff',
  );
  assert.equal(
    written((writer) => writer.writeNullableBytes(null, true)),
    '00',
  );
  assert.equal(
    written((writer) => writer.writeRecords(null, false)),
    'ffffffff',
  );
  assert.equal(
    written((writer) => writer.writeRecords(null, true)),
    '00',
  );
  assert.equal(
    written((writer) => writer.writeNullArray(true)),
    '00',
  );
});

test('a tagged field gets its size in front, however many bytes the size takes', () => {
  for (const size of [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152]) {
    const writer = new Writer(8);
    writer.writeInt8(1);
    const mark = writer.startTaggedField(5);
    const content = Buffer.alloc(size, 0xab);
    for (let at = 0; at < size; at += 1000) writeRaw(writer, content.subarray(at, at + 1000));
    writer.finishTaggedField(mark);
    writer.writeInt8(2);
    const reader = new Reader(writer.toBuffer());
    assert.equal(reader.readInt8(), 1);
    assert.equal(reader.readUnsignedVarint(), 5);
    const end = reader.readTaggedFieldEnd();
    assert.equal(end - reader.offset, size);
    reader.skip(size);
    assert.equal(reader.readInt8(), 2);
    assert.equal(reader.remaining, 0);
    assert.ok(
      writer
        .toBuffer()
        .subarray(end - size, end)
        .equals(content),
    );
  }
});

/** The writer has no method for bytes without a length, so they are written one by one. */
function writeRaw(writer: Writer, bytes: Buffer): void {
  for (const byte of bytes) writer.writeInt8((byte << 24) >> 24);
}

test('tagged fields may be nested', () => {
  const writer = new Writer(4);
  const outer = writer.startTaggedField(0);
  const inner = writer.startTaggedField(1);
  writeRaw(writer, Buffer.alloc(200));
  writer.finishTaggedField(inner);
  writer.finishTaggedField(outer);
  const expected = Buffer.concat([Buffer.from('00cb0101c801', 'hex'), Buffer.alloc(200)]);
  assert.deepEqual(writer.toBuffer(), expected);
});

test('a frame begins with the length of what follows', () => {
  const writer = new Writer();
  writer.startFrame();
  writer.writeInt16(7);
  const frame = writer.finishFrame();
  assert.equal(frame.sizeBytes, 6);
  assert.deepEqual(Buffer.concat(frame.parts as Buffer[]), Buffer.from('000000020007', 'hex'));
});

test('large records become parts of their own, small ones are copied', () => {
  const large = Buffer.alloc(LARGE_BYTES, 1);
  const small = Buffer.alloc(10, 2);
  const writer = new Writer();
  writer.startFrame();
  writer.writeRecords(large, false);
  writer.writeRecords(small, false);
  writer.writeRecords(slice([filePart, small, large]), false);
  writer.writeInt8(9);
  const { parts, sizeBytes } = writer.finishFrame();
  assert.equal(parts.length, 7);
  assert.equal(parts[1], large);
  assert.equal(parts[3], filePart);
  assert.equal(parts[5], large);
  const copied = [parts[0], parts[2], parts[4], parts[6]] as Buffer[];
  assert.deepEqual(
    copied.map((part) => part.length),
    [4 + 4, 4 + 10 + 4, 10, 1],
  );
  assert.equal(sizeBytes, 8 + LARGE_BYTES + 18 + 100 + 10 + LARGE_BYTES + 1);
  assert.equal(copied[0]!.readInt32BE(), sizeBytes - 4);
});

test('a large piece that was encoded before is shared, a small one is copied', () => {
  const large = Buffer.alloc(LARGE_BYTES, 1);
  const small = Buffer.alloc(10, 2);
  const writer = new Writer();
  writer.startFrame();
  const noErrors = new Map<number, number>();
  writer.writeEncoded(large, noErrors);
  writer.writeEncoded(small, noErrors);
  const { parts, sizeBytes } = writer.finishFrame();
  assert.deepEqual([parts.length, parts[1] === large], [3, true]);
  assert.deepEqual(parts[2], small);
  assert.notEqual(parts[2], small);
  assert.equal((parts[0] as Buffer).readInt32BE(), sizeBytes - 4);
  assert.equal(sizeBytes, 4 + LARGE_BYTES + 10);
});

test('error codes are counted frame by frame, those of an encoded piece too', () => {
  const writer = new Writer();
  writer.startFrame();
  for (const code of [0, 3, 0, 6, 3]) writer.writeErrorCode(code);
  writer.writeInt16(7);
  const piece = new Map([
    [0, 2],
    [6, 1],
  ]);
  writer.writeEncoded(Buffer.alloc(10), piece);
  const { sizeBytes } = writer.finishFrame();
  assert.equal(sizeBytes, 4 + 6 * 2 + 10);
  const counts = (entries: ReadonlyMap<number, number>) => [...entries].sort(([a], [b]) => a - b);
  assert.deepEqual(counts(writer.errorCounts), [
    [0, 4],
    [3, 2],
    [6, 2],
  ]);
  writer.startFrame();
  writer.writeErrorCode(0);
  writer.abandonFrame();
  writer.startFrame();
  assert.equal(writer.errorCounts.size, 0);
  writer.finishFrame();
});

test('frames of one writer do not touch each other, wherever its buffers end', () => {
  const frames: { readonly bytes: Buffer; readonly index: number }[] = [];
  const writer = new Writer(64);
  const kept = [];
  for (let index = 0; index < 200; index++) {
    writer.startFrame();
    for (let left = index % 50; left > 0; left--) writer.writeInt32(index);
    if (index % 7 === 0) writer.writeRecords(Buffer.alloc(LARGE_BYTES, index), index % 2 === 0);
    for (let left = index % 30; left > 0; left--) writer.writeInt32(index);
    const frame = writer.finishFrame();
    kept.push(frame);
    frames.push({ bytes: Buffer.concat(frame.parts as Buffer[]), index });
  }
  for (const { bytes, index } of frames) {
    assert.deepEqual(Buffer.concat(kept[index]!.parts as Buffer[]), bytes);
    assert.equal(bytes.readInt32BE(), bytes.length - 4);
    if (index % 50 > 0) assert.equal(bytes.readInt32BE(4), index);
    if (index % 30 > 0) assert.equal(bytes.readInt32BE(bytes.length - 4), index);
  }
});

test('the slices of a frame are released with it, also when one of them fails', () => {
  const writer = new Writer();
  const first = slice([Buffer.alloc(5)]);
  const second = slice([filePart]);
  const failing = { ...slice([]), release: () => assert.fail('broken slice') };
  writer.startFrame();
  for (const records of [first, failing, second]) writer.writeRecords(records, true);
  const frame = writer.finishFrame();
  assert.deepEqual([first.released, second.released], [0, 0]);
  assert.throws(() => frame.release(), /broken slice/);
  assert.deepEqual([first.released, second.released], [1, 1]);
});

test('an abandoned frame releases its slices and leaves the writer as it was', () => {
  const writer = new Writer(32);
  const records = slice([filePart]);
  writer.startFrame();
  writer.writeRecords(records, false);
  writer.writeInt64(1);
  writer.abandonFrame();
  assert.equal(records.released, 1);
  writer.startFrame();
  writer.writeInt8(3);
  const frame = writer.finishFrame();
  assert.deepEqual(Buffer.concat(frame.parts as Buffer[]), Buffer.from('0000000103', 'hex'));
  frame.release();
  assert.equal(records.released, 1);
});

test('a slice whose parts are not its size is refused, and can still be released', () => {
  const writer = new Writer();
  const records = { ...slice([Buffer.alloc(5)]), sizeBytes: 6 };
  writer.startFrame();
  assert.throws(() => writer.writeRecords(records, false), EncodeError);
  writer.abandonFrame();
  assert.equal(records.released, 1);
});

test('what was written is joined in memory, but not out of a file', () => {
  const large = Buffer.alloc(LARGE_BYTES, 1);
  const writer = new Writer();
  writer.writeRecords(large, false);
  writer.writeInt8(2);
  assert.equal(writer.toBuffer().length, 4 + LARGE_BYTES + 1);
  writer.writeRecords(slice([filePart]), false);
  assert.throws(() => writer.toBuffer(), EncodeError);
});

test('frames cannot be mixed up', () => {
  const writer = new Writer();
  assert.throws(() => writer.finishFrame(), EncodeError);
  writer.startFrame();
  assert.throws(() => writer.startFrame(), EncodeError);
  writer.finishFrame();
  writer.writeInt8(1);
  assert.throws(() => writer.startFrame(), EncodeError);
});
