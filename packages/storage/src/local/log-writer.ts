import { batchHeader, ErrorCode } from '@millrace/protocol';
import type { Clock, NextTurn } from '../clock.ts';
import { MAX_WRITE_BUFFERS, type OpenFile, writeFully, writeFullyNow } from '../file-system.ts';
import type { LogConfig } from '../log-store.ts';
import type { UnsyncedStart } from './active-segment-repair.ts';
import { cutFile } from './cut-file.ts';
import { DiskFullError, isDiskFull, isOutOfFiles, messageOf } from './disk-errors.ts';
import { LogRepair } from './log-repair.ts';
import type { PageCache } from './page-cache.ts';
import type { PendingAppend, Refusal } from './pending-append.ts';
import { AdjacentBuffers } from './record-memory.ts';
import type { SegmentList } from './segment.ts';
import { MAX_INT32 } from './segment-index.ts';
import type { SharedFile } from './shared-file.ts';

/** Bytes of one round (a single larger append makes a round of its own): what a torn write can leave. */
const MAX_ROUND_BYTES = 16 * 1024 * 1024;
/** Turns of the event loop without an append after which a round begins with fewer than the last had. */
const MAX_EMPTY_TURNS = 2;
/** Above this `flush.ms` is Kafka's "never". */
const MAX_FLUSH_MS = 0x7fffffff;

/** What the writer asks of its log. */
export interface WriterHost {
  readonly config: LogConfig;
  /** The active segment's file, retained for the writer. */
  openActive(): Promise<SharedFile>;
  /**
   * Closes the active segment, which is synced, and makes one that begins at `baseOffset`. Nothing of what waits is
   * written yet. When it rejects, the active segment is the old one, unchanged.
   */
  roll(baseOffset: number): Promise<void>;
  /** The round is as durable as was asked, and everything below `nextOffset` can be read. */
  published(round: readonly PendingAppend[], nextOffset: number): void;
  /** No round is under way any more. */
  rested(): void;
  /** Nothing of `lost` is in the log; its offsets and sequence numbers are free again. Answers them. */
  refused(lost: readonly PendingAppend[], refusal: Refusal): void;
  /** The log takes no writes until it is repaired. */
  failed(reason: string): void;
  /** Brings the active segment's file back to what was published, all of it synced; rejects when that failed. */
  repair(from: UnsyncedStart): Promise<void>;
  /** The log takes writes again. */
  repaired(): void;
  notice(text: string): void;
}

/** What the writers of all logs share. */
export interface WriterSurroundings {
  readonly clock: Clock;
  readonly nextTurn: NextTurn;
  readonly pageCache: PageCache;
}

/**
 * Group commit: everything that is appended while one write and sync are under way goes out with the next, in one
 * `writev` and one `fdatasync`. One round runs at a time, so results come in the order of the appends.
 *
 * The queue is bounded by its callers, who see `pendingBytes`; an append that was accepted is never dropped.
 *
 * The segment and its index in memory move only with what is published, so a round that fails leaves nothing in them to
 * be put back.
 */
export class LogWriter {
  readonly #host: WriterHost;
  readonly #segments: SegmentList;
  readonly #clock: Clock;
  readonly #nextTurn: NextTurn;
  readonly #pageCache: PageCache;
  #queue: PendingAppend[] = [];
  #pendingBytes = 0;
  /** Settles when the rounds that are under way have ended. */
  #running: Promise<void> | null = null;
  /** Appends of the last round, where that was synced because of `flush.messages`; else 0. */
  #lastSynced = 0;
  /** Records written since the last sync. */
  #unsyncedRecords = 0;
  /**
   * The active segment's file while it has such records: a file that is closed and opened again may not tell that
   * what it held could not be written.
   */
  #unsyncedFile: SharedFile | null = null;
  /** Where the records begin that may not be synced; null when all are. */
  #unsyncedStart: UnsyncedStart | null = null;
  /** The end of the active segment was made sure, which is not synced yet. */
  #isCut = false;
  /** Settles, without an error, when what a sync beside the rounds was begun for has ended. */
  #writeBack: Promise<void> | null = null;
  /** That sync failed: the next round does. */
  #writeBackError: unknown = null;
  #cancelFlushTimer: (() => void) | null = null;
  readonly #repair: LogRepair;
  /** Set while the log waits to be repaired. */
  #failure: Refusal | null = null;
  /** Set for good by `stop`. */
  #end: Refusal | null = null;

