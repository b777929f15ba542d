// The program under test: Millrace as a user starts it, in a process of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { scratchDirectory } from './scratch.ts';
import { until } from './until.ts';
import { answersApiVersions } from './wire.ts';

const root = join(import.meta.dirname, '..', '..');

/** A start with thousands of partitions, after a kill, on a machine that is busy. */
const START_TIMEOUT_MS = 120_000;

/** Set to try the suites on another broker, a real Kafka for one: `127.0.0.1:PORT`. */
export const externalBootstrap = process.env.MILLRACE_INTEROP_BOOTSTRAP;

export class Broker {
  readonly port: number;
  readonly dataDirectory: string;
  readonly #logFile: string;
  readonly #settings: readonly string[];
  readonly #flags: readonly string[];
  #process: ChildProcess | null = null;

  private constructor(
    port: number,
    directory: string,
    settings: readonly string[],
    flags: readonly string[],
    dataDirectory = join(directory, 'data'),
  ) {
    this.port = port;
    this.#settings = settings;
    this.#flags = flags;
    this.dataDirectory = dataDirectory;
    this.#logFile = join(directory, 'broker.log');
    process.on('exit', () => this.#process?.kill('SIGKILL'));
  }

  /**
   * Starts a broker with an empty data directory on a free port, or on the `listeners` among the settings, of which the
   * first must be on 127.0.0.1; or stands for the one named from outside. `settings` are `name=value`, `flags` further
   * arguments of `millrace start`; `dataDirectory` is a new one by default.
   */
  static async start(
    settings: readonly string[] = [],
    flags: readonly string[] = [],
    dataDirectory?: string,
  ): Promise<Broker> {
    if (externalBootstrap !== undefined) {
      return new Broker(Number(externalBootstrap.split(':').at(-1)), '/nonexistent', [], []);
    }
    const listeners = settings.find((setting) => setting.startsWith('listeners='));
    const port = listeners === undefined ? await freePort() : Number(/:(\d+)/.exec(listeners)![1]);
    const place = listeners === undefined ? ['--port', String(port)] : [];
    const directory = scratchDirectory('interop');
    const broker = new Broker(port, directory, settings, [...place, ...flags], dataDirectory);
    await broker.launch();
    return broker;
  }

  get bootstrap(): string {
    return `127.0.0.1:${this.port}`;
  }

  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('the broker is not running');
    return pid;
  }

  /** Starts the program on its port and data directory and waits until it answers ApiVersions. */
  async launch(): Promise<void> {
    const log = openSync(this.#logFile, 'a');
    // The program itself rather than `npm start` around it, so that its pid is the one to kill and to measure.
    const child = spawn(
      process.execPath,
      [
        '--conditions=@millrace/source',
        join(root, 'packages', 'cli', 'src', 'main.ts'),
        'start',
        '--data-dir',
        this.dataDirectory,
        ...this.#settings.flatMap((setting) => ['--set', setting]),
        ...this.#flags,
      ],
      { stdio: ['ignore', log, log] },
    );
    closeSync(log);
    this.#process = child;
    await until(
      () => `the broker answers on port ${this.port}\n${this.logTail()}`,
      async () => {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(
            `the broker ended with ${child.signalCode ?? child.exitCode}\n${this.logTail()}`,
          );
        }
        return answersApiVersions(this.port);
      },
      START_TIMEOUT_MS,
      20,
    );
  }

  /** kill -9: nothing in the program gets to say goodbye. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL', 10_000);
  }

  /** Asks it to stop; a broker that does not within 20 s is killed and that is an error. */
  async stop(): Promise<void> {
    const signal = await this.#end('SIGTERM', 20_000);
    if (signal === 'SIGKILL') throw new Error('the broker did not stop within 20 s of SIGTERM');
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.pid, signal);
  }

  /** Resident memory in bytes, from /proc (Linux only). */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) * 1024;
  }

  logTail(): string {
    try {
      return this.logText().split('\n').slice(-60).join('\n');
    } catch {
      return '(no broker log)';
    }
  }

  /** All that it has logged since the first launch. */
  logText(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL', timeoutMs: number): Promise<NodeJS.Signals | null> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_code, endSignal) => resolve(endSignal)),
    );
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const ended = await exited;
    clearTimeout(timer);
    return ended;
  }
}
