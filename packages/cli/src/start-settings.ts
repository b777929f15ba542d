import { BROKER_CONFIGS, BrokerConfig, ConfigError } from '@millrace/broker';
import {
  type ConfigSources,
  collectConfigs,
  type GivenConfig,
  OPTION_CONFIGS,
} from './config-sources.ts';
import { clientListener, listOf } from './kafka-listeners.ts';

/** What the command line says itself; undefined where it says nothing. */
export interface StartOptions {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly advertisedHost: string | undefined;
  readonly dataDir: string | undefined;
}

/** A value and, for people, where it came from. */
export interface Setting<T> {
  readonly value: T;
  readonly origin: string;
}

export interface StartSettings {
  readonly port: Setting<number>;
  readonly host: Setting<string>;
  /** Undefined for the bound address. */
  readonly advertisedHost: Setting<string | undefined>;
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
  const { host, port, advertisedHost } = addressSettings(options, configs);
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
    port,
    host,
    advertisedHost,
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

type Configs = ReadonlyMap<string, GivenConfig>;

function addressSettings(
  options: StartOptions,
  configs: Configs,
): Pick<StartSettings, 'host' | 'port' | 'advertisedHost'> {
  const roles = {
    controllers: configs.get('controller.listener.names')?.value ?? null,
    protocols: configs.get('listener.security.protocol.map')?.value ?? null,
  };
  const listenerOf = (name: string) => {
    const given = configs.get(name);
    if (given === undefined) return undefined;
    const origin = `${name} (${given.origin})`;
    return { ...clientListener(given.value, origin, roles), origin };
  };
  // An option of the command line makes the config that it stands for irrelevant.
  const isBoundByOptions = options.host !== undefined && options.port !== undefined;
  const bound = isBoundByOptions ? undefined : listenerOf('listeners');
  const port = setting('--port', options.port, bound?.port, bound?.origin, 9092);
  // Kafka binds all addresses when the host is left out.
  const boundHost = bound?.host === '' ? '::' : bound?.host;
  const host = setting('--host', options.host, boundHost, bound?.origin, '127.0.0.1');
  if (options.advertisedHost !== undefined) {
    const advertisedHost = { value: options.advertisedHost, origin: '--advertised-host' };
    return { host, port, advertisedHost };
  }
  const told = listenerOf('advertised.listeners');
  if (told === undefined)
    return { host, port, advertisedHost: { value: undefined, origin: 'default' } };
  if (told.port !== port.value) {
    throw new ConfigError(
      `${told.origin}: clients would be told port ${told.port}, but the broker listens on ${port.value} ` +
        `(${port.origin}); the two must be the same.`,
    );
  }
  if (told.host === '')
    throw new ConfigError(`${told.origin}: expected a host that clients can reach.`);
  return { host, port, advertisedHost: { value: told.host, origin: told.origin } };
}

function dataDirSetting(options: StartOptions, configs: Configs): Setting<string> {
  const given = configs.get('log.dirs') ?? configs.get('log.dir');
  const directories = listOf(given?.value ?? '');
  const origin = `${given?.name} (${given?.origin})`;
  if (options.dataDir === undefined && directories.length > 1) {
    throw new ConfigError(
      `${origin}: ${directories.length} directories are given; one is used here.`,
    );
  }
  return setting('--data-dir', options.dataDir, directories[0], origin, './millrace-data');
}

function setting<T>(
  option: string,
  fromOption: T | undefined,
  fromConfig: T | undefined,
  configOrigin: string | undefined,
  defaultValue: T,
): Setting<T> {
  if (fromOption !== undefined) return { value: fromOption, origin: option };
  if (fromConfig !== undefined) return { value: fromConfig, origin: configOrigin ?? option };
  return { value: defaultValue, origin: 'default' };
}
