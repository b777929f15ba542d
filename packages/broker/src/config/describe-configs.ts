import { ALL_BROKER_CONFIGS, type BrokerConfig } from './broker-configs.ts';
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
  return [...ALL_BROKER_CONFIGS.values()].map((definition) =>
    describedBroker(
      definition,
      broker.ownText(definition.name),
      brokerSynonyms(definition.name, broker),
    ),
  );
}

/** What was set at run time for all brokers of the cluster, and nothing else. */
export function describeClusterConfigs(broker: BrokerConfig): DescribedConfig[] {
  return [...ALL_BROKER_CONFIGS.values()].flatMap((definition) => {
    const { name } = definition;
    const synonyms = brokerSynonyms(name, broker).filter(
      (synonym) => synonym.source === ConfigSource.DYNAMIC_DEFAULT_BROKER,
    );
    const [set] = synonyms;
    return set === undefined ? [] : [describedBroker(definition, set.value, synonyms)];
  });
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
    isReadOnly: definition.isDynamic !== true,
    synonyms,
  };
}

/**
 * Every layer's value, and after each that of the config which stands in for this one. As in Kafka there are none before
 * the config has a value of its own.
 */
export function brokerSynonyms(name: string, broker: BrokerConfig): ConfigSynonym[] {
  const fallback = ALL_BROKER_CONFIGS.get(name)?.fallback;
  const names = fallback === undefined ? [name] : [name, fallback.name];
  const all = broker.layers.flatMap(({ source, values }) =>
    names.flatMap((synonym) => {
      const value = values.get(synonym);
      return value === undefined ? [] : [{ name: synonym, value, source }];
    }),
  );
  const first = all.findIndex((synonym) => synonym.name === name);
  return first === -1 ? [] : all.slice(first);
}
