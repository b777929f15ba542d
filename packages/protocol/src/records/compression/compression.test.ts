import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Compression, type CompressionName, compress, decompress } from './compression.ts';
import { CompressionError, type CompressionFailure } from './compression-error.ts';

const NAMES = Object.keys(Compression) as CompressionName[];
const MANY = 1 << 24;

/** Data that compresses a little: bytes of few values, and runs. */
const data = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.tuple(fc.nat(255), fc.nat(100_000)).map(([byte, length]) => Buffer.alloc(length, byte)),
    ),
    { maxLength: 5 },
  )
  .map((parts) => Buffer.concat(parts));

function assertFails(run: () => unknown, reason: CompressionFailure, message?: string): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof CompressionError, String(error));
    assert.equal(error.reason, reason, `${message ?? ''}: ${error.message}`);
    return true;
  });
}

for (const name of NAMES) {
  const codec = Compression[name];

  describe(name, () => {
    test('gives back what was compressed, within exactly its size', () => {
      fc.assert(
        fc.property(data, (content) => {
          const packed = compress(codec, content);
          assert.ok(decompress(codec, packed, content.length).equals(content));
          if (content.length === 0) return;
          assertFails(() => decompress(codec, packed, content.length - 1), 'too-large');
        }),
        { seed: 42, numRuns: 60, examples: [[Buffer.alloc(0)], [Buffer.alloc(1)]] },
      );
    });

    test('stops a bomb at the bound', () => {
      const bomb = compress(codec, Buffer.alloc(MANY));
      if (name !== 'none') assert.ok(bomb.length < MANY / 20);
      assertFails(() => decompress(codec, bomb, 100_000), 'too-large');
      assertFails(() => decompress(codec, bomb, 0), 'too-large');
    });

    if (name === 'none') return;

    test('refuses data that is cut off, wherever the cut is', () => {
      const content = Buffer.from(Array.from({ length: 600 }, (_, i) => (i * i) % 251));
      const packed = compress(codec, content);
      for (let length = 0; length < packed.length; length++) {
        // The xerial format has no end mark: without its only chunk it is whole, and empty.
        if (name === 'snappy' && length === 16) continue;
        const cut = packed.subarray(0, length);
        assertFails(() => decompress(codec, cut, MANY), 'corrupt', `cut at ${length}`);
      }
    });

    test('refuses what follows the end', () => {
      const packed = compress(codec, Buffer.from('content'));
      for (const rest of ['x', 'garbage that is longer']) {
        const longer = Buffer.concat([packed, Buffer.from(rest)]);
        assertFails(() => decompress(codec, longer, MANY), 'corrupt');
      }
    });
  });
}

test('concatenated streams are read as one, as other readers do', () => {
  for (const codec of [1, 2, 3, 4]) {
    const both = Buffer.concat([
      compress(codec, Buffer.from('hello ')),
      compress(codec, Buffer.from('world')),
    ]);
    assert.equal(decompress(codec, both, 11).toString(), 'hello world');
    assertFails(() => decompress(codec, both, 10), 'too-large');
  }
});

test('zstd without a content size is read', () => {
  // By hand: magic, descriptor that announces only a window, one raw block of 8 bytes marked as the last.
  const packed = Buffer.concat([Buffer.from('28b52ffd0058410000', 'hex'), Buffer.from('streamed')]);
  assert.equal(decompress(Compression.zstd, packed, 8).toString(), 'streamed');
});

test('levels reach the codecs that have them', () => {
  const content = Buffer.from(
    Array.from({ length: 20_000 }, (_, i) => ((i * i * i) % 251) & (i >> 3)),
  );
  for (const codec of [Compression.gzip, Compression.zstd]) {
    const sizes = [1, 9].map((level) => compress(codec, content, level).length);
    assert.ok(sizes[1]! < sizes[0]!, `${sizes}`);
  }
  assert.deepEqual(compress(Compression.gzip, content, -1), gzipSync(content));
  assert.throws(() => compress(Compression.gzip, content, 10), RangeError);
});

test('unknown codecs are refused', () => {
  assertFails(() => decompress(5, Buffer.alloc(10), 100), 'unknown-codec');
  assert.throws(() => compress(5, Buffer.alloc(10)), RangeError);
});
