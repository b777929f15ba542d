import { batchHeader, type RecordSlice } from '@millrace/protocol';
import { EMPTY_SLICE } from './log-reader.ts';
import { AdjacentBuffers, type KeptRecords, RecordMemory, type Slab } from './record-memory.ts';

/** What an entry costs besides its bytes: the objects that keep it. */
const ENTRY_OVERHEAD_BYTES = 256;
/** Memory comes in slabs: at least so many fill the cache, so that an eviction lets go of a small part of it. */
const MIN_SLABS = 16;
const MIN_SLAB_BYTES = 512;
const MAX_SLAB_BYTES = 1024 * 1024;
/** Past this many times the bound, records that are asked for are not held here as well. */
const CROWDED_FACTOR = 2;

interface CacheEntry {
  readonly tail: LogTail;
  readonly baseOffset: number;
  readonly nextOffset: number;
  /** One append: one or more whole batches. */
  readonly records: KeptRecords;
  older: CacheEntry | null;
  newer: CacheEntry | null;
}

/**
 * The most recent appends of all logs of a store, so that a consumer that keeps up costs no disk read and no copy.
 *
 * Bounded by `maxBytes` over all logs, of which the memory that appends not yet written and slices not yet sent hold is
 * a part; the oldest append goes first, whichever log it is in.
 */
export class TailCache {
  readonly #maxBytes: number;
  readonly #memory: RecordMemory;
  #entries = 0;
  #oldest: CacheEntry | null = null;
  #newest: CacheEntry | null = null;

  /** `onReuse`: see `RecordMemory`. */
  constructor(maxBytes: number, onReuse?: (memory: Buffer) => void) {
    this.#maxBytes = maxBytes;
    const slabBytes = Math.max(MIN_SLAB_BYTES, Math.min(MAX_SLAB_BYTES, maxBytes / MIN_SLABS));
    this.#memory = new RecordMemory(Math.floor(slabBytes), onReuse);
  }

  get bytes(): number {
    return this.#memory.heldBytes + this.#entries * ENTRY_OVERHEAD_BYTES;
  }

  get entries(): number {
    return this.#entries;
  }

  /** So much is held by others, slices that clients do not take above all, that readers should go to the files. */
  get isCrowded(): boolean {
    return this.#memory.heldBytes > CROWDED_FACTOR * this.#maxBytes;
  }

  /** The part of one log. */
  createTail(): LogTail {
    return new LogTail(this);
  }

  /** For `LogTail`: copies records that are about to be written. */
  keep(records: Buffer): KeptRecords {
    return this.#memory.keep(records);
  }

  /** For `LogTail`: makes an entry, the newest of all, which takes over the hold on its memory. */
  insert(tail: LogTail, baseOffset: number, nextOffset: number, records: KeptRecords): CacheEntry {
    const older = this.#newest;
    const entry: CacheEntry = { tail, baseOffset, nextOffset, records, older, newer: null };
    if (older === null) this.#oldest = entry;
    else older.newer = entry;
    this.#newest = entry;
    this.#entries++;
    return entry;
  }

  evict(): void {
    while (this.bytes > this.#maxBytes && this.#oldest !== null) {
      const entry = this.#oldest;
      this.remove(entry);
      entry.tail.dropOldest(entry);
    }
  }

  remove(entry: CacheEntry): void {
    if (entry.older === null) this.#oldest = entry.newer;
    else entry.older.newer = entry.newer;
    if (entry.newer === null) this.#newest = entry.older;
    else entry.newer.older = entry.older;
    this.#entries--;
    entry.records.slab.release();
  }
}

/** The cached end of one log: appends without a gap between them, up to the high watermark. */
export class LogTail {
  readonly #cache: TailCache;
  /** From `#first` on, oldest first; what is before it was evicted. */
  #entries: (CacheEntry | undefined)[] = [];
  #first = 0;

  constructor(cache: TailCache) {
    this.#cache = cache;
  }

  /** Copies records that are about to be written into the memory that `add` takes them from. */
  keep(records: Buffer): KeptRecords {
    return this.#cache.keep(records);
  }

  /** So much memory is held that readers should go to the files. */
  get isCrowded(): boolean {
    return this.#cache.isCrowded;
  }

  /** Takes over the hold on `records`. */
  add(baseOffset: number, nextOffset: number, records: KeptRecords): void {
    const last = this.#entries.at(-1);
    if (last !== undefined && last.nextOffset !== baseOffset) this.clear();
    this.#entries.push(this.#cache.insert(this, baseOffset, nextOffset, records));
    this.#cache.evict();
  }

  /** Called by the cache, for the oldest entry of this log. */
  dropOldest(entry: CacheEntry): void {
    if (this.#entries[this.#first] !== entry) throw new Error('the tail cache lost its order');
    this.#entries[this.#first++] = undefined;
    if (this.#first * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }

  /** Lets go of the appends that end at or before `offset`. */
  dropBefore(offset: number): void {
    for (;;) {
      const oldest = this.#entries[this.#first];
      if (oldest === undefined || oldest.nextOffset > offset) return;
      this.#cache.remove(oldest);
      this.dropOldest(oldest);
    }
  }

  clear(): void {
    for (let index = this.#first; index < this.#entries.length; index++) {
      this.#cache.remove(this.#entries[index]!);
    }
    this.#entries = [];
    this.#first = 0;
  }

  /**
   * The batches from the one that holds `offset` on, at most `maxBytes` but the first one whole (nothing when it is
   * larger and `minOneBatch` is false). Null when the batch is not cached. The slice holds their memory.
   */
  collect(offset: number, maxBytes: number, minOneBatch: boolean): RecordSlice | null {
    let index = this.#indexOf(offset);
    if (index === -1) return null;
    const first = this.#entries[index]!.records;
    const start = batchStart(first.bytes, offset);
    const firstBytes = batchHeader.batchSizeBytes(first.bytes, start);
    if (firstBytes > maxBytes && !minOneBatch) return EMPTY_SLICE;
    const sizeBytes = Math.max(maxBytes, firstBytes);
    let left = sizeBytes;
    const buffers = new AdjacentBuffers();
    const slabs: Slab[] = [];
    for (; left > 0 && index < this.#entries.length; index++) {
      const { bytes, slab } = this.#entries[index]!.records;
      const from = slabs.length === 0 ? start : 0;
      const taken = Math.min(bytes.length - from, left);
      buffers.add(taken === bytes.length ? bytes : bytes.subarray(from, from + taken));
      left -= taken;
      if (slabs.at(-1) === slab) continue;
      slab.hold();
      slabs.push(slab);
    }
    const release = () => {
      for (const slab of slabs) slab.release();
    };
    return { sizeBytes: sizeBytes - left, parts: buffers.take(), release };
  }

  #indexOf(offset: number): number {
    let low = this.#first;
    let high = this.#entries.length;
    if (low === high || offset < this.#entries[low]!.baseOffset) return -1;
    if (offset >= this.#entries[high - 1]!.nextOffset) return -1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]!.baseOffset <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

function batchStart(records: Buffer, offset: number): number {
  let at = 0;
  while (batchHeader.lastOffset(records, at) < offset)
    at += batchHeader.batchSizeBytes(records, at);
  return at;
}
