import { randomClusterId } from '../cluster-id.ts';
import { LiveMetadataImage } from '../live-metadata-image.ts';
import { MetadataError, type MetadataImage } from '../metadata-store.ts';
import { type MetadataWrite, type WriteOutcome, writeSizeBytes } from '../metadata-write.ts';
import { MetadataWriteStore } from '../metadata-write-store.ts';
import type { SqliteDatabaseOptions } from './sqlite-database.ts';
import type { SqliteResponse } from './sqlite-messages.ts';
import { SqliteThread, type SqliteWorker } from './sqlite-thread.ts';

export interface SqliteMetadataStoreOptions {
  /** The database file; it and its directory are made when missing. SQLite keeps a `-wal` file beside it. */
  readonly path: string;
  /** The cluster id of a store that is made new; random by default. A store that exists keeps its own. */
  readonly newClusterId?: string;
  /** Bound of the file in bytes, above which writes reject as on a full disk. No bound by default. */
  readonly maxSizeBytes?: number;
  /** Bound of the writes that wait, in (approximate) bytes; 64 MiB by default. */
  readonly maxQueuedBytes?: number;
  /** Opens the file; a `SqliteThread` by default. */
  readonly startWorker?: (options: SqliteDatabaseOptions) => SqliteWorker;
}

interface PendingWrite {
  readonly write: MetadataWrite;
  readonly sizeBytes: number;
  readonly resolve: (value: number) => void;
  readonly reject: (error: MetadataError) => void;
}

const DEFAULT_MAX_QUEUED_BYTES = 64 * 1024 * 1024;

/** A broker that is just stopping has let go of the file by then. */
const BUSY_TIMEOUT_MS = 2000;

/** Bound of one transaction, so that the first of many waiting writes is not held up by the last. */
const MAX_TRANSACTION_WRITES = 2000;

/**
 * The metadata in one SQLite file, which is written on a thread of its own. At most one transaction is under way; writes that come
 * meanwhile wait and share the next one (group commit), as do all writes of one turn of the event loop.
 *
 * A write that rejects with `unavailable` was not made as far as this process sees; the store goes on, and
 * later writes succeed when the disk does. When the thread itself dies, the store stays unavailable.
 */
export class SqliteMetadataStore extends MetadataWriteStore {
  readonly #options: SqliteMetadataStoreOptions;
  readonly #maxQueuedBytes: number;
  #worker: SqliteWorker | null = null;
  #image: LiveMetadataImage | null = null;
  #phase: 'new' | 'opening' | 'open' | 'closing' | 'ended' = 'new';
  /** Why writes are refused in all phases but `open`. */
  #refusal = 'is not open yet';
  /** Bounded by `maxQueuedBytes`. */
  #queue: PendingWrite[] = [];
  #queuedBytes = 0;
  /** The writes of the transaction that is under way; empty when there is none. */
  #inFlight: PendingWrite[] = [];
  #flushIsDue = false;
  readonly #opened = Promise.withResolvers<void>();
  readonly #exited = Promise.withResolvers<void>();
  #workerError: unknown = null;
  /** Of the last transaction; null when it was committed. */
  #writeFailure: string | null = null;

  constructor(options: SqliteMetadataStoreOptions) {
    super();
    this.#options = options;
    this.#maxQueuedBytes = options.maxQueuedBytes ?? DEFAULT_MAX_QUEUED_BYTES;
    // Whoever opens waits for the outcome; without one nobody has to.
    this.#opened.promise.catch(() => {});
  }

