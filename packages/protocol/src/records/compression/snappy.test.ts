import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompressionError } from './compression-error.ts';
import { snappyCompress, snappyDecompress } from './snappy.ts';

const HEADER = '82534e41505059000000000100000001';
/** Plain snappy by hand: length 9, literal "abc", copy of 6 bytes from 3 back. */
const PLAIN = '09' + '08616263' + '0903';

function decompress(hex: string, maxBytes = 1000): string {
  return snappyDecompress(Buffer.from(hex, 'hex'), maxBytes).toString();
}

test('reads plain snappy, as librdkafka writes it', () => {
  assert.equal(decompress(PLAIN), 'abcabcabc');
});

test('reads the chunks that Java writes', () => {
  assert.equal(decompress(`${HEADER}00000007${PLAIN}00000007${PLAIN}`), 'abcabcabc'.repeat(2));
  assert.equal(decompress(HEADER), '');
});

test('writes the chunks that Java reads', () => {
  const packed = snappyCompress(Buffer.alloc(40_000, 'x'));
  assert.equal(packed.subarray(0, 16).toString('hex'), HEADER);
  const first = packed.readInt32BE(16);
  const second = packed.readInt32BE(20 + first);
  assert.equal(packed.length, 24 + first + second);
  assert.equal(snappyDecompress(packed.subarray(20, 20 + first), 32_768).length, 32_768);
});

test('refuses broken chunks and lengths', () => {
  for (const hex of [
    `${HEADER}00000008${PLAIN}`,
    `${HEADER}ffffffff${PLAIN}`,
    `${HEADER}000000`,
    `${HEADER}82534e41`,
    // A header that asks for a newer reader.
    '82534e41505059000000000200000002',
    // A length that does not end, that is past 32 bits, that is not there, that the bytes can not fill.
    'ffffffffffff',
    'ffffffff7f00',
    '',
    '80',
    'ffff03080000',
  ]) {
    assert.throws(
      () => decompress(hex, 2 ** 40),
      (error) => error instanceof CompressionError && error.reason === 'corrupt',
      hex,
    );
  }
});
