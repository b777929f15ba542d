import * as path from 'node:path';
import { batchHeader } from '@millrace/protocol';
import type { CompactionEngine, CompactionPass } from '../compaction/compaction-pass.ts';
import { type IndexProgress, UncleanableError } from '../compaction/compactor.ts';
import { SLOT_BYTES } from '../compaction/offset-map.ts';
import type { AbortedTransaction } from '../compaction/transaction-tracker.ts';
import {
  errorCode,
  type FileSystem,
  type OpenFile,
  writeFully,
  writeSyncedFile,
} from '../file-system.ts';
import { batchChunks } from './batch-chunks.ts';
import type { CleanableRange, CompactedLog } from './cleanable-range.ts';
import type { CleanerThrottle } from './cleaner-throttle.ts';
import { listOffsets } from './log-files.ts';
import {
  CLEANED_SUFFIX,
  INDEX_SUFFIX,
  LOG_SUFFIX,
  offsetFileName,
  TIME_INDEX_SUFFIX,
  TXN_INDEX_SUFFIX,
} from './log-names.ts';
import { Segment } from './segment.ts';
import { groupSegments } from './segment-groups.ts';
import { SegmentIndex } from './segment-index.ts';
import { withdrawSwap } from './segment-swap.ts';
import type { SharedFile } from './shared-file.ts';
import { formatTransactionIndex, readTransactionIndex } from './transaction-index.ts';

/** Each goes further back than the one before; more of them do not happen where transactions are short. */
const MAX_INDEX_ATTEMPTS = 8;

/** A log that a pass works on. */
export interface CleanedLog extends CompactedLog {
  readonly directory: string;
  /** Last offset of each producer that the log remembers. */
  lastOffsets(): Map<number, number>;
  /** The segment's file, retained. */
  openFile(segment: Segment): Promise<SharedFile>;
  indexOf(segment: Segment): Promise<SegmentIndex>;
  /**
   * Puts the segment, whose files are written under `.cleaned` names and synced, in the place of the old ones. False, and
   * nothing done, when those are not all there any more.
   */
  replaceSegments(old: readonly Segment[], cleaned: Segment): Promise<boolean>;
}

/** What a pass works with. */
export interface CleaningTools {
  readonly fileSystem: FileSystem;
  readonly engine: CompactionEngine;
  readonly throttle: CleanerThrottle;
  /** `log.cleaner.dedupe.buffer.size`, this pass's share. */
  readonly mapBytes: number;
  /** `log.cleaner.io.buffer.load.factor` */
  readonly loadFactor: number;
  /** Read at once: this pass's share of `log.cleaner.io.buffer.size`. */
  readonly chunkBytes: number;
  /** Four random words. */
  readonly hashKey: () => Uint32Array;
  readonly nowMs: () => number;
}

export interface CleaningResult {
  /** Everything below is compacted. */
  readonly endOffset: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly recordsRead: number;
  readonly recordsKept: number;
  readonly invalidRecords: number;
  /** Share of the key map that was used. */
  readonly mapUse: number;
}

/** The log was deleted, or the store is being closed. */
export class CleaningAbortedError extends Error {}

/** One compaction pass over one log: collects keys from its dirty part, then rewrites all up to there, group by group. */
export class LogCleaning {
  readonly #log: CleanedLog;
  readonly #tools: CleaningTools;
  readonly #nowMs: number;
  #isAborted = false;
  #bytesRead = 0;
  #bytesWritten = 0;
  #recordsRead = 0;
  #recordsKept = 0;
  #invalidRecords = 0;
  #mapUse = 0;

  constructor(log: CleanedLog, tools: CleaningTools) {
    this.#log = log;
    this.#tools = tools;
    this.#nowMs = tools.nowMs();
  }

  /** Makes `run` reject soon, with `CleaningAbortedError`. */
  abort(): void {
    this.#isAborted = true;
  }

  async run(range: CleanableRange): Promise<CleaningResult> {
    const aborted = await this.#abortedTransactions();
    const { firstDirtyOffset } = range;
    let { boundOffset } = range;
    for (
      let attempt = 0;
      attempt < MAX_INDEX_ATTEMPTS && boundOffset > firstDirtyOffset;
      attempt++
    ) {
      const pass = this.#begin(firstDirtyOffset, boundOffset, aborted);
      try {
        const keys = await this.#collectKeys(pass, firstDirtyOffset, boundOffset);
        if (keys.firstOpenOffset === null || keys.firstOpenOffset >= keys.endOffset) {
          if (keys.endOffset > firstDirtyOffset) await this.#rewrite(pass, keys.endOffset);
          return this.#result(keys.endOffset);
        }
        boundOffset = keys.firstOpenOffset;
      } finally {
        pass.end();
      }
    }
    return this.#result(firstDirtyOffset);
  }

