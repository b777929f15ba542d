import type { Cluster } from './cluster.ts';
import type { PartitionMetadata, TopicMetadata } from './cluster-metadata.ts';
import { KafkaError } from './kafka-error.ts';

export interface TopicCacheOptions {
  /** Lets brokers make topics that are not there. */
  readonly allowAutoTopicCreation: boolean;
  /** How long a topic is waited for that is not there, or has partitions without a leader. */
  readonly timeoutMs: number;
}

/**
 * The topics that are in use, as last heard. It holds as many as are asked for. Who meets a leader that is none any more
 * calls `refresh`; calls at the same time share one request.
 */
export class TopicCache {
  readonly #cluster: Cluster;
  readonly #options: TopicCacheOptions;
  readonly #topics = new Map<string, TopicMetadata>();
  readonly #loading = new Map<string, Promise<TopicMetadata>>();
  #refreshing: Promise<void> | null = null;

  constructor(cluster: Cluster, options: TopicCacheOptions) {
    this.#cluster = cluster;
    this.#options = options;
  }

  /** The topic as last heard; null when it was not asked for yet. */
  known(name: string): TopicMetadata | null {
    return this.#topics.get(name) ?? null;
  }

  /** The partition as last heard; null when the topic does not have it. */
  partition(topic: string, partition: number): PartitionMetadata | null {
    const partitions = this.#topics.get(topic)?.partitions;
    return partitions?.find((candidate) => candidate.partition === partition) ?? null;
  }

  /** The topic, asked for once. Rejects with KafkaError when it is not there in time. */
  load(name: string): Promise<TopicMetadata> {
    const known = this.#topics.get(name);
    if (known !== undefined) return Promise.resolve(known);
    let loading = this.#loading.get(name);
    if (loading === undefined) {
      loading = this.#ask(name).finally(() => this.#loading.delete(name));
      this.#loading.set(name, loading);
    }
    return loading;
  }

  /** Asks for all topics in use anew. What cannot be learnt now stays as it was: the next try comes with its own error. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#askAll().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #ask(name: string): Promise<TopicMetadata> {
    const { allowAutoTopicCreation, timeoutMs } = this.#options;
    return this.#cluster.retrying(
      async () => {
        const { topics } = await this.#cluster.metadata([name], { allowAutoTopicCreation });
        const topic = topics[0];
        if (topic === undefined) throw new KafkaError('MALFORMED_ANSWER', `No answer for ${name}.`);
        if (topic.error !== null) throw topic.error;
        this.#topics.set(name, topic);
        return topic;
      },
      { timeoutMs },
    );
  }

  async #askAll(): Promise<void> {
    const names = [...this.#topics.keys()];
    if (names.length === 0) return;
    try {
      const { topics } = await this.#cluster.metadata(names);
      for (const topic of topics) if (topic.error === null) this.#topics.set(topic.name, topic);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
    }
  }
}
