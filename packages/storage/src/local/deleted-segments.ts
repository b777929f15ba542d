import type { Clock } from '../clock.ts';
import type { FileSystem } from '../file-system.ts';
import { messageOf } from './disk-errors.ts';
import { filesOf, removeFile, setSegmentFilesAside } from './log-files.ts';
import type { Segment } from './segment.ts';

/**
 * Takes the files of a log's dropped segments off the disk, in the order in which they are given: renamed at once, and
 * removed `file.delete.delay.ms` later. What a stop leaves behind, the next start removes.
 *
 * The log start must be durable before, or the segments must come one by one: a crash could else leave a hole.
 */
export class DeletedSegments {
  readonly #fileSystem: FileSystem;
  readonly #clock: Clock;
  readonly #directory: string;
  readonly #onNotice: (notice: string) => void;
  /**
   * What is not out of the way yet, in order. Nothing overtakes what could not be removed: the hole in the log would stay
   * when the log start is not durable. Bounded by the segments that the log had.
   */
  readonly #waiting: { readonly segments: readonly Segment[]; readonly delayMs: number }[] = [];
  /** Settles, without an error, when what was given so far is out of the way. */
  #removing: Promise<void> = Promise.resolve();
  /** What cancels the removals that wait. Bounded by the segments that a log drops in one delay. */
  readonly #timers = new Set<() => void>();
  /** Groups of segments whose removal has begun and has not ended well. */
  #left = 0;
  #isStopped = false;

  constructor(options: {
    readonly fileSystem: FileSystem;
    readonly clock: Clock;
    readonly directory: string;
    readonly onNotice: (notice: string) => void;
  }) {
    this.#fileSystem = options.fileSystem;
    this.#clock = options.clock;
    this.#directory = options.directory;
    this.#onNotice = options.onNotice;
  }

  add(segments: readonly Segment[], delayMs: number): void {
    this.#waiting.push({ segments, delayMs });
    this.#removing = this.#removing.then(() => this.#removeWaiting());
  }

  async #removeWaiting(): Promise<void> {
    try {
      for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
        const { segments, delayMs } = next;
        await this.takeAway(segments, delayMs);
        this.#waiting.shift();
      }
    } catch (error) {
      // It is tried again when more has to go; else the next start finds them before the log's start and removes them.
      this.#onNotice(
        `Deleted segments of ${this.#directory} could not be removed: ${messageOf(error)}`,
      );
    }
  }

  /** Runs `work` after all that was given so far, and before what comes after. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const working = this.#removing.then(work);
    this.#removing = working.then(
      () => {},
      () => {},
    );
    return working;
  }

  /** As `add`, within `inTurn`: resolves when the names are free, and rejects when they could not be freed. */
  takeAway(segments: readonly Segment[], delayMs: number): Promise<void> {
    this.#left++;
    return delayMs > 0 ? this.#setAside(segments, delayMs) : this.#remove(segments);
  }

  /** Whether files wait to be renamed or removed, or could not be. */
  get hasLeft(): boolean {
    return this.#left > 0 || this.#waiting.length > 0;
  }

  /** Removes no file any more; resolves when none is being renamed or removed. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    await this.#removing;
  }

  async #remove(segments: readonly Segment[]): Promise<void> {
    for (const filePath of segments.flatMap(filesOf)) {
      await removeFile(this.#fileSystem, filePath);
    }
    await this.#fileSystem.syncDirectory(this.#directory);
    this.#left--;
  }

  async #setAside(segments: readonly Segment[], delayMs: number): Promise<void> {
    const filePaths: string[] = [];
    for (const segment of segments) {
      filePaths.push(...(await setSegmentFilesAside(this.#fileSystem, segment)));
    }
    await this.#fileSystem.syncDirectory(this.#directory);
    if (this.#isStopped) return;
    const cancel = this.#clock.schedule(delayMs, () => {
      this.#timers.delete(cancel);
      this.#removing = this.#removing.then(() => this.#removeAside(filePaths));
    });
    this.#timers.add(cancel);
  }

  async #removeAside(filePaths: readonly string[]): Promise<void> {
    try {
      for (const filePath of filePaths) await removeFile(this.#fileSystem, filePath);
      this.#left--;
    } catch (error) {
      this.#onNotice(`A deleted file could not be removed: ${messageOf(error)}`);
    }
  }
}
