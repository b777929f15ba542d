import type { Readable } from 'node:stream';

/** Standard output or standard error. */
export interface OutputStream {
  write(chunk: string | Uint8Array): unknown;
  /** Whether a person looks at it. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** True while what was written waits for its reader; `drain` says when that is over. */
  readonly writableNeedDrain?: boolean;
  once?(event: 'drain', listener: () => void): unknown;
}

/** What a command needs of the process around it; passed in so that tests can stand in for it. */
export interface ProcessContext {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The wall clock, in milliseconds since 1970. */
  now(): number;
  /** The file descriptor behind `stderr`; undefined where a test stands in for it. */
  readonly stderrFd?: number;
  /** Called while the process ends, when nothing asynchronous runs any more. */
  onExit?(listener: () => void): unknown;
  onSignal(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}
