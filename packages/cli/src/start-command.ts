import { EventSurface, type ListenerAddress, type Loggers } from '@millrace/broker';
import { systemClock } from '@millrace/storage';
import { CommandError } from './command/errors.ts';
import { collectWhenIdle, ownHeap } from './idle-collection.ts';
import { listenerWarnings } from './listener-report.ts';
import { EventLog, eventLoggers } from './logs/event-log.ts';
import type { LogLevel } from './logs/log-entry.ts';
import { type LogFormat, LogOutput } from './logs/log-output.ts';
import { machineSurroundings } from './machine-surroundings.ts';
import type { ProcessContext } from './process-context.ts';
import { type RunningBroker, startBroker } from './start-broker.ts';
import { programName } from './start-report.ts';
import { logVoice, terminalVoice, type Voice } from './voice.ts';

export interface StartCommandOptions {
  readonly listeners: readonly ListenerAddress[];
  readonly dataDir: string;
  readonly httpHost: string | undefined;
  readonly httpPort: number | undefined;
  readonly config: Readonly<Record<string, string>>;
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
  /** What an operator should know of the configs. */
  readonly warnings: readonly string[];
}

/** Runs a broker until SIGINT or SIGTERM; resolves to the exit code. */
export async function startCommand(
  options: StartCommandOptions,
  context: ProcessContext,
): Promise<number> {
  const { logFormat, logLevel, warnings, ...broker } = options;
  const log = await LogOutput.open({
    format: logFormat,
    now: context.now,
    stream: context.stderr,
    fd: context.stderrFd,
  });
  const events = new EventSurface();
  const loggers = eventLoggers(logLevel);
  const eventLog = new EventLog({
    events,
    loggers,
    clock: systemClock,
    write: (entry) => log.write(entry),
  });
  context.onExit?.(() => log.flushSync());
  const voice = logFormat === 'json' ? logVoice(log, loggers) : terminalVoice(context);
  try {
    voice.warn(warnings);
    return await runBroker({ ...broker, events, loggers }, voice, context);
  } finally {
    eventLog.close();
    await log.flush();
  }
}

interface RunOptions {
  readonly listeners: readonly ListenerAddress[];
  readonly dataDir: string;
  readonly httpHost: string | undefined;
  readonly httpPort: number | undefined;
  readonly config: Readonly<Record<string, string>>;
  readonly events: EventSurface;
  readonly loggers: Loggers;
}

async function runBroker(
  { httpHost, httpPort, ...rest }: RunOptions,
  voice: Voice,
  context: ProcessContext,
): Promise<number> {
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
  });
  const tookMs = Math.round(performance.now() - startedMs);
  const program = programName(context.environment);
  voice.ready({ broker, tookMs, pid: process.pid, httpHost, program });
  // Not waited for: a name server may take its time.
  void listenerWarnings(broker.listeners, machineSurroundings()).then((notes) => {
    for (const note of notes) voice.note(note);
  });
  const stopCollecting = collectWhenIdle(ownHeap(), systemClock);
  const signal = await signalled;
  stopCollecting();
  voice.closing(signal);
  await closeCleanly(broker);
  voice.closed();
  return 0;
}

/** A stop on a full disk, say: it writes down where all logs end, and there may be no room for that. */
async function closeCleanly(broker: RunningBroker): Promise<void> {
  try {
    await broker.close();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const hint = 'The next start checks what was written last.';
    throw new CommandError('STOP_NOT_CLEAN', `The stop was not clean: ${message}`, hint);
  }
}
