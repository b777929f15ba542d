import {
  ALL_BROKER_CONFIGS,
  BROKER_CONFIGS,
  ConfigError,
  KAFKA_BROKER_DEFAULTS,
  listenerConfig,
} from '@millrace/broker';
import { didYouMean } from '@millrace/broker/nearest-name';
import { parseProperties } from './properties-file.ts';

/** One config as somebody gave it. */
export interface GivenConfig {
  readonly name: string;
  readonly value: string;
  /** For people: `--set`, `KAFKA_NUM_PARTITIONS`, or `server.properties:12`. */
  readonly origin: string;
}

export interface ConfigSources {
  /** A property file; null when there is none. */
  readonly file: { readonly path: string; readonly text: string } | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `NAME=VALUE` each. */
  readonly set: readonly string[];
}

export interface CollectedConfigs {
  /** By name: what holds, after --set over environment over file. Only names that something here acts on. */
  readonly configs: ReadonlyMap<string, GivenConfig>;
  /** Sentences about what was given and is not acted on. */
  readonly warnings: readonly string[];
}

/** Kafka configs that stand for options of the command line (`start-settings.ts`). */
export const OPTION_CONFIGS = [
  'listeners',
  'advertised.listeners',
  'listener.security.protocol.map',
  'controller.listener.names',
  'log.dirs',
  'log.dir',
] as const;

/** Variables of Kafka's image and scripts that are no configs. */
const NOT_CONFIGS = new Set([
  'KAFKA_CLUSTER_ID',
  'KAFKA_GC_LOG_OPTS',
  'KAFKA_HEAP_OPTS',
  'KAFKA_HOME',
  'KAFKA_JMX_HOSTNAME',
  'KAFKA_JMX_OPTS',
  'KAFKA_JMX_PORT',
  'KAFKA_JVM_PERFORMANCE_OPTS',
  'KAFKA_LOG4J_LOGGERS',
  'KAFKA_LOG4J_OPTS',
  'KAFKA_LOG4J_ROOT_LOGLEVEL',
  'KAFKA_OPTS',
  'KAFKA_TOOLS_LOG4J_LOGLEVEL',
  'KAFKA_VERSION',
]);

const ACTED_ON = new Set<string>([...BROKER_CONFIGS.map(({ name }) => name), ...OPTION_CONFIGS]);

/**
 * Throws `ConfigError` for a name in the file or in --set that Kafka does not know, and for one in --set that has no
 * effect here: that was typed for this broker.
 */
export function collectConfigs(sources: ConfigSources): CollectedConfigs {
  const configs = new Map<string, GivenConfig>();
  const warnings: string[] = [];
  const inert: GivenConfig[] = [];
  const take = (given: GivenConfig) => {
    if (isActedOn(given.name)) configs.set(given.name, given);
    else inert.push(given);
  };
  for (const given of fileConfigs(sources.file)) {
    if (!isKafkas(given.name)) throw new ConfigError(unknownConfig(given));
    take(given);
  }
  for (const given of environmentConfigs(sources.environment)) {
    // Others use the prefix too, such as a Kubernetes service that is called kafka.
    if (isKafkas(given.name)) take(given);
    else warnings.push(unknownConfig(given));
  }
  for (const given of setConfigs(sources.set)) {
    if (!isKafkas(given.name)) throw new ConfigError(unknownConfig(given));
    if (!isActedOn(given.name)) {
      const because = ALL_BROKER_CONFIGS.get(given.name)?.fixedBecause;
      throw new ConfigError(
        `${given.name} has no effect here${because === undefined ? '.' : `: ${because}`}`,
      );
    }
    take(given);
  }
  if (inert.length > 0) {
    const list = inert.map(({ name, origin }) => `${name} (${origin})`).join(', ');
    warnings.push(`Kafka configs without effect here: ${list}. See docs/configs.md.`);
  }
  return { configs, warnings };
}

function fileConfigs(file: ConfigSources['file']): GivenConfig[] {
  if (file === null) return [];
  const lines = parseProperties(file.text);
  return lines.map(({ name, value, line }) => ({ name, value, origin: `${file.path}:${line}` }));
}

/** As Kafka's official image reads them: `_` is a dot, `__` an underscore, `___` a dash. */
function environmentConfigs(environment: ConfigSources['environment']): GivenConfig[] {
  const given: GivenConfig[] = [];
  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || !variable.startsWith('KAFKA_') || NOT_CONFIGS.has(variable))
      continue;
    const name = variable
      .slice('KAFKA_'.length)
      .toLowerCase()
      .replace(/___|__|_/g, (run) => (run === '___' ? '-' : run === '__' ? '_' : '.'));
    given.push({ name, value, origin: variable });
  }
  return given;
}

function setConfigs(pairs: readonly string[]): GivenConfig[] {
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new ConfigError(`--set ${pair}: expected NAME=VALUE`);
    return { name: pair.slice(0, at), value: pair.slice(at + 1), origin: '--set' };
  });
}

function isActedOn(name: string): boolean {
  return ACTED_ON.has(name) || listenerConfig(name) !== undefined;
}

function isKafkas(name: string): boolean {
  return KAFKA_BROKER_DEFAULTS.has(name) || ACTED_ON.has(name) || name.startsWith('listener.name.');
}

function unknownConfig({ name, origin }: GivenConfig): string {
  return `Unknown broker config ${name} (${origin}).${didYouMean(name, KAFKA_BROKER_DEFAULTS.keys())}`;
}
