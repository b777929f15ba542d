/**
 * All file access of the storage package goes through this interface, so that the crash simulator can take the
 * place of the disk. Errors are Node's own, with `code` (`ENOENT`, `ENOSPC`, …). Nothing here is synchronous but for
 * `writevNow`.
 *
 * What survives a power cut is what a POSIX file system promises: bytes after `datasync` or `sync`, names
 * (created, renamed, removed) after `syncDirectory` of the directory they stand in.
 */
export interface FileSystem {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** Creates the directory and its missing parents; resolves to the topmost one made, null when all were there. */
  mkdir(path: string): Promise<string | null>;
  /** Names in the directory, in no particular order. */
  readdir(path: string): Promise<DirectoryEntry[]>;
  /** Size of the file in bytes. */
  sizeOf(path: string): Promise<number>;
  /** When the file's bytes last changed, in milliseconds since the Unix epoch. */
  modifiedMs(path: string): Promise<number>;
  /** Takes the place of what is at `to`, when that is a file. */
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Removes an empty directory. */
  rmdir(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
}

/**
 * `read`: an existing file, for reading only. `update`: an existing file, for reading and writing.
 * `replace`: for both, created when missing and emptied when not.
 */
export type OpenMode = 'read' | 'update' | 'replace';

export interface DirectoryEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** An open file. All positions are absolute; there is no cursor. */
export interface OpenFile {
  /** Resolves to the count read: fewer than asked at the end of the file, 0 past it. */
  read(target: Buffer, targetOffset: number, length: number, position: number): Promise<number>;
  /** Writes the buffers one after the other; resolves to the count written, which may be less than asked. */
  writev(buffers: readonly Buffer[], position: number): Promise<number>;
  /**
   * `writev` in the caller's own thread, for what the system only copies into its page cache: no more than some hundred
   * KiB, and not while much of that cache waits for the disk (see `PageCache`).
   */
  writevNow(buffers: readonly Buffer[], position: number): number;
  /** Makes the bytes written before the call, and the size, durable. */
  datasync(): Promise<void>;
  truncate(sizeBytes: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** Reads exactly `length` bytes at `position`; rejects when the file is shorter. */
export async function readFully(
  file: OpenFile,
  target: Buffer,
  targetOffset: number,
  length: number,
  position: number,
): Promise<void> {
  for (let done = 0; done < length; ) {
    const count = await file.read(target, targetOffset + done, length - done, position + done);
    if (count === 0) {
      throw new Error(`the file ends at ${position + done}, before ${position + length}`);
    }
    done += count;
  }
}

/** Linux takes at most this many buffers in one `writev` (IOV_MAX). */
export const MAX_WRITE_BUFFERS = 1024;

/** Writes all of the buffers (at most `MAX_WRITE_BUFFERS`) at `position`, however many calls that takes. */
export async function writeFully(
  file: OpenFile,
  buffers: readonly Buffer[],
  position: number,
): Promise<void> {
  let rest = buffers;
  let at = position;
  while (rest.length > 0) {
    const count = checkedCount(await file.writev(rest, at), at);
    at += count;
    rest = withoutFirstBytes(rest, count);
  }
}

/** The same in the caller's own thread (`OpenFile.writevNow`). */
export function writeFullyNow(file: OpenFile, buffers: readonly Buffer[], position: number): void {
  let rest = buffers;
  let at = position;
  while (rest.length > 0) {
    const count = checkedCount(file.writevNow(rest, at), at);
    at += count;
    rest = withoutFirstBytes(rest, count);
  }
}

function checkedCount(count: number, position: number): number {
  if (count <= 0) throw new Error(`a write at ${position} wrote nothing`);
  return count;
}

function withoutFirstBytes(buffers: readonly Buffer[], count: number): readonly Buffer[] {
  let left = count;
  let index = 0;
  while (index < buffers.length && left >= buffers[index]!.length) left -= buffers[index++]!.length;
  if (left === 0) return buffers.slice(index);
  return [buffers[index]!.subarray(left), ...buffers.slice(index + 1)];
}

/** The whole file at `path`, which must be a small one, or null when there is none. */
export async function readSmallFile(fileSystem: FileSystem, path: string): Promise<Buffer | null> {
  let file: OpenFile;
  try {
    file = await fileSystem.open(path, 'read');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const content = Buffer.allocUnsafe(await file.size());
    await readFully(file, content, 0, content.length, 0);
    return content;
  } finally {
    await file.close();
  }
}

/** Creates or replaces the file at `path` and makes its bytes durable; its name is the caller's to sync. */
export async function writeSyncedFile(
  fileSystem: FileSystem,
  path: string,
  content: Buffer,
): Promise<void> {
  const file = await fileSystem.open(path, 'replace');
  try {
    if (content.length > 0) await writeFully(file, [content], 0);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** The `code` of one of Node's system errors, or null. */
export function errorCode(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}
