import { batchHeader, RecordCursor } from '@millrace/protocol';
import type { TimestampedOffset } from '../log-store.ts';
import { type BatchPlace, DamagedLogError, type LogReader } from './log-reader.ts';
import type { Segment } from './segment.ts';

/** What one batch may decompress to here. Batches are at most `max.message.bytes` on disk. */
const MAX_DECOMPRESSED_BYTES = 128 * 1024 * 1024;

/**
 * The first record from `logStartOffset` on with a timestamp of at least `timestampMs`, as Kafka finds it: time index,
 * batch headers, and only in the one batch that matters the records. Null when there is none.
 */
export async function findTimestamp(
  reader: LogReader,
  timestampMs: number,
  logStartOffset: number,
): Promise<TimestampedOffset | null> {
  for (const segment of reader.segments) {
    if (segment.nextOffset <= logStartOffset) continue;
    if (segment.maxTimestampMs !== null && segment.maxTimestampMs < timestampMs) continue;
    const index = await reader.indexOf(segment);
    if (index.maxTimestampMs < timestampMs) continue;
    let start = Math.max(index.positionOfTime(timestampMs), index.positionOf(logStartOffset));
    for (;;) {
      let place: BatchPlace | null = null;
      await reader.scan(segment, start, (buffer, at, position, sizeBytes) => {
        if (batchHeader.maxTimestamp(buffer, at) < timestampMs) return true;
        if (batchHeader.lastOffset(buffer, at) < logStartOffset) return true;
        place = { segment, position, sizeBytes };
        return false;
      });
      const found = place as BatchPlace | null;
      if (found === null) break;
      const record = await firstRecord(reader, found, timestampMs, logStartOffset);
      if (record !== null) return record;
      // The header promised more than its records keep, as after a compaction, or those are before the log's start.
      start = found.position + found.sizeBytes;
    }
  }
  return null;
}

/** A largest timestamp, and an offset in the first batch that has it. */
interface LargestTimestamp {
  readonly timestampMs: number;
  readonly offset: number;
}

/**
 * The first record with the largest timestamp from `logStartOffset` on; null when no record has one. Where compaction left
 * only the header of the batch that had the largest, the segment's other headers are gone through.
 */
export async function findMaxTimestamp(
  reader: LogReader,
  logStartOffset: number,
): Promise<TimestampedOffset | null> {
  const scanned = new Map<Segment, LargestTimestamp>();
  for (;;) {
    const largest = await largestOfAll(reader, logStartOffset, scanned);
    if (largest === null) return null;
    const place = await reader.locate(largest.offset);
    if (place === null) return null;
    const record = await firstRecord(reader, place, largest.timestampMs, logStartOffset);
    if (record !== null || scanned.has(largest.segment)) return record;
    const { segment } = largest;
    scanned.set(segment, await largestFrom(reader, segment, logStartOffset));
  }
}

/**
 * Has the batch that a segment's largest timestamp comes from say so itself. Where it does not, the index is wrong, which
 * nothing else finds out in a time index, and all headers are gone through. Retention must not go by such an index. Resolves
 * to whether it was right.
 */
export async function checkLargestTimestamp(reader: LogReader, segment: Segment): Promise<boolean> {
  const { maxTimestampMs, maxTimestampOffset } = segment;
  if (maxTimestampMs === null || maxTimestampMs < 0) return true;
  try {
    const place = await reader.locate(maxTimestampOffset);
    const batch = place?.segment === segment ? await reader.readChecked(place) : null;
    if (batch !== null && batchHeader.maxTimestamp(batch, 0) === maxTimestampMs) return true;
    const largest = await largestFrom(reader, segment, segment.baseOffset);
    // Where something was appended meanwhile, that is newer.
    if (segment.maxTimestampMs === maxTimestampMs) {
      segment.maxTimestampMs = largest.timestampMs;
      segment.maxTimestampOffset = largest.offset;
    }
    return false;
  } catch (error) {
    // Of a damaged segment the index is the best there is.
    if (!(error instanceof DamagedLogError)) throw error;
    return true;
  }
}

