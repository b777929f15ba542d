// Foreign programs: started, watched line by line, and gone when the test process is.

import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Written to the program's standard input, which is then closed. */
  readonly input?: string | Uint8Array;
  /** A file streamed to standard input, for inputs too large to hold. */
  readonly inputFile?: string;
  /** A file that takes standard output, for outputs too large to hold; `stdout` is then empty. */
  readonly outputFile?: string;
  readonly timeoutMs?: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** At most this much of each stream is kept in memory; what a test reads stays far below. */
const CAPTURE_LIMIT_BYTES = 64 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Children that still run. A test that fails half-way must not leave any behind, so whatever is in here when this
 * process ends is killed with it. Bounded by what one suite starts.
 */
const living = new Set<ChildProcess>();
process.on('exit', killPrograms);

/** Kills every program that still runs, as after a test that failed half-way. */
export function killPrograms(): void {
  for (const child of living) child.kill('SIGKILL');
}

function track(child: ChildProcess): ChildProcess {
  living.add(child);
  child.once('close', () => living.delete(child));
  child.once('error', () => living.delete(child));
  return child;
}

/** Runs a program to its end. Rejects when it cannot be started or takes longer than `timeoutMs`. */
export async function run(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Outcome> {
  const child = track(
    spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  );
  const stderr = new Capture();
  const stdout = new Capture();
  child.stderr!.on('data', (chunk: Buffer) => stderr.add(chunk));
  const written = options.outputFile
    ? pipeline(child.stdout!, createWriteStream(options.outputFile))
    : void child.stdout!.on('data', (chunk: Buffer) => stdout.add(chunk));

  // A program may end before it has read all its input; its exit code tells the story, not the broken pipe.
  child.stdin!.on('error', () => {});
  if (options.inputFile) createReadStream(options.inputFile).pipe(child.stdin!);
  else child.stdin!.end(options.input);

  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const title = [command, ...args].join(' ').slice(0, 400);
  const { code, signal } = await new Promise<Pick<Outcome, 'code' | 'signal'>>(
    (resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(
          new Error(
            `took longer than ${timeoutMs} ms: ${title}\n${stdout.tail()}\n${stderr.tail()}`,
          ),
        );
      }, timeoutMs);
      child.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        resolve({ code, signal });
      });
    },
  );
  await written;
  return { code, signal, stdout: stdout.text(), stderr: stderr.text() };
}

/** Like `run`, and rejects with the program's last output when its exit code is not 0. */
export async function runOk(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Outcome> {
  const outcome = await run(command, args, options);
  if (outcome.code !== 0) {
    const title = [command, ...args].join(' ').slice(0, 400);
    const ending = outcome.signal ?? `exit code ${outcome.code}`;
    throw new Error(
      `${ending}: ${title}\n${outcome.stdout.slice(-2000)}\n${outcome.stderr.slice(-4000)}`,
    );
  }
  return outcome;
}

class Capture {
  #chunks: Buffer[] = [];
  #sizeBytes = 0;

  add(chunk: Buffer): void {
    if (this.#sizeBytes >= CAPTURE_LIMIT_BYTES) return;
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  tail(): string {
    return this.text().slice(-4000);
  }
}

/** A program that stays: its lines are handed on as they come, and it is asked to end, then made to. */
export class Program {
  readonly #child: ChildProcess;
  readonly #title: string;
  /** The last lines of standard error, for the message of a failure. */
  readonly #errorTail: string[] = [];
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  constructor(
    command: string,
    args: readonly string[],
    onLine: (line: string) => void,
    options: Pick<ProgramOptions, 'env' | 'cwd'> & {
      readonly onErrorLine?: (line: string) => void;
    } = {},
  ) {
    this.#title = [command, ...args].join(' ').slice(0, 400);
    this.#child = track(
      spawn(command, args, {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    );
    this.#child.stdin!.on('error', () => {});
    splitLines(this.#child.stdout!, onLine);
    splitLines(this.#child.stderr!, (line) => {
      this.#errorTail.push(line);
      if (this.#errorTail.length > 60) this.#errorTail.shift();
      options.onErrorLine?.(line);
    });
    this.exited = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
    // Whoever awaits `exited` still sees the rejection; without a waiter it must not end the test process.
    this.exited.catch(() => {});
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it is and what it last said on standard error. */
  describe(): string {
    return `${this.#title}\n${this.#errorTail.join('\n')}`;
  }

  write(text: string): void {
    this.#child.stdin!.write(text);
  }

  endInput(): void {
    this.#child.stdin!.end();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks with SIGTERM, insists with SIGKILL after `graceMs`. */
  async stop(graceMs = 10_000): Promise<void> {
    if (!this.running) return;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.exited.catch(() => {});
    clearTimeout(timer);
  }
}

function splitLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  // An unfinished line grows with what the program writes without a newline: one JSON answer of a driver at most.
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
