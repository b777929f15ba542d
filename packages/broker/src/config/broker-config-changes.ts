import type { MetadataStore } from '@millrace/storage';
import type { EventSurface } from '../events.ts';
import { didYouMean } from '../nearest-name.ts';
import { invalidConfig, invalidRequest } from '../refusal.ts';
import {
  ALL_BROKER_CONFIGS,
  type BrokerConfig,
  brokerConfig,
  listenerOf,
} from './broker-configs.ts';
import { ConfigOperation, type ConfigRules } from './config-change.ts';
import { configProblem } from './config-definition.ts';
import type { ConfigKind, ResourceConfigChange } from './config-kind.ts';
import { ConfigResource } from './config-resource.ts';
import {
  type DescribedConfig,
  describeBrokerConfigs,
  describeClusterConfigs,
} from './describe-configs.ts';
import { StoredConfigs } from './stored-configs.ts';

/** The resource whose configs hold for all brokers of the cluster. */
const CLUSTER = '';

/** The configs of brokers: what was set at run time is stored, and in force at once. */
export class BrokerConfigChanges implements ConfigKind {
  readonly #config: BrokerConfig;
  readonly #rules: ConfigRules;
  readonly #stored: StoredConfigs;
  readonly #nodeId: number;
  readonly #brokerIds: () => Iterable<number>;
  readonly #events: EventSurface;

  constructor(options: {
    readonly config: BrokerConfig;
    readonly metadata: MetadataStore;
    readonly nodeId: number;
    readonly brokerIds: () => Iterable<number>;
    readonly listenerNames: readonly string[];
    readonly events: EventSurface;
  }) {
    this.#config = options.config;
    const listeners = options.listenerNames.map((name) => name.toLowerCase());
    this.#rules = brokerConfigRules(new Set(listeners));
    this.#stored = new StoredConfigs(options.metadata, ConfigResource.BROKER, this.#rules);
    this.#nodeId = options.nodeId;
    this.#brokerIds = options.brokerIds;
    this.#events = options.events;
  }

  /** Puts in force what is stored, once the metadata store is open. */
  load(): void {
    const broker = this.#usable(String(this.#nodeId));
    const cluster = this.#usable(CLUSTER);
    this.#config.setDynamic({ broker, cluster });
  }

  *names(): Iterable<string> {
    for (const id of this.#brokerIds()) yield String(id);
  }

  describe(resourceName: string): readonly DescribedConfig[] {
    if (resourceName === CLUSTER) return describeClusterConfigs(this.#config);
    this.#checkBroker(resourceName, 'Broker');
    return describeBrokerConfigs(this.#config);
  }

  async apply(change: ResourceConfigChange): Promise<void> {
    const isCluster = change.resourceName === CLUSTER;
    if (!isCluster) this.#checkBroker(change.resourceName, 'Node');
    const resourceName = isCluster ? CLUSTER : String(this.#nodeId);
    const rows = await this.#stored.apply({ ...change, resourceName });
    if (rows.size === 0) return;
    this.load();
    this.#events.emit('broker-configs-changed', {
      nodeId: isCluster ? null : this.#nodeId,
      configs: rows,
    });
  }

  #checkBroker(name: string, what: string): void {
    if (!/^[+-]?\d+$/.test(name)) {
      throw invalidRequest(`${what} id must be an integer, but it is: ${name}`);
    }
    if (Number(name) !== this.#nodeId) {
      throw invalidRequest(`Unexpected broker id, expected ${this.#nodeId}, but received ${name}`);
    }
  }

  /** Without what another version of the program may have stored, which is told and left where it is. */
  #usable(resourceName: string): ReadonlyMap<string, string> {
    const usable = new Map<string, string>();
    for (const [name, value] of this.#stored.of(resourceName)) {
      try {
        this.#rules.check(new Map([[name, value]]));
        usable.set(name, value);
      } catch (error) {
        const message = `the stored broker config ${name}=${value} is not used: ${(error as Error).message}`;
        this.#events.emit('storage-notice', { message });
      }
    }
    return usable;
  }
}

/** `listeners`: their names, in small letters. */
function brokerConfigRules(listeners: ReadonlySet<string>): ConfigRules {
  const whyFixed = (name: string): string => {
    const listener = listenerOf(name);
    if (listener !== null && !listeners.has(listener)) {
      return ` ${name} is for a listener that is not there; there are ${[...listeners].join(', ')}.`;
    }
    const definition = brokerConfig(name);
    if (definition === undefined) {
      return ` ${name} is unknown.${didYouMean(name, ALL_BROKER_CONFIGS.keys())}`;
    }
    const { isDynamic, fixedBecause } = definition;
    if (isDynamic === true) return '';
    return fixedBecause === undefined
      ? ` ${name} is read when the broker starts.`
      : ` ${name} has no effect here: ${fixedBecause}`;
  };
  return {
    check(configs) {
      const reasons = new Map([...configs.keys()].map((name) => [name, whyFixed(name)]));
      const fixed = [...reasons].filter(([, reason]) => reason !== '');
      if (fixed.length > 0) {
        const names = fixed.map(([name]) => name).join(', ');
        const why = fixed.map(([, reason]) => reason).join('');
        throw invalidRequest(`Cannot update these configs dynamically: [${names}].${why}`);
      }
      for (const [name, value] of configs) {
        const problem = configProblem(brokerConfig(name)!, value);
        if (problem !== null) throw invalidRequest(problem);
      }
    },
    list(name, operation) {
      if (brokerConfig(name) === undefined) {
        const hint = didYouMean(name, ALL_BROKER_CONFIGS.keys());
        throw invalidConfig(`Unknown config name: ${name}.${hint}`);
      }
      const verb = operation === ConfigOperation.APPEND ? 'append' : 'subtract';
      throw invalidConfig(`Config value ${verb} is not allowed for config key: ${name}`);
    },
  };
}
