/**
 * The worker thread that holds the SQLite file, so that its blocking calls (each commit waits for the disk) keep no
 * connection waiting. Started by `SqliteThread` with `SqliteDatabaseOptions` as its worker data. It
 * imports by relative path only: it must start fast, and without the main thread's flags.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { SqliteDatabase } from './sqlite-database.ts';
import type { SqliteRequest, SqliteResponse } from './sqlite-messages.ts';

const port = parentPort!;

function respond(response: SqliteResponse): void {
  port.postMessage(response);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function open(): SqliteDatabase | null {
  try {
    return new SqliteDatabase(workerData);
  } catch (error) {
    respond({ kind: 'open-failed', message: messageOf(error) });
    return null;
  }
}

function transact(database: SqliteDatabase, writes: SqliteRequest & { kind: 'transact' }): void {
  let response: SqliteResponse;
  try {
    response = { kind: 'committed', outcomes: database.transact(writes.writes) };
  } catch (error) {
    response = { kind: 'failed', message: messageOf(error) };
  }
  respond(response);
}

const database = open();
if (database !== null) {
  port.on('message', (request: SqliteRequest) => {
    if (request.kind === 'transact') return transact(database, request);
    // Without a listener nothing keeps the thread, so it ends.
    database.close();
    port.close();
  });
}
