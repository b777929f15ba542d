import { ErrorCode } from '@millrace/protocol';
import {
  type Clock,
  type LogSpec,
  type LogStore,
  MetadataError,
  type MetadataStore,
  type TopicRecord,
} from '@millrace/storage';
import type { BrokerConfig } from './config/broker-configs.ts';
import { logConfig, topicConfigsConflict, topicConfigsProblem } from './config/topic-configs.ts';
import type { EventSurface } from './events.ts';
import { randomUuidText } from './random-uuid.ts';
import { Refusal } from './refusal.ts';
import { collisionKey, topicNameProblem } from './topic-name.ts';

/** As Kafka's controller: more new partitions than this in one request are refused. */
export const MAX_NEW_PARTITIONS = 10_000;
/** Logs created at one time: enough to keep the disk busy without holding thousands of files open. */
const LOG_CREATIONS_AT_ONCE = 16;

export interface NewTopic {
  readonly name: string;
  /** −1 for `num.partitions`. */
  readonly partitionCount: number;
  /** −1 for `default.replication.factor`. */
  readonly replicationFactor: number;
  /** Broker ids by partition; empty lets the broker decide. */
  readonly assignments: readonly {
    readonly partition: number;
    readonly brokers: readonly number[];
  }[];
  readonly configs: ReadonlyMap<string, string>;
}

/** A refused topic change. */
export class TopicError extends Refusal {
  override readonly name = 'TopicError';
}

/** Creates and deletes topics: the metadata row first, then the logs. */
export class Topics {
  readonly #metadata: MetadataStore;
  readonly #logStore: LogStore;
  readonly #config: BrokerConfig;
  readonly #clock: Clock;
  readonly #events: EventSurface;
  readonly #nodeId: number;
  /** Names being created, by collision key, so that two clients that want one topic share its creation. */
  readonly #creating = new Map<string, Promise<TopicRecord>>();

  constructor(options: {
    readonly metadata: MetadataStore;
    readonly logStore: LogStore;
    readonly config: BrokerConfig;
    readonly clock: Clock;
    readonly events: EventSurface;
    readonly nodeId: number;
  }) {
    this.#metadata = options.metadata;
    this.#logStore = options.logStore;
    this.#config = options.config;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#nodeId = options.nodeId;
  }

  byName(name: string): TopicRecord | undefined {
    return this.#metadata.image.topicsByName.get(name);
  }

  byId(topicId: string): TopicRecord | undefined {
    return this.#metadata.image.topicsById.get(topicId);
  }

  get count(): number {
    return this.#metadata.image.topicsByName.size;
  }

  all(): Iterable<TopicRecord> {
    return this.#metadata.image.topicsByName.values();
  }

  /** False while the topic's logs are still being created. */
  isServed(topic: TopicRecord): boolean {
    return !this.#creating.has(collisionKey(topic.name));
  }

  /** Resolves when no creation of this topic is under way, however it ended. */
  async settled(name: string): Promise<void> {
    await this.#creating.get(collisionKey(name))?.catch(() => undefined);
  }

  /** Every log there must be, for `LogStore.open`. */
  logSpecs(): LogSpec[] {
    return [...this.all()].flatMap((topic) => this.specsOf(topic));
  }

