import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compressFrameSync } from 'lz4-napi';
import { CompressionError } from './compression-error.ts';
import { lz4Compress, lz4Decompress } from './lz4.ts';
import { measureBlock } from './lz4-block.ts';
import { xxhash32 } from './xxhash32.ts';

/** A frame put together by hand; the check byte is made right. */
function frame(flags: number, blocks: Buffer[], extras: { size?: number; checksum?: number } = {}) {
  const descriptor = [Buffer.from([flags, 0x40])];
  if (extras.size !== undefined) {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(extras.size));
    descriptor.push(size);
  }
  const described = Buffer.concat(descriptor);
  const check = Buffer.from([(xxhash32(described) >>> 8) & 0xff]);
  const end = extras.checksum === undefined ? [] : [uint32(extras.checksum)];
  return Buffer.concat([uint32(0x184d2204), described, check, ...blocks, uint32(0), ...end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function block(hex: string, checksum = false): Buffer {
  const bytes = Buffer.from(hex, 'hex');
  const after = checksum ? [uint32(xxhash32(bytes))] : [];
  return Buffer.concat([uint32(bytes.length), bytes, ...after]);
}

/** Literals "abcde", match of 10 from 5 back, literals "vwxyz". */
const BLOCK = `56${'6162636465'}0500${'50'}${'767778797a'}`;
const TEXT = 'abcdeabcdeabcdevwxyz';
/** Match of 20 that begins 20 back: all of the block before; literals "vwxyz". */
const LINKED_BLOCK = `0f140001${'50'}${'767778797a'}`;

function decompress(bytes: Buffer): string {
  return lz4Decompress(bytes, 1000).toString();
}

function assertCorrupt(bytes: Buffer, message: RegExp): void {
  assert.throws(
    () => decompress(bytes),
    (error) => {
      assert.ok(error instanceof CompressionError);
      assert.equal(error.reason, 'corrupt');
      assert.match(error.message, message);
      return true;
    },
  );
}

describe('frames', () => {
  test('of independent blocks', () => {
    assert.equal(decompress(frame(0x60, [block(BLOCK), block(BLOCK)])), TEXT + TEXT);
  });

  test('of linked blocks', () => {
    const expected = `${TEXT}${TEXT}vwxyz`;
    assert.equal(decompress(frame(0x40, [block(BLOCK), block(LINKED_BLOCK)])), expected);
    assertCorrupt(frame(0x60, [block(BLOCK), block(LINKED_BLOCK)]), /corrupt/);
    // The content of another frame is not history.
    const two = Buffer.concat([frame(0x40, [block(BLOCK)]), frame(0x40, [block(LINKED_BLOCK)])]);
    assertCorrupt(two, /corrupt/);
  });

  test('of stored blocks, with linked ones after them', () => {
    const stored = Buffer.concat([uint32(0x80000014), Buffer.from(TEXT)]);
    assert.equal(decompress(frame(0x60, [stored])), TEXT);
    assert.equal(decompress(frame(0x40, [stored, block(LINKED_BLOCK)])), `${TEXT}${TEXT}vwxyz`);
  });

  test('with block checksums, which are verified', () => {
    const good = frame(0x70, [block(BLOCK, true)]);
    assert.equal(decompress(good), TEXT);
    good[15] = good[15]! ^ 1;
    assertCorrupt(good, /block checksum/);
  });

  test('with a content checksum, which is verified', () => {
    const checksum = xxhash32(Buffer.from(TEXT));
    assert.equal(decompress(frame(0x64, [block(BLOCK)], { checksum })), TEXT);
    assertCorrupt(
      frame(0x64, [block(BLOCK)], { checksum: (checksum ^ 1) >>> 0 }),
      /content checksum/,
    );
  });

  test('with a content size, which must be right', () => {
    assert.equal(decompress(frame(0x68, [block(BLOCK)], { size: 20 })), TEXT);
    assertCorrupt(frame(0x68, [block(BLOCK)], { size: 21 }), /says 21 bytes/);
    assertCorrupt(frame(0x68, [block(BLOCK)], { size: 2 ** 52 }), /but there are 20/);
  });

  test('whose descriptor is wrong are refused', () => {
    assertCorrupt(frame(0xa0, []), /version/);
    assertCorrupt(frame(0x62, []), /reserved/);
    assertCorrupt(frame(0x61, []), /dictionary/);
    const wrongCheck = frame(0x60, []);
    wrongCheck[6] = wrongCheck[6]! ^ 1;
    assertCorrupt(wrongCheck, /check byte/);
    const wrongSize = frame(0x60, []);
    wrongSize[5] = 0x30;
    assertCorrupt(wrongSize, /block size/);
    assertCorrupt(Buffer.from('not a frame'), /magic/);
  });

  test('whose blocks are larger than the frame says are refused', () => {
    assertCorrupt(frame(0x60, [uint32(65_537), Buffer.alloc(65_537)]), /65537 bytes/);
    const bomb = Buffer.concat([Buffer.from('1f610100', 'hex'), Buffer.alloc(300, 255)]);
    assertCorrupt(frame(0x60, [block(`${bomb.toString('hex')}001061`)]), /holds 76521 bytes/);
  });
});

test('reads what lz4 itself writes, and what is not compressible', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 5000 }),
      fc.integer({ min: 1, max: 100 }),
      fc.boolean(),
      (bytes, repeat, checksums) => {
        const content = Buffer.alloc(bytes.length * repeat, bytes);
        const options = { contentChecksum: checksums, blockChecksums: checksums };
        const packed = compressFrameSync(content, options);
        assert.ok(lz4Decompress(packed, content.length).equals(content));
        assert.ok(lz4Decompress(lz4Compress(content), content.length).equals(content));
      },
    ),
    { seed: 7, numRuns: 100 },
  );
});

test('a block is measured to the byte', () => {
  const bytes = Buffer.from(`ee${BLOCK}ee`, 'hex');
  assert.equal(measureBlock(bytes, 1, bytes.length - 1), 20);
  // Zero literals, and lengths that go on: 15 + 255 + 1 literals.
  assert.equal(measureBlock(Buffer.from([0]), 0, 1), 0);
  const long = Buffer.concat([Buffer.from([0xf0, 255, 1]), Buffer.alloc(271)]);
  assert.equal(measureBlock(long, 0, long.length), 271);
  for (let end = 0; end < long.length; end++) {
    assert.throws(() => measureBlock(long, 0, end), CompressionError);
  }
});
