import {
  batchHeader,
  CompressionError,
  type CompressionName,
  ErrorCode,
  MalformedError,
  recompressBatch,
} from '@millrace/protocol';
import type { RecordError } from '../log-store.ts';
import { keylessRecords, NO_KEY_MESSAGE } from '../record-keys.ts';

/** The codec that a topic stores its batches in (`compression.type`), where it is not the producer's choice. */
export interface TargetCompression {
  readonly codec: CompressionName;
  /** `compression.gzip.level`, `compression.zstd.level`; the codec's own default where it is left out. */
  readonly level?: number;
}

/** The batch as it is to be stored, in memory of its own, or why it is refused (one of Kafka's codes). */
export type RecompressionOutcome =
  | { readonly batch: Buffer; readonly error: 0 }
  | {
      readonly batch: null;
      readonly error: number;
      readonly message: string;
      readonly recordErrors?: readonly RecordError[];
    };

/** What a batch must become or be before it is stored, as far as its records have to be read for that. */
export interface RecompressionTarget {
  /** Null keeps the producer's codec. */
  readonly compression: TargetCompression | null;
  /** Records without a key are refused: the topic is compacted. */
  readonly requiresKeys: boolean;
}

/** Gives batches another codec, and looks for their keys. */
export interface Recompressor {
  /** `batch` has passed `checkBatch`, and is only read. Never rejects. */
  recompress(batch: Buffer, target: RecompressionTarget): Promise<RecompressionOutcome>;
  /** Refuses what is under way and all that comes; resolves when nothing runs any more. */
  close(): Promise<void>;
}

/**
 * What a batch may decompress to. A thread holds two to three times as much for a moment. Kafka has no such bound: a
 * batch of 1 MiB can stand for a gigabyte there.
 */
export const MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024;

/**
 * Blocks the thread that it runs on: about 10 ms per MiB of records, up to 100 for the highest levels. A batch that has
 * the codec already is given back.
 */
export function recompressNow(
  batch: Buffer,
  codec: number,
  level: number | undefined,
  requiresKeys: boolean,
): RecompressionOutcome {
  try {
    if (requiresKeys) {
      const recordErrors = keylessRecords(batch, 0, MAX_DECOMPRESSED_BYTES);
      if (recordErrors.length > 0) {
        return {
          batch: null,
          error: ErrorCode.INVALID_RECORD,
          message: NO_KEY_MESSAGE,
          recordErrors,
        };
      }
    }
    if (batchHeader.compressionCodec(batchHeader.attributes(batch, 0)) === codec) {
      return { batch, error: 0 };
    }
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
