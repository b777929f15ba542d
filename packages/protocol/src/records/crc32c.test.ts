import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32c } from './crc32c.ts';

test('gives the published CRC-32C of known inputs', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  // The examples of RFC 3720, appendix B.4.
  assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
  assert.equal(crc32c(Buffer.alloc(32, 0xff)), 0x62a8ab43);
  assert.equal(crc32c(Buffer.from(Array.from({ length: 32 }, (_, i) => i))), 0x46dd794e);
  assert.equal(crc32c(Buffer.alloc(0)), 0);
});

test('covers the bytes from start up to end and no others', () => {
  const framed = Buffer.from('xx123456789yyy');
  assert.equal(crc32c(framed, 2, 11), 0xe3069283);
  assert.notEqual(crc32c(framed, 2, 12), 0xe3069283);
});
