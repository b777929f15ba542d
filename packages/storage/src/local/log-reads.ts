import { ErrorCode, type RecordSlice } from '@millrace/protocol';
import type { ReadOptions, ReadResult, TimestampedOffset } from '../log-store.ts';
import { messageOf } from './disk-errors.ts';
import { DamagedLogError, EMPTY_SLICE, type LogReader } from './log-reader.ts';
import { DroppedSegmentError } from './open-files.ts';
import type { LogTail } from './tail-cache.ts';
import { findMaxTimestamp, findTimestamp } from './timestamp-lookup.ts';

/** A look-up begins anew when a segment was compacted under it; so often in a row that cannot happen. */
const MAX_LOOKS = 16;

/** The log that is read from. */
export interface ReadLog {
  readonly isDeleted: boolean;
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logEndOffset: number;
}

export interface ReadParts {
  readonly directory: string;
  readonly reader: LogReader;
  readonly tail: LogTail;
  readonly onNotice: (notice: string) => void;
}

/** Reads of one log, from memory or its files, while those are deleted and compacted. */
export class LogReads {
  readonly #log: ReadLog;
  readonly #parts: ReadParts;

  constructor(log: ReadLog, parts: ReadParts) {
    this.#log = log;
    this.#parts = parts;
  }

  /** See `PartitionLog.read`. What is in memory is there at once. */
  read(offset: number, maxBytes: number, options: ReadOptions): ReadResult | Promise<ReadResult> {
    const log = this.#log;
    if (log.isDeleted) return this.#result(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    if (offset < log.logStartOffset || offset > log.logEndOffset) {
      return this.#result(ErrorCode.OFFSET_OUT_OF_RANGE);
    }
    if (offset >= log.highWatermark) return this.#result(ErrorCode.NONE);
    const { tail } = this.#parts;
    const preferFile = options.preferFile === true || tail.isCrowded;
    const cached = preferFile ? null : tail.collect(offset, maxBytes, options.minOneBatch);
    if (cached !== null) return this.#result(ErrorCode.NONE, cached);
    return this.#readFiles(offset, maxBytes, options.minOneBatch, !preferFile);
  }

  async #readFiles(
    offset: number,
    maxBytes: number,
    minOneBatch: boolean,
    mayHold: boolean,
  ): Promise<ReadResult> {
    try {
      const records = await this.#readSegments(offset, maxBytes, minOneBatch, mayHold);
      return this.#result(ErrorCode.NONE, records);
    } catch (error) {
      // The file may have gone with the records while they were looked for.
      if (offset < this.#log.logStartOffset) return this.#result(ErrorCode.OFFSET_OUT_OF_RANGE);
      return this.#result(this.#errorOf(error));
    }
  }

  /** The segment may have been compacted while its records were looked for: then they are in another. */
  async #readSegments(
    offset: number,
    maxBytes: number,
    minOneBatch: boolean,
    mayHold: boolean,
  ): Promise<RecordSlice> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#parts.reader.read(offset, maxBytes, minOneBatch, mayHold);
      } catch (error) {
        const isReplaced = error instanceof DroppedSegmentError && attempt < MAX_LOOKS;
        if (!isReplaced || offset < this.#log.logStartOffset) throw error;
      }
    }
  }

  /** The watermark is taken with the result, so it is never below the records that come with it. */
  #result(error: number, records = EMPTY_SLICE): ReadResult {
    const { highWatermark, lastStableOffset, logStartOffset } = this.#log;
    return { error, highWatermark, lastStableOffset, logStartOffset, records };
  }

  #errorOf(error: unknown): number {
    if (this.#log.isDeleted) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    this.#parts.onNotice(`A read of ${this.#parts.directory} failed: ${messageOf(error)}`);
    return error instanceof DamagedLogError
      ? ErrorCode.CORRUPT_MESSAGE
      : ErrorCode.KAFKA_STORAGE_ERROR;
  }

  offsetForTimestamp(timestampMs: number): Promise<TimestampedOffset | null> {
    return this.#find((start) => findTimestamp(this.#parts.reader, timestampMs, start));
  }

  offsetForMaxTimestamp(): Promise<TimestampedOffset | null> {
    return this.#find((start) => findMaxTimestamp(this.#parts.reader, start));
  }

  /** Looks again when what was found, or the file that was looked into, was deleted or compacted meanwhile. */
  async #find(
    look: (logStartOffset: number) => Promise<TimestampedOffset | null>,
  ): Promise<TimestampedOffset | null> {
    for (let attempt = 1; ; ) {
      const start = this.#log.logStartOffset;
      try {
        const found = await look(start);
        if (this.#log.logStartOffset === start) return found;
        if (found !== null && found.offset >= this.#log.logStartOffset) return found;
      } catch (error) {
        const isReplaced = error instanceof DroppedSegmentError && attempt++ < MAX_LOOKS;
        if (this.#log.logStartOffset === start && !isReplaced) throw error;
      }
    }
  }
}
