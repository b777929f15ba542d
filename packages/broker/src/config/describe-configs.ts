import { BROKER_CONFIGS, type BrokerConfig } from './broker-configs.ts';
import { type ConfigDefinition, ConfigSource } from './config-definition.ts';
import { TOPIC_CONFIGS } from './topic-configs.ts';

/** One config as DescribeConfigs shows it. */
export interface DescribedConfig {
  readonly definition: ConfigDefinition;
  readonly value: string | null;
  readonly source: number;
  readonly isReadOnly: boolean;
  /** Every place that gives a value, the one in force first. */
  readonly synonyms: readonly {
    readonly name: string;
    readonly value: string;
    readonly source: number;
  }[];
}

export function describeTopicConfigs(
  configs: ReadonlyMap<string, string>,
  broker: BrokerConfig,
): DescribedConfig[] {
  return TOPIC_CONFIGS.map((definition) => {
    const { name, brokerName, defaultValue } = definition;
    const synonyms: { name: string; value: string; source: number }[] = [];
    const own = configs.get(name);
    if (own !== undefined) synonyms.push({ name, value: own, source: ConfigSource.TOPIC });
    if (brokerName !== undefined && broker.isSet(brokerName)) {
      const value = broker.text(brokerName)!;
      synonyms.push({ name: brokerName, value, source: ConfigSource.STATIC_BROKER });
    }
    const source = ConfigSource.DEFAULT;
    synonyms.push({ name: brokerName ?? name, value: defaultValue ?? '', source });
    const [inForce] = synonyms;
    return {
      definition,
      value: inForce!.value,
      source: inForce!.source,
      isReadOnly: definition.fixedBecause !== undefined,
      synonyms,
    };
  });
}

/** All are read-only: they come from the start of the broker. */
export function describeBrokerConfigs(broker: BrokerConfig): DescribedConfig[] {
  return BROKER_CONFIGS.map((definition) => {
    const { name, defaultValue } = definition;
    const synonyms: { name: string; value: string; source: number }[] = [];
    if (broker.isSet(name)) {
      synonyms.push({ name, value: broker.text(name)!, source: ConfigSource.STATIC_BROKER });
    }
    if (defaultValue !== null) {
      synonyms.push({ name, value: defaultValue, source: ConfigSource.DEFAULT });
    }
    return {
      definition,
      value: broker.text(name),
      source: broker.isSet(name) ? ConfigSource.STATIC_BROKER : ConfigSource.DEFAULT,
      isReadOnly: true,
      synonyms,
    };
  });
}
