import {
  ALL_BROKER_CONFIGS,
  type BrokerConfig,
  brokerConfig,
  listenerConfig,
} from './broker-configs.ts';
import { type ConfigDefinition, ConfigSource } from './config-definition.ts';
import { TOPIC_CONFIGS, topicConfigValue } from './topic-configs.ts';

/** One config as DescribeConfigs shows it. */
export interface DescribedConfig {
  readonly definition: ConfigDefinition;
  readonly value: string | null;
  readonly source: number;
  readonly isReadOnly: boolean;
  /** Every place that gives a value, the one in force first. */
  readonly synonyms: readonly ConfigSynonym[];
}

export interface ConfigSynonym {
  readonly name: string;
  readonly value: string;
  readonly source: number;
}

export function describeTopicConfigs(
  configs: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): DescribedConfig[] {
  return TOPIC_CONFIGS.map((definition) => {
    const { name, brokerName } = definition;
    const own = configs.get(name);
    const inherited = brokerName === undefined ? [] : brokerSynonyms(brokerName, broker);
    const synonyms =
      own === undefined
        ? inherited
        : [{ name, value: own, source: ConfigSource.TOPIC }, ...inherited];
    return {
      definition,
      value: topicConfigValue(name, configs, broker),
      source: synonyms[0]?.source ?? ConfigSource.DEFAULT,
      isReadOnly: definition.fixedBecause !== undefined,
      synonyms,
    };
  });
}

/** All configs of this broker. */
export function describeBrokerConfigs(broker: BrokerConfig): DescribedConfig[] {
  return shownConfigs(broker).map((definition) =>
    describedBroker(
      definition,
      broker.ownText(definition.name),
      brokerSynonyms(definition.name, broker),
    ),
  );
}

/** What was set at run time for all brokers of the cluster, and nothing else. */
export function describeClusterConfigs(broker: BrokerConfig): DescribedConfig[] {
  return shownConfigs(broker).flatMap((definition) => {
    const { name } = definition;
    const synonyms = brokerSynonyms(name, broker).filter(
      (synonym) => synonym.source === ConfigSource.DYNAMIC_DEFAULT_BROKER,
    );
    const [set] = synonyms;
    return set === undefined ? [] : [describedBroker(definition, set.value, synonyms)];
  });
}

/** All that brokers have, and what was set for single listeners. */
function shownConfigs(broker: BrokerConfig): ConfigDefinition[] {
  const ofListeners = new Map(
    broker.layers
      .flatMap(({ values }) => [...values.keys()])
      .flatMap((name) => {
        const definition = listenerConfig(name);
        return definition === undefined ? [] : [[name, definition] as const];
      }),
  );
  return [...ALL_BROKER_CONFIGS.values(), ...ofListeners.values()];
}

function describedBroker(
  definition: ConfigDefinition,
  value: string | null,
  synonyms: readonly ConfigSynonym[],
): DescribedConfig {
  return {
    definition,
    value,
    source: synonyms[0]?.source ?? ConfigSource.DEFAULT,
    // As in Kafka those of single listeners too, although they can be changed.
    isReadOnly: definition.isDynamic !== true || !ALL_BROKER_CONFIGS.has(definition.name),
    synonyms,
  };
}

/** The config, and those that stand in for it, from the one that counts most on. */
function namesInOrder(name: string): string[] {
  const fallback = brokerConfig(name)?.fallback;
  return fallback === undefined ? [name] : [name, ...namesInOrder(fallback.name)];
}

/**
 * Every layer's value, and after each that of the config which stands in for this one. As in Kafka there are none before
 * the config has a value of its own.
 */
export function brokerSynonyms(name: string, broker: BrokerConfig): ConfigSynonym[] {
  const names = namesInOrder(name);
  const all = broker.layers.flatMap(({ source, values }) =>
    names.flatMap((synonym) => {
      const value = values.get(synonym);
      return value === undefined ? [] : [{ name: synonym, value, source }];
    }),
  );
  const first = all.findIndex((synonym) => synonym.name === name);
  return first === -1 ? [] : all.slice(first);
}