/** By the indexes, but for what was `scanned`. */
async function largestOfAll(
  reader: LogReader,
  logStartOffset: number,
  scanned: ReadonlyMap<Segment, LargestTimestamp>,
): Promise<(LargestTimestamp & { readonly segment: Segment }) | null> {
  let largest: LargestTimestamp = { timestampMs: -1, offset: -1 };
  let holder: Segment | null = null;
  for (const segment of reader.segments) {
    if (segment.nextOffset <= logStartOffset) continue;
    if (segment.maxTimestampMs === null) await reader.indexOf(segment);
    // Of equal ones the earliest counts.
    if ((segment.maxTimestampMs ?? -1) <= largest.timestampMs) continue;
    const own =
      scanned.get(segment) ??
      (segment.baseOffset >= logStartOffset
        ? { timestampMs: segment.maxTimestampMs!, offset: segment.maxTimestampOffset }
        : await largestFrom(reader, segment, logStartOffset));
    if (own.timestampMs > largest.timestampMs) {
      largest = own;
      holder = segment;
    }
  }
  return holder === null ? null : { ...largest, segment: holder };
}

/** The same for one segment, by its batches: where it begins before `logStartOffset`, its index knows only the whole. */
async function largestFrom(
  reader: LogReader,
  segment: Segment,
  logStartOffset: number,
): Promise<LargestTimestamp> {
  let largest: LargestTimestamp = { timestampMs: -1, offset: -1 };
  let divided: BatchPlace | null = null;
  const index = await reader.indexOf(segment);
  const start = index.positionOf(logStartOffset);
  await reader.scan(segment, start, (buffer, at, position, sizeBytes) => {
    const offset = batchHeader.lastOffset(buffer, at);
    if (offset < logStartOffset || batchHeader.recordCount(buffer, at) === 0) return true;
    const timestampMs = batchHeader.maxTimestamp(buffer, at);
    if (batchHeader.baseOffset(buffer, at) < logStartOffset) {
      divided = { segment, position, sizeBytes };
    } else if (timestampMs > largest.timestampMs) {
      largest = { timestampMs, offset };
    }
    return true;
  });
  if (divided === null) return largest;
  // The batch that the log starts in may have its largest timestamp before the start.
  const inDivided = await largestInBatch(reader, divided, logStartOffset);
  return inDivided.timestampMs >= largest.timestampMs ? inDivided : largest;
}

async function largestInBatch(
  reader: LogReader,
  place: BatchPlace,
  logStartOffset: number,
): Promise<LargestTimestamp> {
  let largest: LargestTimestamp = { timestampMs: -1, offset: -1 };
  const batch = await reader.readChecked(place);
  try {
    const cursor = new RecordCursor(batch, 0, MAX_DECOMPRESSED_BYTES);
    while (cursor.next()) {
      if (cursor.offset < logStartOffset || cursor.timestampMs <= largest.timestampMs) continue;
      largest = { timestampMs: cursor.timestampMs, offset: cursor.offset };
    }
    return largest;
  } catch {
    // Records that cannot be read have the time that their header gives.
    const offset = batchHeader.lastOffset(batch, 0);
    return { timestampMs: batchHeader.maxTimestamp(batch, 0), offset };
  }
}

async function firstRecord(
  reader: LogReader,
  place: BatchPlace,
  timestampMs: number,
  logStartOffset: number,
): Promise<TimestampedOffset | null> {
  const batch = await reader.readChecked(place);
  const leaderEpoch = batchHeader.partitionLeaderEpoch(batch, 0);
  try {
    const cursor = new RecordCursor(batch, 0, MAX_DECOMPRESSED_BYTES);
    while (cursor.next()) {
      if (cursor.timestampMs < timestampMs || cursor.offset < logStartOffset) continue;
      return { offset: cursor.offset, timestampMs: cursor.timestampMs, leaderEpoch };
    }
    return null;
  } catch {
    // The bytes are those that the producer sent, but its records cannot be read. Who asks for a time to start from
    // is best served with the whole batch.
    return {
      offset: Math.max(batchHeader.baseOffset(batch, 0), logStartOffset),
      timestampMs: batchHeader.maxTimestamp(batch, 0),
      leaderEpoch,
    };
  }
}
