import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { MalformedError } from './malformed-error.ts';
import { Reader, ZERO_UUID } from './reader.ts';
import { Writer } from './writer.ts';

const reader = (hex: string) => new Reader(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('integers are big-endian two’s complement', () => {
  assert.equal(reader('80').readInt8(), -128);
  assert.equal(reader('ff').readUint8(), 255);
  assert.equal(reader('8001').readInt16(), -32767);
  assert.equal(reader('00ff').readInt16(), 255);
  assert.equal(reader('fffe').readUint16(), 65534);
  assert.equal(reader('80000001').readInt32(), -(2 ** 31) + 1);
  assert.equal(reader('ffffffff').readUint32(), 2 ** 32 - 1);
  assert.equal(reader('ffffffffffffffff').readInt64(), -1);
  assert.equal(reader('00000001 00000000').readInt64(), 2 ** 32);
  assert.equal(reader('3ff8000000000000').readFloat64(), 1.5);
  assert.equal(reader('02').readBoolean(), true);
});

test('int64 is a number up to 2^53 - 1 either way, and an error beyond', () => {
  assert.equal(reader('001fffffffffffff').readInt64(), Number.MAX_SAFE_INTEGER);
  assert.equal(reader('ffe0000000000001').readInt64(), Number.MIN_SAFE_INTEGER);
  for (const hex of ['0020000000000000', 'ffe0000000000000', '7fffffffffffffff']) {
    assert.throws(() => reader(hex).readInt64(), MalformedError);
  }
});

test('varints are read as far as they go, and no further than their type allows', () => {
  assert.equal(reader('ac02').readUnsignedVarint(), 300);
  assert.equal(reader('ffffffff0f').readUnsignedVarint(), 2 ** 32 - 1);
  assert.equal(reader('03').readVarint(), -2);
  assert.equal(reader('ffffffff0f').readVarint(), -(2 ** 31));
  assert.equal(reader('80808080 80808010').readVarlong(), 2 ** 52);
  assert.throws(() => reader('ffffffff1f').readUnsignedVarint(), MalformedError);
  assert.throws(() => reader('8080808080 00').readUnsignedVarint(), MalformedError);
  assert.throws(() => reader('ffff').readUnsignedVarint(), MalformedError);
  assert.throws(() => reader('ffffffffffffffffff01').readVarlong(), MalformedError);
  assert.throws(() => reader('8080808080808080808000').readVarlong(), MalformedError);
});

test('varlongs come back from both ends of their range', () => {
  const values = [0, -1, 1, 2 ** 27 - 1, 2 ** 27, -(2 ** 27), -(2 ** 27) - 1, 2 ** 31, 2 ** 35];
  values.push(2 ** 52, -(2 ** 52), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER);
  for (const value of values) {
    const writer = new Writer();
    writer.writeVarlong(value);
    assert.equal(new Reader(writer.toBuffer()).readVarlong(), value);
  }
});

test('strings are UTF-8 with a length in front; what is not UTF-8 is replaced', () => {
  assert.equal(reader('0003 e6b0b4').readString(false), '水');
  assert.equal(reader('04 e6b0b4').readString(true), '水');
  assert.equal(reader('0002 ff61').readString(false), '\ufffda');
  assert.equal(reader('ffff').readNullableString(false), null);
  assert.equal(reader('00').readNullableString(true), null);
  assert.equal(reader('01').readString(true), '');
  assert.throws(() => reader('ffff').readString(false), MalformedError);
  assert.throws(() => reader('fffe 61').readNullableString(false), MalformedError);
  assert.throws(() => reader('0002 61').readString(false), MalformedError);
});

test('a compact string may say more than 32767 bytes, but is not believed', () => {
  const bytes = Buffer.concat([Buffer.from('818002', 'hex'), Buffer.alloc(40_000, 0x61)]);
  assert.throws(() => new Reader(bytes).readString(true), /at most 32767/);
});

test('bytes are a copy, views and records share the memory of the frame', () => {
  const frame = Buffer.from('00000002 0102'.replace(' ', ''), 'hex');
  const copy = new Reader(frame).readBytes(false);
  const view = new Reader(frame).readBytesView(false);
  const records = new Reader(frame).readRecords(false);
  frame[4] = 9;
  assert.deepEqual([...copy], [1, 2]);
  assert.deepEqual([...view], [9, 2]);
  assert.deepEqual([...records!], [9, 2]);
  assert.equal(reader('ffffffff').readRecords(false), null);
  assert.throws(() => reader('fffffffe').readNullableBytes(false), MalformedError);
  assert.throws(() => reader('7fffffff').readBytes(false), MalformedError);
});

test('a uuid is 22 characters of base64url', () => {
  assert.equal(reader('00'.repeat(16)).readUuid(), ZERO_UUID);
  assert.equal(reader('ff'.repeat(16)).readUuid(), '_____________________w');
});

test('an array is not believed to be longer than the bytes that are left', () => {
  assert.equal(reader('00000002 0000').readArrayLength(false, 1), 2);
  assert.throws(() => reader('00000002 000000').readArrayLength(false, 2), MalformedError);
  assert.throws(() => reader('7fffffff').readArrayLength(false, 1), MalformedError);
  assert.throws(() => reader('ffffffff0f').readArrayLength(true, 1), MalformedError);
  assert.throws(() => reader('fffffffe').readNullableArrayLength(false, 1), MalformedError);
  assert.throws(() => reader('ffffffff').readArrayLength(false, 1), MalformedError);
  assert.equal(reader('00').readNullableArrayLength(true, 1), -1);
});

test('the elements of all arrays of a message have a bound together', () => {
  const count = 3_000_000;
  const array = Buffer.alloc(4 + count);
  array.writeInt32BE(count);
  const frame = new Reader(Buffer.concat([array, array]));
  assert.equal(frame.readArrayLength(false, 1), count);
  frame.skip(count);
  assert.throws(() => frame.readArrayLength(false, 1), /at most 4194304 array elements/);
});

test('tagged fields are skipped by their size', () => {
  const frame = reader('02 00 02 abcd 85 01 00 07');
  frame.skipTaggedFields();
  assert.equal(frame.readInt8(), 7);
  assert.throws(() => reader('01 00 05 00').skipTaggedFields(), MalformedError);
  assert.throws(() => reader('ffffffff0f').skipTaggedFields(), MalformedError);
});

test('a tagged field must end where its size says', () => {
  const frame = reader('02 0102');
  const end = frame.readTaggedFieldEnd();
  frame.readInt8();
  assert.throws(() => frame.endTaggedField(end), MalformedError);
  frame.readInt8();
  frame.endTaggedField(end);
});

test('nothing at or past the end is read', () => {
  const frame = new Reader(Buffer.from('0102030405060708', 'hex'), 1, 3);
  assert.equal(frame.remaining, 2);
  assert.throws(() => frame.readInt32(), MalformedError);
  assert.equal(frame.readInt16(), 0x0203);
  assert.throws(() => frame.readInt8(), MalformedError);
  assert.throws(() => new Reader(Buffer.alloc(4), 0, 5), RangeError);
});

test('the error says what was expected, and where', () => {
  const frame = new Reader(Buffer.alloc(6), 4);
  assert.throws(() => frame.readInt32(), {
    name: 'MalformedError',
    expected: 'int32 of 4 bytes',
    offset: 4,
    message: 'expected int32 of 4 bytes at offset 4, found 2 bytes',
  });
});
