import { batchHeader, Compression } from '@millrace/protocol';
import type { RecompressionOutcome, RecompressionTarget, Recompressor } from './recompressor.ts';

/**
 * Whether the records of the batches (all of which have passed `checkBatch`) have to be read before they are stored. Those
 * that have the target's codec already are kept as they are, as in Kafka, whatever their level; keys of what is not
 * compressed are looked for without that.
 */
export function needsRecompression(records: Buffer, target: RecompressionTarget): boolean {
  if (target.compression === null && !target.requiresKeys) return false;
  for (let at = 0; at < records.length; at += batchHeader.batchSizeBytes(records, at)) {
    if (concerns(records, at, target)) return true;
  }
  return false;
}

function concerns(records: Buffer, at: number, target: RecompressionTarget): boolean {
  const codec = batchHeader.compressionCodec(batchHeader.attributes(records, at));
  if (target.requiresKeys && codec !== Compression.none) return true;
  return target.compression !== null && codec !== Compression[target.compression.codec];
}

/** The batches in `records` as they are to be stored. The first that cannot be recompressed refuses all. */
export async function recompressedRecords(
  records: Buffer,
  target: RecompressionTarget,
  recompressor: Recompressor,
): Promise<RecompressionOutcome> {
  if (!needsRecompression(records, target)) return { batch: records, error: 0 };
  const batches: Buffer[] = [];
  for (let at = 0; at < records.length; ) {
    const end = at + batchHeader.batchSizeBytes(records, at);
    const batch = records.subarray(at, end);
    if (concerns(records, at, target)) {
      const outcome = await recompressor.recompress(batch, target);
      if (outcome.batch === null) return outcome;
      batches.push(outcome.batch);
    } else {
      batches.push(batch);
    }
    at = end;
  }
  // Producers send one batch a partition; that the log takes several is for others.
  return { batch: batches.length === 1 ? batches[0]! : Buffer.concat(batches), error: 0 };
}
