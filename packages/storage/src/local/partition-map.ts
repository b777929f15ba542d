/**
 * Values by topic id and partition, in no particular order. Every request looks up each of its partitions, so a look-up
 * makes no string, as one key out of the two would need.
 */
export class PartitionMap<T> {
  readonly #topics = new Map<string, Map<number, T>>();

  get(topicId: string, partition: number): T | undefined {
    return this.#topics.get(topicId)?.get(partition);
  }

  set(topicId: string, partition: number, value: T): void {
    let partitions = this.#topics.get(topicId);
    if (partitions === undefined) {
      partitions = new Map();
      this.#topics.set(topicId, partitions);
    }
    partitions.set(partition, value);
  }

  delete(topicId: string, partition: number): void {
    const partitions = this.#topics.get(topicId);
    partitions?.delete(partition);
    if (partitions?.size === 0) this.#topics.delete(topicId);
  }

  clear(): void {
    this.#topics.clear();
  }

  *values(): Iterable<T> {
    for (const partitions of this.#topics.values()) yield* partitions.values();
  }
}
