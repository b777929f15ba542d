import {
  CompressionError,
  type CompressionName,
  ErrorCode,
  MalformedError,
  recompressBatch,
} from '@millrace/protocol';

/** The codec that a topic stores its batches in (`compression.type`), where it is not the producer's choice. */
export interface TargetCompression {
  readonly codec: CompressionName;
  /** `compression.gzip.level`, `compression.zstd.level`; the codec's own default where it is left out. */
  readonly level?: number;
}

/** The batch as it is to be stored, in memory of its own, or why it is refused (one of Kafka's codes). */
export type RecompressionOutcome =
  | { readonly batch: Buffer; readonly error: 0 }
  | { readonly batch: null; readonly error: number; readonly message: string };

/** Gives batches another codec. */
export interface Recompressor {
  /** `batch` has passed `checkBatch`, and is only read. Never rejects. */
  recompress(batch: Buffer, target: TargetCompression): Promise<RecompressionOutcome>;
  /** Refuses what is under way and all that comes; resolves when nothing runs any more. */
  close(): Promise<void>;
}

/**
 * What a batch may decompress to. A thread holds two to three times as much for a moment. Kafka has no such bound: a
 * batch of 1 MiB can stand for a gigabyte there.
 */
export const MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024;

/** Blocks the thread that it runs on: about 10 ms per MiB of records, up to 100 for the highest levels. */
export function recompressNow(
  batch: Buffer,
  codec: number,
  level: number | undefined,
): RecompressionOutcome {
  try {
    return { batch: recompressBatch(batch, codec, level, MAX_DECOMPRESSED_BYTES), error: 0 };
  } catch (error) {
    if (error instanceof CompressionError) {
      const isTooLarge = error.reason === 'too-large';
      return refusal(
        isTooLarge ? ErrorCode.MESSAGE_TOO_LARGE : ErrorCode.INVALID_RECORD,
        error.message,
      );
    }
    if (error instanceof MalformedError) {
      return refusal(
        ErrorCode.INVALID_RECORD,
        `The records are not what the batch's header says: ${error.message}`,
      );
    }
    throw error;
  }
}

export function refusal(error: number, message: string): RecompressionOutcome {
  return { batch: null, error, message };
}
