/** The most recent durations are kept, this many. */
const KEPT = 100_000;

/** How long something took, time after time. */
export class Latencies {
  #durationsMs: number[] = [];

  add(durationMs: number): void {
    if (this.#durationsMs.length === KEPT) this.#durationsMs.shift();
    this.#durationsMs.push(durationMs);
  }

  /** What was added since the last `take`. */
  get summary(): LatencySummary {
    return new LatencySummary(this.#durationsMs.toSorted((a, b) => a - b));
  }

  /** The same, and begins anew. */
  take(): LatencySummary {
    const { summary } = this;
    this.#durationsMs = [];
    return summary;
  }
}

export class LatencySummary {
  /** Shortest first. */
  readonly #sortedMs: readonly number[];

  constructor(sortedMs: readonly number[]) {
    this.#sortedMs = sortedMs;
  }

  /** Infinite when there was none. */
  get medianMs(): number {
    return this.at(0.5);
  }

  toString(): string {
    const [p50, p99, worst] = [0.5, 0.99, 1].map((part) => this.at(part).toFixed(1));
    return `p50 ${p50} ms, p99 ${p99} ms, worst ${worst} ms of ${this.#sortedMs.length}`;
  }

  /** That `part` of them were not longer, in ms. */
  at(part: number): number {
    return (
      this.#sortedMs[Math.floor((this.#sortedMs.length - 1) * part)] ?? Number.POSITIVE_INFINITY
    );
  }
}
