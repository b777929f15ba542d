import type { MetadataStore } from '@millrace/storage';

/** Producer ids reserved at one time, as in Kafka; a restart skips what is left of the block. */
const BLOCK_SIZE = 1000;

/** Gives out producer ids from durable blocks, so that most calls touch no disk. */
export class ProducerIds {
  readonly #metadata: MetadataStore;
  #next = 0;
  #end = 0;
  #allocation: Promise<void> | null = null;

  constructor(metadata: MetadataStore) {
    this.#metadata = metadata;
  }

  /** Rejects with `MetadataError` when no block can be reserved. */
  async next(): Promise<number> {
    while (this.#next >= this.#end) {
      // All callers that find the block used up wait for one reservation.
      this.#allocation ??= this.#allocate().finally(() => {
        this.#allocation = null;
      });
      await this.#allocation;
    }
    return this.#next++;
  }

  async #allocate(): Promise<void> {
    const first = await this.#metadata.allocateProducerIds(BLOCK_SIZE);
    this.#next = first;
    this.#end = first + BLOCK_SIZE;
  }
}
