import type { Clock } from '../clock.ts';

/** Logs checked in one turn of the event loop. */
const LOGS_IN_A_TURN = 64;

/** A log as far as its retention is concerned. */
export interface CheckedLog {
  /** Lets go of what is too old or too much. Never rejects. */
  enforceRetention(): Promise<void>;
}

/**
 * Has all logs of a store enforce their retention every `intervalMs` (`log.retention.check.interval.ms`), and single ones
 * when their configs have changed: one log at a time.
 */
export class RetentionChecks {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #logs: () => Iterable<CheckedLog>;
  /** Those whose turn is to come; bounded by the number of logs. */
  readonly #due = new Set<CheckedLog>();
  #running: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #isStopped = false;

  constructor(clock: Clock, intervalMs: number, logs: () => Iterable<CheckedLog>) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#logs = logs;
  }

  /** The first check comes after `delayMs`. */
  start(delayMs: number): void {
    this.#cancelTimer = this.#clock.schedule(delayMs, () => {
      for (const log of this.#logs()) this.#due.add(log);
      this.#wake();
      this.start(this.#intervalMs);
    });
  }

  /** Checks this log before long. */
  checkSoon(log: CheckedLog): void {
    this.#due.add(log);
    this.#wake();
  }

  /** Resolves when no log is being checked any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    this.#due.clear();
    await this.#running;
  }

  #wake(): void {
    if (this.#isStopped || this.#due.size === 0) return;
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    let checked = 0;
    for (const log of this.#due) {
      this.#due.delete(log);
      await log.enforceRetention();
      if (++checked % LOGS_IN_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = null;
  }
}
