import { ConfigError } from '@millrace/broker';

/** `NAME://host:port`, as in Kafka's `listeners`. */
export interface KafkaListener {
  readonly name: string;
  /** Empty for all addresses. */
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

/**
 * The one plaintext listener for clients in `listeners` or `advertised.listeners`. Those for controllers are passed
 * over: there is no quorum here. Throws `ConfigError` when what remains is not one, or not plaintext.
 */
export function clientListener(text: string, origin: string, roles: ListenerRoles): KafkaListener {
  const controllers = new Set(listOf(roles.controllers ?? ''));
  const listeners = listOf(text)
    .map((one) => parseListener(one, origin))
    .filter(({ name }) => !controllers.has(name));
  const [listener] = listeners;
  if (listener === undefined || listeners.length > 1) {
    const names = listeners.map(({ name }) => name).join(', ') || 'none';
    throw new ConfigError(`${origin}: expected one listener for clients, found ${names}.`);
  }
  const protocol = protocolOf(listener.name, roles.protocols);
  if (protocol !== 'PLAINTEXT') {
    throw new ConfigError(
      `${origin}: listener ${listener.name} speaks ${protocol}; only PLAINTEXT is served.`,
    );
  }
  return listener;
}

function parseListener(text: string, origin: string): KafkaListener {
  const match = /^([\w.-]+):\/\/(?:\[([0-9a-fA-F:.%]+)\]|([^:[\]/]*)):(\d+)$/.exec(text);
  const port = Number(match?.[4]);
  if (match === null || port > 65535) {
    throw new ConfigError(`${origin}: "${text}" is no listener; expected NAME://host:port.`);
  }
  return { name: match[1]!, host: match[2] ?? match[3] ?? '', port };
}

/** The protocol that the map gives a listener; without an entry the name is the protocol. */
function protocolOf(name: string, map: string | null): string {
  for (const entry of listOf(map ?? '')) {
    const [listener, protocol] = entry.split(':');
    if (listener === name && protocol !== undefined) return protocol.trim().toUpperCase();
  }
  return name.toUpperCase();
}

/** The entries of a comma-separated list. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
