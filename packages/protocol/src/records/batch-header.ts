import { crc32c } from './crc32c.ts';
import { readInt64, writeInt64 } from './int64.ts';

// Views on record batches of format 2, the only one that Kafka 4 knows. Nothing here allocates: every function
// takes the buffer and the position `at` which the batch starts, so that a produce request is checked, patched
// and stored without an object per batch. The functions that read one field require that the whole header lies
// within the buffer (`checkBatchHeader` makes sure of it) and throw Node's RangeError otherwise.
//
//    0 baseOffset int64             21 attributes int16         43 producerId int64
//    8 batchLength int32            23 lastOffsetDelta int32    51 producerEpoch int16
//   12 partitionLeaderEpoch int32   27 baseTimestamp int64      53 baseSequence int32
//   16 magic int8                   35 maxTimestamp int64       57 recordCount int32
//   17 crc uint32                                               61 records
//
// The CRC covers everything from the attributes to the end, so a broker may set the base offset and the leader
// epoch without computing it anew.

/** Size of the fixed part of a batch: all fields before its records. */
export const BATCH_HEADER_BYTES = 61;
/** Bytes that come before what `batchLength` counts: the base offset and the length itself. */
export const BATCH_OVERHEAD_BYTES = 12;
/** Where the bytes covered by the CRC begin, and where the records do, relative to the batch. */
const CRC_START = 21;

const MAX_SEQUENCE = 0x7fffffff;
const NO_SEQUENCE = -1;
const HIGHEST_CODEC = 4;

const CODEC_MASK = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const DELETE_HORIZON = 0x40;

export function baseOffset(buffer: Buffer, at: number): number {
  return readInt64(buffer, at);
}

/** Bytes that follow the length field. */
export function batchLength(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 8);
}

/** Size of the whole batch: the next one starts this many bytes further on. */
export function batchSizeBytes(buffer: Buffer, at: number): number {
  return BATCH_OVERHEAD_BYTES + batchLength(buffer, at);
}

export function partitionLeaderEpoch(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 12);
}

export function magic(buffer: Buffer, at: number): number {
  return buffer.readInt8(at + 16);
}

export function storedCrc(buffer: Buffer, at: number): number {
  return buffer.readUInt32BE(at + 17);
}

export function attributes(buffer: Buffer, at: number): number {
  return buffer.readInt16BE(at + CRC_START);
}

export function lastOffsetDelta(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 23);
}

export function lastOffset(buffer: Buffer, at: number): number {
  return baseOffset(buffer, at) + lastOffsetDelta(buffer, at);
}

/** Timestamp that the records' deltas count from; the delete horizon where `hasDeleteHorizon`. */
export function baseTimestamp(buffer: Buffer, at: number): number {
  return readInt64(buffer, at + 27);
}

export function maxTimestamp(buffer: Buffer, at: number): number {
  return readInt64(buffer, at + 35);
}

/** −1 when the producer is not idempotent. */
export function producerId(buffer: Buffer, at: number): number {
  return readInt64(buffer, at + 43);
}

export function producerEpoch(buffer: Buffer, at: number): number {
  return buffer.readInt16BE(at + 51);
}

/** Sequence of the first record; −1 when the batch has none. */
export function baseSequence(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 53);
}

/** Records in the batch: fewer than its offsets span once it was compacted, and 0 when none is left. */
export function recordCount(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 57);
}

/** Sequence of the last record; −1 when the batch has none. */
export function lastSequence(buffer: Buffer, at: number): number {
  const first = baseSequence(buffer, at);
  return first === NO_SEQUENCE ? NO_SEQUENCE : addToSequence(first, lastOffsetDelta(buffer, at));
}

/** Sequence numbers run from 0 to 2^31 − 1 and then start again at 0. */
export function addToSequence(sequence: number, increment: number): number {
  const sum = sequence + increment;
  return sum > MAX_SEQUENCE ? sum - MAX_SEQUENCE - 1 : sum;
}

/** Code of the compression codec, 0 to 7; `Compression` names those that exist. */
export function compressionCodec(attributes: number): number {
  return attributes & CODEC_MASK;
}

/** Whether every record's timestamp is the batch's `maxTimestamp`, set by the broker. */
export function isLogAppendTime(attributes: number): boolean {
  return (attributes & LOG_APPEND_TIME) !== 0;
}

