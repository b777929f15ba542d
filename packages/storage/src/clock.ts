/** Time, injected so that tests and the simulator decide what time it is. */
export interface Clock {
  /** Milliseconds since the Unix epoch, as records and configs count time. */
  nowMs(): number;
  /** Runs `callback` once, `delayMs` from now; the returned function cancels it. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** Runs `callback` when this turn of the event loop has brought all that it brings. */
export type NextTurn = (callback: () => void) => void;

/** Those who wait for the same turn wait for one callback of the loop, and go on together. */
export function sharedTurn(nextTurn: NextTurn): NextTurn {
  let waiting: (() => void)[] = [];
  const onTurn = () => {
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) callback();
  };
  return (callback) => {
    if (waiting.push(callback) === 1) nextTurn(onTurn);
  };
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
