import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halfSipHash, KeyHash } from './key-hash.ts';

/** The first of the published test vectors: key 00 01 … 07, input the bytes 0, 1, … below its place in the list. */
const VECTORS = ['218d1f59b9b83cc8', 'be552412f8387315', '064f39ef7c50eb57', 'ce0f1a45f7060679'];

test('HalfSipHash-2-4 gives the published values', () => {
  const input = Buffer.from([0, 1, 2, 3, 4]);
  VECTORS.forEach((expected, length) => {
    const out = new Int32Array(2);
    halfSipHash(input, 0, length, 0x03020100, 0x07060504, out, 0);
    assert.equal(Buffer.from(out.buffer).toString('hex'), expected);
  });
});

test('the two halves of a key hash are different functions, and only the range counts', () => {
  const hash = new KeyHash(Uint32Array.of(1, 2, 3, 4));
  hash.update(Buffer.from('..a key of some bytes..'), 2, 21);
  const words = [...hash.words];
  assert.notDeepEqual(words.slice(0, 2), words.slice(2));
  hash.update(Buffer.from('a key of some bytes'), 0, 19);
  assert.deepEqual([...hash.words], words);
  hash.update(Buffer.from('a key of some bytez'), 0, 19);
  assert.ok(hash.words.every((word, index) => word !== words[index]));
});
