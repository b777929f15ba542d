import { ErrorCode } from '@millrace/protocol';
import { MetadataError, type MetadataStore, type TopicRecord } from '@millrace/storage';
import type { BrokerConfig } from './config/broker-configs.ts';
import {
  type ConfigChange,
  replacedTopicConfigRows,
  topicConfigRows,
} from './config/config-change.ts';
import type { EventSurface } from './events.ts';
import { topicNameProblem } from './topic-name.ts';
import { TopicError, type Topics, topicErrorOf } from './topics.ts';

export interface TopicConfigChange {
  readonly topic: string;
  readonly changes: readonly ConfigChange[];
  /** Configs that are not in `changes` go back to their defaults (AlterConfigs). */
  readonly replacesAll: boolean;
  readonly validateOnly: boolean;
}

/** Changes the configs of topics: checked, stored, then told to the open logs. */
export class TopicConfigChanges {
  readonly #topics: Topics;
  readonly #metadata: MetadataStore;
  readonly #config: BrokerConfig;
  readonly #events: EventSurface;
  /**
   * The last change of each topic that is under way: an append to a list must see the append before it. Bound:
   * topics in the requests that are being answered.
   */
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: {
    readonly topics: Topics;
    readonly metadata: MetadataStore;
    readonly config: BrokerConfig;
    readonly events: EventSurface;
  }) {
    this.#topics = options.topics;
    this.#metadata = options.metadata;
    this.#config = options.config;
    this.#events = options.events;
  }

  /** Resolves when the change is durable and in effect; rejects with `TopicError`. */
  async apply(change: TopicConfigChange): Promise<void> {
    const { topic } = change;
    const before = this.#running.get(topic);
    const turn = (before ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.#applyNow(change));
    this.#running.set(topic, turn);
    try {
      await turn;
    } finally {
      if (this.#running.get(topic) === turn) this.#running.delete(topic);
    }
  }

  async #applyNow(change: TopicConfigChange): Promise<void> {
    const { changes, replacesAll, validateOnly } = change;
    const nameProblem = topicNameProblem(change.topic);
    if (nameProblem !== null) throw new TopicError(ErrorCode.INVALID_TOPIC_EXCEPTION, nameProblem);
    // Logs that are being created were told the configs of before.
    await this.#topics.settled(change.topic);
    const topic = this.#topics.byName(change.topic);
    const rowsOf = replacesAll ? replacedTopicConfigRows : topicConfigRows;
    const rows = rowsOf(topic?.configs ?? new Map(), changes, this.#config);
    // Kafka finds fault with the configs before it misses the topic.
    if (typeof rows === 'string') throw new TopicError(ErrorCode.INVALID_CONFIG, rows);
    if (topic === undefined) throw unknownTopic(change.topic);
    if (validateOnly || rows.size === 0) return;
    await this.#store(topic, rows);
    this.#topics.configureLogs(topic.topicId);
    this.#events.emit('topic-configs-changed', { topic: topic.name, configs: rows });
  }

  async #store(topic: TopicRecord, rows: ReadonlyMap<string, string | null>): Promise<void> {
    try {
      await this.#metadata.alterTopicConfigs(topic.topicId, rows);
    } catch (error) {
      if (error instanceof MetadataError && error.code === 'unknown-topic') {
        throw unknownTopic(topic.name);
      }
      throw topicErrorOf(error);
    }
  }
}

function unknownTopic(name: string): TopicError {
  return new TopicError(
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    `The topic '${name}' does not exist.`,
  );
}
