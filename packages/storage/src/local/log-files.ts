import * as path from 'node:path';
import { errorCode, type FileSystem, readSmallFile } from '../file-system.ts';
import { replaceFile } from './checkpoint-files.ts';
import {
  DELETED_SUFFIX,
  INDEX_SUFFIX,
  LOG_SUFFIX,
  offsetFileName,
  parseOffsetFileName,
  SNAPSHOT_SUFFIX,
  SWAP_SUFFIX,
  TIME_INDEX_SUFFIX,
  TXN_INDEX_SUFFIX,
} from './log-names.ts';
import { decodeProducerSnapshot, encodeProducerSnapshot } from './producer-snapshot.ts';
import type { ProducerEntry } from './producer-states.ts';
import type { Segment } from './segment.ts';

/** Snapshots kept: the one of the active segment, and one to fall back on. */
const KEPT_SNAPSHOTS = 2;

/** Makes the directory of all logs and its missing parents, durably. */
export async function makeDataDirectory(fileSystem: FileSystem, directory: string): Promise<void> {
  const topmost = (await fileSystem.mkdir(directory)) ?? directory;
  let made = directory;
  await syncParent(fileSystem, made);
  while (made.length > topmost.length) {
    made = path.dirname(made);
    await syncParent(fileSystem, made);
  }
}

/** Also of a directory that was there: a process before this one may have died between making and syncing it. */
async function syncParent(fileSystem: FileSystem, directory: string): Promise<void> {
  try {
    await fileSystem.syncDirectory(path.dirname(directory));
  } catch (error) {
    // A parent that may not be read was not made by us.
    if (errorCode(error) !== 'EACCES' && errorCode(error) !== 'EPERM') throw error;
  }
}

/** Removes a file; that there is none is not an error. */
export async function removeFile(fileSystem: FileSystem, filePath: string): Promise<void> {
  try {
    await fileSystem.unlink(filePath);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** Removes a directory and the files in it. A log's directory has no directories inside. */
export async function removeDirectory(fileSystem: FileSystem, directory: string): Promise<void> {
  for (const entry of await fileSystem.readdir(directory)) {
    const entryPath = path.join(directory, entry.name);
    if (entry.isDirectory) await removeDirectory(fileSystem, entryPath);
    else await removeFile(fileSystem, entryPath);
  }
  await fileSystem.rmdir(directory);
}

/** The offsets in the names of a log's files with this suffix, ascending. */
export async function listOffsets(
  fileSystem: FileSystem,
  directory: string,
  suffix: string,
): Promise<number[]> {
  const offsets: number[] = [];
  for (const entry of await fileSystem.readdir(directory)) {
    const offset = parseOffsetFileName(entry.name, suffix);
    if (offset !== null && !entry.isDirectory) offsets.push(offset);
  }
  return offsets.sort((a, b) => a - b);
}

/** The records go last: an index without records would be left for good. */
export const SEGMENT_SUFFIXES = [INDEX_SUFFIX, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX, LOG_SUFFIX];

function segmentFiles(directory: string, baseOffset: number): string[] {
  return SEGMENT_SUFFIXES.map((suffix) => path.join(directory, offsetFileName(baseOffset, suffix)));
}

/** All files that a segment may have, the logs last: also those that a swap which failed half-way has left. */
export function filesOf(segment: Segment): string[] {
  const own = SEGMENT_SUFFIXES.map((suffix) => segment.pathOf(suffix));
  const isSwapped = segment.filePath.endsWith(SWAP_SUFFIX);
  if (!isSwapped) return own;
  return [...segmentFiles(path.dirname(segment.filePath), segment.baseOffset), ...own];
}

/** Removes a segment's files; the directory is the caller's to sync. */
export async function removeSegmentFiles(
  fileSystem: FileSystem,
  directory: string,
  baseOffset: number,
): Promise<void> {
  for (const filePath of segmentFiles(directory, baseOffset))
    await removeFile(fileSystem, filePath);
}

/**
 * Gives a segment's files the names under which they wait for their end, and resolves to these; the directory is the
 * caller's to sync.
 */
export async function setSegmentFilesAside(
  fileSystem: FileSystem,
  segment: Segment,
): Promise<string[]> {
  const aside: string[] = [];
  for (const filePath of filesOf(segment)) {
    // Also what is not there: an attempt before this one may have got as far.
    aside.push(filePath + DELETED_SUFFIX);
    try {
      await fileSystem.rename(filePath, filePath + DELETED_SUFFIX);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
  return aside;
}

/** Writes the state of all producers as of `offset`, durably, and removes what it makes superfluous. */
export async function writeProducerSnapshot(
  fileSystem: FileSystem,
  directory: string,
  offset: number,
  entries: readonly ProducerEntry[],
): Promise<void> {
  const name = offsetFileName(offset, SNAPSHOT_SUFFIX);
  await replaceFile(fileSystem, path.join(directory, name), encodeProducerSnapshot(entries));
  const offsets = await listOffsets(fileSystem, directory, SNAPSHOT_SUFFIX);
  for (const old of offsets.slice(0, -KEPT_SNAPSHOTS)) {
    await removeFile(fileSystem, path.join(directory, offsetFileName(old, SNAPSHOT_SUFFIX)));
  }
}

/**
 * The newest valid snapshot taken at or before `endOffset`. Those of a later offset describe batches that are gone,
 * and invalid ones nothing: they are removed.
 */
export async function readProducerSnapshot(
  fileSystem: FileSystem,
  directory: string,
  endOffset: number,
): Promise<{ offset: number; entries: readonly ProducerEntry[] } | null> {
  const offsets = await listOffsets(fileSystem, directory, SNAPSHOT_SUFFIX);
  let hasRemoved = false;
  let found: { offset: number; entries: readonly ProducerEntry[] } | null = null;
  for (const offset of offsets.reverse()) {
    const filePath = path.join(directory, offsetFileName(offset, SNAPSHOT_SUFFIX));
    const content = offset <= endOffset ? await readSmallFile(fileSystem, filePath) : null;
    const entries = content === null ? null : decodeProducerSnapshot(content);
    const fits = entries?.every((entry) => entry.batches.at(-1)!.lastOffset < offset) === true;
    if (fits) {
      found = { offset, entries };
      break;
    }
    await removeFile(fileSystem, filePath);
    hasRemoved = true;
  }
  // It must not be back after a crash, when the log has grown past its offset with other batches.
  if (hasRemoved) await fileSystem.syncDirectory(directory);
  return found;
}
