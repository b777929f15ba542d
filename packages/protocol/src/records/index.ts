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
export { crc32c } from './crc32c.ts';