  constructor(host: WriterHost, segments: SegmentList, around: WriterSurroundings) {
    this.#host = host;
    this.#segments = segments;
    this.#clock = around.clock;
    this.#nextTurn = around.nextTurn;
    this.#pageCache = around.pageCache;
    const repair = { repair: () => this.#bringBack(), onNotice: host.notice };
    this.#repair = new LogRepair(repair, around.clock);
  }

  /** Bytes appended and not yet answered. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Whether all that was written is synced. */
  get isSynced(): boolean {
    return this.#unsyncedRecords === 0;
  }

  /** Whether nothing is being written and nothing waits for it. */
  get isIdle(): boolean {
    return this.#running === null;
  }

  /** What is not written yet, where no round is under way. */
  get waiting(): readonly PendingAppend[] {
    return this.#queue;
  }

  /** Why writes are refused now, or null. */
  get refusal(): Refusal | null {
    return this.#end ?? this.#failure;
  }

  enqueue(append: PendingAppend): void {
    this.#queue.push(append);
    this.#pendingBytes += append.records?.bytes.length ?? 0;
    this.#running ??= this.#run();
  }

  /** Repairs a log that failed, now rather than a while from now. Whether that worked, `refusal` tells. */
  async repairNow(): Promise<void> {
    await this.#running;
    if (this.#failure !== null && this.#end === null) await this.#repair.attempt();
  }

  /** Refuses what still waits and all that comes; resolves when no file is in use any more. */
  async stop(refusal: Refusal): Promise<void> {
    this.#end ??= refusal;
    this.#stopFlushTimer();
    await this.#repair.stop();
    await this.#running;
    await this.#writeBack;
    this.#releaseFile();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Also without a sync, for the appends of this tick.
      await (this.#lastSynced === 0 ? null : this.#gather());
      const { refusal } = this;
      if (refusal === null) await this.#round();
      else this.#refuse([], refusal);
    }
    this.#running = null;
    this.#host.rested();
  }

  /**
   * Where the last round was synced, waits for the end of this turn of the event loop, and since those who wrote that round
   * are about to write again, until there are as many, while they come: were the first of them to go alone, the others would
   * wait for its sync and then for their own, and so from burst to burst.
   * Without a sync a round is over sooner than that, and clients that write meanwhile keep both sides busy.
   */
  async #gather(): Promise<void> {
    for (let emptyTurns = 0; emptyTurns <= MAX_EMPTY_TURNS; emptyTurns++) {
      const before = this.#queue.length;
      await new Promise<void>(this.#nextTurn);
      if (this.#queue.length >= this.#lastSynced) return;
      if (this.#queue.length > before) emptyTurns = 0;
    }
  }

  async #round(): Promise<void> {
    const round: PendingAppend[] = [];
    try {
      this.#checkWriteBack();
      if (!this.#isPrepared && this.#queue.some(isChange)) await this.#prepare();
      if (this.#needsRoll(this.#queue[0]!, 0)) {
        await this.#sync();
        await this.#host.roll(this.#queue[0]!.baseOffset);
      }
      this.#take(round);
      // Without a promise where it is a copy in memory: most rounds are, and there are thousands in a second.
      const writing = this.#write(round);
      if (writing !== null) await writing;
      this.#unsyncedRecords += recordsOf(round);
      const isDue = this.#isSyncDue([]) || round.some(asksForSync);
      if (isDue) await this.#sync();
      else this.#startFlushTimer();
    } catch (error) {
      this.#handleFailure(round, error);
      return;
    }
    this.#lastSynced = this.isSynced && !round.some(asksForSync) ? round.length : 0;
    this.#publish(round);
    this.#writeBackIfDue();
  }

  get #isPrepared(): boolean {
    return this.#segments.isReady && this.#segments.active.segment.isEndSure;
  }

  /**
   * The first write after a start finds the index where that left it, and a file whose end is not sure. Nothing that comes up
   * behind that end must get into the log: not behind what is written now, nor before the segment that follows.
   */
  async #prepare(): Promise<void> {
    try {
      await this.#segments.ready();
      const { segment } = this.#segments.active;
      if (segment.isEndSure) return;
      await cutFile((await this.#openFile()).file, segment.sizeBytes);
      this.#isCut = true;
    } catch (error) {
      this.#releaseFile();
      const isPassing = isOutOfFiles(error) || isDiskFull(error);
      throw isPassing ? new DiskFullError(messageOf(error)) : error;
    }
  }

  /** Moves from the queue what goes into one `writev`: bounded in bytes and buffers, all for one segment. */
  #take(round: PendingAppend[]): void {
    let bytes = 0;
    let buffers = 0;
    for (const append of this.#queue) {
      const size = append.records?.bytes.length ?? 0;
      if (buffers === MAX_WRITE_BUFFERS) break;
      if (bytes > 0 && bytes + size > MAX_ROUND_BYTES) break;
      if (round.length > 0 && this.#needsRoll(append, bytes)) break;
      bytes += size;
      if (size > 0) buffers++;
      round.push(append);
    }
    this.#queue.splice(0, round.length);
  }

  /** Kafka's rules (LogSegment.shouldRoll), for an append that comes after `precedingBytes` not yet written. */
  #needsRoll(append: PendingAppend, precedingBytes: number): boolean {
    const { segment, index } = this.#segments.active;
    const { segmentBytes, segmentIndexBytes } = this.#host.config;
    const size = segment.sizeBytes + precedingBytes;
    if (size === 0) return false;
    if (append.records === null) return append.mustRoll;
    if (size + append.records.bytes.length > segmentBytes) return true;
    if (append.nextOffset - 1 - segment.baseOffset > MAX_INT32) return true;
    if (index.isFull(segmentIndexBytes)) return true;
    // Where records have timestamps, a segment's age is the time between its first batch and this one.
    const first = segment.firstTimestampMs ?? -1;
    const hasTimes = first >= 0 && append.maxTimestampMs >= 0;
    const ageMs = hasTimes
      ? append.maxTimestampMs - first
      : this.#clock.nowMs() - segment.createdMs;
    return ageMs > maxSegmentMs(this.#host.config) - segment.rollJitterMs;
  }

  /** Null when it is done. */
  #write(round: readonly PendingAppend[]): Promise<void> | null {
    const adjacent = new AdjacentBuffers();
    for (const { records } of round) if (records !== null) adjacent.add(records.bytes);
    const buffers = adjacent.take();
    if (buffers.length === 0) return null;
    if (this.#unsyncedFile === null) return this.#openAndWrite(round, buffers);
    return this.#writeTo(this.#unsyncedFile.file, round, buffers);
  }

  async #openAndWrite(round: readonly PendingAppend[], buffers: readonly Buffer[]): Promise<void> {
    const { file } = await this.#openFile();
    await this.#writeTo(file, round, buffers);
  }

  #writeTo(
    file: OpenFile,
    round: readonly PendingAppend[],
    buffers: readonly Buffer[],
  ): Promise<void> | null {
    const { segment } = this.#segments.active;
    this.#unsyncedStart ??= { position: segment.sizeBytes, offset: segment.nextOffset };
    const bytes = buffers.reduce((sum, { length }) => sum + length, 0);
    const isCopy = this.#pageCache.takesAtOnce(bytes, this.#unsyncedBytes, this.#isSyncDue(round));
    if (!isCopy) {
      const written = writeFully(file, buffers, segment.sizeBytes);
      return written.catch((error: unknown) => this.#undoWrite(file, error));
    }
    try {
      this.#pageCache.write(() => writeFullyNow(file, buffers, segment.sizeBytes));
      return null;
    } catch (error) {
      return this.#undoWrite(file, error);
    }
  }

  /**
   * What a full disk did take is cut off again, so that the log is as it was before and can go on later. Durably: a crash
   * could bring it back, and by then it would stand behind the end of a closed segment.
   */
  async #undoWrite(file: OpenFile, error: unknown): Promise<never> {
    if (!isDiskFull(error)) throw error;
    await file.truncate(this.#segments.active.segment.sizeBytes);
    await this.#datasync();
    throw new DiskFullError(messageOf(error));
  }

  async #openFile(): Promise<SharedFile> {
    try {
      this.#unsyncedFile ??= await this.#host.openActive();
      return this.#unsyncedFile;
    } catch (error) {
      throw isOutOfFiles(error) ? new DiskFullError(messageOf(error)) : error;
    }
  }

  #releaseFile(): void {
    this.#unsyncedFile?.release();
    this.#unsyncedFile = null;
  }

  /** Takes the batches of one append, which can be read now, into the segment and its index. */
  #index(append: PendingAppend): void {
    if (append.records === null) return;
    const records = append.records.bytes;
    const { segment, index } = this.#segments.active;
    const { indexIntervalBytes } = this.#host.config;
    segment.firstTimestampMs ??= append.maxTimestampMs;
    for (let at = 0; at < records.length; ) {
      const size = batchHeader.batchSizeBytes(records, at);
      const timestampMs = batchHeader.maxTimestamp(records, at);
      const lastOffset = batchHeader.lastOffset(records, at);
      index.track(lastOffset, timestampMs, segment.sizeBytes, size, indexIntervalBytes);
      segment.sizeBytes += size;
      at += size;
    }
    segment.nextOffset = append.nextOffset;
  }

