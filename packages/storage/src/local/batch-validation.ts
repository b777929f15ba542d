import {
  BATCH_HEADER_BYTES,
  batchHeader,
  Compression,
  CompressionError,
  checkBatch,
  checkProducedBatch,
  crc32c,
  ErrorCode,
  MalformedError,
  RecordCursor,
} from '@millrace/protocol';
import type { LogConfig, RecordError } from '../log-store.ts';
import { keylessRecords, MAX_RECORD_ERRORS, NO_KEY_MESSAGE } from '../record-keys.ts';
import type { Refusal } from './pending-append.ts';

/** Where the bytes that the CRC covers begin. */
const CRC_START = 21;

/** Of a refused batch so much is decompressed to tell its bad records from the others; 1 MiB takes a few milliseconds. */
const MAX_EXAMINED_BYTES = 1024 * 1024;

/**
 * Checks the batches that a producer sent for one partition, as Kafka does (LogValidator). Null when all are good.
 * Only headers and CRCs are read: that the records inside agree with their header is the producer's word. Those of
 * compacted topics must have keys, though.
 */
export function validateProduced(
  records: Buffer,
  config: LogConfig,
  nowMs: number,
): Refusal | null {
  if (records.length === 0) {
    return refuse(ErrorCode.INVALID_RECORD, 'There is no record batch to append.');
  }
  const unfit = validateListSize(records, config);
  if (unfit !== null) return unfit;
  let batches = 0;
  let isIdempotent = false;
  for (let at = 0; at < records.length; batches++) {
    const refusal = validateBatch(records, at, config, nowMs);
    if (refusal !== null) return refusal;
    isIdempotent ||= batchHeader.producerId(records, at) >= 0;
    at += batchHeader.batchSizeBytes(records, at);
  }
  if (isIdempotent && batches > 1) {
    return refuse(
      ErrorCode.INVALID_RECORD,
      `An idempotent producer must send one batch at a time, not ${batches}.`,
    );
  }
  return null;
}

function validateListSize(records: Buffer, config: LogConfig): Refusal | null {
  if (records.length <= config.segmentBytes) return null;
  const message = `${records.length} bytes of batches do not fit into a segment (segment.bytes is ${config.segmentBytes}).`;
  return refuse(ErrorCode.RECORD_LIST_TOO_LARGE, message);
}

function validateBatch(
  records: Buffer,
  at: number,
  config: LogConfig,
  nowMs: number,
): Refusal | null {
  return (
    validateFrame(records, at, config.maxMessageBytes) ??
    validateContent(records, at) ??
    (config.cleanupPolicy.compact
      ? validateCompacted(records, at, config, nowMs)
      : validateTimestamps(records, at, config, nowMs))
  );
}

/** Keys count before times, as in Kafka. Both wait for the `Recompressor` where the records are compressed. */
function validateCompacted(
  records: Buffer,
  at: number,
  config: LogConfig,
  nowMs: number,
): Refusal | null {
  const codec = batchHeader.compressionCodec(batchHeader.attributes(records, at));
  if (codec !== Compression.none) return null;
  return validateKeys(records, at) ?? validateTimestamps(records, at, config, nowMs);
}

function validateFrame(records: Buffer, at: number, maxMessageBytes: number): Refusal | null {
  const left = records.length - at;
  if (left < BATCH_HEADER_BYTES) {
    return refuse(ErrorCode.CORRUPT_MESSAGE, `${left} bytes are less than a batch header.`);
  }
  const magic = batchHeader.magic(records, at);
  if (magic === 0 || magic === 1) {
    const message = `The batch has format (magic) ${magic}, and only 2 is supported.`;
    return refuse(ErrorCode.INVALID_RECORD, message);
  }
  const size = batchHeader.batchSizeBytes(records, at);
  return size <= left ? validateSize(size, maxMessageBytes) : null;
}

function validateSize(size: number, maxMessageBytes: number): Refusal | null {
  if (size <= maxMessageBytes) return null;
  const message = `The batch has ${size} bytes, and max.message.bytes allows ${maxMessageBytes}.`;
  return refuse(ErrorCode.MESSAGE_TOO_LARGE, message);
}

