import { crc32c } from '@millrace/protocol';
import type { ProducedBatch, ProducerEntry } from './producer-states.ts';

// Kafka's producer snapshot, version 1, with an appendix of our own. All numbers are big-endian.
//
//   version int16 · CRC-32C uint32 of all that follows · count int32 · entries
//   entry: producerId int64 · epoch int16 · lastSequence int32 · lastOffset int64 · offsetDelta int32
//          · timestamp int64 · coordinatorEpoch int32 · currentTxnFirstOffset int64
//
// Kafka keeps only the last batch of each producer here, so after a restart it no longer knows a retry of the four
// before it. The appendix holds all of them; Kafka's reader stops before it.
//
//   mark uint32 · per entry, in the same order: lastSeen int64 · count int8 · batches
//   batch: baseSequence int32 · lastSequence int32 · baseOffset int64 · lastOffset int64 · timestamp int64
//          · isLogAppendTime int8

const VERSION = 1;
const CRC_END = 6;
const ENTRIES_START = 10;
const ENTRY_BYTES = 46;
const APPENDIX_MARK = 0x4d4c5230;
const APPENDIX_ENTRY_BYTES = 9;
const BATCH_BYTES = 33;
const NONE = -1;

export function encodeProducerSnapshot(entries: readonly ProducerEntry[]): Buffer {
  const batchCount = entries.reduce((sum, entry) => sum + entry.batches.length, 0);
  const buffer = Buffer.alloc(
    ENTRIES_START +
      entries.length * (ENTRY_BYTES + APPENDIX_ENTRY_BYTES) +
      4 +
      batchCount * BATCH_BYTES,
  );
  buffer.writeInt16BE(VERSION, 0);
  let at = buffer.writeInt32BE(entries.length, CRC_END);
  for (const entry of entries) at = writeEntry(buffer, at, entry);
  at = buffer.writeUInt32BE(APPENDIX_MARK, at);
  for (const entry of entries) at = writeBatches(buffer, at, entry);
  buffer.writeUInt32BE(crc32c(buffer, CRC_END), 2);
  return buffer;
}

function writeEntry(buffer: Buffer, start: number, entry: ProducerEntry): number {
  const last = entry.batches.at(-1)!;
  let at = writeInt64(buffer, start, entry.producerId);
  at = buffer.writeInt16BE(entry.epoch, at);
  at = buffer.writeInt32BE(last.lastSequence, at);
  at = writeInt64(buffer, at, last.lastOffset);
  at = buffer.writeInt32BE(last.lastOffset - last.baseOffset, at);
  at = writeInt64(buffer, at, last.timestampMs);
  at = buffer.writeInt32BE(NONE, at);
  return writeInt64(buffer, at, NONE);
}

function writeBatches(buffer: Buffer, start: number, entry: ProducerEntry): number {
  let at = writeInt64(buffer, start, entry.lastSeenMs);
  at = buffer.writeInt8(entry.batches.length, at);
  for (const batch of entry.batches) {
    at = buffer.writeInt32BE(batch.baseSequence, at);
    at = buffer.writeInt32BE(batch.lastSequence, at);
    at = writeInt64(buffer, at, batch.baseOffset);
    at = writeInt64(buffer, at, batch.lastOffset);
    at = writeInt64(buffer, at, batch.timestampMs);
    at = buffer.writeInt8(batch.isLogAppendTime ? 1 : 0, at);
  }
  return at;
}

/** Null when the bytes are not a whole, valid snapshot. Reads Kafka's own as well. */
export function decodeProducerSnapshot(buffer: Buffer): ProducerEntry[] | null {
  if (buffer.length < ENTRIES_START || buffer.readInt16BE(0) !== VERSION) return null;
  if (buffer.readUInt32BE(2) !== crc32c(buffer, CRC_END)) return null;
  const count = buffer.readInt32BE(CRC_END);
  const appendix = ENTRIES_START + count * ENTRY_BYTES;
  if (count < 0 || appendix > buffer.length) return null;
  const entries: ProducerEntry[] = [];
  for (let index = 0; index < count; index++) {
    const entry = readEntry(buffer, ENTRIES_START + index * ENTRY_BYTES);
    if (entry !== null) entries.push(entry);
  }
  if (appendix + 4 > buffer.length || buffer.readUInt32BE(appendix) !== APPENDIX_MARK) {
    return entries;
  }
  return readAppendix(buffer, appendix + 4, entries);
}

/** Null for a producer that Kafka knows only by its transaction markers: it has no batch to compare with. */
function readEntry(buffer: Buffer, at: number): ProducerEntry | null {
  const lastSequence = buffer.readInt32BE(at + 10);
  if (lastSequence < 0) return null;
  const lastOffset = readInt64(buffer, at + 14);
  const offsetDelta = buffer.readInt32BE(at + 22);
  const timestampMs = readInt64(buffer, at + 26);
  const first = lastSequence - offsetDelta;
  const batch: ProducedBatch = {
    baseSequence: first < 0 ? first + 0x8000_0000 : first,
    lastSequence,
    baseOffset: lastOffset - offsetDelta,
    lastOffset,
    timestampMs,
    isLogAppendTime: false,
  };
  return {
    producerId: readInt64(buffer, at),
    epoch: buffer.readInt16BE(at + 8),
    batches: [batch],
    lastSeenMs: timestampMs,
  };
}

/** The CRC has passed, so the appendix is as it was written. */
function readAppendix(
  buffer: Buffer,
  start: number,
  entries: readonly ProducerEntry[],
): ProducerEntry[] {
  let at = start;
  return entries.map((entry) => {
    const lastSeenMs = readInt64(buffer, at);
    const count = buffer.readInt8(at + 8);
    at += APPENDIX_ENTRY_BYTES;
    const batches: ProducedBatch[] = [];
    for (let index = 0; index < count; index++, at += BATCH_BYTES) {
      batches.push({
        baseSequence: buffer.readInt32BE(at),
        lastSequence: buffer.readInt32BE(at + 4),
        baseOffset: readInt64(buffer, at + 8),
        lastOffset: readInt64(buffer, at + 16),
        timestampMs: readInt64(buffer, at + 24),
        isLogAppendTime: buffer.readInt8(at + 32) === 1,
      });
    }
    return { ...entry, batches, lastSeenMs };
  });
}

function writeInt64(buffer: Buffer, at: number, value: number): number {
  return buffer.writeBigInt64BE(BigInt(value), at);
}

function readInt64(buffer: Buffer, at: number): number {
  return Number(buffer.readBigInt64BE(at));
}
