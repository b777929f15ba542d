import { murmur2 } from './murmur2.ts';

/** The partition of a key, the same as with Kafka's own clients: murmur2 without its sign, modulo the partitions. */
export function partitionOfKey(key: Uint8Array, partitionCount: number): number {
  return (murmur2(key) & 0x7fffffff) % partitionCount;
}

/**
 * Where records without a key go: to one partition until it has a batch's worth of bytes, then to another one by chance
 * (KIP-480, KIP-794). One for each topic.
 */
export class StickyPartitioner {
  readonly #switchAfterBytes: number;
  readonly #random: () => number;
  #partition = -1;
  #bytes = 0;

  /** `random` gives 0 to 1. */
  constructor(switchAfterBytes: number, random: () => number) {
    this.#switchAfterBytes = switchAfterBytes;
    this.#random = random;
  }

  /** One of the partitions, of which there is at least one, for a record of this size. */
  next(partitions: readonly number[], sizeBytes: number): number {
    if (this.#bytes >= this.#switchAfterBytes || !partitions.includes(this.#partition)) {
      const others = partitions.filter((partition) => partition !== this.#partition);
      const candidates = others.length > 0 ? others : partitions;
      this.#partition = candidates[Math.floor(this.#random() * candidates.length)]!;
      this.#bytes = 0;
    }
    this.#bytes += sizeBytes;
    return this.#partition;
  }
}
