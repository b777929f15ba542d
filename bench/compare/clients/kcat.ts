// kcat: librdkafka with next to nothing around it.

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Program, runOk } from '../../../interop/harness/program.ts';

const TIMEOUT_MS = 300_000;

export interface KcatConsumer {
  readonly bootstrap: string;
  readonly topic: string;
  /** It ends when it has read this many, from the beginning of the topic on. */
  readonly records: number;
}

export function kcatConsumerArguments({ bootstrap, topic, records }: KcatConsumer): string[] {
  // An empty format prints nothing.
  return ['-C', '-b', bootstrap, '-t', topic, '-o', 'beginning', '-c', String(records), '-f', ''];
}

/** Resolves when it has read all, with the time that took, in ms; its start is some hundredths of a second of it. */
export async function kcatConsume(consumer: KcatConsumer): Promise<number> {
  const startedMs = performance.now();
  await ended(startKcatConsumer(consumer).program);
  return performance.now() - startedMs;
}

export interface StartedKcat {
  readonly program: Program;
  /** Resolves once it has found the topic's end, when that is empty. */
  readonly atEnd: Promise<void>;
}

export function startKcatConsumer(consumer: KcatConsumer): StartedKcat {
  const reached = Promise.withResolvers<void>();
  const program = new Program('kcat', kcatConsumerArguments(consumer), () => {}, {
    onErrorLine: (line) => {
      if (line.includes('Reached end of topic')) reached.resolve();
    },
  });
  program.exited.then(() => reached.resolve(), reached.reject);
  return { program, atEnd: reached.promise };
}

/** Rejects when the program fails, or takes minutes. */
export async function ended(program: Program): Promise<void> {
  const timer = setTimeout(() => program.signal('SIGKILL'), TIMEOUT_MS);
  const { code, signal } = await program.exited;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${signal ?? `exit code ${code}`}: ${program.describe()}`);
}

export interface KcatProducer {
  readonly bootstrap: string;
  readonly topic: string;
  /** A file that `writeLines` made, and how often it is sent. */
  readonly file: string;
  readonly times: number;
}

/** Records of a file that `writeLines` makes. */
export const LINES = 50_000;

/** Writes a file of lines into `directory`, each of which kcat makes a record. */
export function writeLines(directory: string, recordBytes: number): string {
  const path = join(directory, 'lines');
  const some = Buffer.from(`${'x'.repeat(recordBytes)}\n`.repeat(LINES / 100));
  const file = openSync(path, 'w');
  for (let part = 0; part < 100; part++) writeSync(file, some);
  closeSync(file);
  return path;
}

export function kcatProducerCommand({ bootstrap, topic, file, times }: KcatProducer): string {
  return `for i in $(seq ${times}); do cat ${file}; done | kcat -P -b ${bootstrap} -t ${topic}`;
}

/** With librdkafka's defaults, acks=all among them. Resolves with the time that it took, in ms. */
export async function kcatProduce(producer: KcatProducer): Promise<number> {
  const startedMs = performance.now();
  await runOk('sh', ['-c', kcatProducerCommand(producer)], { timeoutMs: TIMEOUT_MS });
  return performance.now() - startedMs;
}
