// A broker in a process of its own: started, measured from /proc, and gone when this process is.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../interop/harness/until.ts';
import { answersApiVersions } from '../../../interop/harness/wire.ts';
import { processorMs } from '../../broker-process.ts';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  /** Holds its data and its log, and is removed when it stops. */
  readonly directory: string;
}

/** A running broker on 127.0.0.1. */
export class PeerProcess {
  readonly port: number;
  readonly directory: string;
  readonly #child: ChildProcess;

  private constructor(launch: Launch) {
    this.port = launch.port;
    this.directory = launch.directory;
    const log = openSync(join(launch.directory, 'broker.log'), 'a');
    this.#child = spawn(launch.command, launch.args, { stdio: ['ignore', log, log] });
    closeSync(log);
    process.on('exit', this.#killed);
  }

  /** Starts the program; it need not answer yet. */
  static spawn(launch: Launch): PeerProcess {
    return new PeerProcess(launch);
  }

  /** Starts the program and waits until it answers ApiVersions. */
  static async start(launch: Launch): Promise<PeerProcess> {
    const peer = new PeerProcess(launch);
    await until(
      () => `a broker answers on port ${peer.port}\n${peer.logTail()}`,
      () => {
        if (!peer.isRunning) throw new Error(`the broker ended as it started\n${peer.logTail()}`);
        return answersApiVersions(peer.port);
      },
      START_TIMEOUT_MS,
      20,
    );
    return peer;
  }

  get bootstrap(): string {
    return `127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Where the folders of its partitions are. */
  get dataDirectory(): string {
    return join(this.directory, 'data');
  }

  /** Processor time since its start, in ms; null where the system does not tell (it does on Linux). */
  get processorMs(): number | null {
    return process.platform === 'linux' ? processorMs(this) : null;
  }

  /** Resident memory in bytes; null where the system does not tell. */
  get residentBytes(): number | null {
    if (process.platform !== 'linux') return null;
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) * 1024;
  }

  logTail(): string {
    return readFileSync(join(this.directory, 'broker.log'), 'utf8').slice(-4000);
  }

  /** Stops it in order and removes its directory. */
  async stop(): Promise<void> {
    if (this.isRunning) {
      const exited = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGTERM');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    }
    process.off('exit', this.#killed);
    rmSync(this.directory, { recursive: true, force: true });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  readonly #killed = (): void => {
    this.#child.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  };
}
