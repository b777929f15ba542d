import { isIPv6 } from 'node:net';

/** `host:port`, an IPv6 address in brackets. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A socket that takes IPv4 beside IPv6 writes `::ffff:192.0.2.1`; people and clients know it as `192.0.2.1`. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '');
}

/** True for what binds every address of the machine; nobody can connect to it. */
export function isWildcard(host: string): boolean {
  return host === '' || host === '0.0.0.0' || (isIPv6(host) && /^[0:]+$/.test(host));
}
