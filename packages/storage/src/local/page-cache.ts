import type { Clock } from '../clock.ts';

/** Written to a log without a sync, the disk begins with it: what a roll waits for, and what a repair has to hold. */
const DEFAULT_WRITE_BACK_BYTES = 16 * 1024 * 1024;
/** So many times that much is not on the disk: it does not keep up, and the system may soon make writers wait. */
const MAX_BEHIND = 4;
/** A copy of so much is done in a fraction of a millisecond. */
const MAX_BYTES_AT_ONCE = 1024 * 1024;
/** A copy does not take so long, also where another process has the processor for a while. */
const SLOW_WRITE_MS = 20;
/** After a slow write all go through the threads for so long. */
const CAUTION_MS = 10_000;

/**
 * What the logs of a store know of the system's page cache, into which goes what is acknowledged without a sync.
 *
 * Such a write is a copy in memory, done in less time than it takes to hand it to a thread and to hear of it, as long as
 * the system takes it at once. It does not where too much of the cache waits for the disk. So the logs have the disk begin
 * early (`writeBackBytes`), hand what they write to the threads while that lags behind, and, since other programs fill the
 * cache too, for a while after a write that took long.
 *
 * What is synced before it is acknowledged goes the same way while no sync is under way: its write is a copy, too, and the
 * thread that syncs it is woken once. While there is a sync of any log, the file system's journal is busy with it, and a
 * write may have to wait for that.
 */
export class PageCache {
  /** A log has so much synced, beside what it does, when that is not on the disk. */
  readonly writeBackBytes: number;
  readonly #clock: Clock;
  #cautionUntilMs = Number.NEGATIVE_INFINITY;
  #isWritingBack = false;
  #syncs = 0;

  constructor(clock: Clock, writeBackBytes = DEFAULT_WRITE_BACK_BYTES) {
    this.#clock = clock;
    this.writeBackBytes = writeBackBytes;
  }

  /**
   * Whether a write of `bytes` to a log, of which `unsyncedBytes` are not synced, is but a copy in memory. `isSynced`: a sync
   * follows before it is acknowledged.
   */
  takesAtOnce(bytes: number, unsyncedBytes: number, isSynced: boolean): boolean {
    if (bytes > MAX_BYTES_AT_ONCE || (isSynced && this.#syncs > 0)) return false;
    if (unsyncedBytes >= MAX_BEHIND * this.writeBackBytes) return false;
    return this.#clock.nowMs() >= this.#cautionUntilMs;
  }

  /** Does what writes at once, and looks how long that takes. */
  write(work: () => void): void {
    const startedMs = this.#clock.nowMs();
    try {
      work();
    } finally {
      const endedMs = this.#clock.nowMs();
      if (endedMs - startedMs >= SLOW_WRITE_MS) this.#cautionUntilMs = endedMs + CAUTION_MS;
    }
  }

  /** A sync that somebody waits for. */
  async sync(sync: () => Promise<void>): Promise<void> {
    this.#syncs++;
    try {
      await sync();
    } finally {
      this.#syncs--;
    }
  }

  /** Syncs with `sync`, unless another log is at it: one has the disk busy, and one of the few threads. */
  writeBack(sync: () => Promise<void>): Promise<void> | null {
    if (this.#isWritingBack) return null;
    this.#isWritingBack = true;
    return sync().finally(() => {
      this.#isWritingBack = false;
    });
  }
}