export function isTransactional(attributes: number): boolean {
  return (attributes & TRANSACTIONAL) !== 0;
}

/** Whether the batch holds a transaction marker instead of a client's records. */
export function isControl(attributes: number): boolean {
  return (attributes & CONTROL) !== 0;
}

/** Whether `baseTimestamp` is the time from which compaction may drop the batch's tombstones (KIP-534). */
export function hasDeleteHorizon(attributes: number): boolean {
  return (attributes & DELETE_HORIZON) !== 0;
}

export function setBaseOffset(buffer: Buffer, at: number, offset: number): void {
  writeInt64(buffer, at, offset);
}

export function setPartitionLeaderEpoch(buffer: Buffer, at: number, leaderEpoch: number): void {
  buffer.writeInt32BE(leaderEpoch, at + 12);
}

/** The length field is what follows it. */
export function setBatchSizeBytes(buffer: Buffer, at: number, sizeBytes: number): void {
  buffer.writeInt32BE(sizeBytes - BATCH_OVERHEAD_BYTES, at + 8);
}

/** The CRC is the caller's to set, here and in `setMaxTimestamp`. */
export function setCompressionCodec(buffer: Buffer, at: number, codec: number): void {
  buffer.writeInt16BE((attributes(buffer, at) & ~CODEC_MASK) | codec, at + CRC_START);
}

export function setMaxTimestamp(buffer: Buffer, at: number, timestampMs: number): void {
  writeInt64(buffer, at + 35, timestampMs);
}

/** The horizon takes the place of the base timestamp. The records' deltas and the CRC are the caller's to set. */
export function setDeleteHorizon(buffer: Buffer, at: number, timestampMs: number): void {
  buffer.writeInt16BE(attributes(buffer, at) | DELETE_HORIZON, at + CRC_START);
  writeInt64(buffer, at + 27, timestampMs);
}

export function setRecordCount(buffer: Buffer, at: number, count: number): void {
  buffer.writeInt32BE(count, at + 57);
}

/** Takes off what only records have: codec, delete horizon, base timestamp, count. The CRC is the caller's to set. */
export function setEmpty(buffer: Buffer, at: number): void {
  buffer.writeInt16BE(attributes(buffer, at) & ~(CODEC_MASK | DELETE_HORIZON), at + CRC_START);
  writeInt64(buffer, at + 27, -1);
  setRecordCount(buffer, at, 0);
}

/** Says who produced the batch, and computes the CRC anew: a pass over all its bytes. */
export function setProducer(
  buffer: Buffer,
  at: number,
  producerId: number,
  producerEpoch: number,
  baseSequence: number,
): void {
  writeInt64(buffer, at + 43, producerId);
  buffer.writeInt16BE(producerEpoch, at + 51);
  buffer.writeInt32BE(baseSequence, at + 53);
  setCrc(buffer, at);
}

/** Gives all records of the batch the time `timestampMs` and computes the CRC anew: a pass over all its bytes. */
export function setLogAppendTime(buffer: Buffer, at: number, timestampMs: number): void {
  buffer.writeInt16BE(attributes(buffer, at) | LOG_APPEND_TIME, at + CRC_START);
  setMaxTimestamp(buffer, at, timestampMs);
  setCrc(buffer, at);
}

/** Computes the CRC of the batch and stores it in its header. */
export function setCrc(buffer: Buffer, at: number): void {
  buffer.writeUInt32BE(computeCrc(buffer, at), at + 17);
}

function computeCrc(buffer: Buffer, at: number): number {
  return crc32c(buffer, at + CRC_START, at + batchSizeBytes(buffer, at));
}

/**
 * Null when a whole, valid batch stands at `at` and ends at or before `end` (which must not pass the buffer's
 * end); else one sentence that says what is wrong. Accepts what may stand in a log: compacted batches, markers.
 * For what a producer sent, ask `checkProducedBatch` as well.
 */
export function checkBatch(buffer: Buffer, at: number, end: number): string | null {
  const problem = checkBatchHeader(buffer, at, end);
  if (problem !== null) return problem;
  const stored = storedCrc(buffer, at);
  const computed = computeCrc(buffer, at);
  if (stored === computed) return null;
  return `The batch's CRC-32C is ${hex(computed)}, but its header says ${hex(stored)}.`;
}

