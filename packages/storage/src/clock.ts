/** Time, injected so that tests and the simulator decide what time it is. */
export interface Clock {
  /** Milliseconds since the Unix epoch, as records and configs count time. */
  nowMs(): number;
  /** Runs `callback` once, `delayMs` from now; the returned function cancels it. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  schedule(delayMs, callback) {
    // setTimeout overflows past 2^31 - 1 ms and would fire at once.
    const timer = setTimeout(callback, Math.min(delayMs, 0x7fffffff));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
