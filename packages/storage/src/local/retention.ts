import type { LogConfig } from '../log-store.ts';
import type { Segment } from './segment.ts';

/** What retention looks at. */
export interface RetainedLog {
  /** Oldest first; the last one is the active one. */
  readonly segments: readonly Segment[];
  readonly highWatermark: number;
  /** Largest timestamp of the segment's records; where none has one, when its file last changed. */
  timestampOf(segment: Segment): Promise<number>;
  /** Whether that was right; an index may be wrong, and then it is corrected. */
  checkTimestamp(segment: Segment): Promise<boolean>;
}

/**
 * The offset at which the log should begin by `retention.ms` and `retention.bytes`, always the end of a segment; null
 * when nothing has to go. As in Kafka (`UnifiedLog.deleteOldSegments`) whole segments go, the oldest first, up to the
 * first that may stay, and the active one goes as well when all that it holds can be read.
 */
export async function retentionStart(
  log: RetainedLog,
  config: LogConfig,
  nowMs: number,
): Promise<number | null> {
  if (!config.cleanupPolicy.delete) return null;
  const bySize = sizeStart(log, config.retentionBytes);
  const byTime = await timeStart(log, nowMs - config.retentionMs);
  return bySize === null || byTime === null ? (bySize ?? byTime) : Math.max(bySize, byTime);
}

/** Segments go as long as what is left after them is not less than `retentionBytes`. */
function sizeStart(log: RetainedLog, retentionBytes: number): number | null {
  let excess = log.segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, -retentionBytes);
  let start: number | null = null;
  for (const segment of log.segments) {
    excess -= segment.sizeBytes;
    if (excess < 0 || !mayGo(log, segment)) break;
    start = segment.nextOffset;
  }
  return start;
}

/** Segments go whose newest record is older than `oldestMs`. */
async function timeStart(log: RetainedLog, oldestMs: number): Promise<number | null> {
  if (oldestMs === Number.NEGATIVE_INFINITY) return null;
  let start: number | null = null;
  for (const segment of log.segments) {
    // What is appended to the active segment while its time is looked up is not as old.
    const { nextOffset } = segment;
    if (!mayGo(log, segment) || (await log.timestampOf(segment)) >= oldestMs) break;
    const isRight = await log.checkTimestamp(segment);
    if (!isRight && (await log.timestampOf(segment)) >= oldestMs) break;
    start = nextOffset;
  }
  return start;
}

function mayGo(log: RetainedLog, segment: Segment): boolean {
  return segment.sizeBytes > 0 && segment.nextOffset <= log.highWatermark;
}
