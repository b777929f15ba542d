import { corrupt, tooLarge } from './compression-error.ts';
import { compressBlock, decompressBlock, measureBlock } from './lz4-block.ts';
import { Lz4FrameCursor } from './lz4-frame.ts';
import { xxhash32 } from './xxhash32.ts';

// LZ4 in the frame format. lz4-napi has a function for whole frames, but it allocates whatever a frame unfolds to;
// so frames are read here, and only their blocks go to lz4-napi.

/** Magic; independent blocks of at most 64 KiB without checksums (the batch has its own); check byte. */
const FRAME_HEADER = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
const END_MARK = Buffer.alloc(4);
const BLOCK_BYTES = 64 * 1024;
const STORED = 0x8000_0000;
/** Matches reach back at most this far: as much of the content before a linked block is its history. */
const WINDOW_BYTES = 64 * 1024;

/** Writes one frame of independent blocks, the only kind that Kafka's Java reader accepts. */
export function lz4Compress(data: Buffer): Buffer {
  const parts: Buffer[] = [FRAME_HEADER];
  for (let at = 0; at < data.length; at += BLOCK_BYTES) {
    const content = data.subarray(at, at + BLOCK_BYTES);
    const packed = compressBlock(content);
    const stored = packed.length >= content.length;
    const size = Buffer.allocUnsafe(4);
    size.writeUInt32LE(stored ? STORED + content.length : packed.length);
    parts.push(size, stored ? content : packed);
  }
  parts.push(END_MARK);
  return Buffer.concat(parts);
}

/**
 * Reads any number of frames, of independent or linked blocks, and verifies the checksums they carry. Measures all
 * blocks before anything is allocated for their content.
 */
export function lz4Decompress(data: Buffer, maxBytes: number): Buffer {
  const sizes = measureBlocks(data, maxBytes);
  const output = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, 0));
  const cursor = new Lz4FrameCursor(data);
  let at = 0;
  let block = 0;
  while (cursor.nextFrame()) {
    const frameStart = at;
    while (cursor.nextBlock()) {
      const bytes = data.subarray(cursor.blockStart, cursor.blockEnd);
      const size = sizes[block++]!;
      if (cursor.stored) {
        bytes.copy(output, at);
      } else if (size > 0) {
        const historyStart = Math.max(frameStart, at - WINDOW_BYTES);
        const history = cursor.linked ? output.subarray(historyStart, at) : undefined;
        decompressBlock(bytes, size, history).copy(output, at);
      }
      at += size;
    }
    if (
      cursor.contentChecksum !== null &&
      cursor.contentChecksum !== xxhash32(output, frameStart, at)
    ) {
      throw corrupt('lz4', 'the content checksum is wrong');
    }
  }
  return output;
}

/**
 * Content size of every block of every frame, in order: a few bytes of memory per block, and a block takes at least
 * four bytes of `data`. Throws when they add up to more than `maxBytes`.
 */
function measureBlocks(data: Buffer, maxBytes: number): number[] {
  const sizes: number[] = [];
  const cursor = new Lz4FrameCursor(data);
  let total = 0;
  while (cursor.nextFrame()) {
    const before = total;
    while (cursor.nextBlock()) {
      const size = measureCurrentBlock(data, cursor);
      total += size;
      if (total > maxBytes) throw tooLarge('lz4', maxBytes);
      sizes.push(size);
    }
    if (cursor.contentSize !== null && cursor.contentSize !== total - before) {
      throw corrupt(
        'lz4',
        `the header says ${cursor.contentSize} bytes, but there are ${total - before}`,
      );
    }
  }
  return sizes;
}

function measureCurrentBlock(data: Buffer, cursor: Lz4FrameCursor): number {
  const { blockStart, blockEnd, blockChecksum } = cursor;
  if (blockChecksum !== null && blockChecksum !== xxhash32(data, blockStart, blockEnd)) {
    throw corrupt('lz4', 'a block checksum is wrong');
  }
  if (cursor.stored) return blockEnd - blockStart;
  const size = measureBlock(data, blockStart, blockEnd);
  if (size > cursor.maxBlockBytes) throw corrupt('lz4', `a block that holds ${size} bytes`);
  return size;
}
