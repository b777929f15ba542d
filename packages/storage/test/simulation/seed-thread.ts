import { Worker } from 'node:worker_threads';
import type { MutationName } from './mutations.ts';
import type { RangeResult, SeedRange } from './seed-range.ts';
import type { Lie } from './simulated-disk.ts';

/** What is wrong in a run on purpose. */
export interface Flaws {
  readonly mutation: MutationName | null;
  readonly lie: Lie | null;
}

export const NO_FLAWS: Flaws = { mutation: null, lie: null };

/** Runs seeds on a thread of its own, with an engine of its own, that may be a broken one. */
export class SeedThread {
  readonly #worker: Worker;

  constructor(flaws: Flaws) {
    this.#worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { workerData: flaws });
  }

  /** One range at a time. */
  run(range: SeedRange): Promise<RangeResult> {
    const { promise, resolve, reject } = Promise.withResolvers<RangeResult>();
    this.#worker.once('message', resolve);
    this.#worker.once('error', reject);
    this.#worker.postMessage(range);
    return promise.finally(() => {
      this.#worker.off('message', resolve);
      this.#worker.off('error', reject);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
