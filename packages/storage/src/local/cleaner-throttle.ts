import type { Clock } from '../clock.ts';

/** Shorter waits are put off: timers have no finer grain, and each costs a turn of the event loop. */
const MIN_WAIT_MS = 20;

/** Keeps what all passes read and write below `log.cleaner.io.max.bytes.per.second`. */
export class CleanerThrottle {
  readonly #clock: Clock;
  /** When the bytes so far are paid for. */
  #freeAtMs = 0;
  /** Waits under way: at most one for each pass. */
  readonly #waits = new Set<() => void>();
  #isStopped = false;
  bytesPerSecond: number;

  constructor(clock: Clock, bytesPerSecond: number) {
    this.#clock = clock;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Resolves when so many bytes more may have been read or written. */
  async spend(bytes: number): Promise<void> {
    const nowMs = this.#clock.nowMs();
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (bytes * 1000) / this.bytesPerSecond;
    const waitMs = this.#freeAtMs - nowMs;
    if (waitMs < MIN_WAIT_MS || this.#isStopped) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        this.#waits.delete(end);
        resolve();
      };
      const cancel = this.#clock.schedule(waitMs, end);
      this.#waits.add(end);
    });
  }

  /** Nobody waits any more: passes have to end. */
  stop(): void {
    this.#isStopped = true;
    this.release();
  }

  /** Ends the waits under way. */
  release(): void {
    for (const end of this.#waits) end();
  }
}
