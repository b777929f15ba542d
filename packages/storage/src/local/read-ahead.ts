import { batchHeader, type RecordSlice } from '@millrace/protocol';
import { readFully } from '../file-system.ts';
import type { Segment } from './segment.ts';
import type { SharedFile } from './shared-file.ts';

/** What consumers ask for of a partition by default (`max.partition.fetch.bytes`, `fetch.message.max.bytes`). */
const DEFAULT_BUFFER_BYTES = 1024 * 1024;
/** Two for each of a dozen partitions that are read through at a time. */
const DEFAULT_BUFFERS = 24;
/** Reads that are remembered, to see which go on where another ended. */
const MAX_REMEMBERED = 256;
/** So little is left that the reader is about to find its records in the tail cache. */
const MIN_AHEAD_PART = 16;

/** The bytes of a segment from one batch on. */
interface Chunk {
  readonly segment: Segment;
  /** Of the first record that is asked for next. */
  readonly offset: number;
  readonly position: number;
  readonly buffer: Buffer;
  /** As many as were asked for, once they are there. */
  readonly sizeBytes: number;
  /** Resolves, without an error, to whether they are there. */
  readonly loaded: Promise<boolean>;
  /** Gives the segment's file, retained. */
  readonly open: () => Promise<SharedFile>;
}

interface Range {
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
}

/** Whole batches at the beginning of a chunk. */
interface WholeBatches {
  readonly sizeBytes: number;
  readonly nextOffset: number;
}

/**
 * Who reads a log through from its files asks for the next piece when it has done with the last. That piece is read
 * meanwhile, into memory that is used again, so that the answer needs nothing but to be sent: no thread has to find the
 * batch, and none to read it while the consumer waits.
 *
 * Only reads that go on where another ended are read ahead. All memory is bounded, and slices that nobody takes hold theirs:
 * where there is none left, reads go to the file as others do. What was read ahead and not asked for goes when its memory is
 * needed.
 */
export class ReadAhead {
  readonly #bufferBytes: number;
  readonly #maxBuffers: number;
  readonly #free: Buffer[] = [];
  #made = 0;
  /** Read ahead, or being read, and not asked for yet: the oldest first, at most one per buffer. */
  readonly #chunks: Chunk[] = [];
  /** At most one per buffer. */
  readonly #loading = new Set<Promise<boolean>>();
  /** The latest reads, at most `MAX_REMEMBERED`, in a ring. */
  readonly #remembered: Range[] = [];
  #nextRemembered = 0;

  constructor(bufferBytes = DEFAULT_BUFFER_BYTES, maxBuffers = DEFAULT_BUFFERS) {
    this.#bufferBytes = bufferBytes;
    this.#maxBuffers = maxBuffers;
  }

  /** The batches from `offset` on, where they were read ahead; null where they are to be looked for. */
  async take(segment: Segment, offset: number, maxBytes: number): Promise<RecordSlice | null> {
    const at = this.#chunks.findIndex((some) => some.segment === segment && some.offset === offset);
    const [chunk] = at < 0 ? [] : this.#chunks.splice(at, 1);
    return chunk === undefined ? null : this.#use(chunk, offset, maxBytes);
  }

  /**
   * The batches from `position` on, where the batch with `offset` stands, if that is where another read has ended; null
   * where they are to be read as they are sent. `open` gives the file, retained.
   */
  async follow(
    segment: Segment,
    offset: number,
    position: number,
    maxBytes: number,
    open: () => Promise<SharedFile>,
  ): Promise<RecordSlice | null> {
    if (maxBytes > this.#bufferBytes) return null;
    const goesOn = this.#remembered.some(
      (range) => range.segment === segment && range.start < position && position <= range.end,
    );
    const chunk = goesOn ? this.#load(segment, offset, position, maxBytes, open) : null;
    return chunk === null ? null : this.#use(chunk, 0, maxBytes);
  }

  /** A read that is no part of this, for those that go on where it ends. */
  remember(segment: Segment, start: number, end: number): void {
    this.#remembered[this.#nextRemembered] = { segment, start, end };
    this.#nextRemembered = (this.#nextRemembered + 1) % MAX_REMEMBERED;
  }

