/** A record header (KIP-82). Keys may repeat. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/** One record of a batch. `key`, `value` and header values are views on the batch or on what it decompressed to. */
export interface BatchRecord {
  readonly offset: number;
  /** Milliseconds since the Unix epoch; −1 when the producer gave none. */
  readonly timestampMs: number;
  readonly key: Buffer | null;
  /** Null is a tombstone in a compacted topic. */
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}
