import { batchHeader } from '@millrace/protocol';

/** What an entry costs besides its bytes: the objects that keep it. */
const ENTRY_OVERHEAD_BYTES = 256;

interface CacheEntry {
  readonly tail: LogTail;
  readonly baseOffset: number;
  readonly nextOffset: number;
  /** One append: one or more whole batches. */
  readonly records: Buffer;
  readonly chargedBytes: number;
  older: CacheEntry | null;
  newer: CacheEntry | null;
}

/**
 * The most recent appends of all logs of a store, as they came, so that a consumer that keeps up costs no disk read
 * and no copy.
 *
 * Bounded by `maxBytes` over all logs; the oldest append goes first, whichever log it is in. A slice that was
 * handed out keeps its buffers by itself. An append is charged with the memory that it keeps alive: records are
 * often a view on a whole request, so when they are less than half of the memory behind them, they are copied out
 * of it (which is cheap exactly because they are the small part), and else the whole memory is charged.
 */
export class TailCache {
  readonly #maxBytes: number;
  #bytes = 0;
  #oldest: CacheEntry | null = null;
  #newest: CacheEntry | null = null;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The part of one log. */
  createTail(): LogTail {
    return new LogTail(this);
  }

  /** For `LogTail`: makes an entry, the newest of all, and drops the oldest ones past the bound. */
  insert(tail: LogTail, baseOffset: number, nextOffset: number, records: Buffer): CacheEntry {
    const backingBytes = records.buffer.byteLength;
    const isView = records.length * 2 < backingBytes;
    const kept = isView ? copyOf(records) : records;
    const chargedBytes = ENTRY_OVERHEAD_BYTES + (isView ? kept.length : backingBytes);
    const older = this.#newest;
    const entry: CacheEntry = {
      tail,
      baseOffset,
      nextOffset,
      records: kept,
      chargedBytes,
      older,
      newer: null,
    };
    if (older === null) this.#oldest = entry;
    else older.newer = entry;
    this.#newest = entry;
    this.#bytes += chargedBytes;
    return entry;
  }

  evict(): void {
    while (this.#bytes > this.#maxBytes && this.#oldest !== null) {
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
    this.#bytes -= entry.chargedBytes;
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

  add(baseOffset: number, nextOffset: number, records: Buffer): void {
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
   * larger and `minOneBatch` is false). Null when the batch is not cached.
   */
  collect(offset: number, maxBytes: number, minOneBatch: boolean): Buffer[] | null {
    let index = this.#indexOf(offset);
    if (index === -1) return null;
    const first = this.#entries[index]!;
    const start = batchStart(first.records, offset);
    const firstBytes = batchHeader.batchSizeBytes(first.records, start);
    if (firstBytes > maxBytes && !minOneBatch) return [];
    let left = Math.max(maxBytes, firstBytes);
    const parts = [first.records.subarray(start, start + left)];
    left -= parts[0]!.length;
    while (left > 0 && ++index < this.#entries.length) {
      const { records } = this.#entries[index]!;
      parts.push(records.length <= left ? records : records.subarray(0, left));
      left -= Math.min(records.length, left);
    }
    return parts;
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

/** Not from Node's pool, which would keep 8 KiB alive for it. */
function copyOf(records: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(records.length);
  records.copy(copy);
  return copy;
}
