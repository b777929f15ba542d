import { readFile } from 'node:fs/promises';

/** Where the system does not tell: what Node raises its limit to on most of them. */
const UNKNOWN_LIMIT = 10_240;
/** For files of closed segments, recovery, the metadata, HTTP, and what the runtime opens. */
const RESERVED = 500;
const MIN_ACTIVE_FILES = 64;
const MAX_ACTIVE_FILES = 10_000;

/** How the files that this process may open are shared out. */
export interface OpenFileLimits {
  /** Files of segments that are written to. */
  readonly activeFiles: number;
  readonly connections: number;
}

/**
 * A quarter for the logs, the rest for connections: clients that take every descriptor must not keep the logs from
 * opening their files. Node raises its limit to the hard one as it starts, so this is `ulimit -Hn`.
 */
export function shareOpenFiles(limit: number): OpenFileLimits {
  const quarter = Math.floor(limit / 4);
  const activeFiles = Math.min(MAX_ACTIVE_FILES, Math.max(MIN_ACTIVE_FILES, quarter));
  return { activeFiles, connections: Math.max(1, limit - activeFiles - RESERVED) };
}

/** The limit of this process, from the content of Linux's `/proc/self/limits`; null when it is not in there. */
export function parseOpenFileLimit(limits: string): number | null {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  if (soft === 'unlimited') return Number.MAX_SAFE_INTEGER;
  return soft === undefined || !/^\d+$/.test(soft) ? null : Number(soft);
}

export async function openFileLimits(): Promise<OpenFileLimits> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  return shareOpenFiles(parseOpenFileLimit(limits) ?? UNKNOWN_LIMIT);
}
