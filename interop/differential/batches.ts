// Record batches that are the same bytes for both brokers.

import { BatchBuilder, Compression } from '@millrace/protocol';

/** Of the first record of every batch; a time of this run, since brokers refuse or delete what is far from now. */
export const baseTimeMs = Date.now();

/** One batch with a record for each value, a second apart. */
export function batchOf(
  values: readonly string[],
  options: { codec?: number; producerId?: number; baseSequence?: number; startMs?: number } = {},
): Buffer {
  const builder = new BatchBuilder({
    codec: options.codec ?? Compression.none,
    producerId: options.producerId ?? -1,
    producerEpoch: options.producerId === undefined ? -1 : 0,
    baseSequence: options.baseSequence ?? -1,
  });
  const startMs = options.startMs ?? baseTimeMs;
  for (const [index, value] of values.entries()) {
    builder.add({ timestampMs: startMs + index * 1000, value: Buffer.from(value) });
  }
  return builder.build();
}
