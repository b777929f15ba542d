import type { LogLevel as LoggersLevel } from '@millrace/broker';

/** From the least to the most severe, as `--log-level` takes them. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of the log. Names of events and fields stay as they are: people search for them. */
export interface LogEntry {
  readonly level: LogLevel;
  /** What happened, such as `connection-refused`. */
  readonly event: string;
  /** The same for people. */
  readonly message: string;
  /** JSON values. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** As the broker's loggers spell it. */
export function loggersLevel(level: LogLevel): LoggersLevel {
  return level.toUpperCase() as LoggersLevel;
}
