import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The data directory cannot be used: another broker holds it, or it cannot be written. */
export class DataDirectoryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DataDirectoryError';
  }
}

/**
 * `millrace.pid`: holds the process id and locks the data directory against a second broker. A file that a killed
 * broker left is taken over, because the process it names is gone.
 */
export class DataDirectoryLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Creates the directory where it is missing. Rejects with `DataDirectoryError`. */
  static async acquire(dataDir: string): Promise<DataDirectoryLock> {
    const path = join(dataDir, 'millrace.pid');
    const candidate = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    try {
      await mkdir(dataDir, { recursive: true });
      await writeFile(candidate, `${process.pid}\n`);
    } catch (error) {
      throw new DataDirectoryError(
        `The data directory ${dataDir} cannot be written: ${(error as Error).message}`,
        { cause: error },
      );
    }
    try {
      await linkWhenFree(candidate, path, dataDir);
    } finally {
      await unlink(candidate);
    }
    return new DataDirectoryLock(path);
  }

  async release(): Promise<void> {
    await unlink(this.#path).catch(() => undefined);
  }
}

/** `link` fails when the name is taken, so of two brokers that start at once only one wins. */
async function linkWhenFree(candidate: string, path: string, dataDir: string): Promise<void> {
  // Two rounds: the second follows the removal of a dead broker's file.
  for (let round = 0; round < 2; round++) {
    try {
      await link(candidate, path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await holderOf(path);
    if (holder !== null && (await isHeldBy(holder, path))) {
      throw new DataDirectoryError(
        `The data directory ${dataDir} is in use by the broker with process id ${holder} (${path}). ` +
          'Stop that broker, or start this one with another --data-dir.',
      );
    }
    await unlink(path).catch(() => undefined);
  }
  throw new DataDirectoryError(
    `The data directory ${dataDir} was taken by another broker while this one started.`,
  );
}

async function holderOf(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/**
 * Whether the process named in the file still holds it. A process id alone does not tell: a container gives its broker
 * the same small id at every start, and after a reboot the id may belong to any program.
 */
async function isHeldBy(pid: number, path: string): Promise<boolean> {
  if (pid === process.pid) {
    // Older than this process: it was left by an earlier one with the same id.
    const written = await stat(path).catch(() => null);
    return written !== null && written.mtimeMs >= performance.timeOrigin;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // Where the system tells (Linux), a program that is not Node is not a broker.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return commandLine === null || /node|millrace/.test(commandLine);
}
