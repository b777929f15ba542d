import type { AppendResult } from '../log-store.ts';
import type { RecompressionOutcome } from '../recompression/recompressor.ts';

/** Takes a batch, or its refusal, into the log. */
export type Admission = (outcome: RecompressionOutcome) => Promise<AppendResult>;

/**
 * Keeps the order of a log's appends while some of them are recompressed elsewhere: each is admitted when those before it
 * were. Empty, and passed by, in a log whose batches are stored as they come. Bounded by its callers, who see `bytes`.
 */
export class AppendLine {
  #length = 0;
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Of the batches that wait, as they came. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when all that wait now are admitted. */
  get settled(): Promise<void> {
    return this.#last;
  }

  /** Takes a place; `ready` must not reject. Resolves to what the admission resolves to. */
  add(
    sizeBytes: number,
    ready: Promise<RecompressionOutcome>,
    admit: Admission,
  ): Promise<AppendResult> {
    const { promise, resolve } = Promise.withResolvers<AppendResult>();
    this.#length++;
    this.#bytes += sizeBytes;
    this.#last = this.#last
      .then(() => ready)
      .then((outcome) => {
        this.#length--;
        this.#bytes -= sizeBytes;
        resolve(admit(outcome));
      });
    return promise;
  }
}
