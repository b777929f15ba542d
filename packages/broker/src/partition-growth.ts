import { ErrorCode } from '@millrace/protocol';
import {
  type LogSpec,
  type LogStore,
  MetadataError,
  type MetadataStore,
  type TopicRecord,
} from '@millrace/storage';
import {
  createLogs,
  logCreationError,
  MAX_NEW_PARTITIONS,
  TopicError,
  type Topics,
  topicErrorOf,
} from './topics.ts';

export interface MorePartitions {
  readonly name: string;
  /** How many partitions the topic shall have in all. */
  readonly partitionCount: number;
  /** Broker ids of each new partition; null lets the broker decide. */
  readonly assignments: readonly (readonly number[])[] | null;
}

/**
 * Gives topics more partitions: the logs first, then the metadata row. Until the row is written nobody can produce to
 * them, so that when something fails they are taken back without a record lost; from then on every one has its leader.
 * A crash in between leaves logs that the next start sets aside.
 */
export class PartitionGrowth {
  readonly #topics: Topics;
  readonly #metadata: MetadataStore;
  readonly #logStore: LogStore;
  readonly #nodeId: number;
  /** Topics being changed, by id: one change at a time. Bound: one entry a topic. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: {
    readonly topics: Topics;
    readonly metadata: MetadataStore;
    readonly logStore: LogStore;
    readonly nodeId: number;
  }) {
    this.#topics = options.topics;
    this.#metadata = options.metadata;
    this.#logStore = options.logStore;
    this.#nodeId = options.nodeId;
  }

  /** The topic as it is now; throws `TopicError` when it cannot be changed so. Nothing is created. */
  plan(wanted: MorePartitions): TopicRecord {
    const { name, partitionCount, assignments } = wanted;
    const topic = this.#topics.byName(name);
    if (topic === undefined) {
      throw new TopicError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `There is no topic '${name}'.`);
    }
    const added = partitionCount - topic.partitionCount;
    if (added <= 0) {
      throw new TopicError(
        ErrorCode.INVALID_PARTITIONS,
        `Topic '${name}' has ${topic.partitionCount} partition(s) already; ` +
          `${partitionCount} would not be more.`,
      );
    }
    if (added > MAX_NEW_PARTITIONS) {
      throw new TopicError(
        ErrorCode.POLICY_VIOLATION,
        `${added} new partitions in one request are too many; at most ${MAX_NEW_PARTITIONS} are allowed.`,
      );
    }
    if (assignments !== null) this.#checkAssignments(assignments, added);
    return topic;
  }

  /** Resolves when the partitions are there and durable; rejects with `TopicError`. */
  async grow(wanted: MorePartitions): Promise<void> {
    for (;;) {
      // A topic whose creation fails is taken back with the partitions that it was created with.
      await this.#topics.settled(wanted.name);
      const topic = this.plan(wanted);
      const running = this.#running.get(topic.topicId);
      if (running === undefined) return this.#run(topic, wanted.partitionCount);
      await running.catch(() => undefined);
    }
  }

  async #run(topic: TopicRecord, partitionCount: number): Promise<void> {
    const change = this.#change(topic, partitionCount);
    this.#running.set(topic.topicId, change);
    try {
      await change;
    } finally {
      this.#running.delete(topic.topicId);
    }
  }

  async #change(topic: TopicRecord, partitionCount: number): Promise<void> {
    const { topicId, name, partitionCount: before } = topic;
    const specs = this.#topics.specsOf({ ...topic, partitionCount }).slice(before);
    try {
      await createLogs(this.#logStore, specs);
    } catch (error) {
      await this.#discard(specs);
      throw logCreationError(name, error);
    }
    try {
      await this.#metadata.setPartitionCount(topicId, partitionCount, before);
    } catch (error) {
      await this.#discard(specs);
      throw growthErrorOf(error);
    }
    // Configs that were altered meanwhile reached only the partitions that the topic had then.
    this.#topics.configureLogs(topicId, before);
  }

  /** Removes the logs that did not become partitions. What cannot be removed is set aside by the next start. */
  async #discard(specs: readonly LogSpec[]): Promise<void> {
    for (const { topicId, partition } of specs) {
      const partitionCount = this.#topics.byId(topicId)?.partitionCount ?? 0;
      if (partition < partitionCount) continue;
      await this.#logStore.delete(topicId, partition).catch(() => undefined);
    }
  }

  #checkAssignments(assignments: readonly (readonly number[])[], added: number): void {
    const refuse = (message: string): never => {
      throw new TopicError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
    };
    if (assignments.length !== added) {
      refuse(`${added} partition(s) were to be added, and ${assignments.length} assigned.`);
    }
    for (const brokers of assignments) {
      if (brokers.length !== 1 || brokers[0] !== this.#nodeId) {
        refuse(
          `A partition is assigned to brokers [${brokers.join(', ')}]; ` +
            `the only broker is ${this.#nodeId}.`,
        );
      }
    }
  }
}

function growthErrorOf(error: unknown): TopicError {
  if (error instanceof MetadataError && error.code === 'fenced') {
    return new TopicError(ErrorCode.INVALID_PARTITIONS, error.message);
  }
  return topicErrorOf(error);
}
