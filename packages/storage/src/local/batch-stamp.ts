import { batchHeader } from '@millrace/protocol';

/** What a broker writes into the batches that it appends. */
export interface BatchStamp {
  /** Of the first batch. */
  readonly baseOffset: number;
  readonly leaderEpoch: number;
  /** Null with CreateTime. */
  readonly logAppendTimeMs: number | null;
}

/** Patches the headers of `records` in place. */
export function stampBatches(
  records: Buffer,
  stamp: BatchStamp,
): { nextOffset: number; maxTimestampMs: number } {
  let nextOffset = stamp.baseOffset;
  let maxTimestampMs = -1;
  for (let at = 0; at < records.length; at += batchHeader.batchSizeBytes(records, at)) {
    batchHeader.setBaseOffset(records, at, nextOffset);
    batchHeader.setPartitionLeaderEpoch(records, at, stamp.leaderEpoch);
    if (stamp.logAppendTimeMs === null) clearLogAppendTime(records, at);
    else batchHeader.setLogAppendTime(records, at, stamp.logAppendTimeMs);
    nextOffset += batchHeader.lastOffsetDelta(records, at) + 1;
    maxTimestampMs = Math.max(maxTimestampMs, batchHeader.maxTimestamp(records, at));
  }
  return { nextOffset, maxTimestampMs };
}

/** A client must not claim the broker's time; Kafka takes the claim off. */
function clearLogAppendTime(records: Buffer, at: number): void {
  const attributes = batchHeader.attributes(records, at);
  if (!batchHeader.isLogAppendTime(attributes)) return;
  records.writeInt16BE(attributes & ~0x08, at + 21);
  batchHeader.setCrc(records, at);
}