  /** Resolves when nothing is being read any more; nobody asks for anything after that. */
  async close(): Promise<void> {
    this.#chunks.length = 0;
    await Promise.all(this.#loading);
  }

  /** Reads on behind it, too. `firstOffset`: the first batch begins there or behind it. */
  async #use(chunk: Chunk, firstOffset: number, maxBytes: number): Promise<RecordSlice | null> {
    const { segment, position, buffer } = chunk;
    const isThere = await chunk.loaded;
    const whole = isThere ? wholeBatches(chunk, firstOffset, maxBytes) : null;
    // What recovery found meanwhile, or what a compaction has replaced, is not served from here.
    const isGood =
      whole !== null &&
      !segment.isDropped &&
      position + whole.sizeBytes <= segment.undamagedEnd(position);
    if (!isGood) {
      this.#free.push(buffer);
      return null;
    }
    const { sizeBytes } = whole;
    this.remember(segment, position, position + sizeBytes);
    this.#readOn(chunk, whole, maxBytes);
    let isHeld = true;
    const release = (): void => {
      if (isHeld) this.#free.push(buffer);
      isHeld = false;
    };
    return { sizeBytes, parts: [buffer.subarray(0, sizeBytes)], release };
  }

  /** Begins to read what comes behind the batches that are served of `chunk`. */
  #readOn({ segment, position, open }: Chunk, served: WholeBatches, maxBytes: number): void {
    const end = position + served.sizeBytes;
    const isWorthIt = segment.undamagedEnd(end) - end >= maxBytes / MIN_AHEAD_PART;
    const next = isWorthIt ? this.#load(segment, served.nextOffset, end, maxBytes, open) : null;
    if (next !== null) this.#chunks.push(next);
  }

  #load(
    segment: Segment,
    offset: number,
    position: number,
    maxBytes: number,
    open: () => Promise<SharedFile>,
  ): Chunk | null {
    const buffer = this.#free.pop() ?? this.#makeOrTake();
    if (buffer === null) return null;
    const left = segment.undamagedEnd(position) - position;
    const sizeBytes = Math.min(this.#bufferBytes, maxBytes, left);
    const loaded = load(open, buffer, sizeBytes, position).finally(() => {
      this.#loading.delete(loaded);
    });
    this.#loading.add(loaded);
    return { segment, offset, position, buffer, sizeBytes, loaded, open };
  }

  #makeOrTake(): Buffer | null {
    if (this.#made < this.#maxBuffers) {
      this.#made++;
      return Buffer.allocUnsafeSlow(this.#bufferBytes);
    }
    // One that is still being read is written to.
    const chunk = this.#chunks.shift();
    if (chunk === undefined) return null;
    void chunk.loaded.then(() => this.#free.push(chunk.buffer));
    return null;
  }
}

async function load(
  open: () => Promise<SharedFile>,
  buffer: Buffer,
  sizeBytes: number,
  position: number,
): Promise<boolean> {
  try {
    const shared = await open();
    try {
      await readFully(shared.file, buffer, 0, sizeBytes, position);
    } finally {
      shared.release();
    }
    return true;
  } catch {
    // Who asks for these records reads them again, and is told.
    return false;
  }
}

/** Null when the first batch is not there as a whole, is larger than `maxBytes`, or is not the one that was expected. */
function wholeBatches(chunk: Chunk, firstOffset: number, maxBytes: number): WholeBatches | null {
  const { buffer, sizeBytes, offset } = chunk;
  const end = Math.min(sizeBytes, maxBytes);
  let nextOffset = -1;
  let at = 0;
  while (at + batchHeader.BATCH_HEADER_BYTES <= end) {
    const size = batchHeader.batchSizeBytes(buffer, at);
    if (size < batchHeader.BATCH_HEADER_BYTES || at + size > end) break;
    const lastOffset = batchHeader.lastOffset(buffer, at);
    // Offsets that do not grow are damage, which the reader of the file knows how to tell.
    const isFirstWrong = at === 0 && !isFirst(buffer, firstOffset, offset);
    if (isFirstWrong || lastOffset < nextOffset) break;
    nextOffset = lastOffset + 1;
    at += size;
  }
  return at === 0 ? null : { sizeBytes: at, nextOffset };
}

/** Whether the first batch holds `offset`, and none before `firstOffset`. */
function isFirst(buffer: Buffer, firstOffset: number, offset: number): boolean {
  const baseOffset = batchHeader.baseOffset(buffer, 0);
  const lastOffset = batchHeader.lastOffset(buffer, 0);
  return firstOffset <= baseOffset && baseOffset <= offset && offset <= lastOffset;
}
