import type { ConfigDefinition } from '../config-definition.ts';
import { KAFKA_BROKER_CONFIGS } from '../kafka-defaults.ts';
import { CLUSTER_CONFIGS } from './cluster-configs.ts';
import type { InertGroup } from './inert-group.ts';
import { SECURITY_CONFIGS } from './security-configs.ts';
import { STORAGE_CONFIGS } from './storage-configs.ts';

/** Kafka's broker configs that this version does not act on: shown as read-only, with the reason. */
export const INERT_BROKER_CONFIGS: readonly ConfigDefinition[] = [
  ...SECURITY_CONFIGS,
  ...CLUSTER_CONFIGS,
  ...STORAGE_CONFIGS,
].flatMap(definitionsOf);

function definitionsOf({ because, configs }: InertGroup): ConfigDefinition[] {
  return configs
    .trim()
    .split('\n')
    .map((line) => {
      const [head, documentation] = line.split(/: (.*)/s) as [string, string];
      const [name, value] = head.split(' = ') as [string, string?];
      const kafka = KAFKA_BROKER_CONFIGS.get(name);
      if (kafka === undefined) throw new Error(`Kafka has no broker config ${name}`);
      const defaultValue = value ?? kafka.defaultValue;
      return { name, type: kafka.type, defaultValue, documentation, fixedBecause: because };
    });
}
