// A JVM that runs Kafka's tools one after the other. A JVM that has just started compiles for ten seconds and more, in
// which it is slower than any broker; this one has compiled what it runs when something is measured.

import { Program } from '../../../interop/harness/program.ts';
import { javaCommand } from './java.ts';

const DEFAULT_TIMEOUT_MS = 300_000;
/** What the runner needs beyond a tool's own time, to answer that it gave up. */
const GRACE_MS = 10_000;

interface Answer {
  readonly error?: string;
  /** Null when the tool did not end in time. */
  readonly result?: {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  };
}

/** One tool at a time: `run` is not called again before it has settled. */
export class ClientJvm {
  readonly #heap: readonly string[];
  #program: Program | null = null;
  #onAnswer: ((answer: Answer) => void) | null = null;
  #runs = 0;
  #isWarm = false;

  /** `heap` are the JVM's flags for its memory. It starts when it is needed. */
  constructor(heap: readonly string[]) {
    this.#heap = heap;
  }

  /** What the main method of `mainClass` prints. Rejects when it fails, or takes longer than `timeoutMs`. */
  async run(
    mainClass: string,
    args: readonly string[],
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<string> {
    const program = this.#running();
    this.#runs += 1;
    const request = { id: this.#runs, op: 'run', tool: mainClass, args, timeoutMs };
    const answered = Promise.withResolvers<Answer>();
    this.#onAnswer = answered.resolve;
    const timer = setTimeout(
      () => answered.reject(new Error(`no answer of ${mainClass}`)),
      timeoutMs + GRACE_MS,
    );
    program.exited.then(
      () => answered.reject(new Error(`the JVM ended: ${program.describe()}`)),
      answered.reject,
    );
    program.write(`${JSON.stringify(request)}\n`);
    try {
      const { error, result } = await answered.promise;
      if (result?.code === 0) return result.stdout;
      const output = result === undefined ? error : `${result.stderr}\n${result.stdout}`;
      throw new Error(
        `${mainClass} ended with ${result?.code ?? 'nothing'}: ${output?.slice(-3000)}`,
      );
    } catch (error) {
      // Something of that tool may still run in it.
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs `work` unless that was done since it started: what it will run is to be compiled by then. */
  async warmOnce(work: () => Promise<void>): Promise<void> {
    if (this.#isWarm && this.#program?.running) return;
    await work();
    this.#isWarm = true;
  }

  close(): void {
    this.#isWarm = false;
    this.#program?.signal('SIGKILL');
    this.#program = null;
  }

  #running(): Program {
    if (this.#program?.running) return this.#program;
    const { command, args } = javaCommand(this.#heap, 'millrace.interop.ToolRunner', []);
    this.#program = new Program(command, args, (line) => {
      if (line.startsWith('{')) this.#onAnswer?.(JSON.parse(line) as Answer);
    });
    return this.#program;
  }
}