  /** What the topic would be; throws `TopicError` when it cannot be. Nothing is created. */
  plan(request: NewTopic): TopicRecord {
    const nameProblem = topicNameProblem(request.name);
    if (nameProblem !== null) throw new TopicError(ErrorCode.INVALID_TOPIC_EXCEPTION, nameProblem);
    if (this.byName(request.name) !== undefined) {
      throw new TopicError(
        ErrorCode.TOPIC_ALREADY_EXISTS,
        `Topic '${request.name}' already exists.`,
      );
    }
    const twin = this.#collidingName(request.name);
    if (twin !== null) {
      throw new TopicError(
        ErrorCode.INVALID_TOPIC_EXCEPTION,
        `Topic '${request.name}' collides with existing topic: ${twin}`,
      );
    }
    const partitionCount = this.#partitionCount(request);
    const problem =
      topicConfigsProblem(request.configs) ?? topicConfigsConflict(request.configs, this.#config);
    if (problem !== null) throw new TopicError(ErrorCode.INVALID_CONFIG, problem);
    return {
      topicId: randomUuidText(),
      name: request.name,
      partitionCount,
      createdAtMs: this.#clock.nowMs(),
      configs: request.configs,
    };
  }

  /** Resolves when the topic and all its logs are durable; rejects with `TopicError`. */
  async create(request: NewTopic, auto = false): Promise<TopicRecord> {
    const key = collisionKey(request.name);
    const running = this.#creating.get(key);
    if (running !== undefined) {
      await running.catch(() => undefined);
      return this.create(request, auto);
    }
    const topic = this.plan(request);
    const creation = this.#store(topic);
    this.#creating.set(key, creation);
    try {
      await creation;
    } finally {
      this.#creating.delete(key);
    }
    this.#events.emit('topic-created', {
      topic: topic.name,
      partitions: topic.partitionCount,
      auto,
    });
    return topic;
  }

  /** The topic, created with the broker's defaults when it is not there; rejects with `TopicError`. */
  async findOrCreate(name: string): Promise<TopicRecord> {
    const existing = this.byName(name);
    if (existing !== undefined && this.isServed(existing)) return existing;
    const defaults = { partitionCount: -1, replicationFactor: -1, assignments: [] };
    try {
      return await this.create({ name, ...defaults, configs: new Map() }, true);
    } catch (error) {
      const created = this.byName(name);
      if (created !== undefined) return created;
      throw error;
    }
  }

  async delete(topic: TopicRecord): Promise<void> {
    try {
      await this.#metadata.deleteTopic(topic.topicId);
    } catch (error) {
      throw topicErrorOf(error);
    }
    for (let partition = 0; partition < topic.partitionCount; partition++) {
      await this.#logStore.delete(topic.topicId, partition);
    }
    this.#events.emit('topic-deleted', { topic: topic.name });
  }

  async #store(topic: TopicRecord): Promise<TopicRecord> {
    try {
      await this.#metadata.createTopic(topic);
    } catch (error) {
      throw topicErrorOf(error);
    }
    try {
      await createLogs(this.#logStore, this.specsOf(topic));
    } catch (error) {
      // A topic without its logs serves nobody: take it back, so that the client can try again.
      await this.delete(topic).catch(() => undefined);
      throw logCreationError(topic.name, error);
    }
    // The broker's defaults may have changed meanwhile.
    this.configureLogs(topic.topicId);
    return topic;
  }

  /** Every log that the topic must have, in partition order. */
  specsOf(topic: TopicRecord): LogSpec[] {
    const config = logConfig(topic.configs, this.#config);
    return Array.from({ length: topic.partitionCount }, (_, partition) => ({
      topicId: topic.topicId,
      topic: topic.name,
      partition,
      config,
    }));
  }

  /** Tells the topic's open logs, from `firstPartition` on, the configs that are in force now. */
  configureLogs(topicId: string, firstPartition = 0): void {
    const topic = this.byId(topicId);
    if (topic === undefined) return;
    for (const { partition, config } of this.specsOf(topic).slice(firstPartition)) {
      this.#logStore.get(topicId, partition)?.configure(config);
    }
  }

  /** As `configureLogs`, for all topics: the broker's defaults have changed. */
  configureAllLogs(): void {
    for (const { topicId } of this.all()) this.configureLogs(topicId);
  }

  #partitionCount(request: NewTopic): number {
    if (request.assignments.length > 0) return this.#assignedPartitionCount(request);
    const { partitionCount, replicationFactor } = request;
    if (partitionCount !== -1 && partitionCount <= 0) {
      throw new TopicError(
        ErrorCode.INVALID_PARTITIONS,
        'Number of partitions was set to an invalid non-positive value.',
      );
    }
    if (partitionCount > MAX_NEW_PARTITIONS) {
      throw new TopicError(
        ErrorCode.POLICY_VIOLATION,
        `${partitionCount} partitions in one request are too many; at most ${MAX_NEW_PARTITIONS} are allowed.`,
      );
    }
    if (replicationFactor !== -1 && replicationFactor <= 0) {
      throw new TopicError(
        ErrorCode.INVALID_REPLICATION_FACTOR,
        'Replication factor must be larger than 0, or -1 to use the default value.',
      );
    }
    if (replicationFactor > 1) {
      throw new TopicError(
        ErrorCode.INVALID_REPLICATION_FACTOR,
        `Unable to replicate the partition ${replicationFactor} time(s): there is 1 broker. ` +
          'Use a replication factor of 1 or -1.',
      );
    }
    return partitionCount === -1 ? this.#config.number('num.partitions') : partitionCount;
  }

  #assignedPartitionCount(request: NewTopic): number {
    const refuse = (message: string): never => {
      throw new TopicError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
    };
    if (request.partitionCount !== -1 || request.replicationFactor !== -1) {
      throw new TopicError(
        ErrorCode.INVALID_REQUEST,
        'With manual partition assignments, the partition count and the replication factor must be -1.',
      );
    }
    const count = request.assignments.length;
    if (count > MAX_NEW_PARTITIONS) {
      throw new TopicError(ErrorCode.POLICY_VIOLATION, `${count} partitions are too many.`);
    }
    const seen = new Set<number>();
    for (const { partition, brokers } of request.assignments) {
      if (partition < 0 || partition >= count || seen.has(partition)) {
        refuse('Partitions should be a consecutive 0-based integer sequence.');
      }
      seen.add(partition);
      if (brokers.length !== 1 || brokers[0] !== this.#nodeId) {
        refuse(
          `Partition ${partition} is assigned to brokers [${brokers.join(', ')}]; ` +
            `the only broker is ${this.#nodeId}.`,
        );
      }
    }
    return count;
  }

  #collidingName(name: string): string | null {
    if (!/[._]/.test(name)) return null;
    const key = collisionKey(name);
    for (const topic of this.all()) {
      if (collisionKey(topic.name) === key) return topic.name;
    }
    return null;
  }
}

/**
 * Creates the logs, a few at a time. Rejects with the first error once none is being created any more, so that what was
 * created can be taken back.
 */
export async function createLogs(logStore: LogStore, specs: readonly LogSpec[]): Promise<void> {
  for (let first = 0; first < specs.length; first += LOG_CREATIONS_AT_ONCE) {
    const some = specs.slice(first, first + LOG_CREATIONS_AT_ONCE);
    const outcomes = await Promise.allSettled(some.map((spec) => logStore.create(spec)));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  }
}

export function logCreationError(topicName: string, error: unknown): TopicError {
  const reason = error instanceof Error ? error.message : String(error);
  return new TopicError(
    ErrorCode.KAFKA_STORAGE_ERROR,
    `The log of topic '${topicName}' could not be created: ${reason}`,
  );
}

/** The error to answer for what the metadata store refused or could not write. */
export function topicErrorOf(error: unknown): TopicError {
  if (error instanceof MetadataError) {
    if (error.code === 'topic-exists') {
      return new TopicError(ErrorCode.TOPIC_ALREADY_EXISTS, error.message);
    }
    if (error.code === 'unknown-topic') {
      return new TopicError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, error.message);
    }
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new TopicError(ErrorCode.KAFKA_STORAGE_ERROR, `The metadata store failed: ${reason}`);
}
