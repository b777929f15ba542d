import { BatchBuilder, batchHeader, checkBatch, records as recordsIn } from '@millrace/protocol';

export interface ModelRecord {
  readonly timestampMs: number;
  readonly key: string | null;
  /** Null for a tombstone. */
  readonly value: string | null;
}

export interface ModelProducer {
  readonly id: number;
  readonly epoch: number;
  readonly baseSequence: number;
}

/** A batch that was given to a log, and what is known of its fate. */
export interface ModelBatch {
  /** As the producer sent it. */
  readonly bytes: Buffer;
  readonly records: readonly ModelRecord[];
  readonly producer: ModelProducer | null;
  /** The offset that the log gave its first record. */
  baseOffset: number;
  /** When the broker set the timestamps; −1 when it did not. */
  logAppendTimeMs: number;
  /** Broker time when it came into the log. */
  appendedMs: number;
  isAcknowledged: boolean;
  /** Bits of it were turned around where it is stored. */
  isDamaged: boolean;
}

export function makeBatch(
  records: readonly ModelRecord[],
  producer: ModelProducer | null,
): ModelBatch {
  const builder = new BatchBuilder(
    producer === null
      ? {}
      : {
          producerId: producer.id,
          producerEpoch: producer.epoch,
          baseSequence: producer.baseSequence,
        },
  );
  for (const { timestampMs, key, value } of records) {
    builder.add({
      timestampMs,
      key: key === null ? null : Buffer.from(key),
      value: value === null ? null : Buffer.from(value),
    });
  }
  return {
    bytes: builder.build(),
    records,
    producer,
    baseOffset: -1,
    logAppendTimeMs: -1,
    appendedMs: -1,
    isAcknowledged: false,
    isDamaged: false,
  };
}

/** Stands for offsets that cannot be read: what a crash has torn, before something that it has left. */
export function makeHole(baseOffset: number, endOffset: number): ModelBatch {
  const record = { timestampMs: -1, key: null, value: null };
  return {
    bytes: Buffer.alloc(0),
    records: Array.from({ length: endOffset - baseOffset }, () => record),
    producer: null,
    baseOffset,
    logAppendTimeMs: -1,
    appendedMs: -1,
    isAcknowledged: true,
    isDamaged: true,
  };
}

/** The offset after the batch's last. */
export function nextOffsetOf(batch: ModelBatch): number {
  return batch.baseOffset + batch.records.length;
}

export function lastSequenceOf(batch: ModelBatch): number {
  return batchHeader.addToSequence(batch.producer!.baseSequence, batch.records.length - 1);
}

/** The time that record `index` has in the log. */
export function timestampOf(batch: ModelBatch, index: number): number {
  return batch.logAppendTimeMs >= 0 ? batch.logAppendTimeMs : batch.records[index]!.timestampMs;
}

/**
 * Whether the stored bytes at `at` are those of `batch`, at its offset: null, or what differs. The log sets the base
 * offset and the leader epoch, and, where it is asked to, the time and with that the CRC.
 */
export function differenceTo(stored: Buffer, at: number, batch: ModelBatch): string | null {
  const problem = checkBatch(stored, at, stored.length);
  if (problem !== null) return problem;
  const base = batchHeader.baseOffset(stored, at);
  if (base !== batch.baseOffset) return `base offset ${base}, not ${batch.baseOffset}`;
  const size = batchHeader.batchSizeBytes(stored, at);
  if (size !== batch.bytes.length) return `${size} bytes, not ${batch.bytes.length}`;
  if (batch.logAppendTimeMs < 0) {
    return sameBytes(stored, at, batch.bytes, 16, size) ? null : 'other bytes than were appended';
  }
  const time = batchHeader.maxTimestamp(stored, at);
  if (time !== batch.logAppendTimeMs) return `time ${time}, not ${batch.logAppendTimeMs}`;
  const isSame =
    sameBytes(stored, at, batch.bytes, 23, 35) && sameBytes(stored, at, batch.bytes, 43, size);
  return isSame ? null : 'other bytes than were appended';
}

function sameBytes(stored: Buffer, at: number, sent: Buffer, from: number, to: number): boolean {
  return stored.compare(sent, from, to, at + from, at + to) === 0;
}

/** Records are small here; a batch that decompresses to more is not one of ours. */
const MAX_BATCH_BYTES = 1024 * 1024;

/**
 * Whether the stored bytes at `at` are what compaction may leave of `batch`: its offsets and its producer, and of its
 * records some, each as it was. A text says what is wrong; else the indexes of the records that are not there.
 */
export function compactedFrom(stored: Buffer, at: number, batch: ModelBatch): string | number[] {
  const problem = checkBatch(stored, at, stored.length);
  if (problem !== null) return problem;
  const base = batchHeader.baseOffset(stored, at);
  if (base !== batch.baseOffset) return `base offset ${base}, not ${batch.baseOffset}`;
  const end = batchHeader.lastOffset(stored, at) + 1;
  if (end !== nextOffsetOf(batch)) return `a batch up to ${end}, not ${nextOffsetOf(batch)}`;
  if (!sameBytes(stored, at, batch.bytes, 43, 57)) return 'another producer or sequence';
  const gone = new Set(batch.records.keys());
  for (const { offset, timestampMs, key, value } of recordsIn(stored, at, MAX_BATCH_BYTES)) {
    const index = offset - base;
    const record = batch.records[index]!;
    const isSame =
      timestampMs === timestampOf(batch, index) &&
      (key?.toString() ?? null) === record.key &&
      (value?.toString() ?? null) === record.value;
    if (!isSame) return `another record at ${offset}`;
    gone.delete(index);
  }
  return [...gone];
}
