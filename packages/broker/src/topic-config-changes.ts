import { ErrorCode } from '@millrace/protocol';
import { MetadataError, type MetadataStore, type TopicRecord } from '@millrace/storage';
import type { BrokerConfig } from './config/broker-configs.ts';
import { changedConfigRows, replacedConfigRows } from './config/config-change.ts';
import type { ConfigKind, ResourceConfigChange } from './config/config-kind.ts';
import { type DescribedConfig, describeTopicConfigs } from './config/describe-configs.ts';
import { topicConfigRules } from './config/topic-configs.ts';
import type { EventSurface } from './events.ts';
import { topicNameProblem } from './topic-name.ts';
import { TopicError, type Topics, topicErrorOf } from './topics.ts';
import { Turns } from './turns.ts';

/** The configs of topics. A change is checked, stored, then told to the open logs. */
export class TopicConfigChanges implements ConfigKind {
  readonly #topics: Topics;
  readonly #metadata: MetadataStore;
  readonly #config: BrokerConfig;
  readonly #events: EventSurface;
  /** An append to a list must see the append before it. */
  readonly #turns = new Turns();

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

  *names(): Iterable<string> {
    for (const { name } of this.#topics.all()) yield name;
  }

  describe(name: string): readonly DescribedConfig[] {
    checkName(name);
    const topic = this.#topics.byName(name);
    if (topic === undefined) throw unknownTopic(name);
    return describeTopicConfigs(topic.configs, this.#config);
  }

  apply(change: ResourceConfigChange): Promise<void> {
    return this.#turns.take(change.resourceName, () => this.#applyNow(change));
  }

  async #applyNow(change: ResourceConfigChange): Promise<void> {
    const { resourceName: name, changes, replacesAll, validateOnly } = change;
    if (name === '') {
      throw new TopicError(ErrorCode.INVALID_REQUEST, 'Default topic resources are not allowed.');
    }
    checkName(name);
    // Logs that are being created were told the configs of before.
    await this.#topics.settled(name);
    const topic = this.#topics.byName(name);
    const rowsOf = replacesAll ? replacedConfigRows : changedConfigRows;
    // Kafka finds fault with the configs before it misses the topic.
    const rows = rowsOf(topic?.configs ?? new Map(), changes, topicConfigRules(this.#config));
    if (topic === undefined) throw unknownTopic(name);
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

function checkName(name: string): void {
  const problem = topicNameProblem(name);
  if (problem !== null) throw new TopicError(ErrorCode.INVALID_TOPIC_EXCEPTION, problem);
}

function unknownTopic(name: string): TopicError {
  return new TopicError(
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    `The topic '${name}' does not exist.`,
  );
}
