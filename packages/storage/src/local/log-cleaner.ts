import type { Clock } from '../clock.ts';
import type { CompactionEngine } from '../compaction/compaction-pass.ts';
import type { FileSystem } from '../file-system.ts';
import type { LogCleanerStatus } from '../log-store.ts';
import { type CleanableRange, cleanableRange } from './cleanable-range.ts';
import type { CleanerCheckpoint } from './cleaner-checkpoint.ts';
import { CleanerThrottle } from './cleaner-throttle.ts';
import { isDiskFull, isOutOfFiles, messageOf } from './disk-errors.ts';
import {
  type CleanedLog,
  CleaningAbortedError,
  type CleaningResult,
  LogCleaning,
} from './log-cleaning.ts';
import { logDirectoryName } from './log-names.ts';
import { DroppedSegmentError } from './open-files.ts';

/** Logs looked at in one turn of the event loop. */
const LOGS_IN_A_TURN = 256;

/** The broker's `log.cleaner.*` configs, all of which take effect while the store is open. */
export interface LogCleanerConfig {
  /** `log.cleaner.enable` */
  readonly isEnabled: boolean;
  /** `log.cleaner.threads` */
  readonly threads: number;
  /** `log.cleaner.dedupe.buffer.size`, over all threads. */
  readonly dedupeBufferBytes: number;
  /** `log.cleaner.io.buffer.load.factor` */
  readonly loadFactor: number;
  /** `log.cleaner.io.buffer.size`, over all threads. */
  readonly ioBufferBytes: number;
  /** `log.cleaner.io.max.bytes.per.second` */
  readonly maxBytesPerSecond: number;
  /** `log.cleaner.backoff.ms` */
  readonly backoffMs: number;
}

/** Kafka's defaults. */
export const DEFAULT_LOG_CLEANER_CONFIG: LogCleanerConfig = {
  isEnabled: true,
  threads: 1,
  dedupeBufferBytes: 134_217_728,
  loadFactor: 0.9,
  ioBufferBytes: 524_288,
  maxBytesPerSecond: Number.POSITIVE_INFINITY,
  backoffMs: 15_000,
};

/** A log with what the cleaner asks of it. */
export interface CleanableLog {
  readonly topic: string;
  readonly partition: number;
  readonly sizeBytes: number;
  /** By its config, and not deleted or failed. */
  readonly isCompacted: boolean;
  readonly cleaned: CleanedLog;
}

export interface LogCleanerOptions {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly engine: CompactionEngine;
  readonly checkpoint: CleanerCheckpoint;
  readonly config: LogCleanerConfig;
  readonly logs: () => Iterable<CleanableLog>;
  /** Four random words. */
  readonly hashKey: () => Uint32Array;
  readonly onNotice: (notice: string) => void;
}

interface Candidate {
  readonly log: CleanableLog;
  readonly range: CleanableRange;
}

interface RunningPass {
  readonly cleaning: LogCleaning;
  readonly ended: Promise<void>;
}

/**
 * Compacts the logs of a store, the dirtiest first, at most `log.cleaner.threads` at a time; when there is nothing to do,
 * it looks again after `log.cleaner.backoff.ms`.
 *
 * A log whose compaction fails is left alone until the next start, as in Kafka, and the others go on; only a full disk is
 * waited for.
 */
export class LogCleaner {
  readonly #options: LogCleanerOptions;
  readonly #throttle: CleanerThrottle;
  #config: LogCleanerConfig;
  readonly #running = new Map<CleanableLog, RunningPass>();
  /** With the reason. Bounded by the number of logs. */
  readonly #uncleanable = new WeakMap<CleanableLog, string>();
  /** Where the part that could be compacted ended when an open transaction kept all of it. */
  readonly #blocked = new WeakMap<CleanableLog, number>();
  #pausedUntilMs = 0;
  #choosing: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #isStopped = false;
  #lastLookMs: number | null = null;
  #maxDirtyRatio = 0;
  #maxOverdueMs = 0;
  #lastResult: CleaningResult | null = null;
  #lastPassMs = 0;
  #passes = 0;

