import type { MetadataStore } from '@millrace/storage';
import { didYouMean } from '../nearest-name.ts';
import { invalidConfig, invalidRequest } from '../refusal.ts';
import type { BrokerConfig } from './broker-configs.ts';
import { type ConfigRules, notAList } from './config-change.ts';
import {
  type ConfigDefinition,
  ConfigSource,
  type ConfigType,
  configProblem,
} from './config-definition.ts';
import type { ConfigKind, ResourceConfigChange } from './config-kind.ts';
import { ConfigResource } from './config-resource.ts';
import { brokerSynonyms, type DescribedConfig } from './describe-configs.ts';
import { StoredConfigs } from './stored-configs.ts';

const NEW_PROTOCOLS =
  'it belongs to the consumer, share and streams protocols, and only the classic one is served.';

function fixed(
  name: string,
  type: ConfigType,
  defaultValue: string,
  documentation: string,
  brokerName?: string,
): ConfigDefinition {
  const definition = { name, type, defaultValue, documentation, fixedBecause: NEW_PROTOCOLS };
  return brokerName === undefined ? definition : { ...definition, brokerName };
}

/** As `fixed`, for one that a broker config of the same name after `group.` gives the default of. */
function inherited(
  name: string,
  type: ConfigType,
  defaultValue: string,
  documentation: string,
): ConfigDefinition {
  return fixed(name, type, defaultValue, documentation, `group.${name}`);
}

/** Every group config of Kafka 4.3. */
export const GROUP_CONFIGS: readonly ConfigDefinition[] = [
  inherited(
    'consumer.assignment.interval.ms',
    'INT',
    '1000',
    'The shortest time between two assignments of a consumer group.',
  ),
  inherited(
    'consumer.heartbeat.interval.ms',
    'INT',
    '5000',
    'How often members of a consumer group send a heartbeat.',
  ),
  inherited(
    'consumer.session.timeout.ms',
    'INT',
    '45000',
    'How long a member of a consumer group may be silent.',
  ),
  inherited(
    'share.assignment.interval.ms',
    'INT',
    '1000',
    'The shortest time between two assignments of a share group.',
  ),
  fixed(
    'share.auto.offset.reset',
    'STRING',
    'latest',
    'Where a share group starts: earliest, latest or by_duration: and an ISO 8601 duration back from now.',
  ),
  inherited(
    'share.delivery.count.limit',
    'INT',
    '5',
    'How often a record is delivered before it is given up.',
  ),
  inherited(
    'share.heartbeat.interval.ms',
    'INT',
    '5000',
    'How often members of a share group send a heartbeat.',
  ),
  fixed(
    'share.isolation.level',
    'STRING',
    'read_uncommitted',
    'Whether records of transactions that are open or aborted are delivered.',
  ),
  inherited(
    'share.partition.max.record.locks',
    'INT',
    '2000',
    'Records of one partition that the group may have in hand.',
  ),
  inherited(
    'share.record.lock.duration.ms',
    'INT',
    '30000',
    'How long a record stays with the member that took it.',
  ),
  fixed(
    'share.renew.acknowledge.enable',
    'BOOLEAN',
    'true',
    'Whether members may lengthen the lock of a record.',
  ),
  inherited(
    'share.session.timeout.ms',
    'INT',
    '45000',
    'How long a member of a share group may be silent.',
  ),
  inherited(
    'streams.assignment.interval.ms',
    'INT',
    '1000',
    'The shortest time between two assignments of a streams group.',
  ),
  inherited(
    'streams.heartbeat.interval.ms',
    'INT',
    '5000',
    'How often members of a streams group send a heartbeat.',
  ),
  inherited(
    'streams.initial.rebalance.delay.ms',
    'INT',
    '3000',
    'How long a new streams group waits for more members.',
  ),
  inherited('streams.num.standby.replicas', 'INT', '0', 'Standby replicas of each task.'),
  inherited(
    'streams.session.timeout.ms',
    'INT',
    '45000',
    'How long a member of a streams group may be silent.',
  ),
];

const BY_NAME = new Map(GROUP_CONFIGS.map((definition) => [definition.name, definition]));

/** The configs of groups. All belong to protocols that are not served, so none can be given another value. */
export class GroupConfigs implements ConfigKind {
  readonly #stored: StoredConfigs;
  readonly #config: BrokerConfig;

  constructor(metadata: MetadataStore, config: BrokerConfig) {
    this.#stored = new StoredConfigs(metadata, ConfigResource.GROUP, RULES);
    this.#config = config;
  }

  names(): Iterable<string> {
    return this.#stored.all.keys();
  }

  describe(resourceName: string): readonly DescribedConfig[] {
    if (resourceName === '') {
      throw invalidRequest('Group name must not be empty');
    }
    const configs = this.#stored.of(resourceName);
    return GROUP_CONFIGS.map((definition) => {
      const { name, defaultValue, brokerName } = definition;
      const own = configs.get(name);
      const source = ConfigSource.DEFAULT;
      const outer =
        brokerName === undefined
          ? [{ name, value: defaultValue!, source }]
          : brokerSynonyms(brokerName, this.#config);
      const synonyms =
        own === undefined ? outer : [{ name, value: own, source: ConfigSource.GROUP }, ...outer];
      const [inForce] = synonyms;
      return {
        definition,
        value: inForce!.value,
        source: inForce!.source,
        isReadOnly: true,
        synonyms,
      };
    });
  }

  async apply(change: ResourceConfigChange): Promise<void> {
    if (change.resourceName === '') {
      throw invalidRequest('Default group resources are not allowed.');
    }
    await this.#stored.apply(change);
  }
}

const RULES: ConfigRules = {
  check(configs) {
    for (const [name, value] of configs) {
      const definition = BY_NAME.get(name);
      const problem =
        definition === undefined
          ? `Unknown group config name: ${name}.${didYouMean(name, BY_NAME.keys())}`
          : configProblem(definition, value);
      if (problem !== null) throw invalidConfig(problem);
    }
  },
  list(name, operation) {
    throw notAList(name, operation, BY_NAME.has(name) ? [] : BY_NAME.keys());
  },
};
