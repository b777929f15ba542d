import type { DirectoryEntry, FileSystem, OpenFile, OpenMode } from './file-system.ts';

/** A file system that tells how long each sync of a file took; all else passes through. */
export class TimedFileSystem implements FileSystem {
  readonly #inner: FileSystem;
  readonly #onSync: (durationMs: number) => void;

  /** `onSync` is called after every sync, failed ones included. */
  constructor(inner: FileSystem, onSync: (durationMs: number) => void) {
    this.#inner = inner;
    this.#onSync = onSync;
  }

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    return new TimedFile(await this.#inner.open(path, mode), this.#onSync);
  }

  mkdir(path: string): Promise<string | null> {
    return this.#inner.mkdir(path);
  }

  readdir(path: string): Promise<DirectoryEntry[]> {
    return this.#inner.readdir(path);
  }

  sizeOf(path: string): Promise<number> {
    return this.#inner.sizeOf(path);
  }

  modifiedMs(path: string): Promise<number> {
    return this.#inner.modifiedMs(path);
  }

  rename(from: string, to: string): Promise<void> {
    return this.#inner.rename(from, to);
  }

  unlink(path: string): Promise<void> {
    return this.#inner.unlink(path);
  }

  rmdir(path: string): Promise<void> {
    return this.#inner.rmdir(path);
  }

  syncDirectory(path: string): Promise<void> {
    return this.#inner.syncDirectory(path);
  }
}

class TimedFile implements OpenFile {
  readonly #inner: OpenFile;
  readonly #onSync: (durationMs: number) => void;

  constructor(inner: OpenFile, onSync: (durationMs: number) => void) {
    this.#inner = inner;
    this.#onSync = onSync;
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): Promise<number> {
    return this.#inner.read(target, targetOffset, length, position);
  }

  writev(buffers: readonly Buffer[], position: number): Promise<number> {
    return this.#inner.writev(buffers, position);
  }

  writevNow(buffers: readonly Buffer[], position: number): number {
    return this.#inner.writevNow(buffers, position);
  }

  async datasync(): Promise<void> {
    const started = performance.now();
    try {
      await this.#inner.datasync();
    } finally {
      this.#onSync(performance.now() - started);
    }
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#inner.truncate(sizeBytes);
  }

  size(): Promise<number> {
    return this.#inner.size();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
