/** Connections may come at once as many as the rate allows for this long. */
const BURST_MS = 1000;
/** Past this wait a connection is turned away instead: its client would have given up. */
const MAX_DELAY_MS = 10_000;

/**
 * Spreads connections so that no more than the rate begin in a second. It only keeps when the next one is due, so that
 * the rate may change between calls.
 */
export class ConnectionRate {
  #dueMs = 0;

  /** How long the next connection has to wait; `Infinity` when that is too long. */
  delayMs(perSecond: number, nowMs: number): number {
    if (perSecond === 0) return Number.POSITIVE_INFINITY;
    const delayMs = Math.max(0, this.#dueMs - BURST_MS + intervalMs(perSecond) - nowMs);
    return delayMs > MAX_DELAY_MS ? Number.POSITIVE_INFINITY : Math.ceil(delayMs);
  }

  /** The connection was taken. */
  take(perSecond: number, nowMs: number): void {
    this.#dueMs = Math.max(this.#dueMs, nowMs) + intervalMs(perSecond);
  }
}

function intervalMs(perSecond: number): number {
  return 1000 / perSecond;
}
