import { batchHeader, checkBatch, type RecordPart, type RecordSlice } from '@millrace/protocol';
import { errorCode, readFully } from '../file-system.ts';
import { type BatchVisitor, scanBatches } from './batch-scan.ts';
import type { IndexCache } from './index-cache.ts';
import type { OpenFiles } from './open-files.ts';
import type { ReadAhead } from './read-ahead.ts';
import type { Segment, SegmentList } from './segment.ts';
import { type IndexedPlace, SegmentIndex } from './segment-index.ts';
import type { SharedFile } from './shared-file.ts';

/** Read at once while looking for a batch: a few index intervals. */
const LOCATE_CHUNK_BYTES = 16 * 1024;

export const EMPTY_SLICE: RecordSlice = { sizeBytes: 0, parts: [], release: () => {} };

/** A batch, or the bytes where one should be, that cannot be served. */
export class DamagedLogError extends Error {}

/** Where a batch stands. */
export interface BatchPlace {
  readonly segment: Segment;
  readonly position: number;
  readonly sizeBytes: number;
}

/** Finds batches in the segment files of one log. */
export class LogReader {
  readonly #segments: SegmentList;
  readonly #openFiles: OpenFiles;
  readonly #activeFiles: OpenFiles;
  readonly #indexes: IndexCache;
  readonly #readAhead: ReadAhead;
  readonly #indexIntervalBytes: () => number;
  readonly #onNotice: (notice: string) => void;

  constructor(
    segments: SegmentList,
    openFiles: OpenFiles,
    activeFiles: OpenFiles,
    indexes: IndexCache,
    readAhead: ReadAhead,
    indexIntervalBytes: () => number,
    onNotice: (notice: string) => void,
  ) {
    this.#segments = segments;
    this.#openFiles = openFiles;
    this.#activeFiles = activeFiles;
    this.#indexes = indexes;
    this.#readAhead = readAhead;
    this.#indexIntervalBytes = indexIntervalBytes;
    this.#onNotice = onNotice;
  }

  /**
   * The bytes from the batch that holds `offset` (or, where a compacted log has none, the next one) on: at most
   * `maxBytes` of one segment, but the first batch whole. `highWatermark` is that of the caller's answer: `offset`
   * lies below it. Throws `DamagedLogError` where the log cannot be followed. With `mayHold` the slice may be in memory,
   * and ends with a whole batch then.
   */
  async read(
    offset: number,
    maxBytes: number,
    minOneBatch: boolean,
    mayHold: boolean,
  ): Promise<RecordSlice> {
    if (mayHold) {
      const holder = this.#segments.all[this.#segments.indexFor(offset)]!;
      const ahead = await this.#readAhead.take(holder, offset, maxBytes);
      if (ahead !== null) return ahead;
    }
    const place = await this.locate(offset);
    if (place === null) return EMPTY_SLICE;
    if (place.sizeBytes > maxBytes && !minOneBatch) return EMPTY_SLICE;
    const { segment, position } = place;
    if (mayHold) {
      const open = () => this.openFile(segment);
      const ahead = await this.#readAhead.follow(segment, offset, position, maxBytes, open);
      if (ahead !== null) return ahead;
    }
    const end = segment.undamagedEnd(position);
    const sizeBytes = Math.min(Math.max(maxBytes, place.sizeBytes), end - position);
    const shared = await this.openFile(segment);
    this.#readAhead.remember(segment, position, position + sizeBytes);
    return fileSlice(shared, position, sizeBytes);
  }

  /** The first readable batch that ends at or after `offset`; null when there is none. */
  async locate(offset: number): Promise<BatchPlace | null> {
    const all = this.#segments.all;
    for (let at = this.#segments.indexFor(offset); at < all.length; at++) {
      const segment = all[at]!;
      const damage = segment.damageAt(offset);
      if (damage !== undefined) {
        throw new DamagedLogError(
          `Offsets ${damage.offset} to ${damage.endOffset - 1} are damaged (${segment.filePath}, from byte ${damage.position}).`,
        );
      }
      const place = await this.#locateIn(segment, offset);
      if (place !== null) return place;
    }
    return null;
  }

