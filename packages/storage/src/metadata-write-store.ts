import type {
  CommittedOffset,
  ConfiguredResource,
  GroupRecord,
  MetadataImage,
  MetadataStore,
  TopicRecord,
} from './metadata-store.ts';
import type { MetadataWrite, TopicPartition } from './metadata-write.ts';

/**
 * The part that all metadata stores share: each call becomes a `MetadataWrite`, copied so that the caller may
 * change what it passed, with its numbers checked. What is left to an implementation is to make writes durable,
 * in order.
 */
export abstract class MetadataWriteStore implements MetadataStore {
  abstract open(): Promise<void>;
  abstract close(): Promise<void>;
  abstract readonly image: MetadataImage;
  abstract readonly failure: string | null;

  /**
   * Takes the write's place in the order at once. Resolves to the outcome's value when it is durable and in the
   * image; rejects with `MetadataError`.
   */
  protected abstract submit(write: MetadataWrite): Promise<number>;

  async createTopic(topic: TopicRecord): Promise<void> {
    const { topicId, name, partitionCount, createdAtMs } = topic;
    requireInteger('partitionCount', partitionCount);
    requireInteger('createdAtMs', createdAtMs);
    const configs = new Map(topic.configs);
    const copy = { topicId, name, partitionCount, createdAtMs, configs };
    await this.submit({ kind: 'create-topic', topic: copy });
  }

  async deleteTopic(topicId: string): Promise<void> {
    await this.submit({ kind: 'delete-topic', topicId });
  }

  async setPartitionCount(
    topicId: string,
    partitionCount: number,
    expectedPartitionCount: number,
  ): Promise<void> {
    requireInteger('partitionCount', partitionCount);
    if (partitionCount < 1) {
      throw new RangeError(`partitionCount must be at least 1, got ${partitionCount}`);
    }
    requireInteger('expectedPartitionCount', expectedPartitionCount);
    await this.submit({
      kind: 'set-partition-count',
      topicId,
      partitionCount,
      expectedPartitionCount,
    });
  }

  async alterTopicConfigs(
    topicId: string,
    configs: ReadonlyMap<string, string | null>,
  ): Promise<void> {
    await this.submit({ kind: 'alter-topic-configs', topicId, configs: new Map(configs) });
  }

  async alterResourceConfigs(
    { resourceType, resourceName }: ConfiguredResource,
    configs: ReadonlyMap<string, string | null>,
  ): Promise<void> {
    requireInteger('resourceType', resourceType);
    await this.submit({
      kind: 'alter-resource-configs',
      resource: { resourceType, resourceName },
      configs: new Map(configs),
    });
  }

  async allocateProducerIds(count: number): Promise<number> {
    requireInteger('count', count);
    if (count < 1) throw new RangeError(`count must be at least 1, got ${count}`);
    return this.submit({ kind: 'allocate-producer-ids', count });
  }

  async saveGroup(group: GroupRecord, expectedEpoch: number | null): Promise<void> {
    const { groupId, epoch, protocolType, state } = group;
    requireInteger('epoch', epoch);
    const copy = { groupId, epoch, protocolType, state };
    await this.submit({ kind: 'save-group', group: copy, expectedEpoch });
  }

  async deleteGroup(groupId: string): Promise<void> {
    await this.submit({ kind: 'delete-group', groupId });
  }

  async commitOffsets(
    groupId: string,
    expectedEpoch: number | null,
    offsets: readonly CommittedOffset[],
  ): Promise<void> {
    await this.submit({
      kind: 'commit-offsets',
      groupId,
      expectedEpoch,
      offsets: offsets.map(copyOffset),
    });
  }

  async deleteOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<void> {
    await this.submit({
      kind: 'delete-offsets',
      groupId,
      partitions: partitions.map(({ topicId, partition }) => ({ topicId, partition })),
    });
  }
}

function copyOffset(committed: CommittedOffset): CommittedOffset {
  const { topicId, partition, offset, leaderEpoch, metadata, commitTimestampMs } = committed;
  requireInteger('partition', partition);
  requireInteger('offset', offset);
  requireInteger('leaderEpoch', leaderEpoch);
  requireInteger('commitTimestampMs', commitTimestampMs);
  return { topicId, partition, offset, leaderEpoch, metadata, commitTimestampMs };
}

/** A database takes other numbers too, but gives them back changed or not at all: the store would not open again. */
function requireInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${name} must be an integer, got ${value}`);
}
