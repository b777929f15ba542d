import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readInt64, writeInt64 } from './int64.ts';

test('writes what BigInt writes and reads it back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const buffer = Buffer.alloc(10);
      writeInt64(buffer, 1, value);
      assert.equal(buffer.readBigInt64BE(1), BigInt(value));
      assert.equal(readInt64(buffer, 1), value);
    }),
    { seed: 1, examples: [[0], [-1], [2 ** 32], [-(2 ** 32)], [Number.MAX_SAFE_INTEGER]] },
  );
});

test('a value past 2^53 - 1 reads as a number that is not safe', () => {
  const buffer = Buffer.alloc(8);
  const outside = fc.oneof(
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  );
  fc.assert(
    fc.property(outside, (value) => {
      buffer.writeBigInt64BE(value);
      assert.equal(Number.isSafeInteger(readInt64(buffer, 0)), false);
    }),
    { seed: 2, examples: [[2n ** 53n], [2n ** 53n + 1n], [-(2n ** 53n)], [-(2n ** 53n) - 1n]] },
  );
});

test('refuses to write what is not an integer within 2^53 - 1', () => {
  for (const value of [2 ** 53, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => writeInt64(Buffer.alloc(8), 0, value), RangeError);
  }
});
