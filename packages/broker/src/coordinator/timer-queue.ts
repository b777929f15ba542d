import type { Clock } from '@millrace/storage';

/** Below this many entries the heap is not worth sweeping. */
const MIN_SWEEP_SIZE = 64;

interface Entry {
  readonly atMs: number;
  /** Equal times fire in the order of scheduling. */
  readonly order: number;
  /** Null once it fired or was cancelled. */
  callback: (() => void) | null;
}

/**
 * All timeouts of the coordinators in one queue: a binary heap over one timer of the clock. Sessions are
 * rescheduled with every heartbeat, so scheduling and cancelling must be cheap: O(log n) and O(1).
 *
 * A cancelled entry stays in the heap without its callback. When more than half of the heap is cancelled, it
 * is swept, so the heap never holds more than twice the live entries (plus `MIN_SWEEP_SIZE`), at an amortised cost of
 * O(1) per cancellation. The live entries are bounded by those who schedule: a few per group member.
 */
export class TimerQueue {
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #heap: Entry[] = [];
  #cancelled = 0;
  #nextOrder = 0;
  #running = false;
  #closed = false;
  /** The clock's timer, and when it fires. */
  #wake: { readonly atMs: number; readonly cancel: () => void } | null = null;

  /** `onError` is told what a callback throws; the other callbacks run all the same. */
  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Callbacks that are still to run. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** Entries held in memory, cancelled ones included. */
  get heapSize(): number {
    return this.#heap.length;
  }

  /**
   * Runs `callback` once when the clock reaches `atMs` (milliseconds since the Unix epoch); a time that is past
   * means at the clock's next turn, never inside this call. The returned function cancels it and may be
   * called at any time. A closed queue takes the entry and never runs it.
   */
  schedule(atMs: number, callback: () => void): () => void {
    if (Number.isNaN(atMs)) throw new RangeError('a timer needs a time, got NaN');
    if (this.#closed) return () => {};
    // A past time counts as now: what is scheduled last never passes what was due before.
    const dueMs = Math.max(atMs, this.#clock.nowMs());
    const entry: Entry = { atMs: dueMs, order: this.#nextOrder++, callback };
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    if (!this.#running) this.#arm();
    return () => this.#cancel(entry);
  }

  /** Drops all entries; nothing runs any more. */
  close(): void {
    this.#closed = true;
    for (const entry of this.#heap) entry.callback = null;
    this.#heap.length = 0;
    this.#cancelled = 0;
    this.#wake?.cancel();
    this.#wake = null;
  }

  #cancel(entry: Entry): void {
    if (entry.callback === null) return;
    entry.callback = null;
    this.#cancelled++;
    if (this.#heap.length >= MIN_SWEEP_SIZE && this.#cancelled * 2 > this.#heap.length) {
      this.#sweep();
    }
    // With entries left the clock's timer stays: an early wake is cheaper than a new timer per heartbeat.
    if (this.size === 0 && !this.#running) this.#arm();
  }

  /**
   * Runs what is due now. What a callback schedules for now or earlier waits for the next turn of the clock, so
   * that a callback that reschedules itself cannot hold the event loop.
   */
  #run(): void {
    this.#wake = null;
    const nowMs = this.#clock.nowMs();
    const endOrder = this.#nextOrder;
    this.#running = true;
    try {
      for (let entry = this.#heap[0]; entry !== undefined; entry = this.#heap[0]) {
        if (entry.callback !== null && (entry.atMs > nowMs || entry.order >= endOrder)) break;
        this.#removeFirst();
        if (entry.callback === null) this.#cancelled--;
        else this.#fire(entry);
      }
    } finally {
      this.#running = false;
      this.#arm();
    }
  }

  #fire(entry: Entry): void {
    const callback = entry.callback!;
    entry.callback = null;
    try {
      callback();
    } catch (error) {
      this.#onError(error);
    }
  }

  /** Keeps one timer of the clock while there are live entries, no later than the first one's time. */
  #arm(): void {
    while (this.#heap.length > 0 && this.#heap[0]!.callback === null) {
      this.#removeFirst();
      this.#cancelled--;
    }
    const first = this.#heap[0];
    if (first === undefined) {
      this.#wake?.cancel();
      this.#wake = null;
      return;
    }
    if (this.#wake !== null) {
      if (this.#wake.atMs <= first.atMs) return;
      this.#wake.cancel();
    }
    // When the clock fires early (a longer delay than a machine's timer takes), #run finds nothing due and arms again.
    const delayMs = Math.max(0, first.atMs - this.#clock.nowMs());
    this.#wake = {
      atMs: first.atMs,
      cancel: this.#clock.schedule(delayMs, () => this.#run()),
    };
  }

  #sweep(): void {
    const live = this.#heap.filter((entry) => entry.callback !== null);
    this.#heap.length = 0;
    for (const entry of live) this.#heap.push(entry);
    this.#cancelled = 0;
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index--) this.#siftDown(index);
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown(0);
  }

  #siftUp(start: number): void {
    const heap = this.#heap;
    const entry = heap[start]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #siftDown(start: number): void {
    const heap = this.#heap;
    const entry = heap[start]!;
    let index = start;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, entry)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs;
}
