import type { FileSystem, OpenMode } from '../file-system.ts';
import { InFlight } from './in-flight.ts';
import { SharedFile } from './shared-file.ts';

/** What the descriptors are kept for: a segment. Identity counts, since paths come back when a topic does. */
export interface FileOwner {
  readonly filePath: string;
  /** Set when its log is gone, or holds other segments in its place; nothing is opened or kept for it from then on. */
  readonly isDropped: boolean;
  /** While its file gets its name. */
  readonly moving: Promise<void> | null;
}

/** The segment is not part of its log any more: look again from the log's list. */
export class DroppedSegmentError extends Error {
  constructor(owner: FileOwner) {
    super(`${owner.filePath} belongs to a segment that was deleted or compacted meanwhile.`);
  }
}

/**
 * Descriptors of segments, opened when they are needed and kept for the next use. Bounded by `maxFiles`: the one not
 * used for longest is let go first (who still uses it, such as a slice that streams from it, keeps it open until then).
 */
export class OpenFiles {
  readonly #fileSystem: FileSystem;
  readonly #mode: OpenMode;
  readonly #maxFiles: number;
  readonly #onCloseError: (error: unknown) => void;
  /** Oldest use first. */
  readonly #files = new Map<FileOwner, SharedFile>();
  readonly #inFlight = new InFlight<FileOwner>();

  constructor(
    fileSystem: FileSystem,
    mode: OpenMode,
    maxFiles: number,
    onCloseError: (error: unknown) => void,
  ) {
    this.#fileSystem = fileSystem;
    this.#mode = mode;
    this.#maxFiles = maxFiles;
    this.#onCloseError = onCloseError;
  }

  /**
   * The file, retained for the caller, who must release it. Throws `DroppedSegmentError` for a segment that is dropped:
   * its file's name may be another's by now.
   */
  async acquire(owner: FileOwner): Promise<SharedFile> {
    const known = this.#files.get(owner);
    if (known !== undefined) return this.#keep(owner, known).retain();
    if (owner.moving !== null) await owner.moving;
    if (owner.isDropped) throw new DroppedSegmentError(owner);
    const opening = this.#fileSystem.open(owner.filePath, this.#mode);
    const file = await this.#inFlight.track(owner, opening);
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

  /** Resolves when the segment's file, which was dropped before, is not being opened any more. */
  settled(owner: FileOwner): Promise<void> {
    return this.#inFlight.settled(owner);
  }

  /** Takes over a file that the caller has opened. */
  adopt(owner: FileOwner, opened: SharedFile): void {
    this.#keep(owner, opened);
    this.#evict();
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
