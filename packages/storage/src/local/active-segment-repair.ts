import * as path from 'node:path';
import { batchHeader, checkBatch } from '@millrace/protocol';
import {
  type FileSystem,
  MAX_WRITE_BUFFERS,
  type OpenFile,
  readFully,
  writeFully,
} from '../file-system.ts';
import { scanBatches } from './batch-scan.ts';
import { listOffsets, removeFile } from './log-files.ts';
import { LOG_SUFFIX, offsetFileName } from './log-names.ts';
import type { OpenFiles } from './open-files.ts';
import type { ActiveSegment, Segment, SegmentList } from './segment.ts';
import type { LogTail } from './tail-cache.ts';

/** Read and written again at once; a larger batch counts by itself. */
const CHUNK_BYTES = 1024 * 1024;

/** The parts of a log that a repair works on. */
export interface DamagedLog {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly segments: SegmentList;
  readonly activeFiles: OpenFiles;
  readonly tail: LogTail;
}

/** Where the part of the active segment begins that was written and not synced. */
export interface UnsyncedStart {
  readonly position: number;
  /** Of the batch there. */
  readonly offset: number;
}

/** Records that were acknowledged are neither in memory nor in the file: no further attempt can bring them back. */
export class LostRecordsError extends Error {}

/**
 * Brings the file of the active segment back to what was acknowledged, after a write or sync of it failed. What was
 * synced before stays. What was written and not acknowledged is cut off. What was acknowledged without a sync
 * (`flush.messages` above 1) is written anew: a sync that fails may leave such pages marked as clean, and no later
 * sync would bring them to the disk. They are taken from the tail cache, and where that has them no more from the file,
 * whose pages the system keeps as a rule; then every CRC is checked first. To cut them off as well would lose records
 * that consumers have seen, so where one is in neither place the log is better left closed.
 *
 * May be tried again after any other error: it destroys nothing that an attempt after it would need.
 */
export async function repairActiveSegment(log: DamagedLog, from: UnsyncedStart): Promise<void> {
  const { segment } = log.segments.active;
  await removeLaterSegments(log);
  // A descriptor by name: the disk may have been away, and come back as another device.
  log.activeFiles.forget(segment);
  const shared = await log.activeFiles.acquire(segment);
  try {
    const { file } = shared;
    const sizeBytes = await file.size();
    if (sizeBytes < from.position) {
      throw new Error(
        `${segment.filePath} has ${sizeBytes} bytes, although ${from.position} had been synced`,
      );
    }
    await rewrite(file, segment, log.tail, from);
    // Made longer first: to cut it at the size that it seems to have would do nothing about one that the disk has.
    await file.truncate(segment.sizeBytes + 1);
    await file.truncate(segment.sizeBytes);
    await file.datasync();
    await verifyEnd(file, log.segments.active);
  } finally {
    shared.release();
  }
}

/** A roll that failed may have left the file of a new segment, which would stand in the middle of the log one day. */
async function removeLaterSegments({ fileSystem, directory, segments }: DamagedLog): Promise<void> {
  const { baseOffset } = segments.active.segment;
  const offsets = await listOffsets(fileSystem, directory, LOG_SUFFIX);
  for (const later of offsets.filter((offset) => offset > baseOffset)) {
    await removeFile(fileSystem, path.join(directory, offsetFileName(later, LOG_SUFFIX)));
  }
  await fileSystem.syncDirectory(directory);
}

/** Writes the acknowledged batches from `from` on where they stand. */
async function rewrite(
  file: OpenFile,
  segment: Segment,
  tail: LogTail,
  from: UnsyncedStart,
): Promise<void> {
  let { position, offset } = from;
  while (position < segment.sizeBytes) {
    const left = segment.sizeBytes - position;
    const cached = tail.collect(offset, left, true);
    const batches = cached ?? [await readBatches(file, segment, position, left)];
    for (let at = 0; at < batches.length; at += MAX_WRITE_BUFFERS) {
      const some = batches.slice(at, at + MAX_WRITE_BUFFERS);
      await writeFully(file, some, position);
      position += some.reduce((sum, batch) => sum + batch.length, 0);
    }
    // What is cached goes up to the end.
    if (cached === null) offset = nextOffsetAfter(batches[0]!);
  }
}

/** Whole batches from `position` on, at least one, each with a CRC that is right. */
async function readBatches(
  file: OpenFile,
  segment: Segment,
  position: number,
  leftBytes: number,
): Promise<Buffer> {
  let chunk = await readChunk(file, position, Math.min(leftBytes, CHUNK_BYTES));
  const firstBytes = batchHeader.batchSizeBytes(chunk, 0);
  if (firstBytes > chunk.length && firstBytes <= leftBytes) {
    chunk = await readChunk(file, position, firstBytes);
  }
  let end = 0;
  while (end < chunk.length) {
    const problem = checkBatch(chunk, end, chunk.length);
    if (problem !== null && end > 0) break;
    if (problem !== null) {
      throw new LostRecordsError(
        `acknowledged records are gone from ${segment.filePath}, from byte ${position} on: ${problem}`,
      );
    }
    end += batchHeader.batchSizeBytes(chunk, end);
  }
  return chunk.subarray(0, end);
}

async function readChunk(file: OpenFile, position: number, length: number): Promise<Buffer> {
  const chunk = Buffer.allocUnsafe(length);
  await readFully(file, chunk, 0, length, position);
  return chunk;
}

function nextOffsetAfter(batches: Buffer): number {
  let at = 0;
  let last = 0;
  while (at < batches.length) {
    last = at;
    at += batchHeader.batchSizeBytes(batches, at);
  }
  return batchHeader.lastOffset(batches, last) + 1;
}

/** Reads the last batches back, since the next one will stand right behind them. */
async function verifyEnd(file: OpenFile, { segment, index }: ActiveSegment): Promise<void> {
  const start = Math.max(index.lastPosition, segment.damage.at(-1)?.endPosition ?? 0);
  let nextOffset = segment.nextOffset;
  const range = { start, end: segment.sizeBytes, chunkBytes: CHUNK_BYTES, whole: true };
  const end = await scanBatches(file, range, (buffer, at) => {
    nextOffset = batchHeader.lastOffset(buffer, at) + 1;
    return true;
  });
  const problem =
    end.problem ?? (nextOffset === segment.nextOffset ? null : `it ends at offset ${nextOffset}`);
  if (problem === null) return;
  throw new Error(
    `${segment.filePath} does not hold what was synced, from byte ${end.position} on: ${problem}`,
  );
}
