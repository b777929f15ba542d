import { ErrorCode } from '@millrace/protocol';
import type { Clock } from '../clock.ts';
import type { FileSystem } from '../file-system.ts';
import type { DeleteRecordsResult, LogConfig } from '../log-store.ts';
import { DeletedSegments } from './deleted-segments.ts';
import { isDiskFull, messageOf } from './disk-errors.ts';
import { DroppedSegmentError } from './open-files.ts';
import { type RetainedLog, retentionStart } from './retention.ts';
import type { Segment, SegmentList } from './segment.ts';

/** What the start asks of its log. */
export interface StartHost {
  readonly directory: string;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly onNotice: (notice: string) => void;
  readonly config: LogConfig;
  readonly segments: SegmentList;
  readonly highWatermark: number;
  readonly isDeleted: boolean;
  /** The log takes no writes any more. */
  readonly isStopped: boolean;
  /** Reads the segment's largest timestamp into it. */
  noteTimestamps(segment: Segment): Promise<unknown>;
  /** Corrects the largest timestamp where the index was wrong about it; resolves to whether it was right. */
  checkTimestamp(segment: Segment): Promise<boolean>;
  /** Rejects with `AppendRefusedError` when the log takes no writes, now or any more. */
  flush(): Promise<void>;
  /** As `flush`; then closes the active segment, when it holds something. */
  roll(): Promise<void>;
  /** Resolves when the log's start is durable at `offset`. */
  keepLogStart(offset: number): Promise<void>;
  /** The start is at `offset` now; comes before `dropped`. */
  moved(offset: number): void;
  /** These are in the log no more. */
  dropped(segments: readonly Segment[]): void;
  /** Retention let go of these. */
  expired(segments: number, bytes: number): void;
  /** Tells those who wait for news of the log. */
  notify(): void;
}

/** The log could not be flushed: it takes no writes, or the disk is full. */
export class AppendRefusedError extends Error {}

/** Where a log begins: moved by DeleteRecords and by retention, never back. What lies before goes. */
export class LogStart {
  readonly #host: StartHost;
  readonly #deleted: DeletedSegments;
  #offset: number;

  constructor(host: StartHost, offset: number) {
    this.#host = host;
    this.#offset = offset;
    this.#deleted = new DeletedSegments(host);
  }

  get offset(): number {
    return this.#offset;
  }

  /** Compaction's old segments go the same way. */
  get deleted(): DeletedSegments {
    return this.#deleted;
  }

  /** See `PartitionLog.deleteRecordsBefore`. */
  async deleteRecordsBefore(offset: number): Promise<DeleteRecordsResult> {
    const host = this.#host;
    const start = offset === -1 ? host.highWatermark : offset;
    if (start < 0 || start > host.highWatermark) return notDeleted(ErrorCode.OFFSET_OUT_OF_RANGE);
    if (start > this.#offset) {
      try {
        await this.#keep(start);
      } catch (error) {
        if (host.isDeleted) return notDeleted(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        host.onNotice(`The log start of ${host.directory} could not be moved: ${messageOf(error)}`);
        return notDeleted(ErrorCode.KAFKA_STORAGE_ERROR);
      }
      this.#move(start);
    }
    if (host.isDeleted) return notDeleted(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    return { error: ErrorCode.NONE, logStartOffset: this.#offset };
  }

  async #keep(start: number): Promise<void> {
    // Without a flush for each append the end may be lost in a crash, and a log must not begin after its end.
    await this.#host.flush();
    // Another log may have the name by now, and would begin where this one was to.
    if (this.#host.isDeleted) throw new Error('The log was deleted.');
    await this.#host.keepLogStart(start);
  }

  #move(start: number, deleteDelayMs = this.#host.config.fileDeleteDelayMs): void {
    // Of two deletions that went on at the same time, the further one may have been first.
    if (start <= this.#offset) return;
    this.#offset = start;
    this.#host.moved(start);
    // A log that stopped meanwhile leaves its files to the next start.
    if (!this.#host.isStopped) this.dropSegments(deleteDelayMs);
    this.#host.notify();
  }

  /** Lets go of the segments before the start, and takes their files off the disk in the background. */
  dropSegments(deleteDelayMs = this.#host.config.fileDeleteDelayMs): void {
    const dropped = this.#host.segments.dropBefore(this.#offset);
    if (dropped.length === 0) return;
    this.#host.dropped(dropped);
    this.#deleted.add(dropped, deleteDelayMs);
  }

  /** `cleanup.policy` delete: lets go of the oldest segments that are too old or too much. Never rejects. */
  async enforceRetention(): Promise<void> {
    const host = this.#host;
    try {
      if (host.isStopped) return;
      const start = await retentionStart(this.#retained(), host.config, host.clock.nowMs());
      if (start === null || start <= this.#offset) return;
      const old = host.segments.all.filter(({ nextOffset }) => nextOffset <= start);
      await this.#dropBefore(start);
      if (this.#offset < start) return;
      host.expired(
        old.length,
        old.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      );
    } catch (error) {
      // A segment that was compacted under it is looked at again with the next check.
      if (host.isStopped || error instanceof DroppedSegmentError) return;
      host.onNotice(`Old records of ${host.directory} could not be deleted: ${messageOf(error)}`);
    }
  }

  #retained(): RetainedLog {
    const { segments, highWatermark } = this.#host;
    return {
      segments: segments.all,
      highWatermark,
      timestampOf: (segment) => this.timestampOf(segment),
      checkTimestamp: (segment) => this.#host.checkTimestamp(segment),
    };
  }

  /** Largest timestamp of the segment's records; where none has one, when its file last changed. */
  async timestampOf(segment: Segment): Promise<number> {
    if (segment.maxTimestampMs === null) await this.#host.noteTimestamps(segment);
    const timestampMs = segment.maxTimestampMs!;
    return timestampMs >= 0
      ? timestampMs
      : await this.#host.fileSystem.modifiedMs(segment.filePath);
  }

  /** Moves the start to the end of a segment. */
  async #dropBefore(start: number): Promise<void> {
    try {
      // The active segment's space comes back only when it is closed.
      if (start > this.#host.segments.active.segment.baseOffset) await this.#host.roll();
      await this.#keep(start);
    } catch (error) {
      const isFull = isDiskFull(error) || error instanceof AppendRefusedError;
      if (!isFull || this.#host.isStopped) throw error;
      this.#makeRoom(start);
      return;
    }
    this.#move(start);
  }

  /**
   * On a full disk the log start cannot be written, and to delete is what helps. Segments go one by one then: what a crash
   * leaves has no hole, and begins at its first segment.
   */
  #makeRoom(start: number): void {
    const bases = this.#host.segments.all.map(({ baseOffset }) => baseOffset);
    for (const base of bases.slice(1)) if (base <= start) this.#move(base, 0);
  }

  /** Whether files of dropped segments are still there. */
  get hasLeftFiles(): boolean {
    return this.#deleted.hasLeft;
  }

  /** Removes no file any more; resolves when none is being renamed or removed. */
  stop(): Promise<void> {
    return this.#deleted.stop();
  }
}

function notDeleted(error: number): DeleteRecordsResult {
  return { error, logStartOffset: -1 };
}
