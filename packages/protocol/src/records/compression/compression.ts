import { CompressionError, tooLarge } from './compression-error.ts';
import { lz4Compress, lz4Decompress } from './lz4.ts';
import { snappyCompress, snappyDecompress } from './snappy.ts';
import { gzipCompress, gzipDecompress, zstdCompress, zstdDecompress } from './zlib-codecs.ts';

/** Codes of the codecs, as in a batch's attributes. */
export const Compression = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;

export type CompressionName = keyof typeof Compression;
export type CompressionCode = (typeof Compression)[CompressionName];

/**
 * Compresses so that every Kafka client can read it: `data` itself with `none`. `level` is gzip's (−1, 0 to 9) or
 * zstd's (−131072 to 22), their own default without it, and is passed over by the codecs that have none. Throws
 * RangeError for an unknown codec or level.
 */
export function compress(codec: number, data: Buffer, level?: number): Buffer {
  switch (codec) {
    case Compression.none:
      return data;
    case Compression.gzip:
      return gzipCompress(data, level);
    case Compression.snappy:
      return snappyCompress(data);
    case Compression.lz4:
      return lz4Compress(data);
    case Compression.zstd:
      return zstdCompress(data, level);
    default:
      throw new RangeError(`${codec} is not the code of a compression codec`);
  }
}

/**
 * Decompresses what any Kafka client wrote, to at most `maxBytes`; with `none`, `data` itself. Throws CompressionError,
 * and nothing else, for corrupt data, for data that would be larger, and for an unknown codec. Blocks the thread for
 * roughly a millisecond per MiB of output. Whatever the data claims, it holds at most `maxBytes` of output, the pieces
 * it is joined from (as much again at most, for a moment) and a chunk of 256 KiB.
 */
export function decompress(codec: number, data: Buffer, maxBytes: number): Buffer {
  switch (codec) {
    case Compression.none:
      if (data.length > maxBytes) throw tooLarge('uncompressed', maxBytes);
      return data;
    case Compression.gzip:
      return gzipDecompress(data, maxBytes);
    case Compression.snappy:
      return snappyDecompress(data, maxBytes);
    case Compression.lz4:
      return lz4Decompress(data, maxBytes);
    case Compression.zstd:
      return zstdDecompress(data, maxBytes);
    default:
      throw new CompressionError('unknown-codec', `There is no compression codec ${codec}.`);
  }
}
