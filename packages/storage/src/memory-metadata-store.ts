import { randomClusterId } from './cluster-id.ts';
import { LiveMetadataImage } from './live-metadata-image.ts';
import { MetadataError, type MetadataImage } from './metadata-store.ts';
import {
  accepted,
  type MetadataWrite,
  refusedFenced,
  refusedPartitionCount,
  refusedTopicExists,
  refusedUnknownTopic,
  type WriteOutcome,
} from './metadata-write.ts';
import { MetadataWriteStore } from './metadata-write-store.ts';

const NOT_OPEN = 'the metadata store is not open';

/**
 * A `MetadataStore` without a disk: for tests, and for embedding where nothing has to survive. It answers as the
 * durable stores do, asynchronously and in order; what it holds lives as long as the object.
 */
export class MemoryMetadataStore extends MetadataWriteStore {
  readonly #image: LiveMetadataImage;
  #nextProducerId = 0;
  #isOpen = false;

  constructor(options: { readonly clusterId?: string } = {}) {
    super();
    const clusterId = options.clusterId ?? randomClusterId();
    this.#image = new LiveMetadataImage({
      clusterId,
      topics: [],
      resourceConfigs: [],
      groups: [],
      offsets: [],
    });
  }

  get image(): MetadataImage {
    return this.#image;
  }

  get failure(): string | null {
    return this.#isOpen ? null : NOT_OPEN;
  }

  async open(): Promise<void> {
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  protected async submit(write: MetadataWrite): Promise<number> {
    if (!this.#isOpen) throw new MetadataError('unavailable', NOT_OPEN);
    // No write is seen before its call has returned, as with a store that has to reach a disk.
    await null;
    const outcome = this.#decide(write);
    if (outcome.refused !== null) throw new MetadataError(outcome.refused, outcome.message);
    this.#image.apply(write);
    return outcome.value;
  }

  #decide(write: MetadataWrite): WriteOutcome {
    const { topicsById, topicsByName, groups } = this.#image;
    switch (write.kind) {
      case 'create-topic':
        return topicsByName.has(write.topic.name) || topicsById.has(write.topic.topicId)
          ? refusedTopicExists(write.topic)
          : accepted();
      case 'delete-topic':
      case 'alter-topic-configs':
        return topicsById.has(write.topicId) ? accepted() : refusedUnknownTopic(write.topicId);
      case 'set-partition-count': {
        const topic = topicsById.get(write.topicId);
        if (topic === undefined) return refusedUnknownTopic(write.topicId);
        return topic.partitionCount === write.expectedPartitionCount
          ? accepted()
          : refusedPartitionCount(write.topicId, write.expectedPartitionCount);
      }
      case 'allocate-producer-ids': {
        const first = this.#nextProducerId;
        this.#nextProducerId += write.count;
        return accepted(first);
      }
      case 'save-group': {
        const { groupId } = write.group;
        const storedEpoch = groups.get(groupId)?.epoch ?? null;
        return storedEpoch === write.expectedEpoch
          ? accepted()
          : refusedFenced(groupId, write.expectedEpoch);
      }
      case 'commit-offsets': {
        const { groupId, expectedEpoch, offsets } = write;
        if (expectedEpoch !== null && groups.get(groupId)?.epoch !== expectedEpoch) {
          return refusedFenced(groupId, expectedEpoch);
        }
        const unknown = offsets.find((committed) => !topicsById.has(committed.topicId));
        return unknown === undefined ? accepted() : refusedUnknownTopic(unknown.topicId);
      }
      case 'alter-resource-configs':
      case 'delete-group':
      case 'delete-offsets':
        return accepted();
    }
  }
}
