import * as header from './batch-header.ts';
import { Compression, compress, decompress } from './compression/compression.ts';
import { RecordCursor } from './record-cursor.ts';

/**
 * The batch that is the whole of `batch` (which must have passed `checkBatch`), with its records compressed by `codec`
 * and everything else as it was: producer, sequence, times, offsets. The records themselves are kept byte for byte, after
 * each was read, since only their producer has seen them so far; the largest timestamp is taken from them. The result
 * shares no memory with `batch`.
 *
 * Throws CompressionError when the records cannot be decompressed to at most `maxBytes`, MalformedError when they are not
 * what the header says (see `RecordCursor`), and RangeError for an unknown codec or level.
 */
export function recompressBatch(
  batch: Buffer,
  codec: number,
  level: number | undefined,
  maxBytes: number,
): Buffer {
  const plain = uncompressedBatch(batch, maxBytes);
  header.setMaxTimestamp(plain, 0, checkedMaxTimestamp(plain, maxBytes));
  const records = compress(codec, plain.subarray(header.BATCH_HEADER_BYTES), level);
  const recompressed = codec === Compression.none ? plain : withRecords(plain, records);
  header.setCompressionCodec(recompressed, 0, codec);
  header.setCrc(recompressed, 0);
  return recompressed;
}

function uncompressedBatch(batch: Buffer, maxBytes: number): Buffer {
  const codec = header.compressionCodec(header.attributes(batch, 0));
  const records = decompress(codec, batch.subarray(header.BATCH_HEADER_BYTES), maxBytes);
  const plain = withRecords(batch, records);
  header.setCompressionCodec(plain, 0, Compression.none);
  return plain;
}

/** The header of `batch` before other records; its CRC is still the old one. */
export function withRecords(batch: Buffer, records: Buffer): Buffer {
  const sizeBytes = header.BATCH_HEADER_BYTES + records.length;
  // Memory of its own, so that a worker can give it away.
  const result = Buffer.allocUnsafeSlow(sizeBytes);
  batch.copy(result, 0, 0, header.BATCH_HEADER_BYTES);
  records.copy(result, header.BATCH_HEADER_BYTES);
  header.setBatchSizeBytes(result, 0, sizeBytes);
  return result;
}

function checkedMaxTimestamp(plain: Buffer, maxBytes: number): number {
  const cursor = new RecordCursor(plain, 0, maxBytes);
  let maxTimestampMs = -1;
  while (cursor.next()) {
    cursor.read();
    maxTimestampMs = Math.max(maxTimestampMs, cursor.timestampMs);
  }
  return maxTimestampMs;
}
