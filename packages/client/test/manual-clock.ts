import type { Clock } from '../src/clock.ts';

/** A clock that stands still until it is moved; timers run inside `advance`, in the order of their times. */
export class ManualClock implements Clock {
  #nowMs = 1_767_225_600_000;
  #timers: { readonly atMs: number; readonly callback: () => void }[] = [];

  /** Timers that neither fired nor were cancelled. */
  get pendingCount(): number {
    return this.#timers.length;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = this.#timers.filter(({ atMs }) => atMs <= untilMs);
      const [next] = due.sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMs = next.atMs;
      next.callback();
    }
    this.#nowMs = untilMs;
  }
}
