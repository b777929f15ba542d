import type { FileSystem } from '../file-system.ts';
import { SharedFile } from './shared-file.ts';

/** What the descriptors are kept for: a segment. Identity counts, since paths come back when a topic does. */
export interface FileOwner {
  readonly filePath: string;
  /** Set when its log is gone; nothing is kept for it from then on. */
  readonly isDropped: boolean;
}

/**
 * Descriptors of closed segments, opened when a read needs them and kept for the next read. Bounded by `maxFiles`:
 * the one not used for longest is let go first (a slice that still streams from it keeps it open until its end).
 */
export class OpenFiles {
  readonly #fileSystem: FileSystem;
  readonly #maxFiles: number;
  readonly #onCloseError: (error: unknown) => void;
  /** Oldest use first. */
  readonly #files = new Map<FileOwner, SharedFile>();

  constructor(fileSystem: FileSystem, maxFiles: number, onCloseError: (error: unknown) => void) {
    this.#fileSystem = fileSystem;
    this.#maxFiles = maxFiles;
    this.#onCloseError = onCloseError;
  }

  /** The file, retained for the caller, who must release it. */
  async acquire(owner: FileOwner): Promise<SharedFile> {
    const known = this.#files.get(owner);
    if (known !== undefined) return this.#keep(owner, known).retain();
    const file = await this.#fileSystem.open(owner.filePath, 'read');
    const opened = new SharedFile(file, this.#onCloseError);
    if (owner.isDropped) return opened;
    const meanwhile = this.#files.get(owner);
    if (meanwhile !== undefined) {
      // Another read opened it at the same time; one descriptor is enough.
      opened.release();
      return meanwhile.retain();
    }
    const retained = this.#keep(owner, opened).retain();
    this.#evict();
    return retained;
  }

  forget(owner: FileOwner): void {
    this.#files.get(owner)?.release();
    this.#files.delete(owner);
  }

  close(): void {
    for (const shared of this.#files.values()) shared.release();
    this.#files.clear();
  }

  /** Makes this file the one used last. */
  #keep(owner: FileOwner, shared: SharedFile): SharedFile {
    this.#files.delete(owner);
    this.#files.set(owner, shared);
    return shared;
  }

  #evict(): void {
    for (const [owner, shared] of this.#files) {
      if (this.#files.size <= this.#maxFiles) return;
      this.#files.delete(owner);
      shared.release();
    }
  }
}
