import { BATCH_HEADER_BYTES, batchHeader, checkBatch, checkBatchHeader } from '@millrace/protocol';
import { type OpenFile, readFully } from '../file-system.ts';
import { type BatchVisitor, scanBatches } from './batch-scan.ts';
import type { DamagedRange } from './segment.ts';
import { MAX_INT32, SegmentIndex } from './segment-index.ts';

/** Read at once while going through a whole file. */
export const RECOVERY_CHUNK_BYTES = 1024 * 1024;
/** Read at once where little is expected: one batch, or the batches since the last index entry. */
const SHORT_SCAN_CHUNK_BYTES = 16 * 1024;

export interface SegmentContent {
  readonly index: SegmentIndex;
  /** End of the last good batch. */
  readonly sizeBytes: number;
  readonly nextOffset: number;
  readonly damage: readonly DamagedRange[];
  /** What is wrong with the bytes from `sizeBytes` on, or null. */
  readonly problem: string | null;
}

export interface SegmentBounds {
  readonly baseOffset: number;
  readonly fileBytes: number;
  readonly indexIntervalBytes: number;
}

/** The beginning of a segment that need not be checked. */
export interface KnownPart {
  /** Of all its batches, and of no other. */
  readonly index: SegmentIndex;
  readonly endPosition: number;
  readonly nextOffset: number;
}

/**
 * Checks every batch of a segment behind its `known` part, CRC included, and builds its index anew or completes it.
 * Where a batch is damaged and a valid one follows, the damage is noted and the check goes on behind it; where none
 * follows, the content ends.
 *
 * The CRC does not cover a batch's base offset. One that is too large would make all that follows look wrong, so
 * when that is found out, the check begins anew with that batch counted as damaged: once for each.
 */
export async function recoverSegment(
  file: OpenFile,
  bounds: SegmentBounds,
  known: KnownPart | null = null,
): Promise<SegmentContent> {
  const misplaced = new Set<number>();
  for (;;) {
    const builder = new IndexBuilder(bounds, misplaced, known);
    const content = await recoverOnce(file, bounds, builder, known?.endPosition ?? 0);
    if (content !== null) return content;
  }
}

/** Null when a batch was found to be misplaced, which is noted in the builder's set. */
async function recoverOnce(
  file: OpenFile,
  bounds: SegmentBounds,
  builder: IndexBuilder,
  start: number,
): Promise<SegmentContent | null> {
  const damage: DamagedRange[] = [];
  let position = start;
  for (;;) {
    const end = await builder.scan(file, position, true);
    if (builder.foundMisplaced) return null;
    if (end.problem === null) return builder.content(end.position, damage, null);
    const next = await findValidBatch(file, end.position + 1, bounds, builder.nextOffset);
    if (next === null) return builder.content(end.position, damage, end.problem);
    damage.push({
      position: end.position,
      endPosition: next.position,
      offset: builder.nextOffset,
      endOffset: next.baseOffset,
    });
    position = next.position;
  }
}

/** Builds the index of a segment that is trusted, from its batch headers. */
export async function reindexSegment(
  file: OpenFile,
  bounds: SegmentBounds,
  damage: readonly DamagedRange[] = [],
): Promise<SegmentContent> {
  const builder = new IndexBuilder(bounds, new Set(), null);
  let start = 0;
  // The headers of what is damaged may look right, and must not get into the index.
  for (const range of damage) {
    const end = await builder.scan(file, start, false, range.position);
    if (end.problem !== null) return builder.content(end.position, [], end.problem);
    start = range.endPosition;
  }
  const end = await builder.scan(file, start, false);
  return builder.content(end.position, [], end.problem);
}

/**
 * Completes an index that was read from its files with the batches from the last entry's on, up to `endOffset`, from
 * their headers. There is a problem also where the last entry's batch is another one, or one reaches over `endOffset`.
 */
export async function completeIndex(
  file: OpenFile,
  bounds: SegmentBounds,
  index: SegmentIndex,
  endOffset: number,
): Promise<SegmentContent> {
  const expected = index.lastPosition === 0 ? null : index.lastOffset;
  let nextOffset = bounds.baseOffset;
  const range = {
    start: index.lastPosition,
    end: bounds.fileBytes,
    chunkBytes: SHORT_SCAN_CHUNK_BYTES,
    whole: false,
  };
  let problem: string | null = null;
  const end = await scanBatches(file, range, (buffer, at, position, sizeBytes) => {
    const lastOffset = batchHeader.lastOffset(buffer, at);
    const baseOffset = batchHeader.baseOffset(buffer, at);
    problem = offsetProblem(buffer, at, bounds.baseOffset, nextOffset);
    if (position === range.start && expected !== null && lastOffset !== expected) {
      problem = `The index has offset ${expected} at byte ${position}, where ${lastOffset} is.`;
    } else if (baseOffset < endOffset && lastOffset >= endOffset) {
      problem = `The batch at byte ${position} reaches over offset ${endOffset}.`;
    }
    if (problem !== null || baseOffset >= endOffset) return false;
    const timestampMs = batchHeader.maxTimestamp(buffer, at);
    index.track(lastOffset, timestampMs, position, sizeBytes, bounds.indexIntervalBytes);
    nextOffset = lastOffset + 1;
    return true;
  });
  return {
    index,
    sizeBytes: end.position,
    nextOffset,
    damage: [],
    problem: problem ?? end.problem,
  };
}

