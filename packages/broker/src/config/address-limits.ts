import { isIP, isIPv6 } from 'node:net';

/** The entries of `max.connections.per.ip.overrides`, by address as sockets write it. What is no entry is left out. */
export function addressLimits(text: string): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const entry of entriesOf(text)) {
    const parsed = parseEntry(entry);
    if (parsed !== null) limits.set(parsed.address, parsed.limit);
  }
  return limits;
}

/** Null when every entry is one, else one sentence. */
export function addressLimitsProblem(text: string): string | null {
  const wrong = entriesOf(text).find((entry) => parseEntry(entry) === null);
  return wrong === undefined
    ? null
    : `"${wrong}" is not address:count. Names are not looked up here: give the addresses that they stand for.`;
}

function entriesOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function parseEntry(entry: string): { readonly address: string; readonly limit: number } | null {
  const match = /^\[?([^[\]]+?)\]?:(\d+)$/.exec(entry);
  const [, address = '', count = ''] = match ?? [];
  if (isIP(address) === 0 || address.includes('%')) return null;
  return { address: canonical(address), limit: Number(count) };
}

function canonical(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
