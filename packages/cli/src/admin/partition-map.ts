export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

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

/** `{ name, partitions }` each, as requests want them. */
export function byTopic<T extends TopicPartition>(
  partitions: readonly T[],
): { readonly topic: string; readonly partitions: T[] }[] {
  const topics = new Map<string, T[]>();
  for (const one of partitions) {
    const known = topics.get(one.topic);
    if (known === undefined) topics.set(one.topic, [one]);
    else known.push(one);
  }
  return [...topics].map(([topic, ones]) => ({ topic, partitions: ones }));
}
