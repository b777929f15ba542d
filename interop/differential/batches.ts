// Record batches that are the same bytes for both brokers.

import { BatchBuilder, Compression, crc32c } from '@millrace/protocol';

/** Of the first record of every batch; a time of this run, since brokers refuse or delete what is far from now. */
export const baseTimeMs = Date.now();

/** One batch with a record for each value, a second apart where nothing else is said. */
export function batchOf(
  values: readonly string[],
  options: {
    codec?: number;
    producerId?: number;
    baseSequence?: number;
    startMs?: number;
    stepMs?: number;
    /** One for each value. */
    keys?: readonly (string | null)[];
  } = {},
): Buffer {
  const builder = new BatchBuilder({
    codec: options.codec ?? Compression.none,
    producerId: options.producerId ?? -1,
    producerEpoch: options.producerId === undefined ? -1 : 0,
    baseSequence: options.baseSequence ?? -1,
  });
  const { startMs = baseTimeMs, stepMs = 1000 } = options;
  for (const [index, value] of values.entries()) {
    const key = options.keys?.[index] ?? null;
    builder.add({
      timestampMs: startMs + index * stepMs,
      key: key === null ? null : Buffer.from(key),
      value: Buffer.from(value),
    });
  }
  return builder.build();
}

/** Where the CRC stands, and the first byte that it covers. */
const CRC = 17;
const ATTRIBUTES = 21;

/** A good batch of one record after something was done to it; its CRC is wrong then. */
export function damaged(damage: (batch: Buffer) => unknown, good = batchOf(['hello'])): Buffer {
  const batch = Buffer.from(good);
  damage(batch);
  return batch;
}

/** As `damaged`, with the CRC that the producer would have written if it had meant it. */
export function altered(alter: (batch: Buffer) => unknown, good = batchOf(['hello'])): Buffer {
  return damaged((batch) => {
    alter(batch);
    batch.writeUInt32BE(crc32c(batch, ATTRIBUTES), CRC);
  }, good);
}
