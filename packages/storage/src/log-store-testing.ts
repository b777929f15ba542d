import assert from 'node:assert/strict';
import {
  BatchBuilder,
  type BatchOptions,
  batchHeader,
  type RecordSlice,
  records,
} from '@millrace/protocol';
import type { AppendResult, LogConfig, LogSpec, PartitionLog, ReadOptions } from './log-store.ts';

// What the tests of log stores share: batches to append, and the means to look at what comes back.

/** Millrace's defaults, with bounds that no test meets by accident. */
export const DEFAULT_LOG_CONFIG: LogConfig = {
  segmentBytes: 1024 * 1024 * 1024,
  segmentMs: 604_800_000,
  indexIntervalBytes: 4096,
  segmentIndexBytes: 10 * 1024 * 1024,
  flushMessages: 1,
  flushMs: Number.MAX_SAFE_INTEGER,
  maxMessageBytes: 1_048_588,
  compression: null,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: Number.POSITIVE_INFINITY,
  messageTimestampAfterMaxMs: 3_600_000,
  cleanupPolicy: { delete: true, compact: false },
  retentionMs: Number.POSITIVE_INFINITY,
  retentionBytes: Number.POSITIVE_INFINITY,
  segmentJitterMs: 0,
  fileDeleteDelayMs: 0,
  deleteRetentionMs: 86_400_000,
  minCleanableDirtyRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.POSITIVE_INFINITY,
};

export function logSpec(config: Partial<LogConfig> = {}, spec: Partial<LogSpec> = {}): LogSpec {
  return {
    topicId: 'dG9waWMtZm9yLXRlc3RzIQ',
    topic: 'orders',
    partition: 0,
    ...spec,
    config: { ...DEFAULT_LOG_CONFIG, ...config },
  };
}

export interface TestBatch extends BatchOptions {
  /** One record for each; default: a single `value`. */
  readonly values?: readonly string[];
  /** One per value; the last one counts for the rest. */
  readonly timestamps?: readonly number[];
}

/** A batch as a producer sends it. */
export function batchOf(batch: TestBatch = {}): Buffer {
  const { values = ['value'], timestamps = [1_767_225_600_000], ...options } = batch;
  const builder = new BatchBuilder(options);
  values.forEach((value, index) => {
    const timestampMs = timestamps[Math.min(index, timestamps.length - 1)]!;
    builder.add({ timestampMs, value: Buffer.from(value) });
  });
  return builder.build();
}

/** A batch of an idempotent producer: `count` records from `baseSequence` on. */
export function sequencedBatch(
  producerId: number,
  baseSequence: number,
  options: { readonly epoch?: number; readonly count?: number } = {},
): Buffer {
  const { epoch = 0, count = 1 } = options;
  const values = Array.from({ length: count }, (_, index) => `${producerId}/${epoch}/${index}`);
  return batchOf({ values, producerId, producerEpoch: epoch, baseSequence });
}

export async function appendOk(log: PartitionLog, batch: Buffer): Promise<AppendResult> {
  const result = await log.append(batch);
  assert.equal(result.error, 0, result.errorMessage ?? '');
  assert.equal(result.errorMessage, null);
  return result;
}

/** All bytes of a slice, which is released. Files are read in small pieces, as a slow socket would. */
export async function bytesOf(slice: RecordSlice): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const part of slice.parts) {
    if (Buffer.isBuffer(part)) {
      parts.push(part);
      continue;
    }
    const bytes = Buffer.alloc(part.sizeBytes);
    for (let done = 0; done < bytes.length; ) {
      done += await part.read(bytes, done, Math.min(1000, bytes.length - done), done);
    }
    parts.push(bytes);
  }
  slice.release();
  const bytes = Buffer.concat(parts);
  assert.equal(bytes.length, slice.sizeBytes);
  return bytes;
}

const READ_ALL: ReadOptions = { minOneBatch: true, isolation: 'read_uncommitted' };

/** What one read gives, as bytes. */
export async function readBytes(
  log: PartitionLog,
  offset: number,
  maxBytes = 1024 * 1024,
  options: ReadOptions = READ_ALL,
): Promise<Buffer> {
  const result = await log.read(offset, maxBytes, options);
  assert.equal(result.error, 0);
  return bytesOf(result.records);
}

/** `offset=value` of every record from `offset` to the high watermark, read batch after batch. */
export async function readValues(log: PartitionLog, from = log.logStartOffset): Promise<string[]> {
  const values: string[] = [];
  for (let offset = from; offset < log.highWatermark; ) {
    const bytes = await readBytes(log, offset, 1);
    assert.ok(bytes.length > 0, `nothing to read at ${offset}`);
    for (const record of records(bytes, 0, 1024 * 1024)) {
      if (record.offset >= from) values.push(`${record.offset}=${record.value}`);
    }
    offset = batchHeader.lastOffset(bytes, 0) + 1;
  }
  return values;
}

/** Base offsets of the whole batches in `bytes`. */
export function baseOffsetsIn(bytes: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = 0; at + 61 <= bytes.length; at += batchHeader.batchSizeBytes(bytes, at)) {
    if (at + batchHeader.batchSizeBytes(bytes, at) > bytes.length) break;
    offsets.push(batchHeader.baseOffset(bytes, at));
  }
  return offsets;
}
