// The one place where it stands what a request may cost. To tighten a limit: `npm run bench -- budget`, and write about 1.3
// times what it shows.

import type { FigureName, Figures } from './figures.ts';

export type Limits = Readonly<Partial<Record<FigureName, number>>>;

const KIB = 1024;

const NO_READS = { fileReads: 0.05 };
/** Beside the appends there is a sync for 16 MiB. */
const NOT_SYNCED = { syncs: 0.05 };
/** A collection may come within requests that do not bring it about. */
const FEW_COLLECTIONS = { markCompacts: 4 };

/** By the names of the workloads. What depends on how threads are scheduled has no limit, or one that leaves it room. */
export const LIMITS: Readonly<Record<string, Limits>> = {
  'produce-single': {
    ...{ ...NO_READS, ...NOT_SYNCED, ...FEW_COLLECTIONS },
    ...{ calls: 7, reads: 1.5, writes: 1.5, fileWrites: 1.3 },
    ...{ copies: 1.3, bufferBytes: 1 * KIB, heapBytes: 24 * KIB },
  },
  'produce-pipelined': {
    ...{ ...NO_READS, ...NOT_SYNCED, ...FEW_COLLECTIONS },
    ...{ calls: 2, reads: 0.35, writes: 0.35, fileWrites: 0.3 },
    ...{ copies: 1.3, bufferBytes: 1 * KIB, heapBytes: 17 * KIB },
  },
  'produce-synced': {
    ...{ ...NO_READS, ...FEW_COLLECTIONS, syncs: 0.3 },
    ...{ calls: 4.5, reads: 0.7, writes: 0.7, fileWrites: 0.3 },
    ...{ copies: 1.3, bufferBytes: 2 * KIB, heapBytes: 17 * KIB },
  },
  // What comes while the loop is at it is written in the next turn: nearly all together, or each by itself.
  'produce-connections': {
    ...{ ...NO_READS, ...NOT_SYNCED, ...FEW_COLLECTIONS },
    ...{ calls: 4.5, reads: 1.5, writes: 1.5, fileWrites: 1.3 },
    ...{ copies: 1.6, bufferBytes: 1 * KIB, heapBytes: 18 * KIB },
  },
  'produce-connections-synced': {
    ...{ ...NO_READS, ...FEW_COLLECTIONS, syncs: 0.04 },
    ...{ calls: 3.5, reads: 1.5, writes: 1.5, fileWrites: 0.04 },
    ...{ copies: 1.6, bufferBytes: 1 * KIB, heapBytes: 18 * KIB },
  },
  tail: {
    ...{ ...NO_READS, ...FEW_COLLECTIONS, syncs: 0.7 },
    ...{ calls: 12, reads: 2.5, writes: 2.5, fileWrites: 0.7 },
    ...{ copies: 0.65, bufferBytes: 1 * KIB, heapBytes: 28 * KIB },
  },
  'fetch-memory': {
    ...{ ...NO_READS, ...NOT_SYNCED, ...FEW_COLLECTIONS },
    ...{ calls: 6, reads: 1.5, writes: 1.5, fileWrites: 0.05 },
    ...{ copies: 0.01, bufferBytes: 3 * KIB, heapBytes: 28 * KIB },
  },
  'produce-debtor': {
    ...{ ...NO_READS, ...NOT_SYNCED, ...FEW_COLLECTIONS },
    ...{ calls: 2.2, reads: 0.35, writes: 0.35, fileWrites: 0.3 },
    ...{ copies: 1.3, bufferBytes: 1 * KIB, heapBytes: 14 * KIB },
  },
  'produce-large': {
    ...{ ...NO_READS, syncs: 0.3, markCompacts: 15 },
    ...{ calls: 26, reads: 8, writes: 4, fileWrites: 1.5 },
    ...{ copies: 2.6, bufferBytes: 8 * KIB, heapBytes: 48 * KIB },
  },
  'fetch-files': {
    ...{ ...NOT_SYNCED, ...FEW_COLLECTIONS, fileReads: 6.5 },
    ...{ calls: 80, reads: 9, writes: 14, fileWrites: 0.05 },
    ...{ copies: 0.01, bufferBytes: 30 * KIB, heapBytes: 90 * KIB },
  },
  'fetch-through': {
    ...{ ...NOT_SYNCED, ...FEW_COLLECTIONS, fileReads: 1.5 },
    ...{ calls: 30, reads: 4, writes: 4, fileWrites: 0.05 },
    ...{ copies: 0.01, bufferBytes: 8 * KIB, heapBytes: 60 * KIB },
  },
};

/** In a second, with 100 connections that do nothing. The broker's own timers are among it. */
export const IDLE_CALLS_LIMIT = 10;

const WORDS: Readonly<Record<FigureName, string>> = {
  calls: 'system calls a request',
  reads: 'reads of sockets and wake-ups a request',
  writes: 'writes to sockets and wake-ups a request',
  fileReads: 'reads of files a request',
  fileWrites: 'writes of files a request',
  syncs: 'syncs a request',
  handOvers: 'hand-overs between threads a request',
  copies: 'copies of each byte of the records',
  bufferBytes: 'bytes of new buffers a request',
  heapBytes: 'bytes of heap a request',
  scavenges: 'scavenges in 1,000 requests',
  markCompacts: 'collections of the whole heap in 1,000 requests',
};

/** A sentence for each figure that is above its limit; what could not be counted is not. */
export function excesses(
  workload: string,
  figures: Figures,
  limits: Limits = LIMITS[workload]!,
): string[] {
  return (Object.entries(limits) as [FigureName, number][]).flatMap(([name, limit]) => {
    const figure = figures[name];
    if (figure === null || figure <= limit) return [];
    return `${workload}: ${rounded(figure)} ${WORDS[name]}, where ${rounded(limit)} are allowed.`;
  });
}

export function rounded(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : String(Number(figure.toFixed(2)));
}
