export { BatchBuilder, type BatchOptions, type NewRecord } from './batch-builder.ts';
/** One function per header field, `batchHeader.lastOffset(buffer, at)`: their names are too plain to stand alone. */
export * as batchHeader from './batch-header.ts';
export {
  BATCH_HEADER_BYTES,
  BATCH_OVERHEAD_BYTES,
  checkBatch,
  checkBatchHeader,
  checkProducedBatch,
} from './batch-header.ts';
export {
  Compression,
  type CompressionCode,
  type CompressionName,
  compress,
  decompress,
} from './compression/compression.ts';
export { CompressionError, type CompressionFailure } from './compression/compression-error.ts';
export {
  buildControlBatch,
  type ControlBatchOptions,
  parseControlRecord,
  type TransactionMarker,
} from './control-record.ts';
export { crc32c } from './crc32c.ts';
export { recompressBatch } from './recompress.ts';
export type { BatchRecord, RecordHeader } from './record.ts';
export { RecordCursor, records } from './record-cursor.ts';
export { emptiedBatch, type RetainedRecords, retainRecords } from './retain-records.ts';
