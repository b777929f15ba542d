import type { LogConfig } from '../log-store.ts';
import type { Segment } from './segment.ts';

/** A log as far as the choice of what to compact is concerned. */
export interface CompactedLog {
  readonly config: LogConfig;
  /** Oldest first; the last one is the active one. */
  readonly segments: readonly Segment[];
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  readonly lastStableOffset: number;
  /** Largest timestamp of the segment's records; where none has one, when its file last changed. */
  timestampOf(segment: Segment): Promise<number>;
  /** Largest timestamp of the segment's first batch; −1 when it has none. */
  firstTimestampOf(segment: Segment): Promise<number>;
}

/** What of a log can be compacted, and whether it should be (Kafka's LogToClean). */
export interface CleanableRange {
  /** Up to here the log was compacted before. */
  readonly firstDirtyOffset: number;
  /** First offset of the first segment that must be left as it is. */
  readonly boundOffset: number;
  /** Bytes that can be compacted and never were. */
  readonly cleanableBytes: number;
  /** Their share of all that a pass would go through. */
  readonly dirtyRatio: number;
  /** How much longer than `max.compaction.lag.ms` a record has waited; 0 when none has. */
  readonly overdueMs: number;
  /** The dirty ratio is above `min.cleanable.dirty.ratio`, or records are overdue. */
  readonly isDue: boolean;
}

/** `checkpoint`: where the last pass ended; undefined when there was none. */
export async function cleanableRange(
  log: CompactedLog,
  checkpoint: number | undefined,
  nowMs: number,
): Promise<CleanableRange> {
  const firstDirtyOffset = firstDirty(log, checkpoint);
  const closed = log.segments.slice(0, -1);
  const dirty = closed.filter(({ nextOffset }) => nextOffset > firstDirtyOffset);
  const boundOffset = await firstUncleanable(log, dirty, nowMs);
  const clean = closed.filter(({ baseOffset }) => baseOffset < firstDirtyOffset);
  const cleanable = dirty.filter(({ baseOffset }) => baseOffset < boundOffset);
  const cleanableBytes = sumOfBytes(cleanable);
  const totalBytes = sumOfBytes(clean) + cleanableBytes;
  const dirtyRatio = totalBytes === 0 ? 0 : cleanableBytes / totalBytes;
  const overdueMs = await overdue(log, dirty, nowMs);
  const isDue =
    cleanableBytes > 0 && (overdueMs > 0 || dirtyRatio > log.config.minCleanableDirtyRatio);
  return { firstDirtyOffset, boundOffset, cleanableBytes, dirtyRatio, overdueMs, isDue };
}

/** A checkpoint that does not fit the log (records before or after it are gone) counts as none. */
function firstDirty(log: CompactedLog, checkpoint: number | undefined): number {
  const isFit =
    checkpoint !== undefined && checkpoint >= log.logStartOffset && checkpoint <= log.logEndOffset;
  return isFit ? checkpoint : log.logStartOffset;
}

/**
 * Never the active segment, nothing that may still be aborted, and nothing younger than `min.compaction.lag.ms`; always
 * the beginning of a segment.
 */
async function firstUncleanable(
  log: CompactedLog,
  dirty: readonly Segment[],
  nowMs: number,
): Promise<number> {
  const { minCompactionLagMs } = log.config;
  for (const segment of dirty) {
    const isYoung =
      minCompactionLagMs > 0 && (await log.timestampOf(segment)) > nowMs - minCompactionLagMs;
    if (isYoung || segment.nextOffset > log.lastStableOffset) return segment.baseOffset;
  }
  return log.segments.at(-1)!.baseOffset;
}

async function overdue(
  log: CompactedLog,
  dirty: readonly Segment[],
  nowMs: number,
): Promise<number> {
  const { maxCompactionLagMs } = log.config;
  if (maxCompactionLagMs === Number.POSITIVE_INFINITY) return 0;
  let earliest = Number.POSITIVE_INFINITY;
  for (const segment of dirty) {
    const timestampMs = await log.firstTimestampOf(segment);
    if (timestampMs > 0) earliest = Math.min(earliest, timestampMs);
  }
  return Math.max(0, nowMs - maxCompactionLagMs - earliest);
}

function sumOfBytes(segments: readonly Segment[]): number {
  return segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
