import type { Clock } from './clock.ts';

/** A callback may schedule the next one, so `advance` counts what it runs and stops a loop that stands still. */
const MAX_CALLBACKS_PER_ADVANCE = 1_000_000;

interface ManualTimer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock that stands still until it is told to move, for tests and the simulator. Callbacks run inside
 * `advance`, in the order of their times (and of their scheduling where times are equal), and each sees its own
 * time as `nowMs()`. Also counts what is scheduled, so that a test can say that nothing is left behind.
 */
export class ManualClock implements Clock {
  #nowMs: number;
  #nextOrder = 0;
  /** Bounded by the test that schedules; a test has few, so a scan for the earliest is fast enough. */
  readonly #timers = new Set<ManualTimer>();

  /** Starts at `startMs` since the Unix epoch; the default is a round moment in 2026. */
  constructor(startMs = 1_767_225_600_000) {
    this.#nowMs = startMs;
  }

  /** Timers that are scheduled and neither fired nor cancelled. */
  get pendingCount(): number {
    return this.#timers.size;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      order: this.#nextOrder++,
      callback,
    };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Time goes by while the program is busy: what falls due meanwhile runs with the next `advance`. */
  pass(ms: number): void {
    this.#nowMs += ms;
  }

  /** Moves time forward by `ms` and runs all that falls due, also what those callbacks schedule themselves. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`a clock cannot advance by ${ms} ms`);
    const untilMs = this.#nowMs + ms;
    for (let ran = 0; ; ran++) {
      const timer = this.#earliest();
      if (timer === null || timer.atMs > untilMs) break;
      if (ran === MAX_CALLBACKS_PER_ADVANCE) {
        throw new Error(`more than ${ran} timers fell due within ${ms} ms: one reschedules itself`);
      }
      this.#timers.delete(timer);
      // A callback may itself advance the clock; time never runs backwards for that.
      this.#nowMs = Math.max(this.#nowMs, timer.atMs);
      timer.callback();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  #earliest(): ManualTimer | null {
    let earliest: ManualTimer | null = null;
    for (const timer of this.#timers) {
      if (
        earliest === null ||
        timer.atMs < earliest.atMs ||
        (timer.atMs === earliest.atMs && timer.order < earliest.order)
      ) {
        earliest = timer;
      }
    }
    return earliest;
  }
}
