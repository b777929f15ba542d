import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CompactionRequest, CompactionResponse } from './compaction-messages.ts';
import type { CollectedKeys, CompactionEngine, CompactionPass } from './compaction-pass.ts';
import {
  type Filtered,
  type IndexProgress,
  type PassOptions,
  UncleanableError,
} from './compactor.ts';

/** What is used of a `Worker`. */
export interface CompactionWorker {
  postMessage(request: CompactionRequest, transfer: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (response: CompactionResponse) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  unref(): void;
  terminate(): Promise<unknown>;
}

/**
 * Compaction passes on threads: one each, as many as there are passes at the same time (`log.cleaner.threads` bounds
 * those). A thread whose pass has ended takes the next one, until `rest` ends it.
 */
export class CompactionThreads implements CompactionEngine {
  readonly #startWorker: () => CompactionWorker;
  readonly #threads = new Set<Thread>();
  #isClosed = false;

  constructor(startWorker: () => CompactionWorker = startCompactionWorker) {
    this.#startWorker = startWorker;
  }

  begin(options: PassOptions): CompactionPass {
    if (this.#isClosed) throw new Error('The store is closed.');
    const thread = this.#idleThread() ?? this.#start();
    thread.begin(options);
    return thread;
  }

  rest(): void {
    for (const thread of this.#threads) {
      if (!thread.isIdle) continue;
      this.#threads.delete(thread);
      void thread.stop();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(Array.from(this.#threads, (thread) => thread.stop()));
  }

  #idleThread(): Thread | undefined {
    for (const thread of this.#threads) if (thread.isIdle) return thread;
    return undefined;
  }

  #start(): Thread {
    const thread: Thread = new Thread(this.#startWorker(), () => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

interface Call {
  readonly resolve: (value: CompactionResponse) => void;
  readonly reject: (error: Error) => void;
}

class Thread implements CompactionPass {
  readonly #worker: CompactionWorker;
  readonly #onExit: () => void;
  #failure: Error | null = null;
  /** The one call under way. */
  #call: Call | null = null;
  isIdle = false;

  constructor(worker: CompactionWorker, onExit: () => void) {
    this.#worker = worker;
    this.#onExit = onExit;
    // A log that is not compacted to the end keeps no process alive.
    worker.unref();
    worker.on('message', (response) => this.#finish(response));
    worker.on('error', (error) => this.#fail(error instanceof Error ? error.message : `${error}`));
    worker.on('exit', () => this.#fail('it ended'));
  }

  begin(options: PassOptions): void {
    this.isIdle = false;
    this.#worker.postMessage({ kind: 'begin', options }, []);
  }

  index(chunk: Buffer): Promise<IndexProgress> {
    return this.#ask<IndexProgress>({ kind: 'index', chunk: plainBytes(chunk) });
  }

  endIndex(reachedOffset: number): Promise<CollectedKeys> {
    return this.#ask<CollectedKeys>({ kind: 'endIndex', reachedOffset });
  }

  async filter(chunk: Buffer, isGroupEnd: boolean): Promise<Filtered> {
    const request = { kind: 'filter', chunk: plainBytes(chunk), isGroupEnd } as const;
    const filtered = await this.#ask<Omit<Filtered, 'output'> & { output: Uint8Array }>(request);
    const { buffer, byteOffset, byteLength } = filtered.output;
    return { ...filtered, output: Buffer.from(buffer, byteOffset, byteLength) };
  }

  end(): void {
    this.isIdle = true;
    if (this.#failure === null) this.#worker.postMessage({ kind: 'end' }, []);
  }

  async stop(): Promise<void> {
    this.#fail('the store is closed');
    await this.#worker.terminate();
  }

  async #ask<T>(request: CompactionRequest): Promise<T> {
    if (this.#failure !== null) throw this.#failure;
    const response = await new Promise<CompactionResponse>((resolve, reject) => {
      this.#call = { resolve, reject };
      const transfer = 'chunk' in request ? [request.chunk.buffer] : [];
      this.#worker.postMessage(request, transfer);
    });
    if (response.kind === 'uncleanable') throw new UncleanableError(response.message);
    return response.value as T;
  }

  #finish(response: CompactionResponse): void {
    const call = this.#call;
    this.#call = null;
    call?.resolve(response);
  }

  #fail(reason: string): void {
    this.#failure ??= new Error(`The thread that compacts ended: ${reason}.`);
    this.#onExit();
    this.#call?.reject(this.#failure);
    this.#call = null;
  }
}

function plainBytes(chunk: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength);
}

/** Source runs as TypeScript, for which packages are resolved to their sources; the build as JavaScript. */
function startCompactionWorker(): CompactionWorker {
  const extension = extname(import.meta.url);
  const file = new URL(`./compaction-worker${extension}`, import.meta.url);
  const execArgv = extension === '.ts' ? ['--conditions=@millrace/source'] : [];
  return new Worker(file, { execArgv, name: 'millrace-compaction' });
}
