// Counts the system calls of a running process with what the machine has: perf, which costs it next to nothing, or
// strace, which stops it at each call but counts the same.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/** Calls by name. */
export type Calls = ReadonlyMap<string, number>;

export interface CallCounter {
  readonly tool: string;
  /** The calls of all threads of the process while `work` runs. */
  count(pid: number, work: () => Promise<void>): Promise<Calls>;
}

/** The calls that are named, where perf counts; the rest is `other`. Not every kind of processor has all of them. */
const NAMED = [
  ...['read', 'readv', 'recvfrom', 'recvmsg', 'write', 'writev', 'sendto', 'sendmsg'],
  ...['pread64', 'preadv', 'preadv2', 'pwrite64', 'pwritev', 'pwritev2'],
  ...['fdatasync', 'fsync', 'sync_file_range', 'io_uring_enter', 'openat', 'close', 'statx'],
  ...['epoll_wait', 'epoll_pwait', 'epoll_ctl', 'futex', 'sched_yield', 'accept4'],
  ...['mmap', 'munmap', 'mprotect', 'madvise'],
].filter((name) => existsSync(`/sys/kernel/tracing/events/syscalls/sys_enter_${name}`));
const ALL = 'raw_syscalls:sys_enter';
const ONE = 'syscalls:sys_enter_';
export const OTHER_CALLS = 'other';

const ATTACH_TIMEOUT_MS = 10_000;

/** A counter that works here, tried on a process that sleeps; or the sentence that says why there is none. */
export async function findCallCounter(): Promise<CallCounter | string> {
  const reasons: string[] = [];
  for (const counter of [perf, strace]) {
    const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      await once(sleeper, 'spawn');
      await counter.count(sleeper.pid!, async () => {});
      return counter;
    } catch (error) {
      reasons.push(`${counter.tool}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      sleeper.kill('SIGKILL');
    }
  }
  return `system calls cannot be counted here (${reasons.join('; ')})`;
}

const perf: CallCounter = {
  tool: 'perf stat',
  async count(pid, work) {
    const events = [ALL, ...NAMED.map((name) => ONE + name)].join(',');
    const attach = ['-p', String(pid), '-D', '-1', '--control', 'fd:3,4'];
    const tracer = new Tracer('perf', ['stat', '-x', ',', '-e', events, ...attach], 5);
    const [, , , control, acknowledged] = tracer.child.stdio as unknown as [
      ...[null, null, null, Writable, Readable],
    ];
    const tell = async (command: string) => {
      const answer = once(acknowledged, 'data');
      control.write(`${command}\n`);
      await tracer.endsAfter(answer);
    };
    control.on('error', () => {});
    await tell('enable');
    await work();
    await tell('disable');
    return parsePerfStat(await tracer.finish());
  },
};

const strace: CallCounter = {
  tool: 'strace',
  async count(pid, work) {
    const tracer = new Tracer('strace', ['-f', '-c', '-U', 'calls,name', '-p', String(pid)], 3);
    await tracer.endsAfter(tracer.says('attached'));
    await work();
    return parseStrace(await tracer.finish());
  },
};

/** The tool as it runs. It tells what it counted on standard error when it is interrupted. */
class Tracer {
  readonly child: ChildProcess;
  readonly #name: string;
  readonly #ended: Promise<unknown>;
  #text = '';

  constructor(name: string, args: readonly string[], descriptors: number) {
    const stdio = Array.from({ length: descriptors }, (_, at) => (at < 2 ? 'ignore' : 'pipe'));
    this.child = spawn(name, args, {
      stdio: stdio as ('ignore' | 'pipe')[],
      // So that numbers have points and nothing between thousands.
      env: { ...process.env, LC_ALL: 'C' },
    });
    this.#name = name;
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text;
    });
    this.#ended = once(this.child, 'close');
    this.#ended.catch(() => {});
  }

  /** Resolves when it has said that on standard error. */
  says(word: string): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#text.includes(word)) resolve();
      };
      this.child.stderr!.on('data', look);
      look();
    });
  }

  /** Waits for `sign`; rejects when the tool has ended, or takes too long. */
  async endsAfter(sign: Promise<unknown>): Promise<void> {
    const late = AbortSignal.timeout(ATTACH_TIMEOUT_MS);
    const failed = Promise.race([this.#ended, once(late, 'abort')]).then(() => {
      this.child.kill('SIGKILL');
      throw new Error(this.#text.trim().split('\n')[0] || `${this.#name} did not attach`);
    });
    sign.catch(() => {});
    await Promise.race([sign, failed]);
    failed.catch(() => {});
  }

  async finish(): Promise<string> {
    this.child.kill('SIGINT');
    await this.#ended;
    return this.#text;
  }
}

/** Of `perf stat -x ,`: count, unit, event, and more that is of no use here. */
export function parsePerfStat(output: string): Calls {
  const calls = new Map<string, number>();
  let all: number | null = null;
  let named = 0;
  for (const line of output.split('\n')) {
    const [text, , event] = line.split(',');
    // A process that did not run meanwhile has nothing that was counted.
    const count = text === '<not counted>' ? 0 : Number(text);
    if (event === undefined || !Number.isInteger(count)) continue;
    if (event === ALL) all = count;
    if (!event.startsWith(ONE)) continue;
    named += count;
    if (count > 0) calls.set(event.slice(ONE.length), count);
  }
  if (all === null) throw new Error(`perf counted nothing: ${output.trim().split('\n')[0]}`);
  if (all > named) calls.set(OTHER_CALLS, all - named);
  return calls;
}

/** Of `strace -c -U calls,name`: a table with a line for each call, and one for their sum. */
export function parseStrace(text: string): Calls {
  const calls = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+) (\w+)$/.exec(line);
    if (match !== null && match[2] !== 'total') calls.set(match[2]!, Number(match[1]));
  }
  return calls;
}
