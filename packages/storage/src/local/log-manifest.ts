import * as path from 'node:path';
import type { Clock } from '../clock.ts';
import { type FileSystem, readSmallFile } from '../file-system.ts';
import { replaceFile } from './checkpoint-files.ts';
import { messageOf } from './disk-errors.ts';
import { removeFile } from './log-files.ts';
import {
  formatManifest,
  formatSummary,
  type LogState,
  type LogSummary,
  parseManifest,
} from './log-summary.ts';

export const MANIFEST_FILE = 'millrace-log-manifest';
const INTERVAL_MS = 60_000;
/** Logs that are looked at in one interval; two looks at the file system each. */
const MAX_LOGS_AN_INTERVAL = 2000;
/** File systems count time in steps; what changed longer ago than this has another time than what changes now. */
const SETTLED_AFTER_MS = 2000;

/** A log as far as its summary is concerned. */
export interface SummarizedLog {
  /** The name of its directory. */
  readonly name: string;
  /** What a summary holds beside the directory's time; null while the log is written to, or cannot be summarized. */
  summarize(): LogState | null;
}

/**
 * The summaries of a store's logs, in one file: what a start needs of logs that nobody has written to since. Written at a
 * clean stop, and every minute where logs came to rest. A summary says itself when it is true no more, so one that is
 * old hides nothing; it only makes the start read the log's directory.
 */
export class LogManifest {
  readonly #fileSystem: FileSystem;
  readonly #dataDir: string;
  readonly #clock: Clock;
  readonly #onNotice: (notice: string) => void;
  /** The lines of the file, by directory name. */
  readonly #lines = new Map<string, string>();
  /** Logs whose lines may not be true; bounded by the number of logs, as are the lines. */
  readonly #changed = new Set<SummarizedLog>();
  /** Of the lines in the file, those that nobody uses: they must not seem true later. */
  readonly #unused = new Set<string>();
  #isWritten = true;
  #running: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | null = null;

  constructor(
    fileSystem: FileSystem,
    dataDir: string,
    clock: Clock,
    onNotice: (notice: string) => void,
  ) {
    this.#fileSystem = fileSystem;
    this.#dataDir = dataDir;
    this.#clock = clock;
    this.#onNotice = onNotice;
  }

  /** What the file holds; nothing when it is missing or damaged. */
  async read(): Promise<Map<string, LogSummary>> {
    const content = await readSmallFile(this.#fileSystem, this.#path);
    const summaries = content === null ? new Map() : parseManifest(content);
    for (const name of summaries.keys()) this.#unused.add(name);
    return summaries;
  }

  get #path(): string {
    return path.join(this.#dataDir, MANIFEST_FILE);
  }

  /** A summary that was read and is true. */
  keep(name: string, summary: LogSummary): void {
    this.#lines.set(name, formatSummary(name, summary));
    this.#unused.delete(name);
  }

  /** The log is not as its summary says, or has none. */
  noteChanged(log: SummarizedLog): void {
    this.#changed.add(log);
  }

  forget(log: SummarizedLog): void {
    this.#changed.delete(log);
    this.#drop(log);
  }

  #drop(log: SummarizedLog): void {
    if (this.#lines.delete(log.name)) this.#isWritten = false;
  }

  start(): void {
    this.#cancelTimer = this.#clock.schedule(INTERVAL_MS, () => {
      this.#running = this.#update();
      this.start();
    });
  }

  /** Resolves when nothing is being written. */
  async stop(): Promise<void> {
    this.#cancelTimer?.();
    await this.#running;
  }

  async #update(): Promise<void> {
    await this.#running;
    try {
      const logs = [...this.#changed].slice(0, MAX_LOGS_AN_INTERVAL);
      for (const log of logs) {
        // Those that have not come to rest come again, behind the others.
        this.#changed.delete(log);
        const summary = await this.#summaryOf(log);
        if (summary?.isSettled === true) this.#set(log, summary);
        else this.#changed.add(log);
      }
      await this.#writeIfNeeded();
    } catch (error) {
      this.#notWritten(error);
    }
  }

  async #summaryOf(log: SummarizedLog): Promise<LogSummary | null> {
    if (log.summarize() === null) return null;
    const directory = await this.#directoryOf(log);
    // Taken last: what begins from here on changes the directory's time, or the size that this one tells of.
    const summary = log.summarize();
    return summary === null ? null : { ...summary, ...directory };
  }

  /** What a summary says of the log's directory. */
  async #directoryOf({ name }: SummarizedLog) {
    const directoryModifiedMs = await this.#fileSystem.modifiedMs(path.join(this.#dataDir, name));
    const isSettled = this.#clock.nowMs() - directoryModifiedMs >= SETTLED_AFTER_MS;
    return { directoryModifiedMs, isSettled };
  }

  #set(log: SummarizedLog, summary: LogSummary): void {
    this.#lines.set(log.name, formatSummary(log.name, summary));
    this.#isWritten = false;
  }

  /** At a clean stop: the log is closed, and was at rest when `summary` was made; null where it cannot be summarized. */
  async keepClosed(log: SummarizedLog, summary: LogState | null): Promise<void> {
    if (!this.#changed.has(log)) return;
    if (summary === null) {
      // An earlier one may seem true, where the file system's time has not gone on since.
      this.#drop(log);
      return;
    }
    this.#set(log, { ...summary, ...(await this.#directoryOf(log)) });
  }

  /**
   * Writes the file unless it holds all that is known. Where it cannot be written it is removed: after a clean stop a
   * summary counts by the directory's time alone, and that of an earlier one may be the same, in the steps in which file
   * systems count. Rejects when it could not be removed either; then the stop is not to pass for a clean one.
   */
  async settle(): Promise<void> {
    try {
      await this.#writeIfNeeded();
    } catch (error) {
      this.#notWritten(error);
      await removeFile(this.#fileSystem, this.#path);
      await this.#fileSystem.syncDirectory(this.#dataDir);
    }
  }

  /** Only the next start takes longer for it. */
  #notWritten(error: unknown): void {
    this.#onNotice(`The log manifest could not be written: ${messageOf(error)}`);
  }

  async #writeIfNeeded(): Promise<void> {
    if (this.#isWritten && this.#unused.size === 0) return;
    this.#isWritten = true;
    try {
      await replaceFile(this.#fileSystem, this.#path, formatManifest(this.#lines.values()));
      this.#unused.clear();
    } catch (error) {
      this.#isWritten = false;
      throw error;
    }
  }
}
