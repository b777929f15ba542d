import type { Clock } from '@millrace/storage';
import type { DiskSpace, LogDirectory } from './log-directory.ts';

const INTERVAL_MS = 30_000;
/** The bound is the smaller of the two: 5 % of a large disk is a lot of room, and 1 GiB of a small one all there is. */
const LOW_PART = 0.05;
const LOW_BYTES = 1024 ** 3;
/** More than the bound by so much is enough again: a disk that stands at the bound is told of once. */
const ENOUGH = 1.5;

export interface DiskSpaceWatchOptions {
  readonly directory: LogDirectory;
  readonly clock: Clock;
  readonly onNotice: (notice: string) => void;
}

/**
 * Looks at the free space of the data directory every half a minute, and tells once when it becomes low and once when
 * there is enough again.
 */
export class DiskSpaceWatch {
  readonly #options: DiskSpaceWatchOptions;
  #space: DiskSpace | null = null;
  #isLow = false;
  #cancelTimer: (() => void) | null = null;
  #isStopped = false;

  constructor(options: DiskSpaceWatchOptions) {
    this.#options = options;
  }

  /** As it was at the last look; null before the first, and while the disk does not say. */
  get space(): DiskSpace | null {
    return this.#space;
  }

  /** Looks at once, in the background, and then half a minute after each look: a disk that hangs is asked once. */
  start(): void {
    void this.#look().then(() => {
      if (this.#isStopped) return;
      this.#cancelTimer = this.#options.clock.schedule(INTERVAL_MS, () => this.start());
    });
  }

  /** Looks no more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer?.();
  }

  async #look(): Promise<void> {
    try {
      this.#space = await this.#options.directory.space();
      this.#judge(this.#space);
    } catch {
      // Whoever reads or writes there is told of it; a guess would not help.
      this.#space = null;
    }
  }

  #judge({ totalBytes, usableBytes }: DiskSpace): void {
    if (this.#isStopped) return;
    const lowBytes = Math.min(totalBytes * LOW_PART, LOW_BYTES);
    const { directory, onNotice } = this.#options;
    const left = `${mebibytes(usableBytes)} of ${mebibytes(totalBytes)} MiB are free in ${directory.path}`;
    if (!this.#isLow && usableBytes < lowBytes) {
      this.#isLow = true;
      onNotice(
        `Only ${left}. When nothing is left, producers are refused with KAFKA_STORAGE_ERROR; ` +
          'make room, or lower retention.ms or retention.bytes of large topics.',
      );
    } else if (this.#isLow && usableBytes >= lowBytes * ENOUGH) {
      this.#isLow = false;
      onNotice(`There is room again: ${left}.`);
    }
  }
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}
