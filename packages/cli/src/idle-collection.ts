import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '@millrace/storage';

const CHECK_MS = 1000;
/** Of a second, less than this was spent on requests and all else. */
const MAX_BUSY_PART = 0.01;
/** A collection takes tens of milliseconds, which this much memory is worth. */
const WORTH_BYTES = 4 * 1024 * 1024;
/** So soon after a start there is little optimized code yet for a collection to take. */
const START_MS = 10_000;
/** Later, a broker is not expected to be needed again at once when it has idled for so long. */
const LONG_IDLE_MS = 5 * 60_000;

/** V8's heap, and the thread that it belongs to. */
export interface CollectableHeap {
  /** Taken from the system: what is in use, what nobody uses any more, and what lies free. */
  readonly heldBytes: number;
  /** The part of the time since this was last asked in which the event loop was not waiting. */
  busyPart(): number;
  /** Gives back to the system what is not in use. */
  collect(): void;
  /** Whether V8 does that by itself some seconds after its last collection, while little goes on. */
  setReducing(isReducing: boolean): void;
}

/**
 * Decides when memory is given back while nothing goes on, in place of V8, which does that eight seconds after a rush of
 * requests. Such a collection takes hidden classes of which there is no object at that moment, and with them the optimized code
 * that knows them: of a broker without connections, most of the code of Produce and Fetch. The next rush then costs half
 * as much again for many seconds.
 *
 * A broker that has just started, and has not optimized anything, gives back after one idle second what its start took; later
 * one does that has idled for minutes. Each only when the heap has grown since the last time: a broker with little to do
 * does not stop again and again. Returns what ends it, and leaves V8 as it was.
 */
export function collectWhenIdle(heap: CollectableHeap, clock: Clock): () => void {
  let leftBytes = 0;
  let idleMs = 0;
  let upMs = 0;
  const check = () => {
    upMs += CHECK_MS;
    idleMs = heap.busyPart() < MAX_BUSY_PART ? idleMs + CHECK_MS : 0;
    // Not before: modules that a first request loads find their compiled code only while V8's flags are what they were.
    if (upMs === START_MS) heap.setReducing(false);
    const isIdle = idleMs >= (upMs < START_MS ? CHECK_MS : LONG_IDLE_MS);
    if (isIdle && heap.heldBytes >= leftBytes + WORTH_BYTES) {
      heap.collect();
      leftBytes = heap.heldBytes;
    }
    cancel = clock.schedule(CHECK_MS, check);
  };
  let cancel = clock.schedule(CHECK_MS, check);
  return () => {
    cancel();
    heap.setReducing(true);
  };
}

/** The heap of this thread. */
export function ownHeap(): CollectableHeap {
  let last = performance.eventLoopUtilization();
  return {
    get heldBytes() {
      return getHeapStatistics().total_physical_size;
    },
    busyPart() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
    collect: () => collector()({ type: 'major', flavor: 'last-resort' }),
    // Two is V8's own number. At the end of the process it must stand again, since compiled code is cached then.
    setReducing: (isReducing) =>
      setFlagsFromString(`--memory-reducer-gc-count=${isReducing ? 2 : 0}`),
  };
}

type Collector = (options: { type: 'major'; flavor: 'last-resort' }) => void;

/** V8 has no other way to be asked. The flag is taken back at once, since code that is cached counts as of other flags. */
function collector(): Collector {
  setFlagsFromString('--expose-gc');
  try {
    return runInNewContext('gc') as Collector;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
