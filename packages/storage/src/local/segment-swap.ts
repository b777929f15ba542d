import * as path from 'node:path';
import { batchHeader } from '@millrace/protocol';
import { errorCode, type FileSystem } from '../file-system.ts';
import { scanBatches } from './batch-scan.ts';
import { removeFile, removeSegmentFiles, SEGMENT_SUFFIXES } from './log-files.ts';
import {
  CLEANED_SUFFIX,
  LOG_SUFFIX,
  offsetFileName,
  parseOffsetFileName,
  SWAP_SUFFIX,
} from './log-names.ts';

// How a compacted segment takes the place of those that it was made from, with Kafka's names, so that a crash at any
// point leaves one or the other:
//
//   1. its files are written as X.log.cleaned and so on, and synced;          a start removes them
//   2. they become X.log.swap and so on, the log last, and that is synced;    from here on a start completes the swap
//   3. the old segments' files go, and that is synced;
//   4. the new ones get their names, the log last.
//
// The old segments are those that begin at or after X and before the end of X.log.swap, which its last batch tells.

const HEADER_CHUNK_BYTES = 64 * 1024;

/** Step 2. When it rejects, `withdrawSwap` must follow. */
export async function commitSwap(
  fileSystem: FileSystem,
  directory: string,
  baseOffset: number,
): Promise<void> {
  await renameAll(fileSystem, directory, baseOffset, CLEANED_SUFFIX, SWAP_SUFFIX);
}

/** Step 4. */
export async function completeSwap(
  fileSystem: FileSystem,
  directory: string,
  baseOffset: number,
): Promise<void> {
  await renameAll(fileSystem, directory, baseOffset, SWAP_SUFFIX, '');
}

/** Takes back what was made so far, as long as the old segments are all there. */
export async function withdrawSwap(
  fileSystem: FileSystem,
  directory: string,
  baseOffset: number,
): Promise<void> {
  for (const suffix of [CLEANED_SUFFIX, SWAP_SUFFIX]) {
    // The log first here: without it the others mean nothing.
    for (const filePath of segmentPaths(directory, baseOffset, suffix).reverse()) {
      await removeFile(fileSystem, filePath);
    }
  }
}

/** What a crash left of swaps: those that were committed are completed, the others taken back. */
export async function recoverSwaps(
  fileSystem: FileSystem,
  directory: string,
  onNotice: (notice: string) => void,
): Promise<void> {
  const names = (await fileSystem.readdir(directory)).map(({ name }) => name);
  const committed: number[] = [];
  for (const name of names) {
    const base = parseOffsetFileName(name, LOG_SUFFIX + SWAP_SUFFIX);
    if (base !== null) committed.push(base);
    if (name.endsWith(CLEANED_SUFFIX)) await removeFile(fileSystem, path.join(directory, name));
  }
  for (const base of committed.sort((a, b) => a - b)) {
    await recoverSwap(fileSystem, directory, base, names, onNotice);
  }
  for (const name of names) {
    // Whose log has its name already.
    if (name.endsWith(SWAP_SUFFIX)) await removeFile(fileSystem, path.join(directory, name));
  }
}

async function recoverSwap(
  fileSystem: FileSystem,
  directory: string,
  baseOffset: number,
  names: readonly string[],
  onNotice: (notice: string) => void,
): Promise<void> {
  const filePath = path.join(directory, offsetFileName(baseOffset, LOG_SUFFIX + SWAP_SUFFIX));
  const end = await endOf(fileSystem, filePath);
  if (end.problem !== null) {
    const hasOld = names.includes(offsetFileName(baseOffset, LOG_SUFFIX));
    onNotice(
      `${filePath}, which should replace older segments, is damaged (${end.problem}) and was ${hasOld ? 'removed' : 'used as it is'}.`,
    );
    if (hasOld) return withdrawSwap(fileSystem, directory, baseOffset);
  }
  for (const name of names) {
    const old = parseOffsetFileName(name, LOG_SUFFIX);
    if (old === null || old < baseOffset || old >= end.nextOffset) continue;
    await removeSegmentFiles(fileSystem, directory, old);
  }
  // An index of the old segment without its log.
  await removeSegmentFiles(fileSystem, directory, baseOffset);
  await fileSystem.syncDirectory(directory);
  await completeSwap(fileSystem, directory, baseOffset);
}

async function endOf(fileSystem: FileSystem, filePath: string) {
  const file = await fileSystem.open(filePath, 'read');
  try {
    let nextOffset = 0;
    const range = {
      start: 0,
      end: await file.size(),
      chunkBytes: HEADER_CHUNK_BYTES,
      whole: false,
    };
    const { problem } = await scanBatches(file, range, (buffer, at) => {
      nextOffset = batchHeader.lastOffset(buffer, at) + 1;
      return true;
    });
    return { nextOffset, problem };
  } finally {
    await file.close();
  }
}

/** The directory is synced afterwards. */
async function renameAll(
  fileSystem: FileSystem,
  directory: string,
  baseOffset: number,
  from: string,
  to: string,
): Promise<void> {
  const sources = segmentPaths(directory, baseOffset, from);
  const targets = segmentPaths(directory, baseOffset, to);
  for (const [index, source] of sources.entries()) {
    try {
      await fileSystem.rename(source, targets[index]!);
    } catch (error) {
      // Few segments have a transaction index, and recovery may have lost the others.
      const isLog = index === sources.length - 1;
      if (isLog || errorCode(error) !== 'ENOENT') throw error;
    }
  }
  await fileSystem.syncDirectory(directory);
}

/** The log last. */
function segmentPaths(directory: string, baseOffset: number, suffix: string): string[] {
  return SEGMENT_SUFFIXES.map((one) =>
    path.join(directory, offsetFileName(baseOffset, one + suffix)),
  );
}
