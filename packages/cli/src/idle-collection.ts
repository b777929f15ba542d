import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '@millrace/storage';

const CHECK_MS = 1000;
/** Of a second, less than this was spent on requests and all else. */
const MAX_BUSY_PART = 0.01;
/** A collection takes tens of milliseconds, which this much memory is worth. */
const WORTH_BYTES = 4 * 1024 * 1024;

/** V8's heap, and the thread that it belongs to. */
export interface CollectableHeap {
  /** Taken from the system: what is in use, what nobody uses any more, and what lies free. */
  readonly heldBytes: number;
  /** The part of the time since this was last asked in which the event loop was not waiting. */
  busyPart(): number;
  /** Gives back to the system what is not in use. */
  collect(): void;
}

/**
 * Has V8 give memory back while nothing goes on. It keeps what a start or a rush of requests made it take, and thinks of
 * giving it back only when it collects, which a process that idles has no reason to do.
 *
 * It collects after a second in which next to nothing happened, and again only when the heap has grown since: a broker with
 * little to do does not stop again and again. Returns what ends it.
 */
export function collectWhenIdle(heap: CollectableHeap, clock: Clock): () => void {
  let leftBytes = 0;
  const check = () => {
    const hasGrown = heap.heldBytes >= leftBytes + WORTH_BYTES;
    if (heap.busyPart() < MAX_BUSY_PART && hasGrown) {
      heap.collect();
      leftBytes = heap.heldBytes;
    }
    cancel = clock.schedule(CHECK_MS, check);
  };
  let cancel = clock.schedule(CHECK_MS, check);
  return () => cancel();
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