  async #locateIn(segment: Segment, offset: number): Promise<BatchPlace | null> {
    const index = await this.indexOf(segment);
    const start = index.placeFor(offset);
    const found = await this.#locateFrom(segment, start, offset);
    if (found !== 'wrong index') return found;
    const mended = await this.#mendIndex(segment);
    const fromMended = await this.#locateFrom(segment, mended.placeFor(offset), offset);
    if (fromMended !== 'wrong index') return fromMended;
    // Records must not be passed over for it.
    throw new DamagedLogError(`${segment.filePath} has other batches than its index, built anew.`);
  }

  /**
   * The index is wrong where another batch than it says stands at `start`, or none: records would else be passed over, or
   * taken for damaged.
   */
  async #locateFrom(
    segment: Segment,
    start: IndexedPlace,
    offset: number,
  ): Promise<BatchPlace | null | 'wrong index'> {
    let passed: BatchPlace | null = null;
    let place: BatchPlace | null = null;
    let isGap = false;
    let isWithin = false;
    let isProven = start.lastOffset === null;
    let isWrong = false;
    try {
      await this.scan(segment, start.position, (buffer, at, position, sizeBytes) => {
        const lastOffset = batchHeader.lastOffset(buffer, at);
        isWrong = !isProven && lastOffset !== start.lastOffset;
        isProven = !isWrong;
        if (isWrong) return false;
        const here = { segment, position, sizeBytes };
        if (lastOffset < offset) {
          passed = here;
          return true;
        }
        place = here;
        isGap = batchHeader.baseOffset(buffer, at) > offset;
        isWithin = batchHeader.baseOffset(buffer, at) < offset;
        return false;
      });
    } catch (error) {
      if (isProven || !(error instanceof DamagedLogError)) throw error;
      isWrong = true;
    }
    if (isWrong) return 'wrong index';
    // No batch has the offset, as in a compacted log; or the one that had it has another last offset by now.
    if (isGap && passed !== null) await this.readChecked(passed);
    // Or it only seems to go so far, and the batch that has the offset is a later one.
    if (isWithin && place !== null) await this.readChecked(place);
    return place;
  }

  /** Of the active segment, whose index is being written to, nothing is believed any more: it is read from its start. */
  async #mendIndex(segment: Segment): Promise<SegmentIndex> {
    if (segment === this.#segments.active.segment) {
      this.#onNotice(`The index of ${segment.filePath} is wrong and is not used.`);
      return new SegmentIndex(segment.baseOffset);
    }
    return this.#indexes.rebuild(segment, this.#indexIntervalBytes());
  }

  /**
   * Goes through the batch headers of a segment from `start` on, over damage that recovery noted. Throws where it
   * finds some that nobody knew of.
   */
  async scan(segment: Segment, start: number, visit: BatchVisitor): Promise<void> {
    const shared = await this.openFile(segment);
    try {
      let position = start;
      while (position < segment.readableBytes) {
        const end = segment.undamagedEnd(position);
        const range = { start: position, end, chunkBytes: LOCATE_CHUNK_BYTES, whole: false };
        const stop = await scanBatches(shared.file, range, visit);
        if (stop.problem !== null) {
          throw new DamagedLogError(
            `${segment.filePath} is damaged at byte ${stop.position}: ${stop.problem}`,
          );
        }
        if (stop.position < end) return;
        position = segment.damage.find((range) => range.position === end)?.endPosition ?? end;
      }
    } finally {
      shared.release();
    }
  }

  /** Largest timestamp of the segment's first batch; −1 when it has none, or there is no batch. */
  async firstTimestampOf(segment: Segment): Promise<number> {
    if (segment.firstTimestampMs === null && segment.readableBytes > 0) {
      await this.scan(segment, 0, (buffer, at) => {
        segment.firstTimestampMs = batchHeader.maxTimestamp(buffer, at);
        return false;
      });
    }
    return segment.firstTimestampMs ?? -1;
  }

  /** All segments, oldest first. */
  get segments(): readonly Segment[] {
    return this.#segments.all;
  }

  /** The segment's file, retained: the caller releases it. */
  async openFile(segment: Segment): Promise<SharedFile> {
    if (segment !== this.#segments.active.segment) return this.#openFiles.acquire(segment);
    try {
      return await this.#activeFiles.acquire(segment);
    } catch (error) {
      // A file system that was made read-only after an error can still be read.
      if (errorCode(error) !== 'EROFS') throw error;
      return this.#openFiles.acquire(segment);
    }
  }

  async indexOf(segment: Segment): Promise<SegmentIndex> {
    if (segment === this.#segments.active.segment) {
      if (this.#segments.isReady) return this.#segments.active.index;
      await this.#segments.ready();
      // It may be a closed one by now.
      return this.indexOf(segment);
    }
    const index = await this.#indexes.get(segment, this.#indexIntervalBytes());
    segment.noteTimestamps(index);
    return index;
  }

  /** The batch's bytes, which are as they were written. */
  async readChecked(place: BatchPlace): Promise<Buffer> {
    const batch = await this.#readBatch(place);
    const problem = checkBatch(batch, 0, batch.length);
    if (problem === null) return batch;
    throw new DamagedLogError(
      `${place.segment.filePath} is damaged at byte ${place.position}: ${problem}`,
    );
  }

  async #readBatch(place: BatchPlace): Promise<Buffer> {
    const shared = await this.openFile(place.segment);
    try {
      const batch = Buffer.allocUnsafe(place.sizeBytes);
      await readFully(shared.file, batch, 0, place.sizeBytes, place.position);
      return batch;
    } finally {
      shared.release();
    }
  }
}

/** A slice of one file, which stays open until the slice is released. */
function fileSlice(shared: SharedFile, start: number, sizeBytes: number): RecordSlice {
  const part: RecordPart = {
    sizeBytes,
    async read(target, targetOffset, length, position) {
      const wanted = Math.min(length, sizeBytes - position);
      const count = await shared.file.read(target, targetOffset, wanted, start + position);
      if (count === 0)
        throw new DamagedLogError(`A log file ends before byte ${start + position}.`);
      return count;
    },
  };
  return { sizeBytes, parts: [part], release: () => shared.release() };
}
