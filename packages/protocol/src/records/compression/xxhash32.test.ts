import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xxhash32 } from './xxhash32.ts';

test('gives the published xxHash32 of known inputs', () => {
  const known: [string, number][] = [
    ['', 0x02cc5d05],
    ['a', 0x550d7456],
    ['abc', 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0xe2293b2f],
  ];
  for (const [text, hash] of known) assert.equal(xxhash32(Buffer.from(text)), hash, text);
});

test('covers the bytes from start up to end and no others', () => {
  assert.equal(xxhash32(Buffer.from('xxabcyy'), 2, 5), 0x32d153ff);
});
