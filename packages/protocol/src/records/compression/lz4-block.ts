import { createRequire } from 'node:module';
import type * as Lz4 from 'lz4-napi';
import { corrupt } from './compression-error.ts';

// One block of LZ4 (github.com/lz4/lz4, doc/lz4_Block_format.md): sequences of literals and a match each; the last
// one has literals only. A token byte holds both lengths; 15 means that more bytes of length follow.

/** The library, loaded when it is used first: most brokers pass batches on as they are. */
const lz4 = (): typeof Lz4 => load('lz4-napi');
const load = createRequire(import.meta.url);

/** lz4-napi puts the size of the content in front of each block, little-endian, and expects it there. */
const PREFIX_BYTES = 4;
const MIN_MATCH = 4;

export function compressBlock(content: Buffer): Buffer {
  return lz4().compressSync(content).subarray(PREFIX_BYTES);
}

/**
 * Decompresses a block to exactly `contentBytes` bytes, as `measureBlock` found them; `history` is the content before
 * it, up to 64 KiB, when the block is linked.
 */
export function decompressBlock(
  block: Buffer,
  contentBytes: number,
  history: Buffer | undefined,
): Buffer {
  const prefixed = Buffer.allocUnsafe(PREFIX_BYTES + block.length);
  prefixed.writeUInt32LE(contentBytes);
  block.copy(prefixed, PREFIX_BYTES);
  try {
    const content = lz4().uncompressSync(prefixed, history);
    if (content.length === contentBytes) return content;
  } catch (error) {
    throw corrupt('lz4', error instanceof Error ? error.message : String(error), error);
  }
  throw corrupt('lz4', 'a block is shorter than its sequences say');
}

/**
 * Size of the content of the block that lies from `start` up to `end`, found by walking its sequences. A native
 * buffer lives until the garbage collector sees it, so the size to allocate must be exact: a bound such as 255 times
 * the block would add up over many small blocks.
 */
export function measureBlock(data: Buffer, start: number, end: number): number {
  let at = start;
  let contentBytes = 0;
  while (at < end) {
    const token = data[at++]!;
    let literals = token >> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255 && at < end) literals += more = data[at++]!;
    }
    at += literals;
    contentBytes += literals;
    if (at === end) return contentBytes;
    let match = token & 15;
    at += 2;
    if (match === 15) {
      let more = 255;
      while (more === 255 && at < end) match += more = data[at++]!;
    }
    contentBytes += match + MIN_MATCH;
  }
  throw corrupt('lz4', 'a block does not end with literals');
}
