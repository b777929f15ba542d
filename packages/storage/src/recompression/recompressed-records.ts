import { batchHeader, Compression } from '@millrace/protocol';
import type { RecompressionOutcome, Recompressor, TargetCompression } from './recompressor.ts';

/**
 * The batches in `records` (all of which have passed `checkBatch`), each in the target's codec: those that have it
 * already are kept as they are, as in Kafka, whatever their level. The first that cannot be recompressed refuses all.
 */
export async function recompressedRecords(
  records: Buffer,
  target: TargetCompression | null,
  recompressor: Recompressor,
): Promise<RecompressionOutcome> {
  if (target === null) return { batch: records, error: 0 };
  const batches: Buffer[] = [];
  let isChanged = false;
  for (let at = 0; at < records.length; ) {
    const end = at + batchHeader.batchSizeBytes(records, at);
    const batch = records.subarray(at, end);
    const codec = batchHeader.compressionCodec(batchHeader.attributes(batch, 0));
    if (codec === Compression[target.codec]) {
      batches.push(batch);
    } else {
      const outcome = await recompressor.recompress(batch, target);
      if (outcome.batch === null) return outcome;
      batches.push(outcome.batch);
      isChanged = true;
    }
    at = end;
  }
  if (!isChanged) return { batch: records, error: 0 };
  // Producers send one batch a partition; that the log takes several is for others.
  return { batch: batches.length === 1 ? batches[0]! : Buffer.concat(batches), error: 0 };
}
