import type { Cluster } from '@millrace/client';
import { offsetsOfGroup } from './committed-offsets.ts';
import type { GroupMember } from './describe-group.ts';
import { listOffsets } from './list-offsets.ts';
import { PartitionMap, type TopicPartition } from './partition-map.ts';

export interface PartitionLag extends TopicPartition {
  /** Null where nothing was committed. */
  readonly committed: number | null;
  readonly start: number | null;
  /** Null where the partition is not there, or not led. */
  readonly end: number | null;
  /** Records that are still to be read; null where either end is unknown. */
  readonly lag: number | null;
  readonly metadata: string | null;
  /** Who reads it; null for nobody. */
  readonly memberId: string | null;
}

/** Every partition that a group has committed or that one of its members has. */
export async function groupLag(
  cluster: Cluster,
  group: string,
  members: readonly GroupMember[],
): Promise<PartitionLag[]> {
  const committed = await offsetsOfGroup(cluster, group);
  const owners = new PartitionMap<string | null>();
  for (const { topic, partition } of committed.entries()) owners.set(topic, partition, null);
  for (const { memberId, assignment } of members) {
    for (const { topic, partitions } of assignment ?? []) {
      for (const partition of partitions) owners.set(topic, partition, memberId);
    }
  }
  const { topics } = await cluster.metadata(owners.topics);
  const there = topics.filter(({ error }) => error === null);
  const [starts, ends] = await Promise.all([
    listOffsets(cluster, there, 'start'),
    listOffsets(cluster, there, 'end'),
  ]);
  return owners.entries().map(({ topic, partition, value: memberId }) => {
    const position = committed.get(topic, partition);
    const start = starts.get(topic, partition)?.offset ?? -1;
    const end = ends.get(topic, partition)?.offset ?? -1;
    const isKnown = position !== undefined && end >= 0;
    return {
      topic,
      partition,
      committed: position?.offset ?? null,
      start: start < 0 ? null : start,
      end: end < 0 ? null : end,
      lag: isKnown ? Math.max(0, end - position.offset) : null,
      metadata: position?.metadata || null,
      memberId,
    };
  });
}