/** What of batches that were recompressed is not known to be good: their sizes, and their largest timestamps. */
export function validateRecompressed(
  records: Buffer,
  config: LogConfig,
  nowMs: number,
): Refusal | null {
  let refusal = validateListSize(records, config);
  for (let at = 0; at < records.length && refusal === null; ) {
    const size = batchHeader.batchSizeBytes(records, at);
    refusal =
      validateSize(size, config.maxMessageBytes) ?? validateTimestamps(records, at, config, nowMs);
    at += size;
  }
  return refusal;
}

function validateContent(records: Buffer, at: number): Refusal | null {
  const problem = checkBatch(records, at, records.length);
  if (problem !== null) {
    // Bytes that arrived as they were sent, but should not have been sent, are not corrupt.
    const error = isIntact(records, at) ? ErrorCode.INVALID_RECORD : ErrorCode.CORRUPT_MESSAGE;
    return refuse(error, problem);
  }
  const misuse = checkProducedBatch(records, at);
  return misuse === null ? null : refuse(ErrorCode.INVALID_RECORD, misuse);
}

function validateKeys(records: Buffer, at: number): Refusal | null {
  try {
    const recordErrors = keylessRecords(records, at, records.length);
    if (recordErrors.length === 0) return null;
    return { error: ErrorCode.INVALID_RECORD, message: NO_KEY_MESSAGE, recordErrors };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const message = `The records are not what the batch's header says: ${error.message}`;
    return refuse(ErrorCode.INVALID_RECORD, message);
  }
}

function isIntact(records: Buffer, at: number): boolean {
  const size = batchHeader.batchSizeBytes(records, at);
  if (batchHeader.magic(records, at) !== 2) return false;
  if (size < BATCH_HEADER_BYTES || size > records.length - at) return false;
  return crc32c(records, at + CRC_START, at + size) === batchHeader.storedCrc(records, at);
}

/** `message.timestamp.before.max.ms` and `.after.max.ms`, by the times that the header gives. */
function validateTimestamps(
  records: Buffer,
  at: number,
  config: LogConfig,
  nowMs: number,
): Refusal | null {
  if (config.messageTimestampType === 'LogAppendTime') return null;
  const first = batchHeader.baseTimestamp(records, at);
  const largest = batchHeader.maxTimestamp(records, at);
  const message =
    timestampProblem(largest, config, nowMs) ?? timestampProblem(first, config, nowMs);
  if (message === null) return null;
  const recordErrors = timestampErrors(records, at, config, nowMs);
  return { error: ErrorCode.INVALID_TIMESTAMP, message, recordErrors };
}

function timestampProblem(timestampMs: number, config: LogConfig, nowMs: number): string | null {
  if (timestampMs < 0) return null;
  const { messageTimestampBeforeMaxMs: before, messageTimestampAfterMaxMs: after } = config;
  if (timestampMs - nowMs > after) {
    return `Timestamp ${timestampMs} is more than ${after} ms (message.timestamp.after.max.ms) ahead of ${nowMs}.`;
  }
  if (nowMs - timestampMs > before) {
    return `Timestamp ${timestampMs} is more than ${before} ms (message.timestamp.before.max.ms) behind ${nowMs}.`;
  }
  return null;
}

/** The records that the batch is refused for (KIP-467); none where they cannot be read, or are too large to look at. */
function timestampErrors(
  records: Buffer,
  at: number,
  config: LogConfig,
  nowMs: number,
): RecordError[] {
  const errors: RecordError[] = [];
  try {
    const cursor = new RecordCursor(records, at, MAX_EXAMINED_BYTES);
    for (let index = 0; cursor.next() && errors.length < MAX_RECORD_ERRORS; index++) {
      const message = timestampProblem(cursor.timestampMs, config, nowMs);
      if (message !== null) errors.push({ index, message });
    }
    return errors;
  } catch (error) {
    if (error instanceof CompressionError || error instanceof MalformedError) return [];
    throw error;
  }
}

function refuse(error: number, message: string): Refusal {
  return { error, message };
}
