import {
  batchHeader,
  CompressionError,
  checkBatch,
  MalformedError,
  RecordCursor,
} from '@millrace/protocol';
import { type BatchFate, filterBatch, MAX_DECOMPRESSED_BYTES } from './batch-filter.ts';
import { OffsetMap } from './offset-map.ts';
import { type AbortedTransaction, TransactionTracker } from './transaction-tracker.ts';

/** What a compaction pass over one log must know. Plain data, so that it can go to a thread. */
export interface PassOptions {
  /** Size of the key map: 24 bytes each. */
  readonly slots: number;
  /** `log.cleaner.io.buffer.load.factor` */
  readonly loadFactor: number;
  /** Four random words. */
  readonly hashKey: Uint32Array;
  /** Keys are collected from here on (the first dirty offset) … */
  readonly startOffset: number;
  /** … and below here. */
  readonly boundOffset: number;
  readonly nowMs: number;
  /** `delete.retention.ms` */
  readonly deleteRetentionMs: number;
  /** Last offset of each producer that the log remembers, whose batch must stay. */
  readonly lastOffsets: ReadonlyMap<number, number>;
  /** All that overlap the log up to `boundOffset`. */
  readonly aborted: readonly AbortedTransaction[];
}

/** How far the keys are collected. */
export interface IndexProgress {
  /** Nothing more needs to be read: the map is full, or the bound was reached, and no transaction is open there. */
  readonly isDone: boolean;
  /** Transactions of what was read have no end yet: what follows must be read for it, past the bound as well. */
  readonly hasOpen: boolean;
}

export interface KeyRange {
  /** Records from here on were not looked at, and stay. */
  readonly endOffset: number;
  /** A transaction that has no end in all that was read begins here: the pass must not go past it. Null for none. */
  readonly firstOpenOffset: number | null;
}

export interface Filtered {
  /** Whole batches, in memory of their own unless nothing changed. */
  readonly output: Buffer;
  readonly isChanged: boolean;
  readonly recordsRead: number;
  readonly recordsKept: number;
  /** Records without a key, which are dropped. */
  readonly invalidRecords: number;
  /** Aborted transactions of which something stays. */
  readonly abortedKept: readonly AbortedTransaction[];
}

/** The log holds what cannot be compacted; the message says what and why. */
export class UncleanableError extends Error {}

/**
 * One compaction pass, without any I/O: first the batches of the dirty part for `index`, then those of all segments that
 * are to be rewritten for `filter`, in order. Its memory is the key map, and one batch with what it decompresses to.
 * The rules are Kafka's (Cleaner).
 */
export class Compactor {
  readonly #options: PassOptions;
  readonly #map: OffsetMap;
  #tracker: TransactionTracker;
  #abortedKept: AbortedTransaction[] = [];
  /** The map is full, or the bound was reached. */
  #isComplete = false;
  #isFull = false;
  /** Offset after the last record that the map knows. */
  #endOffset: number;
  #recordsRead = 0;
  #recordsKept = 0;
  #invalidRecords = 0;

  constructor(options: PassOptions) {
    this.#options = options;
    this.#map = new OffsetMap(options.slots, options.loadFactor, options.hashKey);
    this.#tracker = new TransactionTracker(options.aborted);
    this.#endOffset = options.startOffset;
  }

  /** Share of the key map that is in use. */
  get mapUse(): number {
    return this.#map.size / this.#map.slots;
  }

