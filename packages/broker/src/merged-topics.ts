interface WithPartitions<Partition> {
  readonly partitions: readonly Partition[];
}

/**
 * What a request asks by topic, each topic once and in the order of first mention, and none without partitions: as
 * Kafka takes it and answers it.
 */
export function mergedTopics<Partition, Topic extends WithPartitions<Partition>>(
  topics: readonly Topic[],
  keyOf: (topic: Topic) => string,
): Topic[] {
  const byKey = new Map<string, Topic & { partitions: Partition[] }>();
  for (const topic of topics) {
    if (topic.partitions.length === 0) continue;
    const key = keyOf(topic);
    const earlier = byKey.get(key);
    if (earlier === undefined) byKey.set(key, { ...topic, partitions: [...topic.partitions] });
    else for (const partition of topic.partitions) earlier.partitions.push(partition);
  }
  return [...byKey.values()];
}
