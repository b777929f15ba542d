import { relative } from 'node:path';
import { EventSurface, hostPort, isWildcard, type ListenerAddress } from '@millrace/broker';
import { eventLoggers, logEvents } from './event-log.ts';
import { isBoundToLoopback, listenerLines, listenerWarnings } from './listener-report.ts';
import { machineSurroundings } from './machine-surroundings.ts';
import type { ProcessContext } from './process-context.ts';
import { startBroker } from './start-broker.ts';

export interface StartCommandOptions {
  readonly listeners: readonly ListenerAddress[];
  readonly dataDir: string;
  readonly httpHost: string | undefined;
  readonly httpPort: number | undefined;
  readonly config: Readonly<Record<string, string>>;
}

/** Runs a broker until SIGINT or SIGTERM; resolves to the exit code. */
export async function startCommand(
  options: StartCommandOptions,
  context: ProcessContext,
): Promise<number> {
  const say = (line: string) => context.stdout.write(`${line}\n`);
  const events = new EventSurface();
  const loggers = eventLoggers();
  logEvents(events, loggers, (line) => context.stderr.write(`${line}\n`));
  const { httpHost, httpPort, ...rest } = options;
  // Before the start, so that a signal that comes while the broker opens its stores closes it too.
  const signalled = new Promise<string>((resolve) => {
    context.onSignal('SIGINT', () => resolve('SIGINT'));
    context.onSignal('SIGTERM', () => resolve('SIGTERM'));
  });
  const startedMs = performance.now();
  const broker = await startBroker({
    ...rest,
    ...(httpHost === undefined ? {} : { httpHost }),
    ...(httpPort === undefined ? {} : { httpPort }),
    events,
    loggers,
  });
  const tookMs = Math.round(performance.now() - startedMs);
  const reach = isBoundToLoopback(broker.listeners) ? 'for this machine only, ' : '';
  say(
    `Millrace is ready on ${broker.bootstrap} (${reach}started in ${tookMs} ms, process ${process.pid})`,
  );
  for (const line of listenerLines(broker.listeners)) say(`  listener  ${line}`);
  say(`  data      ${relative('.', broker.dataDir) || broker.dataDir}`);
  if (broker.httpPort !== null) {
    const host = httpHost ?? broker.listeners[0]!.host;
    const address = hostPort(isWildcard(host) ? 'localhost' : host, broker.httpPort);
    say(`  metrics   http://${address}/metrics`);
  }
  say(`  produce   echo 'key:hello' | kcat -P -b ${broker.bootstrap} -t greetings -K:`);
  say(`  consume   kcat -C -b ${broker.bootstrap} -t greetings -o beginning -e`);
  // Not waited for: a name server may take its time.
  void listenerWarnings(broker.listeners, machineSurroundings()).then((warnings) => {
    for (const warning of warnings) say(`  note      ${warning}`);
  });
  const signal = await signalled;
  say(`Millrace received ${signal}, closing…`);
  await broker.close();
  say('Millrace is closed; everything is on disk.');
  return 0;
}
