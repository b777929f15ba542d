import { Readable } from 'node:stream';
import { run } from '../src/command-line.ts';
import type { ProcessContext } from '../src/process-context.ts';

export interface TestProcess {
  readonly environment?: Readonly<Record<string, string>>;
  /** What comes in on standard input; nothing where it is left out. */
  readonly stdin?: string | Readable;
  /** Whether standard input, output and error are a terminal; they are not where it is left out. */
  readonly isTTY?: boolean;
  readonly now?: () => number;
  readonly onSignal?: ProcessContext['onSignal'];
}

export interface TestOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process, as `millrace ARGS…` would. */
export async function runProgram(
  args: readonly string[],
  process: TestProcess = {},
): Promise<TestOutcome> {
  const written = { stdout: '', stderr: '' };
  const isTTY = process.isTTY ?? false;
  const stream = (name: keyof typeof written) => ({
    isTTY,
    columns: 100,
    write(chunk: string | Uint8Array) {
      written[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    },
  });
  const stdin =
    process.stdin instanceof Readable
      ? process.stdin
      : Readable.from(process.stdin === undefined ? [] : [process.stdin]);
  const code = await run(args, {
    stdin: Object.assign(stdin, { isTTY }),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    environment: process.environment ?? {},
    now: process.now ?? (() => Date.now()),
    onSignal: process.onSignal ?? (() => undefined),
  });
  return { code, ...written };
}
