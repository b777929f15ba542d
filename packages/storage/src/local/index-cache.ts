import { type FileSystem, readSmallFile, writeSyncedFile } from '../file-system.ts';
import { messageOf } from './disk-errors.ts';
import { InFlight } from './in-flight.ts';
import { INDEX_SUFFIX, TIME_INDEX_SUFFIX } from './log-names.ts';
import { DroppedSegmentError, type OpenFiles } from './open-files.ts';
import type { Segment } from './segment.ts';
import { SegmentIndex } from './segment-index.ts';
import { reindexSegment } from './segment-recovery.ts';

/**
 * Indexes of closed segments, read when a fetch or a look-up by time needs them. Bounded by `maxBytes` over all
 * logs of a store (one index more than that while it is in use); the one not used for longest goes first.
 */
export class IndexCache {
  readonly #fileSystem: FileSystem;
  readonly #openFiles: OpenFiles;
  readonly #maxBytes: number;
  readonly #onNotice: (notice: string) => void;
  readonly #inFlight = new InFlight<Segment>();
  #bytes = 0;
  /** Oldest use first. */
  readonly #indexes = new Map<Segment, SegmentIndex>();

  constructor(
    fileSystem: FileSystem,
    openFiles: OpenFiles,
    maxBytes: number,
    onNotice: (notice: string) => void,
  ) {
    this.#fileSystem = fileSystem;
    this.#openFiles = openFiles;
    this.#maxBytes = maxBytes;
    this.#onNotice = onNotice;
  }

  /**
   * The segment's index; built anew from its batches when the files are missing or wrong. Throws `DroppedSegmentError` for
   * one that is dropped: its files' names may be another's by now.
   */
  get(segment: Segment, indexIntervalBytes: number): Promise<SegmentIndex> {
    return this.#tracked(segment, () => this.#get(segment, indexIntervalBytes));
  }

  /** The same for an index that was found to be wrong. */
  rebuild(segment: Segment, indexIntervalBytes: number): Promise<SegmentIndex> {
    return this.#tracked(segment, async () => {
      const index = await this.#rebuild(segment, indexIntervalBytes);
      if (!segment.isDropped) this.#keep(segment, index);
      return index;
    });
  }

  async #tracked(segment: Segment, work: () => Promise<SegmentIndex>): Promise<SegmentIndex> {
    await segment.moving;
    if (segment.isDropped) throw new DroppedSegmentError(segment);
    return this.#inFlight.track(segment, work());
  }

  /** Resolves when nothing reads or writes the segment's index files any more; it was dropped before, or is moving. */
  settled(segment: Segment): Promise<void> {
    return this.#inFlight.settled(segment);
  }

  async #get(segment: Segment, indexIntervalBytes: number): Promise<SegmentIndex> {
    const index =
      this.#indexes.get(segment) ??
      (await loadIndex(this.#fileSystem, segment)) ??
      (await this.#rebuild(segment, indexIntervalBytes));
    if (!segment.isDropped) this.#keep(segment, index);
    return index;
  }

  forget(segment: Segment): void {
    const index = this.#indexes.get(segment);
    if (index === undefined) return;
    this.#indexes.delete(segment);
    this.#bytes -= index.memoryBytes;
  }

  #keep(segment: Segment, index: SegmentIndex): void {
    this.forget(segment);
    this.#indexes.set(segment, index);
    this.#bytes += index.memoryBytes;
    for (const oldest of this.#indexes.keys()) {
      if (this.#bytes <= this.#maxBytes || oldest === segment) return;
      this.forget(oldest);
    }
  }

  async #rebuild(segment: Segment, indexIntervalBytes: number): Promise<SegmentIndex> {
    this.#onNotice(`The index of ${segment.filePath} was missing or wrong and is built anew.`);
    const shared = await this.#openFiles.acquire(segment);
    try {
      const { baseOffset, sizeBytes: fileBytes, damage } = segment;
      const bounds = { baseOffset, fileBytes, indexIntervalBytes };
      const { index } = await reindexSegment(shared.file, bounds, damage);
      index.seal();
      if (!segment.isDropped) await this.#save(segment, index);
      return index;
    } finally {
      shared.release();
    }
  }

  /** Without its files the index serves as well; on a full disk it is built again when it is needed again. */
  async #save(segment: Segment, index: SegmentIndex): Promise<void> {
    try {
      await writeIndexFiles(this.#fileSystem, segment, index);
    } catch (error) {
      this.#onNotice(`The index of ${segment.filePath} could not be saved: ${messageOf(error)}`);
    }
  }
}

export function indexPaths(segment: Segment): { offsets: string; times: string } {
  return { offsets: segment.pathOf(INDEX_SUFFIX), times: segment.pathOf(TIME_INDEX_SUFFIX) };
}

/** The content of both files, null for one that is missing. */
export async function readIndexFiles(
  fileSystem: FileSystem,
  segment: Segment,
): Promise<{ readonly offsets: Buffer | null; readonly times: Buffer | null }> {
  const paths = indexPaths(segment);
  const offsets = await readSmallFile(fileSystem, paths.offsets);
  const times = await readSmallFile(fileSystem, paths.times);
  return { offsets, times };
}

/** The index as its two files hold it; null when one is missing or they cannot be right. */
export async function loadIndex(
  fileSystem: FileSystem,
  segment: Segment,
): Promise<SegmentIndex | null> {
  const { offsets, times } = await readIndexFiles(fileSystem, segment);
  if (offsets === null || times === null) return null;
  return SegmentIndex.parse(segment.baseOffset, segment.sizeBytes, offsets, times);
}

/** Writes both files at their exact length, durably; their names are the caller's to sync. */
export async function writeIndexFiles(
  fileSystem: FileSystem,
  segment: Segment,
  index: SegmentIndex,
): Promise<void> {
  const paths = indexPaths(segment);
  await writeSyncedFile(fileSystem, paths.offsets, index.offsetBytes());
  await writeSyncedFile(fileSystem, paths.times, index.timeBytes());
}
