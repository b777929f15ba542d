import { didYouMean } from '../nearest-name.ts';
import { addressLimitsProblem } from './address-limits.ts';
import { CLEANER_CONFIGS } from './cleaner-configs.ts';
import { cleanupPolicyProblem } from './cleanup-policy.ts';
import {
  COMPRESSION_TYPES,
  type ConfigDefinition,
  ConfigSource,
  configNumber,
  configProblem,
  LONG_MAX,
} from './config-definition.ts';
import { INERT_BROKER_CONFIGS } from './inert/inert-broker-configs.ts';

/** The broker configs that this version acts on; names and defaults are Kafka's unless the text says otherwise. */
export const BROKER_CONFIGS: readonly ConfigDefinition[] = [
  {
    name: 'node.id',
    type: 'INT',
    defaultValue: '1',
    min: 0,
    documentation: "This broker's number in the cluster.",
  },
  {
    name: 'broker.rack',
    type: 'STRING',
    defaultValue: null,
    documentation: 'The rack that clients are told this broker stands in.',
  },
  {
    name: 'auto.create.topics.enable',
    type: 'BOOLEAN',
    defaultValue: 'true',
    documentation: 'Whether a topic is created when a client asks for its metadata.',
  },
  {
    name: 'delete.topic.enable',
    type: 'BOOLEAN',
    defaultValue: 'true',
    documentation: 'Whether topics may be deleted.',
  },
  {
    name: 'num.partitions',
    type: 'INT',
    defaultValue: '1',
    min: 1,
    documentation: 'Partitions of a topic that is created without a count.',
  },
  {
    name: 'default.replication.factor',
    type: 'INT',
    defaultValue: '1',
    min: 1,
    max: 1,
    documentation: 'Replicas of a topic that is created without a factor; local mode has one.',
  },
  {
    name: 'max.request.partition.size.limit',
    type: 'INT',
    defaultValue: '2000',
    min: 1,
    documentation: 'Partitions in one answer to DescribeTopicPartitions.',
  },
  {
    name: 'min.insync.replicas',
    type: 'INT',
    isDynamic: true,
    defaultValue: '1',
    min: 1,
    documentation:
      'Replicas that must hold a record before acks=all is answered; no more than there are, and there is one.',
  },
  {
    name: 'message.max.bytes',
    type: 'INT',
    isDynamic: true,
    defaultValue: '1048588',
    min: 0,
    documentation: 'The largest record batch, header included.',
  },
  {
    name: 'compression.type',
    type: 'STRING',
    isDynamic: true,
    defaultValue: 'producer',
    allowed: COMPRESSION_TYPES,
    documentation: 'The codec of stored batches; "producer" keeps what the producer chose.',
  },
  {
    name: 'compression.gzip.level',
    type: 'INT',
    isDynamic: true,
    defaultValue: '-1',
    min: 1,
    max: 9,
    orElse: -1,
    documentation: 'Level used when compression.type is gzip.',
  },
  {
    name: 'compression.zstd.level',
    type: 'INT',
    isDynamic: true,
    defaultValue: '3',
    min: -131072,
    max: 22,
    documentation: 'Level used when compression.type is zstd.',
  },
  {
    name: 'log.segment.bytes',
    type: 'INT',
    isDynamic: true,
    defaultValue: '1073741824',
    min: 1048576,
    documentation: 'Size of one segment file.',
  },
  {
    name: 'log.roll.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: null,
    min: 1,
    fallback: { name: 'log.roll.hours', factor: 3_600_000 },
    documentation:
      'Age at which a segment is closed even when it is not full; log.roll.hours where it is not set.',
  },
  {
    name: 'log.roll.hours',
    type: 'INT',
    defaultValue: '168',
    min: 1,
    documentation: 'As log.roll.ms, which counts more, in hours.',
  },
  {
    name: 'log.roll.jitter.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: null,
    min: 0,
    fallback: { name: 'log.roll.jitter.hours', factor: 3_600_000 },
    documentation:
      'Random time taken off log.roll.ms so that segments do not roll all at once; log.roll.jitter.hours where it is not set.',
  },
  {
    name: 'log.roll.jitter.hours',
    type: 'INT',
    defaultValue: '0',
    min: 0,
    documentation: 'As log.roll.jitter.ms, which counts more, in hours.',
  },
  {
    name: 'log.cleanup.policy',
    type: 'LIST',
    isDynamic: true,
    defaultValue: 'delete',
    problemOf: cleanupPolicyProblem,
    documentation: 'What happens to old segments: delete, compact, both, or nothing (empty).',
  },
  ...CLEANER_CONFIGS,
  {
    name: 'log.retention.bytes',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '-1',
    documentation: 'Bytes a partition keeps; −1 for no bound.',
  },
  {
    name: 'log.retention.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: null,
    fallback: { name: 'log.retention.minutes', factor: 60_000 },
    documentation:
      'How long records are kept; −1 for ever; log.retention.minutes where it is not set.',
  },
  {
    name: 'log.retention.minutes',
    type: 'INT',
    defaultValue: null,
    fallback: { name: 'log.retention.hours', factor: 60 },
    documentation:
      'As log.retention.ms, which counts more, in minutes; log.retention.hours where it is not set.',
  },
  {
    name: 'log.retention.hours',
    type: 'INT',
    defaultValue: '168',
    documentation: 'As log.retention.minutes, which counts more, in hours.',
  },
  {
    name: 'log.retention.check.interval.ms',
    type: 'LONG',
    defaultValue: '300000',
    min: 1,
    documentation: 'How often old segments are looked for.',
  },
  {
    name: 'log.segment.delete.delay.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '60000',
    min: 0,
    documentation: 'How long the files of deleted segments and topics are kept.',
  },
  {
    name: 'log.index.interval.bytes',
    type: 'INT',
    isDynamic: true,
    defaultValue: '4096',
    min: 0,
    documentation: 'Bytes of log between two entries of the offset index.',
  },
  {
    name: 'log.index.size.max.bytes',
    type: 'INT',
    isDynamic: true,
    defaultValue: '10485760',
    min: 4,
    documentation: 'Size of the index file of one segment.',
  },
  {
    name: 'log.flush.interval.messages',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '1',
    min: 1,
    documentation: `Records written before the log is synced; Kafka's default is ${LONG_MAX}.`,
  },
  {
    name: 'log.flush.interval.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: null,
    min: 0,
    fallback: { name: 'log.flush.scheduler.interval.ms', factor: 1 },
    documentation: 'Time after which a written record is synced; never where it is not set.',
  },
  {
    name: 'log.message.timestamp.type',
    type: 'STRING',
    isDynamic: true,
    defaultValue: 'CreateTime',
    allowed: ['CreateTime', 'LogAppendTime'],
    documentation: 'Whether a record carries the time the producer gave it or that of the append.',
  },
  {
    name: 'log.message.timestamp.before.max.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: LONG_MAX,
    min: 0,
    documentation: "How far a record's timestamp may lie before the broker's clock.",
  },
  {
    name: 'log.message.timestamp.after.max.ms',
    type: 'LONG',
    isDynamic: true,
    defaultValue: '3600000',
    min: 0,
    documentation: "How far a record's timestamp may lie after the broker's clock.",
  },
  {
    name: 'socket.request.max.bytes',
    type: 'INT',
    defaultValue: '104857600',
    min: 1,
    documentation: 'The largest request.',
  },
  {
    name: 'queued.max.request.bytes',
    type: 'LONG',
    defaultValue: '268435456',
    min: 1048576,
    documentation:
      'Bytes of requests in memory over all connections, past which sockets are not read. Kafka has no bound by default.',
  },
  {
    name: 'max.connections',
    type: 'INT',
    isDynamic: true,
    defaultValue: '20000',
    min: 1,
    documentation:
      'Connections at one time; Kafka has no bound by default. More are closed at once, where Kafka lets them wait. Also ' +
      'as listener.name.{listener}.max.connections, which has no bound by default.',
  },
  {
    name: 'max.connections.per.ip',
    type: 'INT',
    isDynamic: true,
    defaultValue: '2147483647',
    min: 0,
    documentation: 'Connections of one client address at one time; more are closed at once.',
  },
  {
    name: 'max.connections.per.ip.overrides',
    type: 'STRING',
    isDynamic: true,
    defaultValue: '',
    problemOf: addressLimitsProblem,
    documentation:
      'The same for single addresses: a list of address:count. Unlike Kafka, names are not looked up.',
  },
  {
    name: 'max.connection.creation.rate',
    type: 'INT',
    isDynamic: true,
    defaultValue: '2147483647',
    min: 0,
    documentation:
      'Connections in a second. What comes faster waits for its first request, at most 10 seconds, or is closed. Also as ' +
      'listener.name.{listener}.max.connection.creation.rate.',
  },
  {
    name: 'connections.max.idle.ms',
    type: 'LONG',
    defaultValue: '600000',
    min: 1,
    documentation: 'A connection without requests for this long is closed.',
  },
  {
    name: 'fetch.max.bytes',
    type: 'INT',
    defaultValue: '57671680',
    min: 1024,
    documentation: 'The most bytes of records in one fetch answer.',
  },
  {
    name: 'max.incremental.fetch.session.cache.slots',
    type: 'INT',
    defaultValue: '1000',
    min: 0,
    documentation: 'Fetch sessions kept at one time (KIP-227).',
  },
  {
    name: 'group.initial.rebalance.delay.ms',
    type: 'INT',
    defaultValue: '3000',
    min: 0,
    documentation: 'How long an empty group waits for more members before its first rebalance.',
  },
  {
    name: 'group.min.session.timeout.ms',
    type: 'INT',
    defaultValue: '6000',
    min: 0,
    documentation: 'The shortest session timeout a member may ask for.',
  },
  {
    name: 'group.max.session.timeout.ms',
    type: 'INT',
    defaultValue: '1800000',
    min: 0,
    documentation: 'The longest session timeout a member may ask for.',
  },
  {
    name: 'group.max.size',
    type: 'INT',
    defaultValue: '2147483647',
    min: 1,
    documentation: 'The most members in one group.',
  },
  {
    name: 'offset.metadata.max.bytes',
    type: 'INT',
    defaultValue: '4096',
    min: 0,
    documentation: 'The longest metadata text of a committed offset.',
  },
  {
    name: 'offsets.retention.minutes',
    type: 'INT',
    defaultValue: '10080',
    min: 1,
    documentation: 'How long the committed offsets of a group without members are kept.',
  },
  {
    name: 'offsets.retention.check.interval.ms',
    type: 'LONG',
    defaultValue: '600000',
    min: 1,
    documentation: 'How often committed offsets are looked through for old ones.',
  },
  {
    name: 'telemetry.max.bytes',
    type: 'INT',
    defaultValue: '1048576',
    min: 1,
    documentation:
      'The most bytes of metrics that a client may push at a time, as they come (KIP-714).',
  },
];

