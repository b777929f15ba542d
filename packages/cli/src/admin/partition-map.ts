import type { TopicPartition } from '@millrace/client';

export type { TopicPartition };

/** Something by topic and partition. */
export class PartitionMap<T> {
  readonly #topics = new Map<string, Map<number, T>>();

  get(topic: string, partition: number): T | undefined {
    return this.#topics.get(topic)?.get(partition);
  }

  set(topic: string, partition: number, value: T): void {
    let partitions = this.#topics.get(topic);
    if (partitions === undefined) {
      partitions = new Map();
      this.#topics.set(topic, partitions);
    }
    partitions.set(partition, value);
  }

  get topics(): string[] {
    return [...this.#topics.keys()];
  }

  /** By topic and partition, in order. */
  entries(): (TopicPartition & { readonly value: T })[] {
    const topics = [...this.#topics].sort(([a], [b]) => (a < b ? -1 : 1));
    return topics.flatMap(([topic, partitions]) =>
      [...partitions]
        .sort(([a], [b]) => a - b)
        .map(([partition, value]) => ({ topic, partition, value })),
    );
  }
}

/** The partitions of each topic together, as requests want them. */
export function byTopic<T extends TopicPartition>(
  partitions: readonly T[],
): { readonly topic: string; readonly partitions: T[] }[] {
  const topics = Map.groupBy(partitions, ({ topic }) => topic);
  return [...topics].map(([topic, ones]) => ({ topic, partitions: ones }));
}
