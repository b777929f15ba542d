import type { OpenFile } from '../file-system.ts';

/**
 * Cuts the file at `sizeBytes`, which the next sync makes durable, whatever became of earlier changes. A file may be longer on
 * the disk than it seems: when a sync fails, the system forgets that it had been cut. To cut it once more at the size that
 * it seems to have would do nothing about that, so it is made longer first.
 */
export async function cutFile(file: OpenFile, sizeBytes: number): Promise<void> {
  await file.truncate(sizeBytes + 1);
  await file.truncate(sizeBytes);
}
