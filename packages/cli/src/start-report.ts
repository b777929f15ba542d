import { relative } from 'node:path';
import { hostPort, isWildcard } from '@millrace/broker';
import { isBoundToLoopback, listenerLines } from './listener-report.ts';
import type { LogEntry } from './logs/log-entry.ts';
import type { RunningBroker } from './start-broker.ts';

export interface StartReport {
  readonly broker: RunningBroker;
  readonly tookMs: number;
  readonly pid: number;
  /** Of the HTTP endpoint; that of the first listener where it is undefined. */
  readonly httpHost: string | undefined;
  /** How this program is called from where it was started. */
  readonly program: string;
}

/** How people call the program, as far as npm has told the process how it was started. */
export function programName(environment: NodeJS.ProcessEnv): string {
  const event = environment.npm_lifecycle_event;
  if (event === 'start') return 'npm run --silent millrace --';
  return event === 'npx' ? 'npx millrace' : 'millrace';
}

/** What the program says on a terminal once the broker serves. */
export function startLines(report: StartReport): readonly string[] {
  const { broker, tookMs, pid, program } = report;
  const { listeners, bootstrap } = broker;
  const reach = isBoundToLoopback(listeners) ? 'for this machine only, ' : '';
  const metrics = metricsUrl(report);
  return [
    `Millrace is ready on ${bootstrap} (${reach}started in ${tookMs} ms, process ${pid})`,
    ...listenerLines(listeners).map((line) => `  listener  ${line}`),
    `  data      ${relative('.', broker.dataDir) || broker.dataDir}`,
    ...(metrics === null ? [] : [`  metrics   ${metrics}`]),
    `  produce   echo 'key:hello' | ${program} produce greetings -K : -b ${bootstrap}`,
    `       or   echo 'key:hello' | kcat -P -b ${bootstrap} -t greetings -K:`,
    `  consume   ${program} consume greetings -b ${bootstrap}`,
    `       or   kcat -C -b ${bootstrap} -t greetings -o beginning -e`,
  ];
}

/** The same for a program that reads the log. */
export function startEntry(report: StartReport): LogEntry {
  const { broker, tookMs, pid } = report;
  const { listeners, bootstrap, dataDir } = broker;
  return {
    level: 'info',
    event: 'broker-ready',
    message: `Millrace is ready on ${bootstrap}`,
    fields: { listeners, dataDir, metrics: metricsUrl(report), durationMs: tookMs, pid },
  };
}

function metricsUrl({ broker, httpHost }: StartReport): string | null {
  if (broker.httpPort === null) return null;
  const host = httpHost ?? broker.listeners[0]!.host;
  return `http://${hostPort(isWildcard(host) ? 'localhost' : host, broker.httpPort)}/metrics`;
}