  /** Collects the keys of whole batches; past the bound only the ends of transactions. Throws `UncleanableError`. */
  index(chunk: Buffer): IndexProgress {
    eachBatch(chunk, (batch) => this.#indexBatch(batch));
    const hasOpen = this.#tracker.firstOpenOffset !== null;
    return { isDone: this.#isComplete && !hasOpen, hasOpen };
  }

  #indexBatch(batch: Buffer): void {
    this.#isComplete ||= batchHeader.baseOffset(batch, 0) >= this.#options.boundOffset;
    if (batchHeader.isControl(batchHeader.attributes(batch, 0))) {
      this.#tracker.onControlBatch(batch, 0);
    } else if (this.#isComplete) {
      // What follows is read for the ends of the transactions that are open here.
      return;
    } else if (!this.#tracker.onDataBatch(batch, 0) && !this.#collect(batch)) {
      this.#isComplete = true;
      this.#isFull = true;
      return;
    }
    if (this.#isComplete) return;
    this.#endOffset = Math.max(this.#endOffset, batchHeader.lastOffset(batch, 0) + 1);
  }

  /** False when the map was full before the batch's end. */
  #collect(batch: Buffer): boolean {
    const { startOffset } = this.#options;
    const cursor = new RecordCursor(batch, 0, MAX_DECOMPRESSED_BYTES);
    while (cursor.next()) {
      if (cursor.offset < startOffset || !cursor.findKey()) continue;
      if (!this.#map.put(cursor.bytes, cursor.keyStart, cursor.keyEnd, cursor.offset)) return false;
      this.#endOffset = Math.max(this.#endOffset, cursor.offset + 1);
    }
    return true;
  }

  /** Ends the collection of keys. `reachedOffset`: everything below was given to `index`, gaps included. */
  endIndex(reachedOffset: number): KeyRange {
    if (!this.#isFull) this.#endOffset = Math.max(this.#endOffset, reachedOffset);
    const range = {
      endOffset: this.#endOffset,
      firstOpenOffset: this.#tracker.firstOpenOffset,
    };
    this.#tracker = new TransactionTracker(this.#options.aborted, (transaction) =>
      this.#abortedKept.push(transaction),
    );
    return range;
  }

  /**
   * What stays of whole batches. `isGroupEnd`: they are the last ones that go into their new segment, whose last batch is
   * kept, as an empty one if need be, so that the segment tells by itself where it ends. Throws `UncleanableError`.
   */
  filter(chunk: Buffer, isGroupEnd: boolean): Filtered {
    const parts: Buffer[] = [];
    let isChanged = false;
    this.#recordsRead = 0;
    this.#recordsKept = 0;
    this.#invalidRecords = 0;
    this.#abortedKept = [];
    eachBatch(chunk, (batch, isLast) => {
      const kept = filterBatch(batch, this.#fateOf(batch, isGroupEnd && isLast), this.#keeps);
      if (kept !== batch) isChanged = true;
      if (kept !== null) parts.push(kept);
    });
    return {
      output: isChanged ? Buffer.concat(parts) : chunk,
      isChanged,
      recordsRead: this.#recordsRead,
      recordsKept: this.#recordsKept,
      invalidRecords: this.#invalidRecords,
      abortedKept: this.#abortedKept,
    };
  }

  #fateOf(batch: Buffer, isGroupEnd: boolean): BatchFate {
    const { nowMs, deleteRetentionMs, lastOffsets } = this.#options;
    const flags = batchHeader.attributes(batch, 0);
    const isControl = batchHeader.isControl(flags);
    const canGo = isControl
      ? this.#tracker.onControlBatch(batch, 0)
      : this.#tracker.onDataBatch(batch, 0);
    const isPastHorizon =
      batchHeader.hasDeleteHorizon(flags) && batchHeader.baseTimestamp(batch, 0) <= nowMs;
    this.#isTombstoneKept = !isPastHorizon;
    this.#isControl = isControl;
    const lastOffset = lastOffsets.get(batchHeader.producerId(batch, 0));
    return {
      dropsRecords: canGo && (!isControl || isPastHorizon),
      keepsHeader: isGroupEnd || lastOffset === batchHeader.lastOffset(batch, 0),
      newHorizonMs: nowMs + deleteRetentionMs,
      needsHorizon: canGo && isControl,
    };
  }

  // Of the batch that is being filtered.
  #isControl = false;
  #isTombstoneKept = false;

  readonly #keeps = (cursor: RecordCursor): boolean => {
    this.#recordsRead++;
    const isKept = this.#decide(cursor);
    if (isKept) this.#recordsKept++;
    return isKept;
  };

  #decide(cursor: RecordCursor): boolean {
    const hasKey = cursor.findKey();
    if (this.#isControl || cursor.offset >= this.#endOffset) return true;
    if (!hasKey) {
      this.#invalidRecords++;
      return false;
    }
    if (cursor.offset < this.#map.get(cursor.bytes, cursor.keyStart, cursor.keyEnd)) return false;
    return cursor.hasValue || this.#isTombstoneKept;
  }
}

/** Goes through whole batches, every one checked with its CRC. */
function eachBatch(chunk: Buffer, visit: (batch: Buffer, isLast: boolean) => void): void {
  for (let at = 0; at < chunk.length; ) {
    const problem = checkBatch(chunk, at, chunk.length);
    if (problem !== null) throw new UncleanableError(problem);
    const end = at + batchHeader.batchSizeBytes(chunk, at);
    try {
      visit(chunk.subarray(at, end), end === chunk.length);
    } catch (error) {
      if (!(error instanceof MalformedError) && !(error instanceof CompressionError)) throw error;
      const where = `The batch at offset ${batchHeader.baseOffset(chunk, at)} cannot be read`;
      throw new UncleanableError(`${where}: ${error.message}`);
    }
    at = end;
  }
}
