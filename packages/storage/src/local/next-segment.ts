import * as path from 'node:path';
import type { FileSystem } from '../file-system.ts';
import { DiskFullError, isDiskFull, isOutOfFiles, messageOf } from './disk-errors.ts';
import { removeFile } from './log-files.ts';
import { LOG_SUFFIX, offsetFileName } from './log-names.ts';
import { Segment } from './segment.ts';
import { SharedFile } from './shared-file.ts';

export interface RollRequest {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  /** Of the new segment: the log's end. */
  readonly baseOffset: number;
  /** Writes what the old segment, which is synced, has beside its records, and the producers as of `baseOffset`. */
  readonly saveOld: () => Promise<void>;
  readonly nowMs: number;
  readonly onNotice: (notice: string) => void;
}

/**
 * Makes the segment that follows, durably, once what belongs to the old one is saved; its open file is the caller's. Rejects with `DiskFullError` when nothing has changed and space may come back.
 */
export async function makeNextSegment(
  request: RollRequest,
): Promise<{ readonly segment: Segment; readonly file: SharedFile }> {
  const { fileSystem, directory, baseOffset, nowMs } = request;
  const filePath = path.join(directory, offsetFileName(baseOffset, LOG_SUFFIX));
  let file: SharedFile | null = null;
  try {
    await request.saveOld();
    file = await openNew(request, filePath);
    await fileSystem.syncDirectory(directory);
  } catch (error) {
    file?.release();
    if (!isDiskFull(error) && !isOutOfFiles(error)) throw error;
    await removeFile(fileSystem, filePath);
    throw new DiskFullError(messageOf(error));
  }
  const segment = new Segment(baseOffset, filePath, nowMs);
  segment.isEndSure = true;
  return { segment, file };
}

async function openNew(
  { fileSystem, onNotice }: RollRequest,
  filePath: string,
): Promise<SharedFile> {
  const file = await fileSystem.open(filePath, 'replace');
  return new SharedFile(file, (error) =>
    onNotice(`${filePath} could not be closed: ${messageOf(error)}`),
  );
}