  #begin(
    startOffset: number,
    boundOffset: number,
    aborted: readonly AbortedTransaction[],
  ): CompactionPass {
    const { mapBytes, loadFactor, engine, hashKey } = this.#tools;
    // There are not more keys than offsets, so a small log needs a small map only.
    const needed = Math.ceil((boundOffset - startOffset) / loadFactor) + 2;
    return engine.begin({
      slots: Math.max(2, Math.min(needed, Math.floor(mapBytes / SLOT_BYTES))),
      loadFactor,
      hashKey: hashKey(),
      startOffset,
      boundOffset,
      nowMs: this.#nowMs,
      deleteRetentionMs: this.#log.config.deleteRetentionMs,
      lastOffsets: this.#log.lastOffsets(),
      aborted,
    });
  }

  #result(endOffset: number): CleaningResult {
    return {
      endOffset,
      bytesRead: this.#bytesRead,
      bytesWritten: this.#bytesWritten,
      recordsRead: this.#recordsRead,
      recordsKept: this.#recordsKept,
      invalidRecords: this.#invalidRecords,
      mapUse: this.#mapUse,
    };
  }

  async #abortedTransactions(): Promise<AbortedTransaction[]> {
    const { fileSystem } = this.#tools;
    const { directory } = this.#log;
    const all: AbortedTransaction[] = [];
    for (const baseOffset of await listOffsets(fileSystem, directory, TXN_INDEX_SUFFIX)) {
      all.push(...(await readTransactionIndex(fileSystem, directory, baseOffset)));
    }
    return all;
  }

  async #collectKeys(pass: CompactionPass, firstDirtyOffset: number, boundOffset: number) {
    let reachedOffset = firstDirtyOffset;
    let progress: IndexProgress = { isDone: false, hasOpen: false };
    for (const segment of this.#log.segments) {
      if (segment.nextOffset <= firstDirtyOffset) continue;
      // Past the bound only the ends of transactions are looked for, up to where the log can be read.
      if (segment.baseOffset >= boundOffset && !progress.hasOpen) break;
      const start = await this.#startIn(segment, firstDirtyOffset);
      for await (const chunk of this.#chunks(segment, start)) {
        progress = await pass.index(chunk);
        if (progress.isDone) break;
      }
      if (progress.isDone) break;
      reachedOffset = Math.min(segment.nextOffset, boundOffset);
    }
    const keys = await pass.endIndex(reachedOffset);
    this.#mapUse = keys.mapUse;
    return keys;
  }

  async #startIn(segment: Segment, offset: number): Promise<number> {
    if (segment.baseOffset >= offset) return 0;
    return (await this.#log.indexOf(segment)).positionOf(offset);
  }

  #closedSegments(): readonly Segment[] {
    return this.#log.segments.slice(0, -1);
  }

  async #rewrite(pass: CompactionPass, endOffset: number): Promise<void> {
    const segments = this.#closedSegments().filter(({ baseOffset }) => baseOffset < endOffset);
    const indexBytes = new Map<Segment, number>();
    for (const segment of segments) indexBytes.set(segment, await this.#indexBytesOf(segment));
    const { segmentBytes, segmentIndexBytes } = this.#log.config;
    const groups = groupSegments(segments, {
      segmentBytes,
      segmentIndexBytes,
      indexBytesOf: (segment) => indexBytes.get(segment)!,
    });
    for (const group of groups) await this.#rewriteGroup(pass, group);
  }

  async #indexBytesOf(segment: Segment): Promise<number> {
    let largest = 0;
    for (const suffix of [INDEX_SUFFIX, TIME_INDEX_SUFFIX]) {
      const filePath = segment.pathOf(suffix);
      try {
        largest = Math.max(largest, await this.#tools.fileSystem.sizeOf(filePath));
      } catch (error) {
        // It is built anew when it is needed.
        if (errorCode(error) !== 'ENOENT') throw error;
      }
    }
    return largest;
  }

  async #rewriteGroup(pass: CompactionPass, group: readonly Segment[]): Promise<void> {
    const { fileSystem } = this.#tools;
    const { directory } = this.#log;
    const { baseOffset } = group[0]!;
    let cleaned: Segment | null;
    try {
      cleaned = await this.#writeCleaned(pass, group);
    } catch (error) {
      // What cannot be removed now, the next start removes. The first error is the one to be told.
      await withdrawSwap(fileSystem, directory, baseOffset).catch(() => {});
      throw error;
    }
    if (cleaned !== null && (await this.#log.replaceSegments(group, cleaned))) return;
    await withdrawSwap(fileSystem, directory, baseOffset);
  }

  /** Null when what would be written is what is there. */
  async #writeCleaned(pass: CompactionPass, group: readonly Segment[]): Promise<Segment | null> {
    const { fileSystem } = this.#tools;
    const first = group[0]!;
    const last = group.findLast(({ sizeBytes }) => sizeBytes > 0) ?? first;
    const index = new SegmentIndex(first.baseOffset);
    const cleaned = new Segment(first.baseOffset, first.filePath, first.createdMs);
    const file = await fileSystem.open(this.#pathOf(first, LOG_SUFFIX), 'replace');
    const abortedKept: AbortedTransaction[] = [];
    let isChanged = group.length > 1;
    try {
      for (const segment of group) {
        let position = 0;
        for await (const chunk of this.#chunks(segment, 0)) {
          position += chunk.length;
          const isGroupEnd = segment === last && position === segment.sizeBytes;
          const filtered = await pass.filter(chunk, isGroupEnd);
          isChanged ||= filtered.isChanged;
          abortedKept.push(...filtered.abortedKept);
          this.#recordsRead += filtered.recordsRead;
          this.#recordsKept += filtered.recordsKept;
          this.#invalidRecords += filtered.invalidRecords;
          await this.#append(file, cleaned, index, filtered.output);
        }
      }
      if (!isChanged || cleaned.sizeBytes === 0) return null;
      await file.datasync();
    } finally {
      await file.close();
    }
    index.seal();
    cleaned.nextOffset = group.at(-1)!.nextOffset;
    cleaned.publish(index);
    await writeSyncedFile(fileSystem, this.#pathOf(first, INDEX_SUFFIX), index.offsetBytes());
    await writeSyncedFile(fileSystem, this.#pathOf(first, TIME_INDEX_SUFFIX), index.timeBytes());
    if (abortedKept.length > 0) {
      const content = formatTransactionIndex(abortedKept);
      await writeSyncedFile(fileSystem, this.#pathOf(first, TXN_INDEX_SUFFIX), content);
    }
    return cleaned;
  }

  #pathOf(segment: Segment, suffix: string): string {
    const name = offsetFileName(segment.baseOffset, suffix + CLEANED_SUFFIX);
    return path.join(this.#log.directory, name);
  }

  async #append(
    file: OpenFile,
    cleaned: Segment,
    index: SegmentIndex,
    output: Buffer,
  ): Promise<void> {
    if (output.length === 0) return;
    const { indexIntervalBytes } = this.#log.config;
    await writeFully(file, [output], cleaned.sizeBytes);
    for (let at = 0; at < output.length; ) {
      const sizeBytes = batchHeader.batchSizeBytes(output, at);
      const timestampMs = batchHeader.maxTimestamp(output, at);
      const lastOffset = batchHeader.lastOffset(output, at);
      cleaned.firstTimestampMs ??= timestampMs;
      index.track(lastOffset, timestampMs, cleaned.sizeBytes, sizeBytes, indexIntervalBytes);
      cleaned.sizeBytes += sizeBytes;
      at += sizeBytes;
    }
    this.#bytesWritten += output.length;
    await this.#pause(output.length);
  }

  /** The whole batches of a segment from `start` on; ends with an error when the pass is aborted. */
  async *#chunks(segment: Segment, start: number): AsyncGenerator<Buffer> {
    if (segment.damage.length > 0) {
      const { position } = segment.damage[0]!;
      throw new UncleanableError(`${segment.filePath} is damaged at byte ${position}.`);
    }
    const shared = await this.#log.openFile(segment);
    try {
      const { chunkBytes } = this.#tools;
      for await (const chunk of batchChunks(
        shared.file,
        start,
        segment.readableBytes,
        chunkBytes,
      )) {
        this.#bytesRead += chunk.length;
        await this.#pause(chunk.length);
        yield chunk;
      }
    } finally {
      shared.release();
    }
  }

  async #pause(bytes: number): Promise<void> {
    await this.#tools.throttle.spend(bytes);
    if (this.#isAborted) throw new CleaningAbortedError('The compaction of the log was given up.');
  }
}
