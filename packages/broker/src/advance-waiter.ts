import type { Clock, PartitionLog } from '@millrace/storage';

/**
 * Waits until one of several logs advances, a deadline passes or the client is gone. Subscribe first, then look,
 * then wait: what comes between the look and the wait is not lost.
 */
export class AdvanceWaiter {
  readonly #unsubscribe: (() => void)[] = [];
  readonly #closed: AbortSignal;
  readonly #signal = () => this.#onSignal();
  #signalled = false;
  #isExpired = false;
  #resolve: (() => void) | null = null;

  constructor(logs: Iterable<PartitionLog>, deadlineMs: number, clock: Clock, closed: AbortSignal) {
    this.#closed = closed;
    for (const log of logs) this.#unsubscribe.push(log.onAdvance(this.#signal));
    const onDeadline = () => {
      this.#isExpired = true;
      this.#onSignal();
    };
    this.#unsubscribe.push(clock.schedule(Math.max(0, deadlineMs - clock.nowMs()), onDeadline));
    closed.addEventListener('abort', this.#signal);
    this.#unsubscribe.push(() => closed.removeEventListener('abort', this.#signal));
  }

  /**
   * The deadline has passed. Asked here and not of the clock, because a timer may fire a fraction of a millisecond before
   * the clock shows its time, and fires only once.
   */
  get isExpired(): boolean {
    return this.#isExpired;
  }

  /** Forgets what was signalled so far; call before looking. */
  reset(): void {
    this.#signalled = this.#closed.aborted;
  }

  /** Resolves at the next signal, at once when there was one since `reset`. */
  wait(): Promise<void> {
    if (this.#signalled) return Promise.resolve();
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
  }

  #onSignal(): void {
    this.#signalled = true;
    const resolve = this.#resolve;
    this.#resolve = null;
    resolve?.();
  }
}