/** Every broker config of Kafka 4.3 by its name, those that this version does not act on as well. */
export const ALL_BROKER_CONFIGS: ReadonlyMap<string, ConfigDefinition> = new Map(
  [...BROKER_CONFIGS, ...INERT_BROKER_CONFIGS].map((definition) => [definition.name, definition]),
);

/** A config value that cannot be used; the message names it and says what was expected. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** What can be set for one listener, as `listener.name.{listener}.{name}`; the listener's name is in small letters. */
const LISTENER_CONFIGS = ['max.connections', 'max.connection.creation.rate'] as const;
export type ListenerConfigName = (typeof LISTENER_CONFIGS)[number];

const LISTENER_PREFIX = 'listener.name.';

/** The definition of a config of one listener; undefined for every other name. */
export function listenerConfig(name: string): ConfigDefinition | undefined {
  if (!name.startsWith(LISTENER_PREFIX) || name !== name.toLowerCase()) return undefined;
  const suffix = LISTENER_CONFIGS.find((one) => name.endsWith(`.${one}`));
  if (suffix === undefined || name.length <= LISTENER_PREFIX.length + suffix.length)
    return undefined;
  const { type, min, documentation } = ALL_BROKER_CONFIGS.get(suffix)!;
  const fallback = { name: suffix, factor: 1 };
  return {
    name,
    type,
    isDynamic: true,
    min: min ?? 0,
    defaultValue: null,
    fallback,
    documentation,
  };
}