  get image(): MetadataImage {
    if (this.#image === null) throw this.#unavailable('has no image before it is open');
    return this.#image;
  }

  get failure(): string | null {
    if (this.#phase === 'open') return this.#writeFailure;
    return this.#unavailable(this.#refusal).message;
  }

  /** Rejects with `unavailable` when the file cannot be used. Called once. */
  async open(): Promise<void> {
    if (this.#phase !== 'new') throw new Error('a metadata store is opened once');
    this.#phase = 'opening';
    const options = {
      path: this.#options.path,
      newClusterId: this.#options.newClusterId ?? randomClusterId(),
      maxSizeBytes: this.#options.maxSizeBytes ?? null,
      busyTimeoutMs: BUSY_TIMEOUT_MS,
    };
    const worker = this.#options.startWorker?.(options) ?? new SqliteThread(options);
    this.#worker = worker;
    worker.on('message', (response) => this.#onResponse(response));
    worker.on('error', (error) => {
      this.#workerError = error;
    });
    worker.on('exit', (code) => this.#onExit(code));
    return this.#opened.promise;
  }

  /** Waits for the writes that were queued before, then closes the file. Later writes are refused. */
  async close(): Promise<void> {
    if (this.#phase === 'new') this.#end('is closed');
    if (this.#worker === null) return;
    // A store that failed to open has no thread left to close.
    await this.#opened.promise.catch(() => {});
    if (this.#phase === 'open') {
      this.#phase = 'closing';
      this.#refusal = 'is closed';
      this.#closeWhenDrained();
    }
    await this.#exited.promise;
  }

  protected submit(write: MetadataWrite): Promise<number> {
    if (this.#phase !== 'open') return Promise.reject(this.#unavailable(this.#refusal));
    const sizeBytes = writeSizeBytes(write);
    // One write is always taken into an empty queue, however large.
    if (this.#queuedBytes > 0 && this.#queuedBytes + sizeBytes > this.#maxQueuedBytes) {
      return Promise.reject(
        this.#unavailable(`has too many writes waiting (${this.#queue.length}): the disk is slow`),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ write, sizeBytes, resolve, reject });
      this.#queuedBytes += sizeBytes;
      this.#scheduleFlush();
    });
  }

  /** Sends at the end of this turn, so that all that one turn (such as a poll of many sockets) queues is sent as one. */
  #scheduleFlush(): void {
    if (this.#flushIsDue || this.#inFlight.length > 0) return;
    this.#flushIsDue = true;
    setImmediate(() => {
      this.#flushIsDue = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#inFlight.length > 0 || this.#queue.length === 0) return;
    this.#inFlight = this.#queue.splice(0, MAX_TRANSACTION_WRITES);
    for (const { sizeBytes } of this.#inFlight) this.#queuedBytes -= sizeBytes;
    this.#worker!.postMessage({
      kind: 'transact',
      writes: this.#inFlight.map(({ write }) => write),
    });
  }

  #onResponse(response: SqliteResponse): void {
    switch (response.kind) {
      case 'opened':
        this.#image = new LiveMetadataImage(response.snapshot);
        this.#phase = 'open';
        this.#opened.resolve();
        break;
      case 'open-failed':
        this.#end(`could not be opened: ${response.message}`);
        break;
      case 'committed':
        this.#writeFailure = null;
        this.#finishTransaction((pending, index) => {
          this.#settle(pending, response.outcomes[index]!);
        });
        break;
      case 'failed': {
        const error = this.#unavailable(`could not write: ${response.message}`);
        this.#writeFailure = error.message;
        this.#finishTransaction(({ reject }) => reject(error));
        break;
      }
    }
  }

  /** The image changes before any promise of the transaction is seen to resolve: those run after this turn. */
  #finishTransaction(settle: (pending: PendingWrite, index: number) => void): void {
    const finished = this.#inFlight;
    this.#inFlight = [];
    // The disk waits for nobody: the next transaction goes out before this one's answers.
    this.#flush();
    finished.forEach(settle);
    this.#closeWhenDrained();
  }

  #settle(pending: PendingWrite, outcome: WriteOutcome): void {
    if (outcome.refused === null) {
      this.#image!.apply(pending.write);
      pending.resolve(outcome.value);
    } else {
      pending.reject(new MetadataError(outcome.refused, outcome.message));
    }
  }

  #closeWhenDrained(): void {
    if (this.#phase !== 'closing' || this.#inFlight.length > 0 || this.#queue.length > 0) return;
    this.#worker!.postMessage({ kind: 'close' });
    this.#end('is closed');
  }

  /** The thread has ended: by `close`, after a failed open, or because it died. */
  #onExit(code: number): void {
    this.#exited.resolve();
    if (this.#phase === 'ended') return;
    this.#end(
      `is lost, its thread ended (${this.#workerError ?? `exit code ${code}`}): restart the broker`,
    );
  }

  /** Refuses all that waits and all that comes. */
  #end(refusal: string): void {
    this.#phase = 'ended';
    this.#refusal = refusal;
    const error = this.#unavailable(refusal);
    this.#opened.reject(error);
    const pending = [...this.#inFlight, ...this.#queue];
    this.#inFlight = [];
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const { reject } of pending) reject(error);
  }

  #unavailable(what: string): MetadataError {
    return new MetadataError('unavailable', `the metadata store ${this.#options.path} ${what}`);
  }
}
