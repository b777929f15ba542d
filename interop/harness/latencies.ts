/** The most recent durations are kept, this many. */
const KEPT = 100_000;

/** How long something took, time after time. */
export class Latencies {
  #durationsMs: number[] = [];

  add(durationMs: number): void {
    if (this.#durationsMs.length === KEPT) this.#durationsMs.shift();
    this.#durationsMs.push(durationMs);
  }

  /** Says what was added since it was asked last. */
  take(): string {
    const sorted = this.#durationsMs.sort((a, b) => a - b);
    this.#durationsMs = [];
    const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)]?.toFixed(1);
    return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms of ${sorted.length}`;
  }
}
