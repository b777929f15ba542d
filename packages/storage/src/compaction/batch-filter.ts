import { batchHeader, emptiedBatch, RecordCursor, retainRecords } from '@millrace/protocol';

/**
 * What a batch may decompress to. The pass holds it, what is kept of it and what that compresses to. A log with a larger
 * batch is not compacted.
 */
export const MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024;

/** What is to become of one batch. */
export interface BatchFate {
  /** Whether its records go, all of them. */
  readonly dropsRecords: boolean;
  /** Whether its header stays when no record does. */
  readonly keepsHeader: boolean;
  /** The delete horizon that it gets when it holds tombstones (or `needsHorizon`) and has none (KIP-534). */
  readonly newHorizonMs: number;
  /** It is a marker of a transaction that is gone, which goes too once its horizon has passed. */
  readonly needsHorizon: boolean;
}

/** Whether the record that the cursor moved to stays. Called once for each, in order; has called `findKey`. */
export type RecordChoice = (cursor: RecordCursor) => boolean;

/**
 * What is left of the batch that is the whole of `batch`: itself where nothing changed, a batch in memory of its own, or
 * null. Kafka's rules (MemoryRecords.filterTo). Throws CompressionError and MalformedError.
 */
export function filterBatch(batch: Buffer, fate: BatchFate, keeps: RecordChoice): Buffer | null {
  if (fate.dropsRecords) return fate.keepsHeader ? emptied(batch) : null;
  const cursor = new RecordCursor(batch, 0, MAX_DECOMPRESSED_BYTES);
  const runs: number[] = [];
  let count = 0;
  let maxTimestampMs = -1;
  let hasTombstones = false;
  while (cursor.next()) {
    if (!keeps(cursor)) continue;
    count++;
    maxTimestampMs = Math.max(maxTimestampMs, cursor.timestampMs);
    hasTombstones ||= !cursor.hasValue;
    if (runs.at(-1) === cursor.recordStart) runs[runs.length - 1] = cursor.recordEnd;
    else runs.push(cursor.recordStart, cursor.recordEnd);
  }
  if (count === 0) return fate.keepsHeader ? emptied(batch) : null;
  const getsHorizon =
    (hasTombstones || fate.needsHorizon) &&
    !batchHeader.hasDeleteHorizon(batchHeader.attributes(batch, 0));
  if (!getsHorizon && count === batchHeader.recordCount(batch, 0)) return batch;
  const deleteHorizonMs = getsHorizon ? fate.newHorizonMs : null;
  return retainRecords(batch, {
    bytes: cursor.bytes,
    runs,
    count,
    maxTimestampMs,
    deleteHorizonMs,
  });
}

/** A batch that is empty already has nothing more to lose. */
function emptied(batch: Buffer): Buffer {
  return batchHeader.recordCount(batch, 0) === 0 ? batch : emptiedBatch(batch);
}
