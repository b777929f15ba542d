import {
  type CommittedOffset,
  type ConfiguredResource,
  type GroupRecord,
  type MetadataImage,
  sizeOfOffset,
  type TopicRecord,
} from './metadata-store.ts';
import type { MetadataWrite } from './metadata-write.ts';

/** All that a store holds, as it is read when the store is opened. */
export interface MetadataSnapshot {
  readonly clusterId: string;
  readonly topics: readonly TopicRecord[];
  /** A resource may be there more than once, each time with some of its configs. */
  readonly resourceConfigs: readonly {
    readonly resource: ConfiguredResource;
    readonly configs: ReadonlyMap<string, string>;
  }[];
  readonly groups: readonly GroupRecord[];
  readonly offsets: readonly { readonly groupId: string; readonly committed: CommittedOffset }[];
}

type Configs = ReadonlyMap<string, string>;

const NO_OFFSETS: ReadonlyMap<string, CommittedOffset> = new Map();
const NO_RESOURCES: ReadonlyMap<string, Configs> = new Map();
const NO_CONFIGS: Configs = new Map();

/**
 * The image of a store: starts from a snapshot and follows the writes that were accepted, in commit order. Its size
 * is that of the stored metadata; records are replaced, never changed, so a reader may keep one.
 */
export class LiveMetadataImage implements MetadataImage {
  readonly clusterId: string;
  #version = 0;
  #topicsVersion = 0;
  readonly #topicsByName = new Map<string, TopicRecord>();
  readonly #topicsById = new Map<string, TopicRecord>();
  readonly #groups = new Map<string, GroupRecord>();
  /** By resource type, then by resource name; a resource without configs has no entry. */
  readonly #resourceConfigs = new Map<number, ReadonlyMap<string, Configs>>();
  /** By group, then by `${topicId}:${partition}`; a group without offsets has no entry. */
  readonly #offsets = new Map<string, Map<string, CommittedOffset>>();
  #offsetsSizeBytes = 0;

  constructor(snapshot: MetadataSnapshot) {
    this.clusterId = snapshot.clusterId;
    for (const topic of snapshot.topics) this.#putTopic(topic);
    for (const { resource, configs } of snapshot.resourceConfigs) {
      this.#alterResourceConfigs(resource, configs);
    }
    for (const group of snapshot.groups) this.#groups.set(group.groupId, group);
    for (const { groupId, committed } of snapshot.offsets) this.#putOffset(groupId, committed);
  }

  get version(): number {
    return this.#version;
  }

  get topicsVersion(): number {
    return this.#topicsVersion;
  }

  get topicsByName(): ReadonlyMap<string, TopicRecord> {
    return this.#topicsByName;
  }

  get topicsById(): ReadonlyMap<string, TopicRecord> {
    return this.#topicsById;
  }

  get groups(): ReadonlyMap<string, GroupRecord> {
    return this.#groups;
  }

  resourceConfigs(resourceType: number): ReadonlyMap<string, Configs> {
    return this.#resourceConfigs.get(resourceType) ?? NO_RESOURCES;
  }

  offsets(groupId: string): ReadonlyMap<string, CommittedOffset> {
    return this.#offsets.get(groupId) ?? NO_OFFSETS;
  }

  *groupIds(): Iterable<string> {
    yield* this.#groups.keys();
    for (const groupId of this.#offsets.keys()) {
      if (!this.#groups.has(groupId)) yield groupId;
    }
  }

  get groupCount(): number {
    return this.#groups.size + this.#offsets.size;
  }

  get offsetsSizeBytes(): number {
    return this.#offsetsSizeBytes;
  }

  /** Makes the change of a write that the store has accepted. */
  apply(write: MetadataWrite): void {
    this.#version++;
    switch (write.kind) {
      case 'create-topic':
        this.#putTopic(write.topic);
        break;
      case 'delete-topic':
        this.#removeTopic(write.topicId);
        break;
      case 'set-partition-count': {
        const topic = this.#topicsById.get(write.topicId)!;
        this.#putTopic({ ...topic, partitionCount: write.partitionCount });
        break;
      }
      case 'alter-topic-configs':
        this.#alterTopicConfigs(write.topicId, write.configs);
        break;
      case 'alter-resource-configs':
        this.#alterResourceConfigs(write.resource, write.configs);
        break;
      case 'allocate-producer-ids':
        break;
      case 'save-group':
        this.#groups.set(write.group.groupId, write.group);
        break;
      case 'delete-group':
        this.#groups.delete(write.groupId);
        for (const key of this.offsets(write.groupId).keys())
          this.#removeOffset(write.groupId, key);
        break;
      case 'commit-offsets':
        for (const committed of write.offsets) this.#putOffset(write.groupId, committed);
        break;
      case 'delete-offsets':
        for (const { topicId, partition } of write.partitions) {
          this.#removeOffset(write.groupId, `${topicId}:${partition}`);
        }
        break;
    }
  }

  #putTopic(topic: TopicRecord): void {
    this.#topicsVersion++;
    this.#topicsByName.set(topic.name, topic);
    this.#topicsById.set(topic.topicId, topic);
  }

  /** Visits every committed offset of every group: topics are deleted rarely, offsets committed all the time. */
  #removeTopic(topicId: string): void {
    const topic = this.#topicsById.get(topicId)!;
    this.#topicsVersion++;
    this.#topicsByName.delete(topic.name);
    this.#topicsById.delete(topicId);
    for (const [groupId, offsets] of this.#offsets) {
      for (const [key, committed] of offsets) {
        if (committed.topicId === topicId) this.#removeOffset(groupId, key);
      }
    }
  }

  #alterTopicConfigs(topicId: string, changes: ReadonlyMap<string, string | null>): void {
    const topic = this.#topicsById.get(topicId)!;
    this.#putTopic({ ...topic, configs: altered(topic.configs, changes) });
  }

  #alterResourceConfigs(
    { resourceType, resourceName }: ConfiguredResource,
    changes: ReadonlyMap<string, string | null>,
  ): void {
    const resources = new Map(this.resourceConfigs(resourceType));
    this.#resourceConfigs.set(resourceType, resources);
    const configs = altered(resources.get(resourceName) ?? NO_CONFIGS, changes);
    if (configs.size === 0) resources.delete(resourceName);
    else resources.set(resourceName, configs);
  }

  #putOffset(groupId: string, committed: CommittedOffset): void {
    let offsets = this.#offsets.get(groupId);
    if (offsets === undefined) {
      offsets = new Map();
      this.#offsets.set(groupId, offsets);
    }
    const key = `${committed.topicId}:${committed.partition}`;
    const before = offsets.get(key);
    this.#offsetsSizeBytes += sizeOfOffset(committed) - (before ? sizeOfOffset(before) : 0);
    offsets.set(key, committed);
  }

  #removeOffset(groupId: string, key: string): void {
    const offsets = this.#offsets.get(groupId);
    const committed = offsets?.get(key);
    if (offsets === undefined || committed === undefined) return;
    this.#offsetsSizeBytes -= sizeOfOffset(committed);
    offsets.delete(key);
    if (offsets.size === 0) this.#offsets.delete(groupId);
  }
}

function altered(current: Configs, changes: ReadonlyMap<string, string | null>): Configs {
  const configs = new Map(current);
  for (const [name, value] of changes) {
    if (value === null) configs.delete(name);
    else configs.set(name, value);
  }
  return configs;
}