  constructor(options: LogCleanerOptions) {
    this.#options = options;
    this.#config = options.config;
    this.#throttle = new CleanerThrottle(options.clock, options.config.maxBytesPerSecond);
  }

  /** The first look comes after the back-off. */
  start(): void {
    this.#rest();
  }

  /** What is under way goes on as it began, but for the throttle. */
  configure(config: LogCleanerConfig): void {
    this.#config = config;
    this.#throttle.bytesPerSecond = config.maxBytesPerSecond;
    this.#throttle.release();
    if (this.#cancelTimer !== null) this.#rest();
  }

  /** Resolves when no pass works on the log any more. */
  async abandon(log: CleanableLog): Promise<void> {
    const running = this.#running.get(log);
    running?.cleaning.abort();
    this.#throttle.release();
    await running?.ended;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    for (const { cleaning } of this.#running.values()) cleaning.abort();
    this.#throttle.stop();
    await this.#choosing;
    await Promise.all(Array.from(this.#running.values(), ({ ended }) => ended));
    await this.#options.engine.close();
  }

  /** Looks for what is to be done at once, and resolves when the store has nothing more to compact: for tests and tools. */
  async cleanNow(): Promise<void> {
    this.#wake();
    await this.#choosing;
    while (this.#running.size > 0) {
      await Promise.all(Array.from(this.#running.values(), ({ ended }) => ended));
      await this.#choosing;
    }
  }

  get status(): LogCleanerStatus {
    let uncleanablePartitions = 0;
    let uncleanableBytes = 0;
    for (const log of this.#options.logs()) {
      if (!this.#uncleanable.has(log)) continue;
      uncleanablePartitions++;
      uncleanableBytes += log.sizeBytes;
    }
    const nowMs = this.#options.clock.nowMs();
    const last = this.#lastResult;
    return {
      uncleanablePartitions,
      uncleanableBytes,
      maxDirtyRatio: this.#maxDirtyRatio,
      maxCompactionDelayMs: this.#maxOverdueMs,
      timeSinceLastRunMs: this.#lastLookMs === null ? null : nowMs - this.#lastLookMs,
      passes: this.#passes,
      bufferUtilization: last?.mapUse ?? 0,
      recopyRatio: last === null || last.bytesRead === 0 ? 0 : last.bytesWritten / last.bytesRead,
      cleanTimeMs: this.#lastPassMs,
    };
  }

  #rest(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.schedule(this.#config.backoffMs, () => {
      this.#cancelTimer = null;
      this.#wake();
    });
  }

  #wake(): void {
    if (this.#isStopped || this.#choosing !== null) return;
    this.#choosing = this.#choose().finally(() => {
      this.#choosing = null;
      if (this.#isStopped || this.#running.size > 0) return;
      this.#options.engine.rest();
      this.#rest();
    });
  }

  /** Starts passes as long as there is a thread for one more and a log that needs it. */
  async #choose(): Promise<void> {
    while (this.#mayStart()) {
      const candidate = await this.#dirtiest();
      if (candidate === null || this.#isStopped) return;
      // It may have been deleted while the others were looked at.
      if (candidate.log.isCompacted) this.#start(candidate);
    }
  }

  #mayStart(): boolean {
    const { isEnabled, threads } = this.#config;
    if (!isEnabled || this.#options.clock.nowMs() < this.#pausedUntilMs) return false;
    return this.#running.size < threads;
  }

  async #dirtiest(): Promise<Candidate | null> {
    const nowMs = this.#options.clock.nowMs();
    let best: Candidate | null = null;
    let maxDirtyRatio = 0;
    let maxOverdueMs = 0;
    let seen = 0;
    for (const log of this.#options.logs()) {
      if (++seen % LOGS_IN_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      if (!log.isCompacted || this.#running.has(log) || this.#uncleanable.has(log)) continue;
      const range = await this.#rangeOf(log, nowMs);
      if (range === null || this.#blocked.get(log) === range.boundOffset) continue;
      maxDirtyRatio = Math.max(maxDirtyRatio, range.dirtyRatio);
      maxOverdueMs = Math.max(maxOverdueMs, range.overdueMs);
      if (range.isDue && range.dirtyRatio > (best?.range.dirtyRatio ?? -1)) best = { log, range };
    }
    this.#lastLookMs = nowMs;
    this.#maxDirtyRatio = maxDirtyRatio;
    this.#maxOverdueMs = maxOverdueMs;
    return best;
  }

  async #rangeOf(log: CleanableLog, nowMs: number): Promise<CleanableRange | null> {
    try {
      return await cleanableRange(log.cleaned, this.#options.checkpoint.get(nameOf(log)), nowMs);
    } catch (error) {
      this.#failed(log, error);
      return null;
    }
  }

  #start({ log, range }: Candidate): void {
    const { fileSystem, clock, engine, hashKey } = this.#options;
    const { threads, dedupeBufferBytes, loadFactor, ioBufferBytes } = this.#config;
    const cleaning = new LogCleaning(log.cleaned, {
      fileSystem,
      engine,
      throttle: this.#throttle,
      mapBytes: Math.floor(dedupeBufferBytes / threads),
      loadFactor,
      // Half for what is read, half for what is written.
      chunkBytes: Math.max(1, Math.floor(ioBufferBytes / threads / 2)),
      hashKey,
      nowMs: () => clock.nowMs(),
    });
    const ended = this.#run(log, cleaning, range).finally(() => {
      this.#running.delete(log);
      this.#wake();
    });
    this.#running.set(log, { cleaning, ended });
  }

  async #run(log: CleanableLog, cleaning: LogCleaning, range: CleanableRange): Promise<void> {
    const startedMs = this.#options.clock.nowMs();
    try {
      const result = await cleaning.run(range);
      this.#lastResult = result;
      this.#lastPassMs = this.#options.clock.nowMs() - startedMs;
      this.#passes++;
      if (result.invalidRecords > 0) {
        this.#options.onNotice(
          `${result.invalidRecords} records without a key were dropped from ${nameOf(log)}, which is compacted.`,
        );
      }
      await this.#progressed(log, range, result);
    } catch (error) {
      this.#failed(log, error);
    }
  }

