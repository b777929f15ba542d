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
import { cutFile } from './cut-file.ts';
import { listOffsets, removeFile } from './log-files.ts';
import { LOG_SUFFIX, offsetFileName } from './log-names.ts';
import type { OpenFiles } from './open-files.ts';
import type { ActiveSegment, Segment, SegmentList } from './segment.ts';
import type { LogTail } from './tail-cache.ts';

/** Read and written again at once; a larger batch counts by itself. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * So much before the first byte that was not synced is written anew as well: a device that fails now may have said just before
 * that it had what it had not. A loop device does so (seen with Linux 6.18) when its file has room for the beginning of
 * a request only. More than that nobody can make up for who was told that it is synced.
 */
const REWRITTEN_BYTES = 64 * 1024;

/** Of records that were acknowledged and not synced so much is held in memory while they are written anew. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** The parts of a log that a repair works on. */
export interface DamagedLog {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly segments: SegmentList;
  readonly activeFiles: OpenFiles;
  readonly tail: LogTail;
  /** What was acknowledged and not synced, from one attempt to the next. */
  held: readonly Buffer[] | null;
}

/** Where the part of the active segment begins that was written and not synced. */
export interface UnsyncedStart {
  readonly position: number;
  /** Of the batch there, its first or any other. */
  readonly offset: number;
}

/** Records that were acknowledged are neither in memory nor in the file: no further attempt can bring them back. */
export class LostRecordsError extends Error {}

/**
 * Brings the file of the active segment back to what was acknowledged, after a write or sync of it failed. What was
 * synced before stays, its end written once more. What was written and not acknowledged is cut off. What was acknowledged
 * without a sync (`flush.messages` above 1) is cut off and written anew, from the tail cache or, where that has it no
 * more, from the pages that the system still keeps, whose CRCs are checked first. To write over them in place does not do:
 * the file system may take blocks for good that never got their bytes (seen with ext4, which gave zeros afterwards).
 *
 * To leave those records out would lose what consumers have seen. So they are held in memory until they are durable,
 * and where one cannot be had, or they are too many to hold, the log is better left closed.
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
    const unsynced = { ...from, end: segment.sizeBytes };
    log.held ??= await collect(file, segment, log.tail, unsynced);
    const start = rewriteStart(log.segments.active, from);
    const synced = await collect(file, segment, log.tail, { ...start, end: from.position });
    await writeAll(file, synced, start.position);
    await cutFile(file, from.position);
    await writeAll(file, log.held, from.position);
    await file.datasync();
    await verifyEnd(file, log.segments.active);
    log.held = null;
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

/** A batch some way before `from`, behind all damage that recovery has found; `from` where the index has none near. */
function rewriteStart(active: ActiveSegment, from: UnsyncedStart): UnsyncedStart {
  const start = batchBefore(active, from);
  return from.position - start.position > MAX_HELD_BYTES ? from : start;
}

function batchBefore({ segment, index }: ActiveSegment, from: UnsyncedStart): UnsyncedStart {
  const entry = index.entryBefore(from.position - REWRITTEN_BYTES);
  const damage = segment.damage.at(-1);
  if (damage !== undefined && damage.endPosition > (entry?.position ?? 0)) {
    return { position: damage.endPosition, offset: damage.endOffset };
  }
  if (entry === null) return { position: 0, offset: segment.baseOffset };
  return { position: entry.position, offset: entry.lastOffset };
}

/** The acknowledged batches between two places. */
async function collect(
  file: OpenFile,
  segment: Segment,
  tail: LogTail,
  range: UnsyncedStart & { readonly end: number },
): Promise<Buffer[]> {
  let { position, offset } = range;
  const { end } = range;
  if (end - position > MAX_HELD_BYTES) {
    throw new LostRecordsError(
      `${end - position} acknowledged bytes of ${segment.filePath} were not synced, more than can be written anew`,
    );
  }
  const batches: Buffer[] = [];
  while (position < end) {
    const left = end - position;
    const some = cached(tail, offset, left) ?? [await readBatches(file, segment, position, left)];
    batches.push(...some);
    position += some.reduce((sum, batch) => sum + batch.length, 0);
    offset = nextOffsetAfter(some.at(-1)!);
  }
  return batches;
}

/** A copy, since it may be held for as long as the disk is away. */
function cached(tail: LogTail, offset: number, maxBytes: number): Buffer[] | null {
  const slice = tail.collect(offset, maxBytes, true);
  if (slice === null) return null;
  const copies = slice.parts.map((part) => Buffer.from(part as Buffer));
  slice.release();
  return copies;
}

async function writeAll(
  file: OpenFile,
  batches: readonly Buffer[],
  position: number,
): Promise<void> {
  let at = position;
  for (let index = 0; index < batches.length; index += MAX_WRITE_BUFFERS) {
    const some = batches.slice(index, index + MAX_WRITE_BUFFERS);
    await writeFully(file, some, at);
    at += some.reduce((sum, batch) => sum + batch.length, 0);
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