/** As `checkBatch`, without the pass over the records that the CRC takes: for scans over data that is trusted. */
export function checkBatchHeader(buffer: Buffer, at: number, end: number): string | null {
  return (
    checkFrame(buffer, at, end) ?? checkOffsets(buffer, at) ?? checkTimesAndProducer(buffer, at)
  );
}

function checkFrame(buffer: Buffer, at: number, end: number): string | null {
  if (end - at < BATCH_HEADER_BYTES) {
    return `Only ${end - at} bytes are left, and a batch header has ${BATCH_HEADER_BYTES}.`;
  }
  // The magic byte stands at the same place in every format, and the older ones have other lengths.
  if (magic(buffer, at) !== 2) {
    return `The batch has format (magic) ${magic(buffer, at)}, and only 2 is supported.`;
  }
  const length = batchLength(buffer, at);
  if (length < BATCH_HEADER_BYTES - BATCH_OVERHEAD_BYTES) {
    return `The batch's length field is ${length}, less than its header takes.`;
  }
  if (length > end - at - BATCH_OVERHEAD_BYTES) {
    return `The batch has ${BATCH_OVERHEAD_BYTES + length} bytes, but only ${end - at} are left.`;
  }
  const codec = compressionCodec(attributes(buffer, at));
  if (codec > HIGHEST_CODEC)
    return `The batch is compressed with codec ${codec}, which is unknown.`;
  return null;
}

function checkOffsets(buffer: Buffer, at: number): string | null {
  const delta = lastOffsetDelta(buffer, at);
  if (delta < 0) return `The batch's last offset delta is ${delta}; it must not be negative.`;
  const count = recordCount(buffer, at);
  if (count < 0 || count > delta + 1) {
    return `The batch reports ${count} records, but its offsets have room for 0 to ${delta + 1}.`;
  }
  const base = baseOffset(buffer, at);
  if (base < 0 || !Number.isSafeInteger(base + delta)) {
    return `The batch's base offset ${base} is out of range.`;
  }
  return null;
}

function checkTimesAndProducer(buffer: Buffer, at: number): string | null {
  const first = baseTimestamp(buffer, at);
  if (!Number.isSafeInteger(first)) return `The batch's base timestamp ${first} is out of range.`;
  const max = maxTimestamp(buffer, at);
  if (!Number.isSafeInteger(max)) return `The batch's maximum timestamp ${max} is out of range.`;
  const producer = producerId(buffer, at);
  if (!Number.isSafeInteger(producer))
    return `The batch's producer id ${producer} is out of range.`;
  return null;
}

/**
 * What Kafka asks of a batch that comes from a producer, beyond `checkBatch` (which must have passed). Null or one
 * sentence; the error is INVALID_RECORD.
 */
export function checkProducedBatch(buffer: Buffer, at: number): string | null {
  const base = baseOffset(buffer, at);
  if (base !== 0) return `A produced batch must have base offset 0, and this one has ${base}.`;
  const count = recordCount(buffer, at);
  if (count === 0) return 'A produced batch must have at least one record, and this one has none.';
  const span = lastOffsetDelta(buffer, at) + 1;
  if (count !== span) {
    return `The batch reports ${count} records, but its last offset delta says ${span}.`;
  }
  const flags = attributes(buffer, at);
  if (isControl(flags)) return 'Producers must not write control batches.';
  if (hasDeleteHorizon(flags)) return 'Producers must not set a delete horizon.';
  return checkProducedSequence(buffer, at, flags);
}

function checkProducedSequence(buffer: Buffer, at: number, flags: number): string | null {
  const id = producerId(buffer, at);
  if (id < 0) {
    return isTransactional(flags) ? 'The batch is transactional, but has no producer id.' : null;
  }
  const epoch = producerEpoch(buffer, at);
  if (epoch < 0) return `The batch has producer id ${id}, but the producer epoch ${epoch}.`;
  const sequence = baseSequence(buffer, at);
  if (sequence < 0) return `The batch has producer id ${id}, but the sequence number ${sequence}.`;
  return null;
}

function hex(crc: number): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}
