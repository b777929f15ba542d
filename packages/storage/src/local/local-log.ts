import { batchHeader, ErrorCode } from '@millrace/protocol';
import type {
  ActiveProducer,
  AppendResult,
  DeleteRecordsResult,
  LogConfig,
  LogSpec,
  PartitionLog,
  ReadOptions,
  TimestampedOffset,
} from '../log-store.ts';
import { needsRecompression, recompressedRecords } from '../recompression/recompressed-records.ts';
import type { RecompressionOutcome } from '../recompression/recompressor.ts';
import { type DamagedLog, repairActiveSegment } from './active-segment-repair.ts';
import { AppendLine } from './append-line.ts';
import { stampBatches } from './batch-stamp.ts';
import { validateProduced, validateRecompressed } from './batch-validation.ts';
import { cleanedLog } from './cleaned-log.ts';
import { messageOf } from './disk-errors.ts';
import type { LeaderEpochs } from './leader-epochs.ts';
import { LogCheckpoint } from './log-checkpoint.ts';
import type { CleanedLog } from './log-cleaning.ts';
import type { LoadedLog } from './log-loader.ts';
import { logDirectoryName } from './log-names.ts';
import { LogReader } from './log-reader.ts';
import { LogReads } from './log-reads.ts';
import { AppendRefusedError, LogStart, type StartHost } from './log-start.ts';
import type { LogState } from './log-summary.ts';
import type { LogSurroundings } from './log-surroundings.ts';
import { flushRequest, LogWriter, type WriterHost } from './log-writer.ts';
import { makeNextSegment } from './next-segment.ts';
import { type PendingAppend, type Refusal, refusedAppend } from './pending-append.ts';
import type { ProducedBatch, ProducerStates } from './producer-states.ts';
import type { Segment, SegmentList } from './segment.ts';
import { SegmentIndex } from './segment-index.ts';
import type { LogTail } from './tail-cache.ts';
import { checkLargestTimestamp } from './timestamp-lookup.ts';

/** How often, at most, producers that no longer write are looked for (`producer.id.expiration.check.interval.ms`). */
const EXPIRY_CHECK_INTERVAL_MS = 600_000;

/** What is known of a log that was closed. */
export interface ClosedLog {
  /** All of it is durable. */
  readonly endOffset: number;
  readonly summary: LogState | null;
}

/** A log in Kafka's on-disk format in one directory. */
export class LocalLog implements PartitionLog {
  readonly topicId: string;
  readonly topic: string;
  readonly partition: number;
  /** Of its directory. */
  readonly name: string;
  readonly #directory: string;
  readonly #around: LogSurroundings;
  readonly #segments: SegmentList;
  readonly #producers: ProducerStates;
  readonly #epochs: LeaderEpochs;
  readonly #tail: LogTail;
  readonly #line = new AppendLine();
  readonly #writer: LogWriter;
  readonly #reader: LogReader;
  readonly #reads: LogReads;
  readonly #checkpoint: LogCheckpoint;
  /** Bounded by those who listen: one per consumer that waits at the end, and they take themselves off. */
  readonly #listeners = new Set<() => void>();
  /** What compaction sees of the log. */
  readonly cleaned: CleanedLog;
  #config: LogConfig;
  readonly #start: LogStart;
  #highWatermark: number;
  #logEndOffset: number;
  /** Bytes of the closed segments. */
  #closedBytes: number;
  #nextExpiryCheckMs: number;
  /** The log's end for which the files of a clean stop are on the disk; −1 when there is none. */
  readonly #savedEndOffset: number;
  #isDeleted = false;

