import { BROKER_CONFIGS, BrokerConfig, ConfigError } from '@millrace/broker';
import {
  type ConfigSources,
  collectConfigs,
  type GivenConfig,
  OPTION_CONFIGS,
} from './config-sources.ts';
import { listOf } from './kafka-listeners.ts';
import {
  type ListenerOptions,
  type ListenerSettings,
  listenerSettings,
} from './listener-settings.ts';

/** What the command line says itself; undefined where it says nothing. */
export interface StartOptions extends ListenerOptions {
  readonly dataDir: string | undefined;
}

/** A value and, for people, where it came from. */
export interface Setting<T> {
  readonly value: T;
  readonly origin: string;
}

export interface StartSettings {
  readonly listeners: ListenerSettings;
  readonly dataDir: Setting<string>;
  /** What was given, for `BrokerConfig`. */
  readonly config: Readonly<Record<string, string>>;
  /** Every broker config with its value; null when it has none. */
  readonly brokerConfigs: ReadonlyMap<string, Setting<string | null>>;
  readonly warnings: readonly string[];
}

/** Options over --set over environment over file over defaults. Throws `ConfigError`. */
export function startSettings(options: StartOptions, sources: ConfigSources): StartSettings {
  const { configs, warnings } = collectConfigs(sources);
  const names = new Set<string>(OPTION_CONFIGS);
  const given = [...configs.values()].filter(({ name }) => !names.has(name));
  for (const one of given) checkAlone(one);
  const config = Object.fromEntries(given.map(({ name, value }) => [name, value]));
  const broker = new BrokerConfig(config);
  const brokerConfigs = BROKER_CONFIGS.map(({ name }) => {
    const origin = configs.get(name)?.origin ?? 'default';
    return [name, { value: broker.text(name), origin }] as const;
  });
  return {
    listeners: listenerSettings(options, configs),
    dataDir: dataDirSetting(options, configs),
    config,
    brokerConfigs: new Map(brokerConfigs),
    warnings,
  };
}

/** So that a refusal says who gave the value. */
function checkAlone({ name, value, origin }: GivenConfig): void {
  try {
    new BrokerConfig({ [name]: value });
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${origin}: ${error.message}`) : error;
  }
}

function dataDirSetting(
  options: StartOptions,
  configs: ReadonlyMap<string, GivenConfig>,
): Setting<string> {
  const given = configs.get('log.dirs') ?? configs.get('log.dir');
  const directories = listOf(given?.value ?? '');
  const origin = `${given?.name} (${given?.origin})`;
  if (options.dataDir === undefined && directories.length > 1) {
    throw new ConfigError(
      `${origin}: ${directories.length} directories are given; one is used here.`,
    );
  }
  if (options.dataDir !== undefined) return { value: options.dataDir, origin: '--data-dir' };
  const [directory] = directories;
  return directory === undefined
    ? { value: './millrace-data', origin: 'default' }
    : { value: directory, origin };
}
