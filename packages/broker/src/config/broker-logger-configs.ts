import { LOG_LEVELS, type Loggers, type LogLevel, ROOT_LOGGER } from '../loggers.ts';
import { didYouMean } from '../nearest-name.ts';
import { invalidConfig, invalidRequest } from '../refusal.ts';
import { type ConfigChange, ConfigOperation } from './config-change.ts';
import { ConfigSource } from './config-definition.ts';
import type { ConfigKind, ResourceConfigChange } from './config-kind.ts';
import type { DescribedConfig } from './describe-configs.ts';

/** The levels of a broker's loggers, as configs of the broker's logger (KIP-412). They are not stored. */
export class BrokerLoggerConfigs implements ConfigKind {
  readonly #loggers: Loggers;
  readonly #nodeId: number;

  constructor(loggers: Loggers, nodeId: number) {
    this.#loggers = loggers;
    this.#nodeId = nodeId;
  }

  names(): Iterable<string> {
    return [String(this.#nodeId)];
  }

  describe(resourceName: string): readonly DescribedConfig[] {
    if (resourceName === '') throw invalidRequest('Broker id must not be empty');
    this.#checkBroker(resourceName, 'Broker');
    return this.#loggers.names.map((name) => ({
      definition: {
        name,
        type: 'UNKNOWN',
        defaultValue: null,
        documentation: `How much of ${name} is written to the log: ${LOG_LEVELS.join(', ')}.`,
      },
      value: this.#loggers.level(name),
      source: ConfigSource.BROKER_LOGGER,
      isReadOnly: false,
      synonyms: [],
    }));
  }

  async apply(change: ResourceConfigChange): Promise<void> {
    // Kafka does not let AlterConfigs replace the levels of all loggers.
    if (change.replacesAll) throw invalidRequest('Unknown resource type 8');
    this.#checkBroker(change.resourceName, 'Node');
    const levels = new Map(change.changes.map((one) => [one.name, this.#checkedLevel(one)]));
    if (!change.validateOnly && levels.size > 0) this.#loggers.set(levels);
  }

  #checkBroker(name: string, what: string): void {
    if (!/^[+-]?\d+$/.test(name)) {
      throw invalidRequest(`${what} id must be an integer, but it is: ${name}`);
    }
    if (Number(name) !== this.#nodeId) {
      throw invalidRequest(`Unexpected node id. Expected ${this.#nodeId}, but received ${name}`);
    }
  }

  /** Null for a logger that is to follow the root; throws `Refusal` for what cannot be. */
  #checkedLevel({ name, operation, value }: ConfigChange): LogLevel | null {
    if (operation !== ConfigOperation.SET && operation !== ConfigOperation.DELETE) {
      const verb = operation === ConfigOperation.APPEND ? 'APPEND' : 'SUBTRACT';
      throw invalidRequest(`${verb} operation is not allowed for the BROKER_LOGGER resource`);
    }
    const { names } = this.#loggers;
    if (!names.includes(name)) {
      throw invalidConfig(`Logger ${name} does not exist!${didYouMean(name, names)}`);
    }
    if (operation === ConfigOperation.DELETE) {
      if (name !== ROOT_LOGGER) return null;
      throw invalidRequest('Removing the log level of the root logger is not allowed');
    }
    const level = LOG_LEVELS.find((candidate) => candidate === value);
    if (level !== undefined) return level;
    throw invalidConfig(
      `Cannot set the log level of ${name} to ${value} as it is not a supported log level. ` +
        `Valid log levels are ${LOG_LEVELS.join(', ')}`,
    );
  }
}
