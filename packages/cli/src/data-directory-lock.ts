import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data directory cannot be used: another broker holds it, or it cannot be written. */
export class DataDirectoryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DataDirectoryError';
  }
}

/** SQLite's result code for a lock that somebody else holds. */
const SQLITE_BUSY = 5;

/**
 * Holds a data directory against a second broker. `millrace.pid` names the process for people and scripts; the lock
 * itself is the operating system's, on `millrace.lock`, so that it ends with the process however that ends, and no
 * stale file has to be judged. Node has no call for file locks of its own; an exclusive transaction of SQLite is one.
 */
export class DataDirectoryLock {
  readonly #database: DatabaseSync;
  readonly #pidPath: string;

  private constructor(database: DatabaseSync, pidPath: string) {
    this.#database = database;
    this.#pidPath = pidPath;
  }

  /** Creates the directory where it is missing. Rejects with `DataDirectoryError`. */
  static async acquire(dataDir: string): Promise<DataDirectoryLock> {
    const pidPath = join(dataDir, 'millrace.pid');
    if (existsSync(join(dataDir, 'meta.properties'))) {
      // A config file may have named it; what is in there is not ours to set aside.
      throw new DataDirectoryError(
        `The data directory ${dataDir} is that of a Kafka broker. Choose another with --data-dir.`,
      );
    }
    let database: DatabaseSync;
    try {
      await mkdir(dataDir, { recursive: true });
      database = new DatabaseSync(join(dataDir, 'millrace.lock'));
    } catch (error) {
      throw unusable(dataDir, error);
    }
    try {
      lock(database);
      await writePid(pidPath);
      return new DataDirectoryLock(database, pidPath);
    } catch (error) {
      database.close();
      const isHeld = (error as { errcode?: number }).errcode === SQLITE_BUSY;
      throw isHeld ? await inUse(dataDir, pidPath) : unusable(dataDir, error);
    }
  }

  async release(): Promise<void> {
    await unlink(this.#pidPath).catch(() => undefined);
    this.#database.close();
  }
}

/**
 * The transaction stays open and writes nothing: only its lock is wanted. A database that holds nothing cannot be locked
 * on a full disk, so the first to come writes a number into it; meanwhile the mode keeps the lock between the two.
 */
function lock(database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const isNew = database.prepare('PRAGMA user_version').get()?.user_version === 0;
  if (isNew) database.exec('PRAGMA user_version = 1; COMMIT; BEGIN EXCLUSIVE');
}

/** On a full disk there is none: a broker that serves what it has is worth more than a file that names it. */
async function writePid(pidPath: string): Promise<void> {
  try {
    await writeFile(`${pidPath}.new`, `${process.pid}\n`);
    await rename(`${pidPath}.new`, pidPath);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOSPC') throw error;
    for (const path of [`${pidPath}.new`, pidPath]) await unlink(path).catch(() => undefined);
  }
}

async function inUse(dataDir: string, pidPath: string): Promise<DataDirectoryError> {
  const pid = (await readFile(pidPath, 'utf8').catch(() => '')).trim();
  const holder = pid === '' ? 'another broker' : `the broker with process id ${pid}`;
  return new DataDirectoryError(
    `The data directory ${dataDir} is in use by ${holder}. ` +
      'Stop that broker, or start this one with another --data-dir.',
  );
}

function unusable(dataDir: string, error: unknown): DataDirectoryError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DataDirectoryError(`The data directory ${dataDir} cannot be used: ${reason}`, {
    cause: error,
  });
}
