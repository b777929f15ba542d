import {
  Compactor,
  type Filtered,
  type IndexProgress,
  type KeyRange,
  type PassOptions,
} from './compactor.ts';

/** `KeyRange`, and how full the key map became. */
export interface CollectedKeys extends KeyRange {
  readonly mapUse: number;
}

/**
 * A `Compactor` that works elsewhere; calls come one at a time. What it is given belongs to it afterwards: each chunk must
 * be the whole of its memory. Rejects with `UncleanableError` for what the log holds, and with others when it is closed or
 * its thread died.
 */
export interface CompactionPass {
  index(chunk: Buffer): Promise<IndexProgress>;
  endIndex(reachedOffset: number): Promise<CollectedKeys>;
  filter(chunk: Buffer, isGroupEnd: boolean): Promise<Filtered>;
  /** Called once, also after a failure: gives back what the pass holds. */
  end(): void;
}

/** Where compaction passes run. */
export interface CompactionEngine {
  begin(options: PassOptions): CompactionPass;
  /** Nothing is to be done for a while: lets go of what is kept for the next pass. */
  rest(): void;
  /** Rejects what is under way; resolves when nothing runs any more. */
  close(): Promise<void>;
}

/** Passes on the thread of the caller, which each call blocks: for tests. */
export const inlineCompaction: CompactionEngine = {
  begin(options) {
    const compactor = new Compactor(options);
    return {
      index: async (chunk) => compactor.index(chunk),
      endIndex: async (reachedOffset) => ({
        ...compactor.endIndex(reachedOffset),
        mapUse: compactor.mapUse,
      }),
      filter: async (chunk, isGroupEnd) => compactor.filter(chunk, isGroupEnd),
      end() {},
    };
  },
  rest() {},
  async close() {},
};
