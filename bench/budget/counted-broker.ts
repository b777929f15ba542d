// The program in a process of its own, with the probe in it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../interop/harness/free-port.ts';
import { scratchDirectory } from '../../interop/harness/scratch.ts';
import { until } from '../../interop/harness/until.ts';
import { answersApiVersions } from '../../interop/harness/wire.ts';
import type { Question, Reading } from './probe.ts';

const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');
/** V8's own largest, also after all garbage was collected: else it is collected every MiB for a while. */
const YOUNG_SPACE = '--min-semi-space-size=16';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

export class CountedBroker {
  readonly port: number;
  readonly #directory = scratchDirectory('budget', placeOfFiles());
  #child: ChildProcess;

  private constructor(port: number) {
    this.port = port;
    this.#child = this.#spawn();
    process.on('exit', this.#kill);
  }

  /** With an empty data directory, and with all configs as they are by default. */
  static async start(): Promise<CountedBroker> {
    const broker = new CountedBroker(await freePort());
    await broker.#answers();
    return broker;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Stops it in order and starts it on the same data: nothing is cached in its memory. */
  async restart(): Promise<void> {
    await this.#end();
    this.#child = this.#spawn();
    await this.#answers();
  }

  async ask(question: Question): Promise<Reading> {
    const answered = once(this.#child, 'message');
    this.#child.send(question);
    const [reading] = (await answered) as [Reading];
    return reading;
  }

  /**
   * How often its threads have waited for something since they began: each time the system turns to another thread. Null
   * where the system does not tell; it does on Linux.
   */
  handOvers(): number | null {
    if (process.platform !== 'linux') return null;
    const threads = `/proc/${this.pid}/task`;
    let switches = 0;
    for (const thread of readdirSync(threads)) {
      const status = readFileSync(join(threads, thread, 'status'), 'utf8');
      switches += Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)![1]);
    }
    return switches;
  }

  async stop(): Promise<void> {
    await this.#end();
    process.off('exit', this.#kill);
  }

  #spawn(): ChildProcess {
    const log = openSync(join(this.#directory, 'broker.log'), 'a');
    const node = ['--conditions=@millrace/source', '--expose-gc', YOUNG_SPACE, '--import'];
    const place = ['--port', String(this.port), '--data-dir', join(this.#directory, 'data')];
    const child = spawn(
      process.execPath,
      [...node, join(import.meta.dirname, 'probe.ts'), main, 'start', ...place],
      { stdio: ['ignore', log, log, 'ipc'] },
    );
    closeSync(log);
    return child;
  }

  async #answers(): Promise<void> {
    const log = () => readFileSync(join(this.#directory, 'broker.log'), 'utf8').slice(-4000);
    await until(
      () => `the broker answers on port ${this.port}\n${log()}`,
      () => {
        if (this.#hasEnded) throw new Error(`the broker ended as it started\n${log()}`);
        return answersApiVersions(this.port);
      },
      START_TIMEOUT_MS,
      20,
    );
  }

  async #end(): Promise<void> {
    if (this.#hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(this.#kill, STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };
}

const IN_MEMORY = '/dev/shm';
/** Three times what the workloads write. */
const NEEDED_BYTES = 2 * 1024 ** 3;

/** In memory where there is room: how fast a disk is has an influence on who writes, and on how much goes with one sync. */
function placeOfFiles(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= NEEDED_BYTES ? IN_MEMORY : undefined;
  } catch {
    return undefined;
  }
}