/** The listener that a config of one listener is for, in small letters; null for every other name. */
export function listenerOf(name: string): string | null {
  const suffix = listenerConfig(name)?.fallback?.name;
  return suffix === undefined ? null : name.slice(LISTENER_PREFIX.length, -suffix.length - 1);
}

/** Undefined for what is no broker config. */
export function brokerConfig(name: string): ConfigDefinition | undefined {
  return ALL_BROKER_CONFIGS.get(name) ?? listenerConfig(name);
}

type Values = ReadonlyMap<string, string>;

/** What was set while the broker ran: for this broker, and for all of the cluster. */
export interface DynamicValues {
  readonly broker: Values;
  readonly cluster: Values;
}

const NO_VALUES: Values = new Map();
const DEFAULTS: Values = new Map(
  [...ALL_BROKER_CONFIGS.values()].flatMap(({ name, defaultValue }) =>
    defaultValue === null ? [] : [[name, defaultValue] as const],
  ),
);

/**
 * The broker's configuration under Kafka's names: what was set at run time over what it was started with over the
 * defaults. Whoever keeps a value of a dynamic config must listen to changes.
 */
export class BrokerConfig {
  readonly #given = new Map<string, string>();
  #dynamic: DynamicValues = { broker: NO_VALUES, cluster: NO_VALUES };
  /** Bound: the parts of the program that keep values. */
  readonly #listeners: (() => void)[] = [];

