import type { MetadataStore } from '@millrace/storage';
import { didYouMean } from '../nearest-name.ts';
import { invalidConfig, invalidRequest } from '../refusal.ts';
import { ClientPattern } from './client-pattern.ts';
import { type ConfigRules, notAList, partsOf } from './config-change.ts';
import {
  type ConfigDefinition,
  ConfigSource,
  configNumber,
  configProblem,
} from './config-definition.ts';
import type { ConfigKind, ResourceConfigChange } from './config-kind.ts';
import { ConfigResource } from './config-resource.ts';
import type { DescribedConfig } from './describe-configs.ts';
import { StoredConfigs } from './stored-configs.ts';

/** The configs of a client metrics subscription (KIP-714). */
export const CLIENT_METRICS_CONFIGS: readonly ConfigDefinition[] = [
  {
    name: 'interval.ms',
    type: 'INT',
    defaultValue: '300000',
    documentation: 'How often a client that matches sends its metrics: 100 ms to one hour.',
  },
  {
    name: 'match',
    type: 'LIST',
    defaultValue: '',
    documentation:
      'Which clients are meant: key=pattern pairs that must all hold; empty for every client. A pattern is a ' +
      'regular expression in the syntax of RE2 (no look-around, no back references) and must match the whole value.',
  },
  {
    name: 'metrics',
    type: 'LIST',
    defaultValue: '',
    documentation:
      'Prefixes of the names of the metrics that are wanted; * alone for all, empty for none.',
  },
];

/** What a client can be recognised by. */
export const CLIENT_MATCH_KEYS = [
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
] as const;
export type ClientMatchKey = (typeof CLIENT_MATCH_KEYS)[number];

export interface ClientMetricsSubscription {
  readonly name: string;
  /** As in the config `metrics`. */
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  /** All must match the client's whole value. */
  readonly match: ReadonlyMap<ClientMatchKey, ClientPattern>;
}

type Configs = ReadonlyMap<string, string>;

const BY_NAME = new Map(CLIENT_METRICS_CONFIGS.map((definition) => [definition.name, definition]));
const MIN_INTERVAL_MS = 100;
const MAX_INTERVAL_MS = 3_600_000;

/** The client metrics subscriptions: they exist as long as they have a config. */
export class ClientMetricsConfigs implements ConfigKind {
  readonly #stored: StoredConfigs;
  /** What `#subscriptions` was made from. */
  #seen: ReadonlyMap<string, Configs> | null = null;
  #subscriptions: readonly ClientMetricsSubscription[] = [];

  constructor(metadata: MetadataStore) {
    this.#stored = new StoredConfigs(metadata, ConfigResource.CLIENT_METRICS, RULES);
  }

  /** All subscriptions; the same array until one of them changes. */
  subscriptions(): readonly ClientMetricsSubscription[] {
    const { all } = this.#stored;
    if (this.#seen !== all) {
      this.#seen = all;
      this.#subscriptions = [...all].map(([name, configs]) => subscription(name, configs));
    }
    return this.#subscriptions;
  }

  names(): Iterable<string> {
    return this.#stored.all.keys();
  }

  describe(resourceName: string): readonly DescribedConfig[] {
    if (resourceName === '') {
      throw invalidRequest('Client metrics subscription name must not be empty');
    }
    const configs = this.#stored.of(resourceName);
    return CLIENT_METRICS_CONFIGS.map((definition) => {
      const { name, defaultValue } = definition;
      const value = configs.get(name);
      const source = ConfigSource.CLIENT_METRICS;
      return {
        definition,
        value: value ?? defaultValue,
        source: value === undefined ? ConfigSource.DEFAULT : source,
        isReadOnly: false,
        synonyms: value === undefined ? [] : [{ name, value, source }],
      };
    });
  }

  async apply(change: ResourceConfigChange): Promise<void> {
    if (change.resourceName === '') throw invalidRequest("Subscription name can't be empty");
    await this.#stored.apply(change);
  }
}

const RULES: ConfigRules = {
  check(configs) {
    for (const name of configs.keys()) {
      if (BY_NAME.has(name)) continue;
      throw invalidRequest(
        `Unknown client metrics configuration: ${name}.${didYouMean(name, BY_NAME.keys())}`,
      );
    }
    for (const [name, value] of configs) {
      const definition = BY_NAME.get(name)!;
      const problem =
        definition.type === 'LIST' ? emptyElement(name, value) : configProblem(definition, value);
      if (problem !== null) throw invalidConfig(problem);
    }
    checkInterval(configs.get('interval.ms'));
    for (const pair of partsOf(configs.get('match') ?? '')) parsedMatch(pair);
  },
  // Kafka appends to no config of a subscription, lists included.
  list(name, operation) {
    throw notAList(name, operation, BY_NAME.has(name) ? [] : BY_NAME.keys());
  },
};

function emptyElement(name: string, value: string): string | null {
  if (value.trim() === '') return null;
  return value.split(',').every((element) => element.trim() !== '')
    ? null
    : `Configuration '${name}' values must not be empty: "${value}" has an empty one.`;
}

function checkInterval(value: string | undefined): void {
  if (value === undefined) return;
  const intervalMs = configNumber(value);
  if (intervalMs >= MIN_INTERVAL_MS && intervalMs <= MAX_INTERVAL_MS) return;
  throw invalidRequest(
    `Invalid value ${value} for interval.ms, interval must be between ${MIN_INTERVAL_MS} and ${MAX_INTERVAL_MS} (1 hour)`,
  );
}

/** Throws `Refusal` when it is not `key=pattern`. */
function parsedMatch(pair: string): [ClientMatchKey, ClientPattern] {
  const [key, pattern, ...rest] = pair.split('=').map((part) => part.trim());
  const known = CLIENT_MATCH_KEYS.find((candidate) => candidate === key);
  const problem = `Illegal client matching pattern: ${pair}`;
  if (known === undefined) {
    const keys = CLIENT_MATCH_KEYS.join(', ');
    throw invalidConfig(
      `${problem}; the key is one of ${keys}.${didYouMean(key ?? '', CLIENT_MATCH_KEYS)}`,
    );
  }
  if (pattern === undefined || pattern === '' || rest.length > 0) {
    throw invalidConfig(`${problem}; expected key=pattern with one equals sign.`);
  }
  try {
    return [known, new ClientPattern(pattern)];
  } catch (error) {
    throw invalidConfig(`${problem}; ${(error as Error).message}`);
  }
}

function subscription(name: string, configs: Configs): ClientMetricsSubscription {
  const value = (config: string) => configs.get(config) ?? BY_NAME.get(config)!.defaultValue ?? '';
  return {
    name,
    metrics: partsOf(value('metrics')),
    intervalMs: configNumber(value('interval.ms')),
    match: new Map(partsOf(value('match')).map(parsedMatch)),
  };
}
