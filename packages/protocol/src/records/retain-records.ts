import { Reader } from '../reader.ts';
import * as header from './batch-header.ts';
import { Compression, compress } from './compression/compression.ts';
import { withRecords } from './recompress.ts';
import { varlongBytes, writeVarlong } from './varlong.ts';

/** A varint of a record's length, one of its timestamp delta: at most so much longer a record gets by a new base. */
const MAX_GROWTH_BYTES = 14;

/** Records of one batch that stay when others go. */
export interface RetainedRecords {
  /** `RecordCursor.bytes`. */
  readonly bytes: Buffer;
  /** Runs of whole records in `bytes`: start and end of each, ascending. */
  readonly runs: readonly number[];
  /** At least 1. */
  readonly count: number;
  readonly maxTimestampMs: number;
  /** Set when the batch is to get a delete horizon (KIP-534), which it did not have before. */
  readonly deleteHorizonMs: number | null;
}

/**
 * The batch that is the whole of `batch`, with only some of its records, as compaction leaves it: offsets, producer,
 * sequence, codec and leader epoch are kept, the largest timestamp is that of the records that stay. Shares no memory
 * with `batch`.
 */
export function retainRecords(batch: Buffer, retained: RetainedRecords): Buffer {
  const { deleteHorizonMs } = retained;
  const plain = deleteHorizonMs === null ? joined(retained) : rebased(batch, retained);
  const flags = header.attributes(batch, 0);
  const codec = header.compressionCodec(flags);
  const records = codec === Compression.none ? plain : compress(codec, plain);
  const result = withRecords(batch, records);
  header.setRecordCount(result, 0, retained.count);
  if (deleteHorizonMs !== null) header.setDeleteHorizon(result, 0, deleteHorizonMs);
  if (!header.isLogAppendTime(flags)) header.setMaxTimestamp(result, 0, retained.maxTimestampMs);
  header.setCrc(result, 0);
  return result;
}

/** The header of `batch` alone, which says that no record is left: its offsets and its producer's sequence stay known. */
export function emptiedBatch(batch: Buffer): Buffer {
  const result = withRecords(batch, Buffer.alloc(0));
  header.setEmpty(result, 0);
  header.setCrc(result, 0);
  return result;
}

function joined({ bytes, runs }: RetainedRecords): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < runs.length; at += 2) parts.push(bytes.subarray(runs[at], runs[at + 1]));
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** The records with timestamps that count from the delete horizon. */
function rebased(batch: Buffer, { bytes, runs, count, deleteHorizonMs }: RetainedRecords): Buffer {
  const shift = header.baseTimestamp(batch, 0) - deleteHorizonMs!;
  let room = count * MAX_GROWTH_BYTES;
  for (let at = 0; at < runs.length; at += 2) room += runs[at + 1]! - runs[at]!;
  const result = Buffer.allocUnsafe(room);
  const reader = new Reader(bytes);
  let end = 0;
  for (let at = 0; at < runs.length; at += 2) {
    reader.moveTo(runs[at]!, runs[at + 1]!);
    while (reader.remaining > 0) end = rebaseRecord(reader, bytes, shift, result, end);
  }
  return result.subarray(0, end);
}

/** Moves one record over; gives the position after it. */
function rebaseRecord(
  reader: Reader,
  bytes: Buffer,
  shift: number,
  target: Buffer,
  start: number,
): number {
  const length = reader.readVarint();
  const bodyStart = reader.offset;
  const attributes = reader.readInt8();
  const delta = reader.readVarlong() + shift;
  const restStart = reader.offset;
  const restBytes = bodyStart + length - restStart;
  reader.skip(restBytes);
  let at = writeVarlong(target, start, 1 + varlongBytes(delta) + restBytes);
  at = target.writeInt8(attributes, at);
  at = writeVarlong(target, at, delta);
  return at + bytes.copy(target, at, restStart, restStart + restBytes);
}
