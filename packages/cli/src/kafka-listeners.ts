import { isIPv4, isIPv6 } from 'node:net';
import { ConfigError, isWildcard } from '@millrace/broker';

/** `NAME://host:port`, as in Kafka's `listeners`. */
export interface KafkaListener {
  /** In capitals, as Kafka compares them. */
  readonly name: string;
  /** Empty where it is left out. */
  readonly host: string;
  readonly port: number;
}

/** What else Kafka's configs say about listeners; null where they say nothing. */
export interface ListenerRoles {
  /** `controller.listener.names` */
  readonly controllers: string | null;
  /** `listener.security.protocol.map` */
  readonly protocols: string | null;
}

const PROTOCOLS = new Set(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']);

/**
 * The listeners for clients in `listeners`. Those for controllers are passed over: there is no quorum here. Throws
 * `ConfigError` when none remains, when one is not plaintext, and when two have one name or one address.
 */
export function boundListeners(
  text: string,
  origin: string,
  roles: ListenerRoles,
): readonly KafkaListener[] {
  const listeners = clientListeners(text, origin, roles);
  if (listeners.length === 0) {
    throw new ConfigError(`${origin}: expected a listener for clients, found none.`);
  }
  listeners.forEach((one, index) => {
    const other = listeners.slice(0, index).find((before) => areInEachOthersWay(before, one));
    if (other === undefined) return;
    throw new ConfigError(
      `${origin}: ${other.name} and ${one.name} both use port ${one.port}. Two listeners share a port only where one ` +
        'has an IPv4 address and the other an IPv6 address.',
    );
  });
  return listeners;
}

/**
 * What clients are told, from `advertised.listeners`. Throws `ConfigError` for what clients could not connect to and
 * for a name that `bound` does not have.
 */
export function advertisedListeners(
  text: string,
  origin: string,
  roles: ListenerRoles,
  bound: readonly KafkaListener[],
): readonly KafkaListener[] {
  const listeners = clientListeners(text, origin, roles);
  const names = bound.map(({ name }) => name);
  for (const { name, host } of listeners) {
    checkAdvertisedHost(host, origin);
    if (names.includes(name)) continue;
    throw new ConfigError(
      `${origin}: there is no listener ${name} to advertise; listeners has ${names.join(', ')}.`,
    );
  }
  return listeners;
}

/** The names and ports of `advertised.listeners`, on all addresses: how Kafka's image makes up for no `listeners`. */
export function listenersBehind(
  text: string,
  origin: string,
  roles: ListenerRoles,
): readonly KafkaListener[] {
  return clientListeners(text, origin, roles).map(({ name, port }) => ({ name, host: '', port }));
}

/** An empty host is none to check: it leaves the choice to the broker. */
export function checkAdvertisedHost(host: string, origin: string): void {
  if (host === '' || !isWildcard(host)) return;
  throw new ConfigError(
    `${origin}: ${host} binds all addresses, but no client can connect to it. Advertise a host that clients can reach.`,
  );
}

function clientListeners(text: string, origin: string, roles: ListenerRoles): KafkaListener[] {
  const controllers = new Set(listOf(roles.controllers ?? '').map((name) => name.toUpperCase()));
  const listeners = listOf(text)
    .map((one) => parseListener(one, origin))
    .filter(({ name }) => !controllers.has(name));
  const names = new Set<string>();
  for (const { name } of listeners) {
    if (names.has(name)) throw new ConfigError(`${origin}: listener ${name} is given twice.`);
    names.add(name);
    const protocol = protocolOf(name, origin, roles.protocols);
    if (protocol === 'PLAINTEXT') continue;
    throw new ConfigError(
      `${origin}: listener ${name} speaks ${protocol}; only PLAINTEXT is served until security is built.`,
    );
  }
  return listeners;
}

function parseListener(text: string, origin: string): KafkaListener {
  const match = /^([\w.-]+):\/\/(?:\[([0-9a-fA-F:.%]+)\]|([^:[\]/]*)):(\d+)$/.exec(text);
  const port = Number(match?.[4]);
  if (match === null || port > 65535) {
    throw new ConfigError(
      `${origin}: "${text}" is no listener; expected NAME://host:port, an IPv6 address in brackets.`,
    );
  }
  return { name: match[1]!.toUpperCase(), host: match[2] ?? match[3] ?? '', port };
}

/** The protocol that the map gives a listener; without an entry its name must be a protocol. */
function protocolOf(name: string, origin: string, map: string | null): string {
  for (const entry of listOf(map ?? '')) {
    const [listener, protocol] = entry.split(':');
    if (listener?.trim().toUpperCase() === name && protocol !== undefined) {
      return protocol.trim().toUpperCase();
    }
  }
  if (PROTOCOLS.has(name)) return name;
  throw new ConfigError(
    `${origin}: nothing says what listener ${name} speaks. Add ${name}:PLAINTEXT to listener.security.protocol.map.`,
  );
}

function areInEachOthersWay(one: KafkaListener, other: KafkaListener): boolean {
  if (one.port !== other.port || one.port === 0) return false;
  const areApart =
    (isIPv4(one.host) && isIPv6(other.host)) || (isIPv6(one.host) && isIPv4(other.host));
  return !areApart;
}

/** The entries of a comma-separated list. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
