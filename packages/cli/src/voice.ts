import type { Loggers } from '@millrace/broker';
import { type LogEntry, loggersLevel } from './logs/log-entry.ts';
import type { LogOutput } from './logs/log-output.ts';
import type { ProcessContext } from './process-context.ts';
import { type StartReport, startEntry, startLines } from './start-report.ts';

/** How the program speaks of its own life: to people on a terminal, or to a program that reads its log. */
export interface Voice {
  /** What an operator should know of the configs. */
  warn(warnings: readonly string[]): void;
  ready(report: StartReport): void;
  /** Something that may keep clients from connecting. */
  note(text: string): void;
  closing(signal: string): void;
  closed(): void;
}

/** Lines on standard output, warnings about configs on standard error. */
export function terminalVoice({ stdout, stderr }: ProcessContext): Voice {
  const say = (line: string) => stdout.write(`${line}\n`);
  return {
    warn(warnings) {
      for (const warning of warnings) stderr.write(`millrace: ${warning}\n`);
    },
    ready(report) {
      for (const line of startLines(report)) say(line);
    },
    note: (text) => say(`  note      ${text}`),
    closing: (signal) => say(`Millrace received ${signal}, closing…`),
    closed: () => say('Millrace is closed; everything is on disk.'),
  };
}

/** Everything is an entry of the log, and standard output stays silent. */
export function logVoice(log: LogOutput, loggers: Loggers): Voice {
  const write = (entry: LogEntry) => {
    if (loggers.isOn('root', loggersLevel(entry.level))) log.write(entry);
  };
  const info = (event: string, message: string, fields: LogEntry['fields'] = {}) =>
    write({ level: 'info', event, message, fields });
  const warn = (event: string, message: string) =>
    write({ level: 'warn', event, message, fields: {} });
  return {
    warn(warnings) {
      for (const message of warnings) warn('config-warning', message);
    },
    ready: (report) => write(startEntry(report)),
    note: (message) => warn('listener-note', message),
    closing: (signal) => info('broker-closing', `received ${signal}, closing`, { signal }),
    closed: () => info('broker-closed', 'closed; everything is on disk'),
  };
}
