import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Reader } from '../reader.ts';
import { varlongBytes, writeVarlong } from './varlong.ts';

test('writes known values as Protocol Buffers documents zigzag varints', () => {
  for (const [value, hex] of [
    [0, '00'],
    [-1, '01'],
    [1, '02'],
    [63, '7e'],
    [-64, '7f'],
    [64, '8001'],
    [-65, '8101'],
    [2 ** 31 - 1, 'feffffff0f'],
    [-(2 ** 31), 'ffffffff0f'],
  ] as const) {
    const buffer = Buffer.alloc(10);
    const end = writeVarlong(buffer, 0, value);
    assert.equal(buffer.subarray(0, end).toString('hex'), hex);
  }
});

test('what is written is read back and has the size announced', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(53), (seed, shift) => {
      const value = Math.trunc(seed / 2 ** shift) + 0; // Adding 0 turns -0 into 0.
      const buffer = Buffer.alloc(12, 0xff);
      const end = writeVarlong(buffer, 1, value);
      assert.equal(end - 1, varlongBytes(value));
      assert.equal(new Reader(buffer, 1, end).readVarlong(), value);
      assert.equal(buffer[end], 0xff);
    }),
    {
      seed: 3,
      numRuns: 2000,
      examples: [
        [Number.MAX_SAFE_INTEGER, 0],
        [Number.MIN_SAFE_INTEGER, 0],
      ],
    },
  );
});
