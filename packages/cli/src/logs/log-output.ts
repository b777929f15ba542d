import type { OutputStream } from '../process-context.ts';
import {
  BackgroundDestination,
  type LogDestination,
  streamDestination,
} from './log-destination.ts';
import type { LogEntry } from './log-entry.ts';

export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogOutputOptions {
  readonly format: LogFormat;
  readonly now: () => number;
  readonly stream: OutputStream;
  /** The file descriptor behind `stream`; undefined where it is none. */
  readonly fd: number | undefined;
}

type Format = (entry: LogEntry) => void;

/** Writes log entries as lines. Nothing waits for the log's reader, and the end of the program loses no line. */
export class LogOutput {
  readonly #destination: LogDestination;
  readonly #format: Format;

  private constructor(destination: LogDestination, format: Format) {
    this.#destination = destination;
    this.#format = format;
  }

  static async open(options: LogOutputOptions): Promise<LogOutput> {
    const { stream, fd, now } = options;
    const destination =
      fd === undefined
        ? streamDestination(stream)
        : new BackgroundDestination(fd, (lines) => output.write(lostEntry(lines)));
    const text = (entry: LogEntry) => destination.write(textLine(entry, now()));
    const format = options.format === 'text' ? text : await jsonFormat(destination, options);
    const output = new LogOutput(destination, format);
    return output;
  }

  write(entry: LogEntry): void {
    this.#format(entry);
  }

  /** Resolves once every line is written, or its reader has had its chance. */
  flush(): Promise<void> {
    return this.#destination.flush();
  }

  /** The same, for when nothing asynchronous runs any more. */
  flushSync(): void {
    this.#destination.flushSync();
  }
}

/** Loaded only where it is asked for: a start with a log for people does not pay for the library. */
async function jsonFormat(destination: LogDestination, { now }: LogOutputOptions): Promise<Format> {
  const { pino } = await import('pino');
  const logger = pino(
    {
      // Whoever writes has asked the loggers.
      level: 'trace',
      // The host and the process are what collectors add themselves.
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (entry) => logger[entry.level]({ event: entry.event, ...entry.fields }, entry.message);
}

function lostEntry(lines: number): LogEntry {
  return {
    level: 'warn',
    event: 'log-lines-lost',
    message: `${lines} lines of this log are lost: they were read too slowly`,
    fields: { lines },
  };
}

function textLine({ level, message }: LogEntry, nowMs: number): string {
  return `${new Date(nowMs).toISOString()} ${level.toUpperCase()} ${message}\n`;
}
