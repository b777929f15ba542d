import { corrupt } from './compression-error.ts';
import { xxhash32 } from './xxhash32.ts';

// The LZ4 frame format (github.com/lz4/lz4, doc/lz4_Frame_format.md): magic, a descriptor with flags, optional
// content size and a check byte, then blocks, each a size and its bytes, until a size of zero; then optionally the
// checksum of the whole content.

const MAGIC = 0x184d2204;
const VERSION_MASK = 0xc0;
const VERSION_1 = 0x40;
const INDEPENDENT_BLOCKS = 0x20;
const BLOCK_CHECKSUMS = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;
const RESERVED = 0x02;
const DICTIONARY = 0x01;
/** Set in a block's size when the block is stored as it is. */
const STORED = 0x8000_0000;

/**
 * Walks over the frames and blocks in `data`: `nextFrame`, then `nextBlock` until it is false, and again. Allocates
 * nothing; its fields describe where it stands. Throws CompressionError for what is not the format.
 */
export class Lz4FrameCursor {
  readonly #data: Buffer;
  #at = 0;
  #blockChecksums = false;
  #contentChecksums = false;

  /** Of the frame: whether its blocks refer to the content before them. */
  linked = false;
  /** Of the frame: bound of one block's content, 64 KiB to 4 MiB. */
  maxBlockBytes = 0;
  /** Of the frame: size of its content, or null when it does not say. */
  contentSize: number | null = null;
  /** Of the frame, once `nextBlock` was false: checksum of its content, or null when it has none. */
  contentChecksum: number | null = null;
  /** Of the block: where its bytes start and end in `data`, and whether they are stored without compression. */
  blockStart = 0;
  blockEnd = 0;
  stored = false;
  /** Of the block: checksum of its bytes as they are in `data`, or null when it has none. */
  blockChecksum: number | null = null;

  constructor(data: Buffer) {
    this.#data = data;
  }

  nextFrame(): boolean {
    if (this.#at === this.#data.length && this.#at > 0) return false;
    if (this.#uint32() !== MAGIC) throw corrupt('lz4', 'a frame does not begin with the magic');
    const start = this.#at;
    this.#need(2);
    const flags = this.#data[this.#at++]!;
    this.#readFlags(flags);
    this.#readBlockSize(this.#data[this.#at++]!);
    this.contentSize = (flags & CONTENT_SIZE) === 0 ? null : this.#uint64();
    this.contentChecksum = null;
    const expected = (xxhash32(this.#data, start, this.#at) >>> 8) & 0xff;
    this.#need(1);
    if (this.#data[this.#at++] !== expected) throw corrupt('lz4', 'the header check byte is wrong');
    return true;
  }

  nextBlock(): boolean {
    const size = this.#uint32();
    if (size === 0) {
      this.contentChecksum = this.#contentChecksums ? this.#uint32() : null;
      return false;
    }
    this.stored = size >= STORED;
    const length = this.stored ? size - STORED : size;
    if (length > this.maxBlockBytes) throw corrupt('lz4', `a block of ${length} bytes`);
    this.#need(length);
    this.blockStart = this.#at;
    this.blockEnd = this.#at + length;
    this.#at = this.blockEnd;
    this.blockChecksum = this.#blockChecksums ? this.#uint32() : null;
    return true;
  }

  #readFlags(flags: number): void {
    if ((flags & VERSION_MASK) !== VERSION_1) throw corrupt('lz4', 'the frame version is unknown');
    if ((flags & RESERVED) !== 0) throw corrupt('lz4', 'a reserved flag is set');
    if ((flags & DICTIONARY) !== 0) throw corrupt('lz4', 'it needs a dictionary');
    this.linked = (flags & INDEPENDENT_BLOCKS) === 0;
    this.#blockChecksums = (flags & BLOCK_CHECKSUMS) !== 0;
    this.#contentChecksums = (flags & CONTENT_CHECKSUM) !== 0;
  }

  #readBlockSize(descriptor: number): void {
    const code = descriptor >> 4;
    if (code < 4 || code > 7 || (descriptor & 0x0f) !== 0) {
      throw corrupt('lz4', 'the block size is unknown');
    }
    this.maxBlockBytes = 1 << (8 + 2 * code);
  }

  #uint32(): number {
    this.#need(4);
    this.#at += 4;
    return this.#data.readUInt32LE(this.#at - 4);
  }

  #uint64(): number {
    const low = this.#uint32();
    return low + this.#uint32() * 0x1_0000_0000;
  }

  #need(bytes: number): void {
    if (this.#data.length - this.#at < bytes) throw corrupt('lz4', 'it is cut off');
  }
}
