import * as fs from 'node:fs';
import type { DirectoryEntry, FileSystem, OpenFile, OpenMode } from './file-system.ts';

// Plain callbacks on plain descriptors: node:fs/promises would add an object with a finalizer per open file, and
// these calls are on the way of every produce request.

const OPEN_FLAGS: Readonly<Record<OpenMode, number>> = {
  read: fs.constants.O_RDONLY,
  update: fs.constants.O_RDWR,
  replace: fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_TRUNC,
};

type Callback<T> = (error: NodeJS.ErrnoException | null, value: T) => void;

function call<T>(start: (callback: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error === null ? resolve(value) : reject(error)));
  });
}

function callVoid(start: (callback: fs.NoParamCallback) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error === null ? resolve() : reject(error)));
  });
}

class NodeFile implements OpenFile {
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): Promise<number> {
    return call((done) =>
      fs.read(this.#descriptor, target, targetOffset, length, position, done as Callback<number>),
    );
  }

  writev(buffers: readonly Buffer[], position: number): Promise<number> {
    return call((done) => fs.writev(this.#descriptor, buffers, position, done as Callback<number>));
  }

  writevNow(buffers: readonly Buffer[], position: number): number {
    const [first] = buffers;
    // Without the array that `writevSync` makes of its buffers.
    if (buffers.length === 1)
      return fs.writeSync(this.#descriptor, first!, 0, first!.length, position);
    return fs.writevSync(this.#descriptor, buffers, position);
  }

  datasync(): Promise<void> {
    return callVoid((done) => fs.fdatasync(this.#descriptor, done));
  }

  truncate(sizeBytes: number): Promise<void> {
    return callVoid((done) => fs.ftruncate(this.#descriptor, sizeBytes, done));
  }

  async size(): Promise<number> {
    const stats = await call<fs.Stats>((done) => fs.fstat(this.#descriptor, done));
    return stats.size;
  }

  close(): Promise<void> {
    return callVoid((done) => fs.close(this.#descriptor, done));
  }
}

class NodeFileSystem implements FileSystem {
  async open(filePath: string, mode: OpenMode): Promise<OpenFile> {
    const descriptor = await call<number>((done) => fs.open(filePath, OPEN_FLAGS[mode], done));
    return new NodeFile(descriptor);
  }

  async mkdir(directory: string): Promise<string | null> {
    const options = { recursive: true } as const;
    const first = await call<string | undefined>((done) => fs.mkdir(directory, options, done));
    return first ?? null;
  }

  async readdir(directory: string): Promise<DirectoryEntry[]> {
    const entries = await call<fs.Dirent[]>((done) =>
      fs.readdir(directory, { withFileTypes: true }, done),
    );
    return entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
  }

  async sizeOf(filePath: string): Promise<number> {
    const stats = await call<fs.Stats>((done) => fs.stat(filePath, done));
    return stats.size;
  }

  async modifiedMs(filePath: string): Promise<number> {
    const stats = await call<fs.Stats>((done) => fs.stat(filePath, done));
    return stats.mtimeMs;
  }

  rename(from: string, to: string): Promise<void> {
    return callVoid((done) => fs.rename(from, to, done));
  }

  unlink(filePath: string): Promise<void> {
    return callVoid((done) => fs.unlink(filePath, done));
  }

  rmdir(directory: string): Promise<void> {
    return callVoid((done) => fs.rmdir(directory, done));
  }

  async syncDirectory(directory: string): Promise<void> {
    // Windows opens no directories; it keeps names in its journal without being asked.
    if (process.platform === 'win32') return;
    const descriptor = await call<number>((done) => fs.open(directory, 'r', done));
    try {
      await callVoid((done) => fs.fsync(descriptor, done));
    } finally {
      await callVoid((done) => fs.close(descriptor, done));
    }
  }
}

/** The machine's own file system. */
export const nodeFileSystem: FileSystem = new NodeFileSystem();
