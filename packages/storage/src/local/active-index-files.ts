import { type FileSystem, type OpenFile, writeFully } from '../file-system.ts';
import { replaceFile } from './checkpoint-files.ts';
import { indexPaths, readIndexFiles } from './index-cache.ts';
import type { Segment } from './segment.ts';
import { SegmentIndex } from './segment-index.ts';

/** The bytes of both indexes at one moment. */
export interface IndexBytes {
  readonly offsets: Buffer;
  readonly times: Buffer;
}

/** What is known of one of the files. */
interface SavedFile {
  readonly filePath: string;
  /** Its first bytes that are right and durable; null when nothing is known, and it has to be replaced. */
  savedBytes: number | null;
  exists: boolean;
  /** It may be longer than that, with bytes that are wrong. */
  hasMore: boolean;
}

/**
 * The index files of an active segment, to which only what is new is added: each entry is written once, and what was
 * saved before stays as it is whatever becomes of a write. One save at a time.
 *
 * The time index is durable before the offset index, so that what the latter knows of, the former does as well.
 */
export class ActiveIndexFiles {
  readonly #fileSystem: FileSystem;
  readonly #times: SavedFile;
  readonly #offsets: SavedFile;

  /** For a segment whose files hold exactly the `saved` index; null for one that has no such files yet. */
  constructor(fileSystem: FileSystem, segment: Segment, saved: SegmentIndex | null = null) {
    const paths = indexPaths(segment);
    const none = { savedBytes: 0, exists: false, hasMore: false };
    this.#fileSystem = fileSystem;
    this.#times = { filePath: paths.times, ...none };
    this.#offsets = { filePath: paths.offsets, ...none };
    if (saved === null) return;
    note(this.#offsets, saved.offsetBytes(), saved.offsetBytes());
    note(this.#times, saved.timeBytes(), saved.timeBytes());
  }

  /**
   * Reads the files: what they tell for certain of the segment's part before `endOffset`. Nothing when one of them is
   * missing.
   */
  static async readBefore(
    endOffset: number,
    fileSystem: FileSystem,
    segment: Segment,
  ): Promise<{ index: SegmentIndex; files: ActiveIndexFiles }> {
    const files = new ActiveIndexFiles(fileSystem, segment);
    const { offsets, times } = await readIndexFiles(fileSystem, segment);
    const { baseOffset, sizeBytes } = segment;
    const index =
      offsets === null || times === null
        ? new SegmentIndex(baseOffset)
        : SegmentIndex.parseBefore(endOffset, baseOffset, sizeBytes, offsets, times);
    note(files.#offsets, offsets, index.offsetBytes());
    note(files.#times, times, index.timeBytes());
    return { index, files };
  }

  /** For a segment whose files hold so many bytes of its index; those without any may be missing. */
  static ofBytes(
    fileSystem: FileSystem,
    segment: Segment,
    bytes: { readonly offsetBytes: number; readonly timeBytes: number },
  ): ActiveIndexFiles {
    const files = new ActiveIndexFiles(fileSystem, segment);
    files.#offsets.savedBytes = bytes.offsetBytes;
    files.#offsets.exists = bytes.offsetBytes > 0;
    files.#times.savedBytes = bytes.timeBytes;
    files.#times.exists = bytes.timeBytes > 0;
    return files;
  }

  /** Bytes of both files that are right. */
  get sizes(): { readonly offsetBytes: number; readonly timeBytes: number } {
    return {
      offsetBytes: this.#offsets.savedBytes ?? 0,
      timeBytes: this.#times.savedBytes ?? 0,
    };
  }

  /** Whether the files hold all entries of the index and nothing else. */
  hold(index: SegmentIndex): boolean {
    return (
      this.#offsets.savedBytes === index.offsetBytes().length &&
      this.#times.savedBytes === index.timeBytes().length &&
      !this.#offsets.hasMore &&
      !this.#times.hasMore
    );
  }

  /** Nothing is known of the files: the next save replaces them. */
  static unknown(fileSystem: FileSystem, segment: Segment): ActiveIndexFiles {
    const files = new ActiveIndexFiles(fileSystem, segment);
    files.#offsets.savedBytes = null;
    files.#times.savedBytes = null;
    return files;
  }

  /**
   * Makes the files durable with these bytes, which begin with those of the last save; the names of new files are the
   * caller's to sync. A file that would be empty is made only with `evenIfEmpty`.
   */
  async save(bytes: IndexBytes, evenIfEmpty: boolean): Promise<void> {
    await this.#save(this.#times, bytes.times, evenIfEmpty);
    await this.#save(this.#offsets, bytes.offsets, evenIfEmpty);
  }

  /** The same where the files are not what they were taken for. */
  async replace(bytes: IndexBytes): Promise<void> {
    this.#offsets.savedBytes = null;
    this.#times.savedBytes = null;
    await this.save(bytes, true);
  }

  async #save(file: SavedFile, bytes: Buffer, evenIfEmpty: boolean): Promise<void> {
    if (file.savedBytes === null) {
      await replaceFile(this.#fileSystem, file.filePath, bytes);
    } else {
      const isDone = bytes.length === file.savedBytes && !file.hasMore;
      if (isDone && (file.exists || !evenIfEmpty)) return;
      await this.#append(file, bytes.subarray(file.savedBytes), file.savedBytes);
    }
    file.savedBytes = bytes.length;
    file.exists = true;
    file.hasMore = false;
  }

  async #append(file: SavedFile, bytes: Buffer, position: number): Promise<void> {
    const open: OpenFile = await this.#fileSystem.open(
      file.filePath,
      file.exists ? 'update' : 'replace',
    );
    try {
      if (file.hasMore) await open.truncate(position);
      // Should the write fail, what it left is cut off by the next one.
      file.hasMore = true;
      file.exists = true;
      if (bytes.length > 0) await writeFully(open, [bytes], position);
      await open.datasync();
    } finally {
      await open.close();
    }
  }
}

function note(file: SavedFile, content: Buffer | null, known: Buffer): void {
  if (content === null) return;
  file.exists = true;
  file.savedBytes = known.length;
  file.hasMore = content.length > known.length;
}
