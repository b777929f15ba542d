// Loaded into the broker's process before the program (`node --import`): tells the benchmark, when it asks, what only the
// process itself knows. Between two questions it does nothing but count garbage collections.

import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { CopyCounter } from './copy-counter.ts';

/** `reading` asks for a reading alone; the others are done before it. */
export type Question = 'reading' | 'collect-garbage' | 'count-copies' | 'count-no-copies';

/** All but `bufferBytes` count from the start of the process. */
export interface Reading {
  /** Bytes that JavaScript has allocated in the heap of the main thread. */
  readonly heapBytes: number;
  /** Memory of all buffers that there are now, and of those that the garbage collector has not found yet. */
  readonly bufferBytes: number;
  readonly scavenges: number;
  /** Whole ones: the steps of an incremental one are not counted. */
  readonly markCompacts: number;
  /** Bytes that were copied from buffer to buffer, after `count-copies` and before `count-no-copies`. */
  readonly copiedBytes: number;
}

const collected = { scavenges: 0, markCompacts: 0 };
const copies = new CopyCounter();

const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
    if (kind === constants.NODE_PERFORMANCE_GC_MINOR) collected.scavenges++;
    else if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) collected.markCompacts++;
  }
});
observer.observe({ entryTypes: ['gc'] });

process.on('message', async (question: Question) => {
  if (question === 'collect-garbage') collectGarbage();
  if (question === 'count-copies') copies.start();
  if (question === 'count-no-copies') copies.stop();
  // The observer is told a turn after a collection.
  await nextTurn();
  await nextTurn();
  const reading: Reading = {
    heapBytes: getHeapStatistics().total_allocated_bytes,
    bufferBytes: process.memoryUsage().arrayBuffers,
    ...collected,
    copiedBytes: copies.bytes,
  };
  process.send!(reading);
});
// It must not keep the broker from ending.
process.channel!.unref();

/** Twice: the second one waits until the first has given back the memory of buffers, which another thread does. */
function collectGarbage(): void {
  for (let time = 0; time < 2; time++) globalThis.gc!();
}
