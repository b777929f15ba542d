import { EventEmitter } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SqliteDatabase, type SqliteDatabaseOptions } from './sqlite-database.ts';
import type { SqliteRequest, SqliteResponse } from './sqlite-messages.ts';

/** What the store uses of the thread that holds the file. */
export interface SqliteWorker {
  postMessage(request: SqliteRequest): void;
  on(event: 'message', listener: (response: SqliteResponse) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

interface SqliteThreadEvents {
  message: [response: SqliteResponse];
  error: [error: unknown];
  exit: [code: number];
}

/**
 * Opens the file and reads it here, where nobody waits for anything else yet, and leaves it to a thread with the first
 * write: a thread takes 12 MiB, which a broker on which nothing changes can do without. Until then the file is held by
 * this one, so that nobody else writes to it.
 */
export class SqliteThread extends EventEmitter<SqliteThreadEvents> implements SqliteWorker {
  readonly #options: SqliteDatabaseOptions;
  readonly #startWorker: (options: SqliteDatabaseOptions) => SqliteWorker;
  /** Null once the worker has it, and when it could not be opened. */
  #database: SqliteDatabase | null = null;
  #worker: SqliteWorker | null = null;

  /** Tells whether it could be opened with the first message, once the listeners are there. */
  constructor(options: SqliteDatabaseOptions, start = startWorker) {
    super();
    this.#options = options;
    this.#startWorker = start;
    const opened = this.#open();
    queueMicrotask(() => {
      this.emit('message', opened);
      if (opened.kind === 'open-failed') this.emit('exit', 0);
    });
  }

  postMessage(request: SqliteRequest): void {
    if (this.#worker === null && request.kind === 'close') {
      this.#database?.close();
      this.#database = null;
      // As a thread would: not before the caller is done.
      queueMicrotask(() => this.emit('exit', 0));
      return;
    }
    this.#worker ??= this.#handOver();
    this.#worker.postMessage(request);
  }

  #open(): SqliteResponse {
    try {
      this.#database = new SqliteDatabase(this.#options);
      return { kind: 'opened', snapshot: this.#database.snapshot() };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { kind: 'open-failed', message };
    }
  }

  #handOver(): SqliteWorker {
    this.#database?.close();
    this.#database = null;
    const worker = this.#startWorker(this.#options);
    worker.on('message', (response) => this.emit('message', response));
    worker.on('error', (error) => this.emit('error', error));
    worker.on('exit', (code) => this.emit('exit', code));
    return worker;
  }
}

/**
 * Source runs as TypeScript and the build as JavaScript: the worker's file ends as this one does. It imports by relative
 * path only and so needs none of this process's flags, of which some (`--input-type`) would stop it.
 */
function startWorker(options: SqliteDatabaseOptions): SqliteWorker {
  const file = new URL(`./sqlite-worker${extname(import.meta.url)}`, import.meta.url);
  return new Worker(file, { workerData: options, execArgv: [], name: 'millrace-metadata' });
}
