import { isIP } from 'node:net';
import { type BoundListener, hostPort, isWildcard } from '@millrace/broker';

/** What of the machine decides who can connect; passed in so that tests can choose. */
export interface ListenerSurroundings {
  /** The addresses of a name, none where it cannot be resolved. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  /** True in a Docker or Podman container, which clients may reach through a published port. */
  readonly isContainer: boolean;
}

/** True when no other machine can connect, whatever it is told. */
export function isBoundToLoopback(listeners: readonly BoundListener[]): boolean {
  return listeners.every(({ host }) => isLoopback(host));
}

/**
 * One line a listener: what is bound and what clients are told. None where there is one listener and clients are told
 * what is bound: the address that is printed anyway.
 */
export function listenerLines(listeners: readonly BoundListener[]): readonly string[] {
  const [only, another] = listeners;
  if (only === undefined || (another === undefined && isToldAsBound(only))) return [];
  return listeners.map((listener) => {
    const { name, host, port, advertisedHost, advertisedPort } = listener;
    const bound = isWildcard(host) ? `all addresses, port ${port}` : hostPort(host, port);
    if (isToldAsBound(listener)) return `${name} on ${bound}`;
    if (advertisedHost !== null) {
      return `${name} on ${bound}; clients are told ${hostPort(advertisedHost, advertisedPort)}`;
    }
    const told = advertisedPort === port ? '' : ` with port ${advertisedPort}`;
    return `${name} on ${bound}; a client is told the address that it reached${told}`;
  });
}

/** What will keep clients from connecting, a sentence each with what to change; empty in the plain case. */
export async function listenerWarnings(
  listeners: readonly BoundListener[],
  surroundings: ListenerSurroundings,
): Promise<readonly string[]> {
  const found = await Promise.all(
    listeners.map(async (listener) => {
      const warning = await warningOf(listener, surroundings);
      return warning === null ? [] : [`${listener.name}: ${warning}`];
    }),
  );
  return found.flat();
}

async function warningOf(
  { host, port, advertisedHost, advertisedPort }: BoundListener,
  { lookup, isContainer }: ListenerSurroundings,
): Promise<string | null> {
  const bindAll = 'bind all addresses with --host 0.0.0.0';
  if (isLoopback(host) && isContainer) {
    return `${host} is inside the container, where no client outside of it can connect; ${bindAll}.`;
  }
  if (advertisedHost === null) {
    return isContainer
      ? 'clients that come through a published port are told an address inside the container; give the one that ' +
          'they can reach with --advertised-host, localhost for those on this host.'
      : null;
  }
  const addresses = isIP(advertisedHost) > 0 ? [advertisedHost] : await lookup(advertisedHost);
  const told = hostPort(advertisedHost, advertisedPort);
  if (addresses.length === 0) {
    return (
      `clients are told ${told}, but ${advertisedHost} does not resolve on this machine; clients that cannot resolve ` +
      'it either fail after their first connection. Mend the name or change --advertised-host.'
    );
  }
  const isToldLoopback = addresses.every(isLoopback);
  if (isToldLoopback && !isLoopback(host) && !isContainer) {
    const resolved = isLoopback(advertisedHost) ? '' : ` (${addresses.join(', ')} here)`;
    return (
      `clients are told ${told}${resolved}, so that those on other machines look for the broker on themselves; ` +
      'change --advertised-host.'
    );
  }
  if (!isToldLoopback && isLoopback(host)) {
    return (
      `clients are told ${told}, but only this machine can connect to ${hostPort(host, port)}; ${bindAll}, unless ` +
      'something forwards to it.'
    );
  }
  return null;
}

function isToldAsBound({ host, port, advertisedHost, advertisedPort }: BoundListener): boolean {
  return host === advertisedHost && port === advertisedPort;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
