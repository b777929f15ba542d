import type { TopicPartition } from './topic-partition.ts';

export interface Subscriber {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
}

/**
 * Kafka's range assignor: of each topic, the members that want it get neighbouring partitions, in the order of their
 * instance ids, then member ids; the first ones get one more where it does not come out even. The same in every client, so
 * that any member may be the one that assigns. By member id; `partitionCounts` has the topics that exist.
 */
export function assignRanges(
  subscribers: readonly Subscriber[],
  partitionCounts: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly TopicPartition[]> {
  const assignment = new Map<string, TopicPartition[]>(
    subscribers.map(({ memberId }) => [memberId, []]),
  );
  const inOrder = [...subscribers].sort(compareMembers);
  for (const [topic, partitionCount] of partitionCounts) {
    const wanting = inOrder.filter(({ topics }) => topics.includes(topic));
    const share = Math.floor(partitionCount / wanting.length);
    const withOneMore = partitionCount % wanting.length;
    let next = 0;
    for (const [index, { memberId }] of wanting.entries()) {
      const end = next + share + (index < withOneMore ? 1 : 0);
      for (; next < end; next++) assignment.get(memberId)!.push({ topic, partition: next });
    }
  }
  return assignment;
}

/** As Java compares strings: by UTF-16 units. Members with an instance id come first. */
function compareMembers(a: Subscriber, b: Subscriber): number {
  if (a.groupInstanceId !== null && b.groupInstanceId !== null) {
    return a.groupInstanceId < b.groupInstanceId ? -1 : 1;
  }
  if (a.groupInstanceId !== null) return -1;
  if (b.groupInstanceId !== null) return 1;
  return a.memberId < b.memberId ? -1 : 1;
}
