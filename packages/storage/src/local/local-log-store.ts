import { getRandomValues, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import * as path from 'node:path';
import { type Clock, type NextTurn, sharedTurn, systemClock } from '../clock.ts';
import type { CompactionEngine } from '../compaction/compaction-pass.ts';
import { CompactionThreads } from '../compaction/compaction-threads.ts';
import type { FileSystem } from '../file-system.ts';
import type {
  ExpiredRecords,
  LogCleanerStatus,
  LogSpec,
  LogStore,
  PartitionLog,
  RecoverySummary,
} from '../log-store.ts';
import { nodeFileSystem } from '../node-file-system.ts';
import { RecompressionPool } from '../recompression/recompression-pool.ts';
import type { Recompressor } from '../recompression/recompressor.ts';
import { PARTITION_METADATA_FILE, parsePartitionMetadata, readText } from './checkpoint-files.ts';
import { CleanerCheckpoint } from './cleaner-checkpoint.ts';
import { isDiskFull, messageOf } from './disk-errors.ts';
import { IndexCache } from './index-cache.ts';
import { LocalLog } from './local-log.ts';
import { LogCheckpoints } from './log-checkpoints.ts';
import { DEFAULT_LOG_CLEANER_CONFIG, LogCleaner, type LogCleanerConfig } from './log-cleaner.ts';
import { makeDataDirectory, removeDirectory } from './log-files.ts';
import { createLogFiles, type LoadRequest, loadLog } from './log-loader.ts';
import { LogManifest } from './log-manifest.ts';
import {
  DELETE_SUFFIX,
  logDirectoryName,
  parseLogDirectoryName,
  STRAY_SUFFIX,
  setAsideName,
} from './log-names.ts';
import type { LogSummary } from './log-summary.ts';
import type { LogSurroundings } from './log-surroundings.ts';
import { OpenFiles } from './open-files.ts';
import { PageCache } from './page-cache.ts';
import { inParallel } from './parallel-logs.ts';
import { PartitionMap } from './partition-map.ts';
import { ReadAhead } from './read-ahead.ts';
import { RetentionChecks } from './retention-checks.ts';
import { SharedOffsets } from './shared-offsets.ts';
import { StoreCheckpoints } from './store-checkpoints.ts';
import { isUnchanged, summarizedLog } from './summarized-log.ts';
import { TailCache } from './tail-cache.ts';

/** Descriptors kept open for closed segments. */
const MAX_OPEN_FILES = 128;
/** The same for active segments; those with records that are not synced are open beside them. */
const DEFAULT_MAX_ACTIVE_FILES = 1000;
const INDEX_CACHE_BYTES = 32 * 1024 * 1024;
const DEFAULT_TAIL_CACHE_BYTES = 64 * 1024 * 1024;
/** Threads for `compression.type`, started when a topic first needs one. The event loop wants a core for itself. */
const RECOMPRESSION_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** `log.retention.check.interval.ms` */
const DEFAULT_RETENTION_CHECK_INTERVAL_MS = 300_000;
/** Kafka's `log.initial.task.delay.ms`: a start has other things to do. */
const FIRST_RETENTION_CHECK_MS = 30_000;
/** `producer.id.expiration.ms` */
const DEFAULT_PRODUCER_ID_EXPIRATION_MS = 86_400_000;

export interface LocalLogStoreOptions {
  /** Directory that holds one directory per partition (`log.dirs`); made when it is missing. */
  readonly dataDir: string;
  readonly fileSystem?: FileSystem;
  readonly clock?: Clock;
  /** `setImmediate` by default, one for all logs. */
  readonly nextTurn?: NextTurn;
  /** Memory for recent batches, over all logs. */
  readonly tailCacheBytes?: number;
  /** Sees memory of the tail cache that nobody holds any more; tests overwrite it. */
  readonly onMemoryReuse?: (memory: Buffer) => void;
  /** Of one log, at a time; see `ReadAhead`. */
  readonly readAheadBytes?: number | undefined;
  /** Of what is acknowledged without a sync: see `PageCache`. */
  readonly writeBackBytes?: number | undefined;
  /** Files of segments that are written to, kept open; more partitions than that cost an open for each write. */
  readonly maxActiveFiles?: number;
  /** `producer.id.expiration.ms` */
  readonly producerIdExpirationMs?: number;
  /** `log.retention.check.interval.ms` */
  readonly retentionCheckIntervalMs?: number;
  /** From 0 to 1, without 1. */
  readonly random?: () => number;
  /** Closed with the store; threads of its own by default. */
  readonly recompressor?: Recompressor;
  /** The same for compaction. */
  readonly compactionEngine?: CompactionEngine;
  /** `log.cleaner.*` */
  readonly cleaner?: LogCleanerConfig;
  /** Four random words. */
  readonly hashKey?: () => Uint32Array;
  /** What an operator should read, as it happens: failed writes, damage that a read met. */
  readonly onNotice?: (notice: string) => void;
  /** Retention let go of records. */
  readonly onExpired?: (expired: ExpiredRecords) => void;
  /** 32 hex digits that were never given before, for the names of what is put aside. */
  readonly uniqueHex?: () => string;
}

/** `LogStore` on the local disk, in Kafka's own on-disk format. */
export class LocalLogStore implements LogStore {
  readonly #dataDir: string;
  readonly #fileSystem: FileSystem;
  readonly #clock: Clock;
  readonly #onNotice: (notice: string) => void;
  readonly #uniqueHex: () => string;
  readonly #tailCache: TailCache;
  readonly #openFiles: OpenFiles;
  readonly #activeFiles: OpenFiles;
  readonly #files: StoreCheckpoints;
  readonly #starts: SharedOffsets;
  readonly #recoveryPoints: SharedOffsets;
  readonly #checkpoints: LogCheckpoints;
  readonly #manifest: LogManifest;
  readonly #surroundings: LogSurroundings;
  readonly #retentionIntervalMs: number;
  readonly #retention: RetentionChecks;
  readonly #cleanerCheckpoint: CleanerCheckpoint;
  readonly #cleaner: LogCleaner;
  readonly #readAhead: ReadAhead;
  readonly #logs = new PartitionMap<LocalLog>();
  #version = 0;
  /** What is being made or deleted, by directory name: one at a time for each. */
  readonly #directoryWork = new Map<string, Promise<unknown>>();
  /** Deletions that go on after `delete` resolved. */
  readonly #background = new Set<Promise<void>>();
  /** What cancels deletions that wait. Bounded by the logs deleted in one `file.delete.delay.ms`. */
  readonly #removals = new Set<() => void>();

  constructor(options: LocalLogStoreOptions) {
    this.#dataDir = path.resolve(options.dataDir);
    this.#fileSystem = options.fileSystem ?? nodeFileSystem;
    this.#clock = options.clock ?? systemClock;
    this.#onNotice = options.onNotice ?? (() => {});
    this.#uniqueHex = options.uniqueHex ?? (() => randomBytes(16).toString('hex'));
    this.#tailCache = new TailCache(
      options.tailCacheBytes ?? DEFAULT_TAIL_CACHE_BYTES,
      options.onMemoryReuse,
    );
    const onCloseError = (error: unknown) =>
      this.#onNotice(`A file could not be closed: ${messageOf(error)}`);
    this.#openFiles = new OpenFiles(this.#fileSystem, 'read', MAX_OPEN_FILES, onCloseError);
    this.#activeFiles = new OpenFiles(
      this.#fileSystem,
      'update',
      options.maxActiveFiles ?? DEFAULT_MAX_ACTIVE_FILES,
      onCloseError,
    );
    this.#readAhead = new ReadAhead(options.readAheadBytes);
    const files = new StoreCheckpoints(this.#fileSystem, this.#dataDir);
    this.#files = files;
    this.#starts = new SharedOffsets((offsets) => files.writeLogStarts(offsets));
    this.#recoveryPoints = new SharedOffsets((offsets) => files.writeRecoveryPoints(offsets));
    this.#manifest = new LogManifest(this.#fileSystem, this.#dataDir, this.#clock, this.#onNotice);
    this.#checkpoints = new LogCheckpoints(this.#clock, this.#recoveryPoints, this.#onNotice);
    this.#retentionIntervalMs =
      options.retentionCheckIntervalMs ?? DEFAULT_RETENTION_CHECK_INTERVAL_MS;
    this.#retention = new RetentionChecks(this.#clock, this.#retentionIntervalMs, () =>
      this.#logs.values(),
    );
    this.#cleanerCheckpoint = new CleanerCheckpoint(files);
    this.#cleaner = new LogCleaner({
      fileSystem: this.#fileSystem,
      clock: this.#clock,
      engine: options.compactionEngine ?? new CompactionThreads(),
      checkpoint: this.#cleanerCheckpoint,
      config: options.cleaner ?? DEFAULT_LOG_CLEANER_CONFIG,
      logs: () => this.#logs.values(),
      hashKey: options.hashKey ?? (() => getRandomValues(new Uint32Array(4))),
      onNotice: this.#onNotice,
    });
    this.#surroundings = {
      fileSystem: this.#fileSystem,
      clock: this.#clock,
      nextTurn: options.nextTurn ?? sharedTurn(setImmediate),
      pageCache: new PageCache(this.#clock, options.writeBackBytes),
      openFiles: this.#openFiles,
      activeFiles: this.#activeFiles,
      readAhead: this.#readAhead,
      indexes: new IndexCache(this.#fileSystem, this.#openFiles, INDEX_CACHE_BYTES, this.#onNotice),
      recompressor:
        options.recompressor ??
        new RecompressionPool({ maxThreads: RECOMPRESSION_THREADS, onNotice: this.#onNotice }),
      producerIdExpirationMs: options.producerIdExpirationMs ?? DEFAULT_PRODUCER_ID_EXPIRATION_MS,
      onNotice: this.#onNotice,
      onExpired: options.onExpired ?? (() => {}),
      checkpoints: this.#checkpoints,
      noteChanged: (log) => this.#manifest.noteChanged(log),
      onRetentionChange: (log) => this.#retention.checkSoon(log),
      abandonCleaning: (log) => this.#cleaner.abandon(log),
      random: options.random ?? Math.random,
      keepLogStart: (start) => this.#starts.keep(start),
    };
  }

  async open(partitions: readonly LogSpec[]): Promise<RecoverySummary> {
    await makeDataDirectory(this.#fileSystem, this.#dataDir);
    const notices: string[] = [];
    const specs = new Map(
      partitions.map((spec) => [logDirectoryName(spec.topic, spec.partition), spec]),
    );
    const hadMark = await this.#files.takeCleanMark();
    const summaries = await this.#trueSummaries(specs, hadMark);
    const directories = await this.#sortDirectories(specs, summaries, notices);
    // Where no log was, nothing can have been left unclean.
    const wasClean = hadMark || directories.size === 0;
    this.#recoveryPoints.load(await this.#files.readRecoveryPoints(), directories);
    await this.#cleanerCheckpoint.load(directories);
    this.#starts.load(await this.#files.readLogStarts(), directories);
    // What is still there of logs that are gone does no harm until their names come back, which waits for it (`create`).
    await this.#starts.settle().catch((error) => {
      if (!isDiskFull(error)) throw error;
      notices.push(`The log starts could not be written: ${messageOf(error)}`);
    });
    let truncatedBytes = 0;
    await inParallel([...specs], async ([name, spec]) => {
      const exists = directories.has(name);
      if (!exists) {
        if (directories.size > 0)
          notices.push(`The log ${name} was missing and is made anew, empty.`);
        await createLogFiles(this.#fileSystem, path.join(this.#dataDir, name), spec.topicId);
      }
      truncatedBytes += await this.#load(spec, {
        isClean: wasClean || !exists,
        recoveryPoint: exists ? this.#recoveryPoints.get(name) : 0,
        onNotice: (notice) => notices.push(notice),
        summary: summaries.get(name) ?? null,
      });
    });
    await this.#fileSystem.syncDirectory(this.#dataDir);
    // Where a log was cut, its recovery point must not lie behind what is written from now on.
    await this.#recoveryPoints.settle().catch(async (error) => {
      if (!isDiskFull(error)) throw error;
      // Without the file the next recovery reads everything, which is long, and right.
      await this.#files.removeRecoveryPoints();
      notices.push(`The recovery points could not be written: ${messageOf(error)}`);
    });
    this.#checkpoints.start();
    this.#manifest.start();
    this.#retention.start(Math.min(FIRST_RETENTION_CHECK_MS, this.#retentionIntervalMs));
    this.#cleaner.start();
    return { partitions: partitions.length, wasClean, truncatedBytes, notices };
  }

  /**
   * Summaries of logs that are as they were when these were made. After an unclean stop only those count whose log
   * cannot have held more than it does now.
   */
  async #trueSummaries(
    specs: ReadonlyMap<string, LogSpec>,
    isClean: boolean,
  ): Promise<Map<string, LogSummary>> {
    const found = new Map<string, LogSummary>();
    await inParallel([...(await this.#manifest.read())], async ([name, summary]) => {
      const spec = specs.get(name);
      if (spec?.topicId !== summary.topicId) return;
      if (!isClean && !(summary.isSettled && spec.config.flushMessages === 1)) return;
      const directory = path.join(this.#dataDir, name);
      if (await isUnchanged(this.#fileSystem, directory, summary)) found.set(name, summary);
    });
    return found;
  }

  /** Gives the directories that belong to `specs`; sets aside the other logs and removes what was being deleted. */
  async #sortDirectories(
    specs: ReadonlyMap<string, LogSpec>,
    summaries: ReadonlyMap<string, LogSummary>,
    notices: string[],
  ): Promise<Set<string>> {
    const known = new Set<string>();
    for (const { name, isDirectory } of await this.#fileSystem.readdir(this.#dataDir)) {
      if (!isDirectory) continue;
      if (name.endsWith(DELETE_SUFFIX)) this.#removeInBackground(path.join(this.#dataDir, name));
      const parsed = parseLogDirectoryName(name);
      if (parsed === null) continue;
      if (summaries.has(name)) {
        known.add(name);
        continue;
      }
      const text = await readText(
        this.#fileSystem,
        path.join(this.#dataDir, name, PARTITION_METADATA_FILE),
      );
      const topicId = text === null ? null : parsePartitionMetadata(text);
      const spec = specs.get(name);
      // A crash may have cut the making of a log before its metadata; then its name is all there is.
      if (spec !== undefined && (topicId === null || topicId === spec.topicId)) {
        known.add(name);
        continue;
      }
      const aside = setAsideName(parsed.topic, parsed.partition, this.#uniqueHex(), STRAY_SUFFIX);
      await this.#fileSystem.rename(
        path.join(this.#dataDir, name),
        path.join(this.#dataDir, aside),
      );
      notices.push(`The directory ${name} belongs to no partition and was set aside as ${aside}.`);
    }
    return known;
  }

  /** Opens one log; resolves to the bytes cut from its tail. */
  async #load(
    spec: LogSpec,
    state: {
      readonly isClean: boolean;
      readonly recoveryPoint: number;
      readonly onNotice: (notice: string) => void;
      readonly summary: LogSummary | null;
    },
  ): Promise<number> {
    const name = logDirectoryName(spec.topic, spec.partition);
    const directory = path.join(this.#dataDir, name);
    const request: LoadRequest = {
      fileSystem: this.#fileSystem,
      directory,
      spec,
      nowMs: this.#clock.nowMs(),
      logStartOffset: this.#starts.get(name),
      ...state,
    };
    const { summary } = state;
    // Where these do not agree, the files have to say what is there.
    const isUsed =
      summary !== null &&
      summary.endOffset === state.recoveryPoint &&
      summary.endOffset >= request.logStartOffset;
    const loaded = isUsed ? summarizedLog(request, summary) : await loadLog(request);
    const { topic, partition } = spec;
    this.#recoveryPoints.put({ topic, partition, offset: loaded.recoveryPoint });
    const tail = this.#tailCache.createTail();
    const log = new LocalLog(spec, directory, loaded, tail, this.#surroundings);
    this.#logs.set(spec.topicId, spec.partition, log);
    this.#version++;
    if (isUsed) this.#manifest.keep(name, summary);
    if (!isUsed || !summary.isSettled) this.#manifest.noteChanged(log);
    // A stop may have come between the log start's move and this.
    log.removeDeletedSegments();
    return loaded.truncatedBytes;
  }

  create(spec: LogSpec): Promise<PartitionLog> {
    const name = logDirectoryName(spec.topic, spec.partition);
    return this.#oneAtATime(name, async () => {
      const existing = this.get(spec.topicId, spec.partition);
      if (existing !== undefined) return existing;
      // The start and the recovery point of an earlier log of this name must not come back with a restart.
      await this.#starts.settle();
      await this.#recoveryPoints.settle();
      await createLogFiles(this.#fileSystem, path.join(this.#dataDir, name), spec.topicId);
      await this.#load(spec, {
        isClean: true,
        recoveryPoint: 0,
        onNotice: this.#onNotice,
        summary: null,
      });
      await this.#fileSystem.syncDirectory(this.#dataDir);
      return this.get(spec.topicId, spec.partition)!;
    });
  }

  get version(): number {
    return this.#version;
  }

  /** Takes effect at once. */
  configureCleaner(config: LogCleanerConfig): void {
    this.#cleaner.configure(config);
  }

  get cleanerStatus(): LogCleanerStatus {
    return this.#cleaner.status;
  }

  /** Compacts all that is due, without waiting for the next look; resolves when nothing is left to do. */
  compactNow(): Promise<void> {
    return this.#cleaner.cleanNow();
  }

  get(topicId: string, partition: number): PartitionLog | undefined {
    return this.#logs.get(topicId, partition);
  }

  async delete(topicId: string, partition: number): Promise<void> {
    const log = this.#logs.get(topicId, partition);
    if (log === undefined) return;
    this.#logs.delete(topicId, partition);
    this.#version++;
    const stopped = log.markDeleted();
    const name = logDirectoryName(log.topic, partition);
    this.#starts.forget(name);
    this.#recoveryPoints.forget(name);
    this.#manifest.forget(log);
    await this.#oneAtATime(name, async () => {
      await stopped;
      await this.#forgetCleaning(name);
      const aside = setAsideName(log.topic, partition, this.#uniqueHex(), DELETE_SUFFIX);
      const asidePath = path.join(this.#dataDir, aside);
      await this.#fileSystem.rename(path.join(this.#dataDir, name), asidePath);
      await this.#fileSystem.syncDirectory(this.#dataDir);
      this.#removeLater(asidePath, log.fileDeleteDelayMs);
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#directoryWork.values());
    for (const cancel of this.#removals) cancel();
    await this.#retention.stop();
    await this.#cleaner.stop();
    await this.#checkpoints.stop();
    await this.#manifest.stop();
    const logs = [...this.#logs.values()];
    this.#logs.clear();
    this.#version++;
    const failures: string[] = [];
    await inParallel(logs, async (log) => {
      try {
        const { topic, partition } = log;
        const { endOffset, summary } = await log.close();
        this.#recoveryPoints.put({ topic, partition, offset: endOffset });
        await this.#manifest.keepClosed(log, summary);
      } catch (error) {
        failures.push(`${logDirectoryName(log.topic, log.partition)}: ${messageOf(error)}`);
      }
    });
    await this.#readAhead.close();
    this.#openFiles.close();
    this.#activeFiles.close();
    await this.#surroundings.recompressor.close();
    await Promise.allSettled(this.#background);
    for (const offsets of [this.#recoveryPoints, this.#starts]) {
      await offsets.rewrite().catch((error) => failures.push(messageOf(error)));
    }
    await this.#manifest.settle().catch((error) => failures.push(messageOf(error)));
    if (failures.length > 0) {
      throw new Error(`Not everything could be made durable: ${failures.join(' ')}`);
    }
    await this.#files.writeCleanMark();
  }

  /** Runs `work` after what is under way for the directory. */
  #oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#directoryWork.get(name) ?? Promise.resolve();
    const running = before.then(work, work);
    this.#directoryWork.set(name, running);
    const done = () => {
      if (this.#directoryWork.get(name) === running) this.#directoryWork.delete(name);
    };
    running.then(done, done);
    return running;
  }

  /** Where a failing disk keeps the old entry, the next topic of this name is compacted later than it should be. */
  async #forgetCleaning(name: string): Promise<void> {
    try {
      await this.#cleanerCheckpoint.forget(name);
    } catch (error) {
      this.#onNotice(`The compaction checkpoint could not be written: ${messageOf(error)}`);
    }
  }

  /** What a stop leaves, the next start removes. */
  #removeLater(directory: string, delayMs: number): void {
    if (delayMs === 0) {
      this.#removeInBackground(directory);
      return;
    }
    const cancel = this.#clock.schedule(delayMs, () => {
      this.#removals.delete(cancel);
      this.#removeInBackground(directory);
    });
    this.#removals.add(cancel);
  }

  #removeInBackground(directory: string): void {
    const removal = removeDirectory(this.#fileSystem, directory)
      .catch((error) => this.#onNotice(`${directory} could not be removed: ${messageOf(error)}`))
      .finally(() => this.#background.delete(removal));
    this.#background.add(removal);
  }
}