class IndexBuilder {
  readonly #bounds: SegmentBounds;
  readonly #index: SegmentIndex;
  /** Positions of batches whose base offset is known to be wrong. */
  readonly #misplaced: Set<number>;
  /** The batch before, when it left offsets out: where it stands, and the offset that would have been next. */
  #gap: { position: number; offset: number } | null = null;
  #problem: string | null = null;
  nextOffset: number;
  foundMisplaced = false;

  constructor(bounds: SegmentBounds, misplaced: Set<number>, known: KnownPart | null) {
    this.#bounds = bounds;
    this.#index = known?.index.copy() ?? new SegmentIndex(bounds.baseOffset);
    this.#misplaced = misplaced;
    this.nextOffset = known?.nextOffset ?? bounds.baseOffset;
  }

  async scan(file: OpenFile, start: number, whole: boolean, end = this.#bounds.fileBytes) {
    const range = {
      start,
      end,
      chunkBytes: RECOVERY_CHUNK_BYTES,
      whole,
    };
    this.#problem = null;
    const stop = await scanBatches(file, range, this.#visit);
    return { position: stop.position, problem: this.#problem ?? stop.problem };
  }

  content(
    sizeBytes: number,
    damage: readonly DamagedRange[],
    problem: string | null,
  ): SegmentContent {
    return { index: this.#index, sizeBytes, nextOffset: this.nextOffset, damage, problem };
  }

  readonly #visit: BatchVisitor = (buffer, at, position, sizeBytes) => {
    this.#problem = this.#misplaced.has(position)
      ? 'The base offset of the batch does not fit to that of the next one.'
      : offsetProblem(buffer, at, this.#bounds.baseOffset, this.nextOffset);
    const base = batchHeader.baseOffset(buffer, at);
    if (this.#problem !== null) {
      if (this.#gap !== null && base > this.#gap.offset && base < this.nextOffset) {
        this.#misplaced.add(this.#gap.position);
        this.foundMisplaced = true;
      }
      return false;
    }
    this.#gap = base > this.nextOffset ? { position, offset: this.nextOffset } : null;
    const lastOffset = batchHeader.lastOffset(buffer, at);
    this.#index.track(
      lastOffset,
      batchHeader.maxTimestamp(buffer, at),
      position,
      sizeBytes,
      this.#bounds.indexIntervalBytes,
    );
    this.nextOffset = lastOffset + 1;
    return true;
  };
}

/** Offsets of a log only grow, and those of a segment must fit its index. */
function offsetProblem(
  buffer: Buffer,
  at: number,
  segmentBaseOffset: number,
  nextOffset: number,
): string | null {
  const base = batchHeader.baseOffset(buffer, at);
  if (base < nextOffset) {
    return `The batch has base offset ${base}, but ${nextOffset} or more must come here.`;
  }
  if (batchHeader.lastOffset(buffer, at) - segmentBaseOffset > MAX_INT32) {
    return `The batch's base offset ${base} is too far from its segment's ${segmentBaseOffset}.`;
  }
  return null;
}

/**
 * The first valid batch at or after `from` that may follow `nextOffset`. Looks at every position, since the damaged
 * batch's own length may be what is damaged.
 */
async function findValidBatch(
  file: OpenFile,
  from: number,
  bounds: SegmentBounds,
  nextOffset: number,
): Promise<{ position: number; baseOffset: number } | null> {
  const chunk = Buffer.allocUnsafe(
    Math.max(0, Math.min(RECOVERY_CHUNK_BYTES, bounds.fileBytes - from)),
  );
  let start = from;
  while (start + BATCH_HEADER_BYTES <= bounds.fileBytes) {
    const length = Math.min(chunk.length, bounds.fileBytes - start);
    await readFully(file, chunk, 0, length, start);
    const candidates = length - BATCH_HEADER_BYTES + 1;
    for (let at = 0; at < candidates; at++) {
      if (chunk[at + 16] !== 2) continue;
      // The batch may end past the chunk, but not past the file.
      if (checkBatchHeader(chunk, at, bounds.fileBytes - start) !== null) continue;
      // What is damaged held an offset at least. The CRC does not cover that of this batch, and what a crash has torn is
      // often zero.
      if (offsetProblem(chunk, at, bounds.baseOffset, nextOffset + 1) !== null) continue;
      const sizeBytes = batchHeader.batchSizeBytes(chunk, at);
      const batch = Buffer.allocUnsafe(sizeBytes);
      await readFully(file, batch, 0, sizeBytes, start + at);
      if (checkBatch(batch, 0, sizeBytes) !== null) continue;
      return { position: start + at, baseOffset: batchHeader.baseOffset(batch, 0) };
    }
    // The last positions of the chunk had too few bytes after them to be judged.
    start += candidates;
  }
  return null;
}