  /** Whether there has to be a sync when `round` is written as well, for what its records are. */
  #isSyncDue(round: readonly PendingAppend[]): boolean {
    const unsyncedRecords = this.#unsyncedRecords + recordsOf(round);
    return unsyncedRecords >= this.#host.config.flushMessages || this.#isCut;
  }

  async #sync(): Promise<void> {
    if (this.#unsyncedStart !== null || this.#isCut) await this.#datasync();
  }

  async #datasync(): Promise<void> {
    // Of two syncs at a time the system tells one only that something could not be written.
    await this.#writeBack;
    this.#checkWriteBack();
    const { file } = this.#unsyncedFile!;
    await this.#pageCache.sync(() => file.datasync());
    this.#allSynced();
  }

  /** Of what is published. */
  get #unsyncedBytes(): number {
    const { sizeBytes } = this.#segments.active.segment;
    return sizeBytes - (this.#unsyncedStart?.position ?? sizeBytes);
  }

  #checkWriteBack(): void {
    if (this.#writeBackError !== null) throw this.#writeBackError;
  }

  /**
   * Has what is not synced brought to the disk, while rounds go on: a roll waits for all of it, a repair holds all of it in
   * memory, and the system would make writers wait for it one day.
   */
  #writeBackIfDue(): void {
    if (this.#unsyncedBytes < this.#pageCache.writeBackBytes || this.#writeBack !== null) return;
    const shared = this.#unsyncedFile!.retain();
    const { segment } = this.#segments.active;
    const written: Written = {
      end: { position: segment.sizeBytes, offset: segment.nextOffset },
      records: this.#unsyncedRecords,
    };
    const begun = this.#pageCache.writeBack(() => shared.file.datasync());
    const ended = begun?.then(
      () => this.#wroteBack(written),
      (error: unknown) => this.#failWriteBack(error),
    );
    if (ended === undefined) shared.release();
    else this.#writeBack = ended.finally(() => shared.release());
  }

  #wroteBack({ end, records }: Written): void {
    this.#writeBack = null;
    this.#unsyncedStart = end;
    this.#unsyncedRecords -= records;
    if (this.#unsyncedRecords > 0 || !this.isIdle) return;
    this.#allSynced();
    this.#host.rested();
  }

  #failWriteBack(error: unknown): void {
    this.#writeBack = null;
    this.#writeBackError = error;
    this.enqueue(flushRequest(this.#segments.active.segment.nextOffset, () => {}));
  }

  #allSynced(): void {
    if (this.#isCut) this.#segments.active.segment.isEndSure = true;
    this.#isCut = false;
    this.#unsyncedRecords = 0;
    this.#unsyncedStart = null;
    this.#releaseFile();
    this.#stopFlushTimer();
  }

  /** `flush.ms`: nothing written stays unsynced for longer. One timer at most. */
  #startFlushTimer(): void {
    const { flushMs } = this.#host.config;
    if (this.#unsyncedRecords === 0 || this.#cancelFlushTimer !== null) return;
    if (flushMs > MAX_FLUSH_MS || this.#end !== null) return;
    this.#cancelFlushTimer = this.#clock.schedule(flushMs, () => {
      this.#cancelFlushTimer = null;
      this.enqueue(flushRequest(this.#segments.active.segment.nextOffset, () => {}));
    });
  }

  #stopFlushTimer(): void {
    this.#cancelFlushTimer?.();
    this.#cancelFlushTimer = null;
  }

  /** The data are where they were promised to be: now the watermark moves, then the answers go, in order. */
  #publish(round: readonly PendingAppend[]): void {
    const { segment, index } = this.#segments.active;
    for (const append of round) this.#index(append);
    segment.publish(index);
    this.#repair.worked();
    for (const { records } of round) this.#pendingBytes -= records?.bytes.length ?? 0;
    this.#host.published(round, segment.nextOffset);
    for (const append of round) append.resolve(append.success);
  }

  /**
   * A full disk leaves the log as it was before the round. After any other failure nobody knows what is on the disk
   * (a failed `fdatasync` may have dropped what it could not write), so the log takes no writes until it is repaired.
   */
  #handleFailure(round: readonly PendingAppend[], error: unknown): void {
    const refusal = {
      error: ErrorCode.KAFKA_STORAGE_ERROR,
      message: `The log could not be written: ${messageOf(error)}.`,
    };
    if (!(error instanceof DiskFullError)) {
      this.#failure = refusal;
      this.#stopFlushTimer();
      this.#repair.schedule();
      this.#host.failed(refusal.message);
    }
    this.#refuse(round, refusal);
  }

  async #bringBack(): Promise<void> {
    await this.#writeBack;
    this.#releaseFile();
    const { segment } = this.#segments.active;
    const end = { position: segment.sizeBytes, offset: segment.nextOffset };
    await this.#host.repair(this.#unsyncedStart ?? end);
    segment.isEndSure = true;
    this.#allSynced();
    this.#writeBackError = null;
    this.#failure = null;
    this.#host.repaired();
  }

  /** What waits behind a lost append has offsets and sequence numbers that count on it, so it is lost as well. */
  #refuse(round: readonly PendingAppend[], refusal: Refusal): void {
    const lost = [...round, ...this.#queue];
    this.#queue = [];
    this.#pendingBytes = 0;
    this.#host.refused(lost, refusal);
  }
}

