import { BlockList, isIP } from 'node:net';

export type HostKind = 'loopback' | 'unspecified' | 'private' | 'public' | 'name';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('169.254.0.0', 16, 'ipv4');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** What can be told of a host from how it is written. */
export function hostKind(host: string): HostKind {
  const family = isIP(host);
  if (family === 0) return /^localhost\.?$/i.test(host) ? 'loopback' : 'name';
  if (/^0\.0\.0\.0$|^(0*:)+0*$/.test(host)) return 'unspecified';
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (LOOPBACK.check(host, type)) return 'loopback';
  return PRIVATE.check(host, type) ? 'private' : 'public';
}

/** A name without a dot, which only its own network knows: that of a container, as a rule. */
export function isBareName(host: string): boolean {
  return hostKind(host) === 'name' && !host.includes('.');
}
