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
  const refused: [string, RegExp][] = [
    [`${HEADER}00000008${PLAIN}`, /chunk of 8 bytes, but only 7/],
    [`${HEADER}ffffffff${PLAIN}`, /chunk of -1 bytes/],
    [`${HEADER}000000`, /chunk length is cut off/],
    [`${HEADER}82534e41`, /header within is broken/],
    ['82534e41505059000000000200000002', /stream version 2/],
    ['ffffffffffff', /length cannot be read/],
    ['', /length cannot be read/],
    ['80', /length cannot be read/],
    // More than 32 bits, and more than the bytes can unfold to: nothing is allocated for either.
    ['ffffffff7f00', /6 bytes claim to hold 34359738367/],
    ['ffff03080000', /6 bytes claim to hold 65535/],
    ['0a0861626309', /corrupt/],
  ];
  for (const [hex, message] of refused) {
    assert.throws(
      () => decompress(hex, 2 ** 40),
      (error) => {
        assert.ok(error instanceof CompressionError);
        assert.equal(error.reason, 'corrupt');
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test('a loop that never yields does not hold what it decompressed', () => {
  const packed = snappyCompress(Buffer.alloc(2 << 20, 'content '));
  const before = process.memoryUsage.rss();
  for (let round = 0; round < 150; round++) snappyDecompress(packed, 2 << 20);
  const grownMiB = (process.memoryUsage.rss() - before) / 2 ** 20;
  assert.ok(grownMiB < 200, `${grownMiB} MiB of the 300 decompressed are still held`);
});
