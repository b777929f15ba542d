import { ErrorCode } from '@millrace/protocol';
import { nearestName } from '../nearest-name.ts';
import { Refusal } from '../refusal.ts';
import { BROKER_CONFIGS, type BrokerConfig } from './broker-configs.ts';
import { type ConfigChange, ConfigOperation } from './config-change.ts';
import type { ConfigKind, ResourceConfigChange } from './config-kind.ts';
import { type DescribedConfig, describeBrokerConfigs } from './describe-configs.ts';

const BROKER_CONFIG_NAMES = BROKER_CONFIGS.map(({ name }) => name);

/**
 * The configs of brokers. They are read when the broker starts and stay as they are, so each change is answered as Kafka
 * answers for a read-only one. Removing a value that was never set is no change.
 */
export class BrokerConfigChanges implements ConfigKind {
  readonly #config: BrokerConfig;
  readonly #nodeId: number;
  readonly #brokerIds: () => Iterable<number>;

  constructor(options: {
    readonly config: BrokerConfig;
    readonly nodeId: number;
    readonly brokerIds: () => Iterable<number>;
  }) {
    this.#config = options.config;
    this.#nodeId = options.nodeId;
    this.#brokerIds = options.brokerIds;
  }

  *names(): Iterable<string> {
    for (const id of this.#brokerIds()) yield String(id);
  }

  describe(resourceName: string): readonly DescribedConfig[] {
    // The empty name asks for the cluster-wide dynamic defaults, of which there are none.
    if (resourceName === '') return [];
    if (resourceName === String(this.#nodeId)) return describeBrokerConfigs(this.#config);
    throw invalidRequest(
      `Unexpected broker id, expected ${this.#nodeId}, but received ${resourceName}`,
    );
  }

  async apply({ resourceName, changes }: ResourceConfigChange): Promise<void> {
    if (resourceName !== '' && !/^[+-]?\d+$/.test(resourceName)) {
      throw invalidRequest(`Node id must be an integer, but it is: ${resourceName}`);
    }
    if (resourceName !== '' && Number(resourceName) !== this.#nodeId) {
      throw invalidRequest(
        `Unexpected broker id, expected ${this.#nodeId}, but received ${resourceName}`,
      );
    }
    refuse(changes.filter(({ operation }) => operation !== ConfigOperation.DELETE));
  }
}

function refuse(wanted: readonly ConfigChange[]): void {
  if (wanted.length === 0) return;
  const appended = wanted.find(({ operation }) => operation !== ConfigOperation.SET);
  if (appended !== undefined) {
    const verb = appended.operation === ConfigOperation.APPEND ? 'append' : 'subtract';
    throw new Refusal(
      ErrorCode.INVALID_CONFIG,
      `Config value ${verb} is not allowed for config key: ${appended.name}`,
    );
  }
  const unknown = wanted.find((change) => !BROKER_CONFIG_NAMES.includes(change.name));
  const near = unknown === undefined ? null : nearestName(unknown.name, BROKER_CONFIG_NAMES);
  const names = wanted.map((change) => change.name).join(', ');
  throw invalidRequest(
    `Cannot update these configs dynamically: [${names}]. Broker configs are read when the broker starts.` +
      (near === null ? '' : ` ${unknown!.name} is unknown. Did you mean ${near}?`),
  );
}

function invalidRequest(message: string): Refusal {
  return new Refusal(ErrorCode.INVALID_REQUEST, message);
}
