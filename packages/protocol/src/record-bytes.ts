/**
 * Record batches on their way out. A fetch answers with bytes that are in memory (the tail cache) or still in
 * a file; the connection writes the parts in order and never joins them.
 */
export interface RecordSlice {
  /** Sum of the sizes of all parts. */
  readonly sizeBytes: number;
  readonly parts: readonly RecordPart[];
  /** Gives back what the parts hold (file descriptors). Called exactly once, after the last part was used. */
  release(): void;
}

export type RecordPart = Buffer | FilePart;

/** A run of bytes in a file, read piece by piece while the socket drains. */
export interface FilePart {
  readonly sizeBytes: number;
  /**
   * Reads up to `length` bytes that start at `position` within this part into `target` at `targetOffset`.
   * Resolves to the count read, at least 1; rejects when the file cannot give them.
   */
  read(target: Buffer, targetOffset: number, length: number, position: number): Promise<number>;
}

/** A `records` field: decoding always gives a view on the frame (`Buffer`); encoding takes either. */
export type Records = Buffer | RecordSlice;