/** What is written of a log at one moment, and not synced. */
interface Written {
  readonly end: UnsyncedStart;
  readonly records: number;
}

function recordsOf(round: readonly PendingAppend[]): number {
  let records = 0;
  for (const { baseOffset, nextOffset } of round) records += nextOffset - baseOffset;
  return records;
}

/** Records of a compacted topic have to be in a closed segment before `max.compaction.lag.ms` is over. */
function maxSegmentMs({ segmentMs, cleanupPolicy, maxCompactionLagMs }: LogConfig): number {
  return cleanupPolicy.compact ? Math.min(segmentMs, maxCompactionLagMs) : segmentMs;
}

function asksForSync({ mustSync }: PendingAppend): boolean {
  return mustSync;
}

function isChange(append: PendingAppend): boolean {
  return append.records !== null || append.mustRoll;
}

/**
 * A place in the queue that syncs everything before it, and with `mustRoll` closes the segment that this is in.
 * `nextOffset` is the log's end.
 */
export function flushRequest(
  nextOffset: number,
  resolve: (result: PendingAppend['success']) => void,
  mustRoll = false,
): PendingAppend {
  return {
    records: null,
    baseOffset: nextOffset,
    nextOffset,
    maxTimestampMs: -1,
    mustSync: true,
    mustRoll,
    undo: null,
    success: {
      error: ErrorCode.NONE,
      errorMessage: null,
      baseOffset: -1,
      logAppendTimeMs: -1,
      logStartOffset: -1,
    },
    resolve,
  };
}
