import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { batchHeader, Compression, ErrorCode } from '@millrace/protocol';
import type { RecompressionRequest, RecompressionResponse } from './recompression-messages.ts';
import {
  type RecompressionOutcome,
  type RecompressionTarget,
  type Recompressor,
  refusal,
} from './recompressor.ts';

/** What the pool uses of a `Worker`. */
export interface RecompressionWorker {
  postMessage(request: RecompressionRequest, transfer: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (response: RecompressionResponse) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

export interface RecompressionPoolOptions {
  /** Threads at most; each is started when it is first needed, and stays. */
  readonly maxThreads: number;
  /** What an operator should read: a thread that died. */
  readonly onNotice: (notice: string) => void;
  readonly startWorker?: () => RecompressionWorker;
}

interface Job {
  readonly request: RecompressionRequest;
  readonly resolve: (outcome: RecompressionOutcome) => void;
}

interface Thread {
  readonly worker: RecompressionWorker;
  /** What it works on; null when it is idle. */
  job: Job | null;
}

/**
 * A `Recompressor` on threads of its own, so that codecs keep no connection waiting. What waits is bounded by the
 * requests that it came in (`queued.max.request.bytes`): a copy of each batch is held.
 *
 * A thread that dies takes its batch with it (KAFKA_STORAGE_ERROR, so that the producer tries again), and the next batch
 * starts another.
 */
export class RecompressionPool implements Recompressor {
  readonly #maxThreads: number;
  readonly #onNotice: (notice: string) => void;
  readonly #startWorker: () => RecompressionWorker;
  readonly #threads = new Set<Thread>();
  #queue: Job[] = [];
  #isClosed = false;

  constructor(options: RecompressionPoolOptions) {
    this.#maxThreads = options.maxThreads;
    this.#onNotice = options.onNotice;
    this.#startWorker = options.startWorker ?? startWorker;
  }

  recompress(batch: Buffer, target: RecompressionTarget): Promise<RecompressionOutcome> {
    if (this.#isClosed) return Promise.resolve(closed());
    const { compression, requiresKeys } = target;
    const codec =
      compression === null
        ? batchHeader.compressionCodec(batchHeader.attributes(batch, 0))
        : Compression[compression.codec];
    // The batch is a view on its request, which the thread must not get.
    const request = {
      batch: new Uint8Array(batch),
      codec,
      level: compression?.level,
      requiresKeys,
    };
    return new Promise((resolve) => {
      this.#queue.push({ request, resolve });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { resolve } of this.#queue.splice(0)) resolve(closed());
    const threads = [...this.#threads];
    for (const thread of threads) this.#lose(thread, closed());
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#idleThread();
      if (thread === null) return;
      const job = this.#queue.shift()!;
      thread.job = job;
      thread.worker.ref();
      thread.worker.postMessage(job.request, [job.request.batch.buffer]);
    }
  }

  #idleThread(): Thread | null {
    for (const thread of this.#threads) if (thread.job === null) return thread;
    return this.#threads.size < this.#maxThreads ? this.#start() : null;
  }

  #start(): Thread {
    const worker = this.#startWorker();
    const thread: Thread = { worker, job: null };
    this.#threads.add(thread);
    // An idle thread keeps no process alive.
    worker.unref();
    worker.on('message', (response) => this.#finish(thread, response));
    let reason = 'it ended';
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      if (!this.#threads.has(thread)) return;
      const message = `A thread that recompresses batches died: ${reason}.`;
      this.#onNotice(message);
      this.#lose(thread, refusal(ErrorCode.KAFKA_STORAGE_ERROR, message));
      this.#dispatch();
    });
    return thread;
  }

  #finish(thread: Thread, response: RecompressionResponse): void {
    const job = thread.job;
    thread.job = null;
    thread.worker.unref();
    job?.resolve(
      response.batch === null
        ? response
        : { batch: Buffer.from(response.batch.buffer, 0, response.batch.length), error: 0 },
    );
    this.#dispatch();
  }

  /** The thread gets no more work, and what it had is answered. */
  #lose(thread: Thread, outcome: RecompressionOutcome): void {
    this.#threads.delete(thread);
    thread.job?.resolve(outcome);
    thread.job = null;
  }
}

function closed(): RecompressionOutcome {
  return refusal(ErrorCode.KAFKA_STORAGE_ERROR, 'The store is closed.');
}

/** Source runs as TypeScript, for which packages are resolved to their sources; the build as JavaScript. */
function startWorker(): RecompressionWorker {
  const extension = extname(import.meta.url);
  const file = new URL(`./recompression-worker${extension}`, import.meta.url);
  const execArgv = extension === '.ts' ? ['--conditions=@millrace/source'] : [];
  return new Worker(file, { execArgv, name: 'millrace-recompression' });
}
