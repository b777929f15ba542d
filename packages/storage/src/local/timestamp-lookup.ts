import { batchHeader, checkBatch, RecordCursor } from '@millrace/protocol';
import type { TimestampedOffset } from '../log-store.ts';
import { type BatchPlace, DamagedLogError, type LogReader } from './log-reader.ts';

/** What one batch may decompress to here. Batches are at most `max.message.bytes` on disk. */
const MAX_DECOMPRESSED_BYTES = 128 * 1024 * 1024;

/**
 * The first record with a timestamp of at least `timestampMs`, as Kafka finds it: time index, batch headers, and
 * only in the one batch that matters the records. Null when there is none.
 */
export async function findTimestamp(
  reader: LogReader,
  timestampMs: number,
): Promise<TimestampedOffset | null> {
  for (const segment of reader.segments) {
    if (segment.maxTimestampMs !== null && segment.maxTimestampMs < timestampMs) continue;
    const index = await reader.indexOf(segment);
    if (index.maxTimestampMs < timestampMs) continue;
    let start = index.positionOfTime(timestampMs);
    for (;;) {
      let place: BatchPlace | null = null;
      await reader.scan(segment, start, (buffer, at, position, sizeBytes) => {
        if (batchHeader.maxTimestamp(buffer, at) < timestampMs) return true;
        place = { segment, position, sizeBytes };
        return false;
      });
      const found = place as BatchPlace | null;
      if (found === null) break;
      const record = await firstRecord(reader, found, timestampMs);
      if (record !== null) return record;
      // The header promised more than its records keep, as after a compaction.
      start = found.position + found.sizeBytes;
    }
  }
  return null;
}

/** The first record with the largest timestamp of all; null when no record has one. */
export async function findMaxTimestamp(reader: LogReader): Promise<TimestampedOffset | null> {
  let maxTimestampMs = -1;
  let offset = -1;
  for (const segment of reader.segments) {
    if (segment.maxTimestampMs === null) await reader.indexOf(segment);
    // Of equal ones the earliest counts.
    if ((segment.maxTimestampMs ?? -1) <= maxTimestampMs) continue;
    maxTimestampMs = segment.maxTimestampMs!;
    offset = segment.maxTimestampOffset;
  }
  if (maxTimestampMs < 0) return null;
  const place = await reader.locate(offset);
  return place === null ? null : firstRecord(reader, place, maxTimestampMs);
}

async function firstRecord(
  reader: LogReader,
  place: BatchPlace,
  timestampMs: number,
): Promise<TimestampedOffset | null> {
  const batch = await reader.readBatch(place);
  const problem = checkBatch(batch, 0, batch.length);
  if (problem !== null) {
    throw new DamagedLogError(
      `${place.segment.filePath} is damaged at byte ${place.position}: ${problem}`,
    );
  }
  const leaderEpoch = batchHeader.partitionLeaderEpoch(batch, 0);
  try {
    const cursor = new RecordCursor(batch, 0, MAX_DECOMPRESSED_BYTES);
    while (cursor.next()) {
      if (cursor.timestampMs < timestampMs) continue;
      return { offset: cursor.offset, timestampMs: cursor.timestampMs, leaderEpoch };
    }
    return null;
  } catch {
    // The bytes are those that the producer sent, but its records cannot be read. Who asks for a time to start from
    // is best served with the whole batch.
    return {
      offset: batchHeader.baseOffset(batch, 0),
      timestampMs: batchHeader.maxTimestamp(batch, 0),
      leaderEpoch,
    };
  }
}