  /** Throws `ConfigError` for an unknown name or a value out of range. */
  constructor(given: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(given)) {
      const definition = brokerConfig(name);
      if (definition === undefined) {
        throw new ConfigError(
          `Unknown broker config ${name}.${didYouMean(name, ALL_BROKER_CONFIGS.keys())}`,
        );
      }
      const problem = configProblem(definition, value);
      if (problem !== null) throw new ConfigError(problem);
      this.#given.set(name, value.trim());
    }
  }

  /** Gives inert configs the values that stand for what the broker was started with in another way. */
  setStarted(values: Values): void {
    for (const [name, value] of values) this.#given.set(name, value);
  }

  /** Where values come from, the strongest first. */
  get layers(): readonly { readonly source: number; readonly values: Values }[] {
    return [
      { source: ConfigSource.DYNAMIC_BROKER, values: this.#dynamic.broker },
      { source: ConfigSource.DYNAMIC_DEFAULT_BROKER, values: this.#dynamic.cluster },
      { source: ConfigSource.STATIC_BROKER, values: this.#given },
      { source: ConfigSource.DEFAULT, values: DEFAULTS },
    ];
  }

  /** Replaces what was set at run time; the values must have been checked. Tells the listeners. */
  setDynamic(values: DynamicValues): void {
    this.#dynamic = values;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after each change at run time. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Kafka's text form; null when the config has neither value nor default. */
  text(name: string): string | null {
    const definition = ALL_BROKER_CONFIGS.get(name);
    if (definition === undefined) throw new Error(`${name} is not a broker config of this version`);
    const own = this.ownText(name);
    const { fallback } = definition;
    if (own !== null || fallback === undefined) return own;
    if (fallback.factor === 1) return this.text(fallback.name);
    const value = this.number(fallback.name);
    // Of all these only "no limit" is negative.
    return value < 0 ? '-1' : String(value * fallback.factor);
  }

  /** As `text`, without the value that another config stands in with. */
  ownText(name: string): string | null {
    const { broker, cluster } = this.#dynamic;
    const set = broker.get(name) ?? cluster.get(name) ?? this.#given.get(name);
    return set ?? DEFAULTS.get(name) ?? null;
  }

  /** The config of one listener; `Infinity` where it has none, since the broker's own bounds all listeners. */
  listenerNumber(listener: string, name: ListenerConfigName): number {
    const text = this.ownText(`${LISTENER_PREFIX}${listener.toLowerCase()}.${name}`);
    return text === null ? Number.POSITIVE_INFINITY : configNumber(text);
  }

  /** `Infinity` for Kafka's largest long. */
  number(name: string): number {
    return configNumber(this.text(name)!);
  }

  boolean(name: string): boolean {
    return this.text(name)!.toLowerCase() === 'true';
  }
}
