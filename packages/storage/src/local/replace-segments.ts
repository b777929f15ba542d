import { errorCode, type FileSystem } from '../file-system.ts';
import type { LogConfig } from '../log-store.ts';
import type { DeletedSegments } from './deleted-segments.ts';
import type { IndexCache } from './index-cache.ts';
import { SWAP_SUFFIX } from './log-names.ts';
import type { OpenFiles } from './open-files.ts';
import type { Segment, SegmentList } from './segment.ts';
import { commitSwap, completeSwap, withdrawSwap } from './segment-swap.ts';

/** What a swap of segments works on. */
export interface SwappedLog {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly segments: SegmentList;
  readonly deleted: DeletedSegments;
  readonly openFiles: OpenFiles;
  readonly indexes: IndexCache;
  readonly log: { readonly config: LogConfig };
  /** The list holds the new segment now. */
  replaced(old: readonly Segment[], cleaned: Segment): void;
}

/**
 * Puts a compacted segment, whose files are written and synced under `.cleaned` names, in the place of the closed ones
 * that it was made from. In memory that is one step; whoever reads from an old file goes on with it, and whoever opens one
 * of the new files waits until they have their names. False, and the `.cleaned` or `.swap` files are the caller's to
 * remove, when the old segments are not all there any more. When it rejects, the log is as it was, or the new segment is
 * in use and the next start completes what is missing.
 */
export function replaceSegments(
  log: SwappedLog,
  old: readonly Segment[],
  cleaned: Segment,
): Promise<boolean> {
  return log.deleted.inTurn(async () => {
    if (old.some(({ isDropped }) => isDropped)) return false;
    const { fileSystem, directory } = log;
    try {
      await commitSwap(fileSystem, directory, cleaned.baseOffset);
    } catch (error) {
      await withdrawSwap(fileSystem, directory, cleaned.baseOffset);
      throw error;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    cleaned.moving = promise;
    // A deletion may have come between.
    if (!log.segments.replace(old, cleaned)) return false;
    log.replaced(old, cleaned);
    try {
      await takePlace(log, old, cleaned);
    } finally {
      cleaned.moving = null;
      resolve();
    }
    return true;
  });
}

async function takePlace(
  log: SwappedLog,
  old: readonly Segment[],
  cleaned: Segment,
): Promise<void> {
  const swapPath = cleaned.filePath + SWAP_SUFFIX;
  try {
    for (const segment of old) {
      await log.openFiles.settled(segment);
      await log.indexes.settled(segment);
    }
    await log.deleted.takeAway(old, log.log.config.fileDeleteDelayMs);
    await completeSwap(log.fileSystem, log.directory, cleaned.baseOffset);
  } catch (error) {
    if (await exists(log.fileSystem, swapPath)) cleaned.filePath = swapPath;
    throw error;
  }
}

async function exists(fileSystem: FileSystem, filePath: string): Promise<boolean> {
  try {
    await fileSystem.sizeOf(filePath);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ENOENT';
  }
}
