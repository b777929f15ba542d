import type { Cost } from './cost.ts';
import type { Calls } from './system-calls.ts';

/** All for one request, but `copies` for one byte of records, and the collections for 1,000 requests. */
export interface Figures {
  /** System calls; null, as all of them, where they cannot be counted. */
  readonly calls: number | null;
  /** Of sockets, and of what other threads wake the event loop by; `writes` the other way. */
  readonly reads: number | null;
  readonly writes: number | null;
  readonly fileReads: number | null;
  readonly fileWrites: number | null;
  readonly syncs: number | null;
  readonly handOvers: number | null;
  readonly copies: number;
  readonly bufferBytes: number;
  readonly heapBytes: number;
  readonly scavenges: number;
  readonly markCompacts: number;
}

export type FigureName = keyof Figures;

export const CALL_FIGURES: readonly FigureName[] = [
  ...(['calls', 'reads', 'writes', 'fileReads', 'fileWrites', 'syncs'] as const),
];

export function figuresOf(cost: Cost): Figures {
  const { calls, requests } = cost;
  const perRequest = (count: number | null) => (count === null ? null : count / requests);
  return {
    calls: perRequest(calls === null ? null : total(calls)),
    reads: perRequest(sumOf(calls, ['read', 'readv', 'recvfrom', 'recvmsg'])),
    writes: perRequest(sumOf(calls, ['write', 'writev', 'sendto', 'sendmsg'])),
    fileReads: perRequest(sumOf(calls, ['pread64', 'preadv', 'preadv2'])),
    fileWrites: perRequest(sumOf(calls, ['pwrite64', 'pwritev', 'pwritev2'])),
    syncs: perRequest(sumOf(calls, ['fdatasync', 'fsync', 'sync_file_range'])),
    handOvers: perRequest(cost.handOvers),
    copies: (cost.copiedBytesARequest * requests) / cost.recordBytes,
    bufferBytes: cost.bufferBytesARequest,
    heapBytes: cost.heapBytes / requests,
    scavenges: (1000 * cost.scavenges) / requests,
    markCompacts: (1000 * cost.markCompacts) / requests,
  };
}

export function total(calls: Calls): number {
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

/** The lesser of each: what else runs on the machine can only add to a count. */
export function leastOf(one: Figures, other: Figures): Figures {
  const names = Object.keys(one) as FigureName[];
  const least = names.map((name) => {
    const [first, second] = [one[name], other[name]];
    return [name, first === null || second === null ? null : Math.min(first, second)];
  });
  return Object.fromEntries(least) as Figures;
}

function sumOf(calls: Calls | null, names: readonly string[]): number | null {
  if (calls === null) return null;
  return names.reduce((sum, name) => sum + (calls.get(name) ?? 0), 0);
}
