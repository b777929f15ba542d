import { ConfigError, hostPort, type ListenerAddress } from '@millrace/broker';
import type { GivenConfig } from './config-sources.ts';
import {
  advertisedListeners,
  boundListeners,
  checkAdvertisedHost,
  type KafkaListener,
  type ListenerRoles,
  listenersBehind,
} from './kafka-listeners.ts';

/** What the command line says of the one listener; undefined where it says nothing. */
export interface ListenerOptions {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly advertisedHost: string | undefined;
  readonly advertisedPort: number | undefined;
}

export interface ListenerSettings {
  readonly value: readonly ListenerAddress[];
  /** For people: where what is bound was said. */
  readonly origin: string;
  /** For people: where what clients are told was said. */
  readonly advertisedOrigin: string;
}

type Configs = ReadonlyMap<string, GivenConfig>;

interface Bound {
  readonly listeners: readonly KafkaListener[];
  readonly origin: string;
}

/**
 * From options, `listeners` and `advertised.listeners`. The options describe one listener and count more than the
 * configs; beside several listeners they are refused. Throws `ConfigError`.
 */
export function listenerSettings(options: ListenerOptions, configs: Configs): ListenerSettings {
  const roles: ListenerRoles = {
    controllers: configs.get('controller.listener.names')?.value ?? null,
    protocols: configs.get('listener.security.protocol.map')?.value ?? null,
  };
  const bound = withBindOptions(options, configs, roles);
  const { told, origin: advertisedOrigin } = withAdvertisedOptions(options, configs, roles, bound);
  const value = bound.listeners.map(({ name, host, port }): ListenerAddress => {
    const advertised = told.get(name);
    return {
      name,
      host,
      port,
      advertisedHost: advertised?.host || null,
      advertisedPort: advertised?.port || null,
    };
  });
  return { value, origin: bound.origin, advertisedOrigin };
}

/** As in Kafka's `listeners`. */
export function listenersText(listeners: readonly ListenerAddress[]): string {
  return listeners.map(({ name, host, port }) => `${name}://${hostPort(host, port)}`).join(',');
}

/** As in Kafka's `advertised.listeners`; what is left out there is left to the broker. */
export function advertisedListenersText(listeners: readonly ListenerAddress[]): string {
  return listeners
    .map(({ name, host, port, advertisedHost, advertisedPort }) => {
      return `${name}://${hostPort(advertisedHost ?? host, advertisedPort ?? port)}`;
    })
    .join(',');
}

function withBindOptions(options: ListenerOptions, configs: Configs, roles: ListenerRoles): Bound {
  const { host, port } = options;
  const given = [host === undefined ? [] : '--host', port === undefined ? [] : '--port'].flat();
  // Both options together make the config that they stand for irrelevant.
  if (host !== undefined && port !== undefined) {
    const told = configs.get('advertised.listeners');
    const names = told === undefined ? [] : listenersBehind(told.value, originOf(told), roles);
    const name = names[0]?.name;
    return { listeners: [{ name: name ?? 'PLAINTEXT', host, port }], origin: given.join(', ') };
  }
  const bound = configuredListeners(configs, roles);
  if (given.length === 0) return bound;
  const [listener] = onlyListener(bound, given);
  return {
    listeners: [{ name: listener.name, host: host ?? listener.host, port: port ?? listener.port }],
    origin: [...given, bound.origin].join(', '),
  };
}

function configuredListeners(configs: Configs, roles: ListenerRoles): Bound {
  const listeners = configs.get('listeners');
  if (listeners !== undefined) {
    const origin = originOf(listeners);
    return { listeners: boundListeners(listeners.value, origin, roles), origin };
  }
  const advertised = configs.get('advertised.listeners');
  if (advertised === undefined) {
    // Kafka binds all addresses. Without security that is for those who ask for it.
    const listener = { name: 'PLAINTEXT', host: '127.0.0.1', port: 9092 };
    return { listeners: [listener], origin: 'default' };
  }
  const origin = originOf(advertised);
  if (advertised.origin === 'KAFKA_ADVERTISED_LISTENERS') {
    return { listeners: listenersBehind(advertised.value, origin, roles), origin };
  }
  // Who tells clients an address means to be reached there: Kafka's default for `listeners`.
  return { listeners: [{ name: 'PLAINTEXT', host: '', port: 9092 }], origin };
}

function withAdvertisedOptions(
  options: ListenerOptions,
  configs: Configs,
  roles: ListenerRoles,
  bound: Bound,
): { readonly told: ReadonlyMap<string, { host: string; port: number }>; readonly origin: string } {
  const config = configs.get('advertised.listeners');
  const origin = config === undefined ? 'default' : originOf(config);
  const told = new Map(
    advertisedListeners(config?.value ?? '', origin, roles, bound.listeners).map((one) => [
      one.name,
      one,
    ]),
  );
  const { advertisedHost: host, advertisedPort: port } = options;
  if (host === undefined && port === undefined) return { told, origin };
  const given = [
    host === undefined ? [] : '--advertised-host',
    port === undefined ? [] : '--advertised-port',
  ].flat();
  const [{ name }] = onlyListener(bound, given);
  if (host !== undefined) checkAdvertisedHost(host, '--advertised-host');
  const before = told.get(name);
  told.set(name, { name, host: host ?? before?.host ?? '', port: port ?? before?.port ?? 0 });
  return { told, origin: given.join(', ') };
}

function onlyListener(bound: Bound, options: readonly string[]): readonly [KafkaListener] {
  const [listener, another] = bound.listeners;
  if (listener !== undefined && another === undefined) return [listener];
  throw new ConfigError(
    `${options.join(' and ')} cannot say which of the ${bound.listeners.length} listeners of ${bound.origin} is ` +
      'meant. Change listeners and advertised.listeners instead.',
  );
}

function originOf({ name, origin }: GivenConfig): string {
  return `${name} (${origin})`;
}
