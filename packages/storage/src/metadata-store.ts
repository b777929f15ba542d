/**
 * `MetadataStore`: everything that must survive and is not a record. One of the two seams between one machine
 * and many. Writes are asynchronous and durable when their promise resolves; writes queued in the same tick share
 * one transaction. Reads come from `image`, an in-memory copy that follows `image.version`. A number that is no
 * integer within ±(2^53 − 1) rejects with `RangeError`.
 */
export interface MetadataStore {
  /** Opens or creates the store and loads the image. */
  open(): Promise<void>;
  close(): Promise<void>;
  readonly image: MetadataImage;
  /** Why the last write failed in the store itself, or no write is taken at all; null while writes succeed. */
  readonly failure: string | null;

  /** Rejects with `MetadataError` `topic-exists`. */
  createTopic(topic: TopicRecord): Promise<void>;
  /** Removes the topic, its configs and every group's offsets in it. Rejects with `unknown-topic`. */
  deleteTopic(topicId: string): Promise<void>;
  /**
   * Changes how many partitions the topic has when it has `expectedPartitionCount` now. Rejects with `fenced` when it
   * has another number, with `unknown-topic`. Offsets committed for partitions past the new count stay.
   */
  setPartitionCount(
    topicId: string,
    partitionCount: number,
    expectedPartitionCount: number,
  ): Promise<void>;
  /** Sets the values given and removes those given as null. Rejects with `unknown-topic`. */
  alterTopicConfigs(topicId: string, configs: ReadonlyMap<string, string | null>): Promise<void>;
  /**
   * Sets the values given and removes those given as null, of a resource that is no topic (brokers, client metrics).
   * It need not be known before, and is forgotten with its last config.
   */
  alterResourceConfigs(
    resource: ConfiguredResource,
    configs: ReadonlyMap<string, string | null>,
  ): Promise<void>;

  /** Reserves `count` producer ids that were never given out; resolves to the first. */
  allocateProducerIds(count: number): Promise<number>;

  /**
   * Writes the group's row when its stored epoch is `expectedEpoch` (null: when there is no row).
   * Rejects with `fenced` otherwise.
   */
  saveGroup(group: GroupRecord, expectedEpoch: number | null): Promise<void>;
  /** Removes the group and its offsets. */
  deleteGroup(groupId: string): Promise<void>;
  /**
   * Commits offsets in one step. With `expectedEpoch` the statement that writes them checks the group's stored
   * epoch and rejects with `fenced` when it differs; null commits for a group without members.
   * Rejects with `unknown-topic` when a topic is gone.
   */
  commitOffsets(
    groupId: string,
    expectedEpoch: number | null,
    offsets: readonly CommittedOffset[],
  ): Promise<void>;
  /** Removes committed offsets; those that are not there are passed over. */
  deleteOffsets(
    groupId: string,
    partitions: readonly { readonly topicId: string; readonly partition: number }[],
  ): Promise<void>;
}

export interface MetadataImage {
  /** Grows with every change. */
  readonly version: number;
  /** Grows with every change of a topic; groups and their offsets, which change all the time, leave it as it is. */
  readonly topicsVersion: number;
  /** Base64url of 16 random bytes, made when the store was created. */
  readonly clusterId: string;
  readonly topicsByName: ReadonlyMap<string, TopicRecord>;
  readonly topicsById: ReadonlyMap<string, TopicRecord>;
  readonly groups: ReadonlyMap<string, GroupRecord>;
  /**
   * Configs by resource name of all resources of this type that have any; topics are not among them. The same object
   * until one of them changes.
   */
  resourceConfigs(resourceType: number): ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Committed offsets of a group; empty when it has none. Key: `${topicId}:${partition}`. */
  offsets(groupId: string): ReadonlyMap<string, CommittedOffset>;
  /** Ids of all groups that have a row or a committed offset. */
  groupIds(): Iterable<string>;
  /** How many those are; one that has both counts twice, so that counting costs nothing. */
  readonly groupCount: number;
  /** What all committed offsets take in memory: the sum of their `sizeOfOffset`. */
  readonly offsetsSizeBytes: number;
}

export interface TopicRecord {
  /** Kafka's text form of the uuid: base64url of 16 bytes, 22 characters. */
  readonly topicId: string;
  readonly name: string;
  readonly partitionCount: number;
  readonly createdAtMs: number;
  /** Only what was set for this topic; defaults are not stored. */
  readonly configs: ReadonlyMap<string, string>;
}

/** What has configs and is no topic. */
export interface ConfiguredResource {
  /** Kafka's code (`ConfigResource.Type`), such as 4 for a broker. */
  readonly resourceType: number;
  /** Empty for what holds for all resources of the type. */
  readonly resourceName: string;
}

export interface GroupRecord {
  readonly groupId: string;
  /** The classic protocol's generation. */
  readonly epoch: number;
  readonly protocolType: string;
  /** The coordinator's own encoding (JSON) of members, assignment and state. */
  readonly state: string;
}

export interface CommittedOffset {
  readonly topicId: string;
  readonly partition: number;
  readonly offset: number;
  /** −1 when the client gave none. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestampMs: number;
}

/** Its object, its strings and its place in a map, as V8 keeps them. */
const OFFSET_OVERHEAD_BYTES = 256;

/** What a committed offset takes in memory, in bytes, or a little more. */
export function sizeOfOffset({ metadata }: Pick<CommittedOffset, 'metadata'>): number {
  return OFFSET_OVERHEAD_BYTES + 2 * metadata.length;
}

export type MetadataErrorCode = 'topic-exists' | 'unknown-topic' | 'fenced' | 'unavailable';

/**
 * A refused or failed metadata write. `unavailable`: the store itself failed (disk, connection); the image does not
 * have the write, but after a failure in the middle of a commit a restart can bring it up.
 */
export class MetadataError extends Error {
  readonly code: MetadataErrorCode;
  constructor(code: MetadataErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MetadataError';
    this.code = code;
  }
}
