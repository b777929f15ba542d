import { BatchBuilder } from '@millrace/protocol';

/** With records of 1 KiB about what a producer fills by default (`batch.size` is 16 KiB). */
export const RECORDS_A_BATCH = 16;

/** A record batch as a producer makes it: letters, no keys, no compression. Made once and sent again and again. */
export function preparedBatch(recordBytes: number, records = RECORDS_A_BATCH): Buffer {
  const builder = new BatchBuilder();
  const timestampMs = Date.now();
  for (let index = 0; index < records; index++) {
    const value = Buffer.alloc(recordBytes, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(index % 26));
    builder.add({ timestampMs, value });
  }
  return builder.build();
}