  constructor(
    spec: LogSpec,
    directory: string,
    loaded: LoadedLog,
    tail: LogTail,
    around: LogSurroundings,
  ) {
    this.topicId = spec.topicId;
    this.topic = spec.topic;
    this.partition = spec.partition;
    this.#config = spec.config;
    this.name = logDirectoryName(spec.topic, spec.partition);
    this.#directory = directory;
    this.#around = around;
    this.#segments = loaded.segments;
    this.#producers = loaded.producers;
    this.#epochs = loaded.epochs;
    this.#tail = tail;
    this.#logEndOffset = loaded.segments.active.segment.nextOffset;
    this.#highWatermark = this.#logEndOffset;
    this.#savedEndOffset = loaded.isSaved ? this.#logEndOffset : -1;
    this.#closedBytes = loaded.segments.sizeBytes - loaded.segments.active.segment.sizeBytes;
    this.#nextExpiryCheckMs = around.clock.nowMs() + EXPIRY_CHECK_INTERVAL_MS;
    this.#start = new LogStart(this.#startHost(), loaded.logStartOffset);
    loaded.segments.active.segment.rollJitterMs = this.#rollJitterMs();
    if (loaded.activeFile !== null) {
      around.activeFiles.adopt(loaded.segments.active.segment, loaded.activeFile);
    }
    this.#writer = new LogWriter(this.#writerHost(), loaded.segments, around);
    const { fileSystem, checkpoints, onNotice } = around;
    this.#checkpoint = new LogCheckpoint(
      {
        ...{ topic: spec.topic, partition: spec.partition, directory },
        ...{ fileSystem, checkpoints, onNotice, noteChanged: () => around.noteChanged(this) },
        ...{ segments: loaded.segments, producers: loaded.producers, writer: this.#writer },
      },
      loaded.indexFiles,
      loaded.uncheckpointedBytes,
    );
    this.#reader = new LogReader(
      loaded.segments,
      around.openFiles,
      around.activeFiles,
      around.indexes,
      around.readAhead,
      () => this.#config.indexIntervalBytes,
      around.onNotice,
    );
    this.#reads = new LogReads(this, { directory, onNotice, tail, reader: this.#reader });
    this.cleaned = this.#cleanedLog();
  }

  get logStartOffset(): number {
    return this.#start.offset;
  }

  get highWatermark(): number {
    return this.#highWatermark;
  }

  get lastStableOffset(): number {
    return this.#highWatermark;
  }

  get logEndOffset(): number {
    return this.#logEndOffset;
  }

  get leaderEpoch(): number {
    return this.#epochs.latest;
  }

  get sizeBytes(): number {
    return this.#closedBytes + this.#segments.active.segment.sizeBytes;
  }

  get config(): LogConfig {
    return this.#config;
  }

  get isDeleted(): boolean {
    return this.#isDeleted;
  }

  get failure(): string | null {
    return this.#writer.refusal?.message ?? null;
  }

  get fileDeleteDelayMs(): number {
    return this.#config.fileDeleteDelayMs;
  }

  /** Whether the log is to be compacted. */
  get isCompacted(): boolean {
    return this.#config.cleanupPolicy.compact && this.#writer.refusal === null;
  }

  get pendingBytes(): number {
    return this.#line.bytes + this.#writer.pendingBytes;
  }

  append(records: Buffer): Promise<AppendResult> {
    const nowMs = this.#around.clock.nowMs();
    const refusal = this.#writer.refusal ?? validateProduced(records, this.#config, nowMs);
    if (refusal !== null) return Promise.resolve(refusedAppend(refusal, this.#start.offset));
    const { compression, cleanupPolicy } = this.#config;
    const target = { compression, requiresKeys: cleanupPolicy.compact };
    if (this.#line.isEmpty && !needsRecompression(records, target)) {
      return this.#admit(records, nowMs);
    }
    const ready = recompressedRecords(Buffer.from(records), target, this.#around.recompressor);
    return this.#line.add(records.length, ready, (outcome) => this.#admitFromLine(outcome));
  }

  #admitFromLine(outcome: RecompressionOutcome): Promise<AppendResult> {
    const nowMs = this.#around.clock.nowMs();
    const refusal =
      this.#writer.refusal ??
      (outcome.batch === null ? outcome : validateRecompressed(outcome.batch, this.#config, nowMs));
    if (refusal !== null) return Promise.resolve(refusedAppend(refusal, this.#start.offset));
    return this.#admit(outcome.batch!, nowMs);
  }

  /** Good records come in, one after the other, in the order of the log. */
  #admit(records: Buffer, nowMs: number): Promise<AppendResult> {
    const isIdempotent = batchHeader.producerId(records, 0) >= 0;
    if (!isIdempotent) return this.#enqueue(records, nowMs, false);
    this.#expireProducers(nowMs);
    const check = this.#producers.check(records, 0);
    switch (check.outcome) {
      case 'next':
        return this.#enqueue(records, nowMs, true);
      case 'duplicate':
        return this.#answerDuplicate(check.original);
      case 'invalid-epoch':
        return this.#refuse(ErrorCode.INVALID_PRODUCER_EPOCH, check.message);
      case 'out-of-order':
        return this.#refuse(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check.message);
    }
  }

  #refuse(error: number, message: string): Promise<AppendResult> {
    return Promise.resolve(refusedAppend({ error, message }, this.#start.offset));
  }

  /** Gives the batches their offsets; from here on their order is fixed. */
  #enqueue(records: Buffer, nowMs: number, isIdempotent: boolean): Promise<AppendResult> {
    const isLogAppendTime = this.#config.messageTimestampType === 'LogAppendTime';
    const baseOffset = this.#logEndOffset;
    const producerId = batchHeader.producerId(records, 0);
    const previous = isIdempotent ? this.#producers.get(producerId) : undefined;
    const stamp = {
      baseOffset,
      leaderEpoch: this.#epochs.latest,
      logAppendTimeMs: isLogAppendTime ? nowMs : null,
    };
    const kept = this.#tail.keep(records);
    const { nextOffset, maxTimestampMs } = stampBatches(kept.bytes, stamp);
    this.#logEndOffset = nextOffset;
    if (isIdempotent) this.#producers.add(kept.bytes, 0, nowMs);
    const success = this.#success(baseOffset, isLogAppendTime ? nowMs : -1);
    return new Promise((resolve) => {
      this.#writer.enqueue({
        records: kept,
        baseOffset,
        nextOffset: this.#logEndOffset,
        maxTimestampMs,
        mustSync: false,
        mustRoll: false,
        undo: isIdempotent ? { producerId, previous } : null,
        success,
        resolve,
      });
    });
  }

  /** The first answer once more, and like it only when the batch is durable. */
  #answerDuplicate(original: ProducedBatch): Promise<AppendResult> {
    const success = this.#success(
      original.baseOffset,
      original.isLogAppendTime ? original.timestampMs : -1,
    );
    if (original.lastOffset < this.#highWatermark) return Promise.resolve(success);
    return new Promise((resolve) => {
      this.#writer.enqueue({
        records: null,
        baseOffset: this.#logEndOffset,
        nextOffset: this.#logEndOffset,
        maxTimestampMs: -1,
        mustSync: false,
        mustRoll: false,
        undo: null,
        success,
        resolve,
      });
    });
  }

  #success(baseOffset: number, logAppendTimeMs: number): AppendResult {
    return {
      error: ErrorCode.NONE,
      errorMessage: null,
      baseOffset,
      logAppendTimeMs,
      logStartOffset: this.#start.offset,
    };
  }

  #expireProducers(nowMs: number): void {
    if (nowMs < this.#nextExpiryCheckMs) return;
    this.#nextExpiryCheckMs = nowMs + EXPIRY_CHECK_INTERVAL_MS;
    this.#producers.expire(nowMs, this.#around.producerIdExpirationMs);
  }

  read(offset: number, maxBytes: number, options: ReadOptions) {
    return this.#reads.read(offset, maxBytes, options);
  }

  deleteRecordsBefore(offset: number): Promise<DeleteRecordsResult> {
    return this.#start.deleteRecordsBefore(offset);
  }

  /** `cleanup.policy` delete: lets go of the oldest segments that are too old or too much. Never rejects. */
  enforceRetention(): Promise<void> {
    return this.#start.enforceRetention();
  }

  /** Lets go of the segments before the log start, and takes their files off the disk in the background. */
  removeDeletedSegments(): void {
    this.#start.dropSegments();
  }

  /** Closes the active segment, when it holds something. */
  roll(): Promise<void> {
    return this.#flush(true);
  }

  activeProducers(): readonly ActiveProducer[] {
    this.#expireProducers(this.#around.clock.nowMs());
    return Array.from(this.#producers.entries(), ({ producerId, epoch, batches }) => {
      const { lastSequence, timestampMs } = batches.at(-1)!;
      return { producerId, producerEpoch: epoch, lastSequence, lastTimestampMs: timestampMs };
    });
  }

  offsetForTimestamp(timestampMs: number): Promise<TimestampedOffset | null> {
    return this.#reads.offsetForTimestamp(timestampMs);
  }

  offsetForMaxTimestamp(): Promise<TimestampedOffset | null> {
    return this.#reads.offsetForMaxTimestamp();
  }

  endOffsetForEpoch(leaderEpoch: number): { leaderEpoch: number; endOffset: number } {
    return this.#epochs.endOffsetFor(leaderEpoch, this.#highWatermark);
  }

  onAdvance(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  configure(config: LogConfig): void {
    const { cleanupPolicy, retentionMs, retentionBytes, flushMessages } = this.#config;
    this.#config = config;
    // What was acknowledged without a sync must not stay so; a failure is the writer's to tell.
    if (config.flushMessages < flushMessages && !this.#writer.isSynced) {
      this.flush().catch(() => {});
    }
    const isSame =
      config.cleanupPolicy.delete === cleanupPolicy.delete &&
      config.retentionMs === retentionMs &&
      config.retentionBytes === retentionBytes;
    if (!isSame) this.#around.onRetentionChange(this);
  }

  flush(): Promise<void> {
    return this.#flush(false);
  }

  async #flush(mustRoll: boolean): Promise<void> {
    if (!this.#line.isEmpty) await this.#line.settled;
    const { refusal } = this.#writer;
    if (refusal !== null) throw new AppendRefusedError(refusal.message);
    const result = await new Promise<AppendResult>((resolve) => {
      this.#writer.enqueue(flushRequest(this.#logEndOffset, resolve, mustRoll));
    });
    if (result.error !== ErrorCode.NONE) throw new AppendRefusedError(result.errorMessage!);
  }

  /** Refuses all further calls; its files are closed when the last reader lets go. */
  async markDeleted(): Promise<void> {
    this.#isDeleted = true;
    const message = `Partition ${this.partition} of topic ${this.topic} was deleted.`;
    const stopped = this.#writer.stop({ error: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, message });
    this.#notify();
    await stopped;
    await this.#around.abandonCleaning(this);
    await this.#start.stop();
    await this.#checkpoint.stop();
    this.#letGo();
  }

  /**
   * Syncs everything, writes what a clean stop leaves, and closes the files. Rejects when not all could be made durable
   * (the files are closed all the same).
   */
  async close(): Promise<ClosedLog> {
    try {
      await this.#writer.repairNow();
      await this.flush();
      // Of thousands of partitions most have not been written to: a stop must not take time for each.
      if (this.#logEndOffset !== this.#savedEndOffset) await this.#save();
    } finally {
      const message = 'The log is closed.';
      await this.#writer.stop({ error: ErrorCode.KAFKA_STORAGE_ERROR, message });
      await this.#start.stop();
      await this.#checkpoint.stop();
      this.#letGo();
    }
    return { endOffset: this.#logEndOffset, summary: this.#summarize(true) };
  }

  /** See `SummarizedLog`. */
  summarize(): LogState | null {
    const isSaved = this.#logEndOffset === this.#savedEndOffset;
    return this.#writer.refusal === null ? this.#summarize(isSaved) : null;
  }

  #summarize(isSaved: boolean): LogState | null {
    if (this.#start.hasLeftFiles) return null;
    return this.#checkpoint.summarize({ topicId: this.topicId, epochs: this.#epochs, isSaved });
  }

  /** Writes what lets the next start trust the log without reading it. */
  async #save(): Promise<void> {
    await this.#checkpoint.save(this.#logEndOffset);
    await this.#around.fileSystem.syncDirectory(this.#directory);
  }

  #dropped(segments: readonly Segment[]): void {
    this.#around.noteChanged(this);
    for (const segment of segments) {
      this.#closedBytes -= segment.sizeBytes;
      this.#forget(segment);
    }
  }

  #letGo(): void {
    this.#tail.clear();
    for (const segment of this.#segments.all) this.#forget(segment);
  }

  /** Keeps nothing for the segment any more; who reads from its file keeps that open. */
  #forget(segment: Segment): void {
    segment.isDropped = true;
    this.#around.openFiles.forget(segment);
    this.#around.activeFiles.forget(segment);
    this.#around.indexes.forget(segment);
  }

  #notify(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        // The answers to the appends come after this, and they must come.
        this.#around.onNotice(`A listener of ${this.#directory} threw: ${messageOf(error)}`);
      }
    }
  }

  #writerHost(): WriterHost {
    const log = this;
    const { fileSystem, activeFiles } = this.#around;
    const segments = this.#segments;
    const tail = this.#tail;
    const directory = this.#directory;
    const parts: DamagedLog = { fileSystem, directory, segments, activeFiles, tail, held: null };
    return {
      get config() {
        return log.#config;
      },
      openActive: () => log.#around.activeFiles.acquire(log.#segments.active.segment),
      roll: (baseOffset) => log.#roll(baseOffset),
      published: (round, nextOffset) => log.#published(round, nextOffset),
      rested: () => log.#checkpoint.noteRound(0),
      refused: (lost, refusal) => log.#refused(lost, refusal),
      failed: (reason) => log.#notice(`${reason} No records are taken until that is repaired.`),
      repair: (from) => repairActiveSegment(parts, from),
      repaired: () => {
        log.#notice('The log was repaired, and takes records again.');
        // The log start may have moved meanwhile.
        log.removeDeletedSegments();
      },
      notice: (text) => log.#notice(text),
    };
  }

  #startHost(): StartHost {
    const log = this;
    const { fileSystem, clock, onNotice, onExpired, keepLogStart } = this.#around;
    const { topic, partition } = this;
    return {
      directory: this.#directory,
      fileSystem,
      clock,
      onNotice,
      segments: this.#segments,
      get config() {
        return log.#config;
      },
      get highWatermark() {
        return log.#highWatermark;
      },
      get isDeleted() {
        return log.#isDeleted;
      },
      get isStopped() {
        return log.#writer.refusal !== null;
      },
      noteTimestamps: (segment) => log.#reader.indexOf(segment),
      checkTimestamp: (segment) => checkLargestTimestamp(log.#reader, segment),
      flush: () => log.flush(),
      roll: () => log.roll(),
      keepLogStart: (offset) => keepLogStart({ topic, partition, offset }),
      moved: (offset) => {
        log.#epochs.dropBefore(offset);
        log.#tail.dropBefore(offset);
      },
      dropped: (segments) => log.#dropped(segments),
      expired: (count, bytes) => {
        const { logStartOffset } = log;
        onExpired({ topic, partition, segments: count, bytes, logStartOffset });
      },
      notify: () => log.#notify(),
    };
  }

  #cleanedLog(): CleanedLog {
    const { fileSystem, openFiles, indexes } = this.#around;
    return cleanedLog({
      fileSystem,
      openFiles,
      indexes,
      log: this,
      directory: this.#directory,
      segments: this.#segments,
      start: this.#start,
      reader: this.#reader,
      producers: this.#producers,
      replaced: (old, cleaned) => {
        this.#dropped(old);
        this.#closedBytes += cleaned.sizeBytes;
        // What is gone from the disk is not to be read from memory.
        this.#tail.dropBefore(cleaned.nextOffset);
      },
    });
  }

  #notice(text: string): void {
    this.#around.onNotice(`${this.#directory}: ${text}`);
  }

  /** State first, then those who wait for it. */
  #published(round: readonly PendingAppend[], nextOffset: number): void {
    let bytes = 0;
    for (const append of round) {
      if (append.records === null) continue;
      bytes += append.records.bytes.length;
      this.#tail.add(append.baseOffset, append.nextOffset, append.records);
    }
    this.#checkpoint.noteRound(bytes);
    if (nextOffset === this.#highWatermark) return;
    this.#highWatermark = nextOffset;
    this.#notify();
  }

  /** Undone from the last to the first, so that the state before the first of them is what stays. */
  #refused(lost: readonly PendingAppend[], refusal: Refusal): void {
    for (const { undo } of lost.toReversed()) {
      if (undo !== null) this.#producers.restore(undo.previous, undo.producerId);
    }
    this.#logEndOffset = this.#highWatermark;
    for (const append of lost) {
      append.records?.slab.release();
      append.resolve(refusedAppend(refusal, this.#start.offset));
    }
    if (this.#writer.refusal !== null) this.#notify();
  }

  async #roll(baseOffset: number): Promise<void> {
    const { fileSystem, clock, activeFiles, onNotice } = this.#around;
    const old = this.#segments.active;
    const { segment, file } = await makeNextSegment({
      fileSystem,
      directory: this.#directory,
      baseOffset,
      saveOld: () => this.#checkpoint.save(baseOffset),
      nowMs: clock.nowMs(),
      onNotice,
    });
    segment.rollJitterMs = this.#rollJitterMs();
    this.#closedBytes += old.segment.sizeBytes;
    this.#segments.roll({ segment, index: new SegmentIndex(baseOffset) });
    activeFiles.adopt(segment, file);
    activeFiles.forget(old.segment);
    // A deletion may have emptied the segment while it was the active one.
    this.removeDeletedSegments();
    this.#checkpoint.noteRoll();
  }

  /** `segment.jitter.ms`: so that the segments of many partitions do not end at the same time. */
  #rollJitterMs(): number {
    const { segmentJitterMs, segmentMs } = this.#config;
    return Math.floor(this.#around.random() * Math.min(segmentJitterMs, segmentMs));
  }
}