  async #progressed(
    log: CleanableLog,
    range: CleanableRange,
    result: CleaningResult,
  ): Promise<void> {
    if (result.endOffset > range.firstDirtyOffset) {
      const { topic, partition } = log;
      await this.#options.checkpoint.put({ topic, partition, offset: result.endOffset });
      return;
    }
    // A transaction that has no end yet begins here. As long as nothing is added it would be found again at once.
    this.#blocked.set(log, range.boundOffset);
  }

  #failed(log: CleanableLog, error: unknown): void {
    // Segments that were deleted meanwhile are no fault of the log, and what is left is looked at again.
    const isNoFault = error instanceof CleaningAbortedError || error instanceof DroppedSegmentError;
    if (isNoFault || this.#isStopped) return;
    const reason = messageOf(error);
    if (isDiskFull(error) || isOutOfFiles(error)) {
      this.#options.onNotice(`${nameOf(log)} could not be compacted and will be later: ${reason}`);
      this.#pausedUntilMs = this.#options.clock.nowMs() + this.#config.backoffMs;
      return;
    }
    this.#uncleanable.set(log, reason);
    this.#options.onNotice(
      `${nameOf(log)} could not be compacted, and is left as it is until the next start: ${reason}`,
    );
  }
}

function nameOf({ topic, partition }: CleanableLog): string {
  return logDirectoryName(topic, partition);
}
