import type { Segment } from './segment.ts';
import { MAX_INT32 } from './segment-index.ts';

/** Segments that may become one: a swap must not touch more files than that. */
const MAX_SEGMENTS_IN_GROUP = 64;

export interface GroupBounds {
  /** `segment.bytes` */
  readonly segmentBytes: number;
  /** `segment.index.bytes` */
  readonly segmentIndexBytes: number;
  /** Bytes of the larger of a segment's indexes, or what they can be at most. */
  readonly indexBytesOf: (segment: Segment) => number;
}

/**
 * Neighbours whose records will go into one new segment, as many as fit by what they are now (Kafka's
 * groupSegmentsBySize): bytes, index bytes, and the span of offsets that an index can tell.
 */
export function groupSegments(segments: readonly Segment[], bounds: GroupBounds): Segment[][] {
  const groups: Segment[][] = [];
  let sizeBytes = 0;
  let indexBytes = 0;
  for (const segment of segments) {
    const group = groups.at(-1);
    const segmentIndexBytes = bounds.indexBytesOf(segment);
    sizeBytes += segment.sizeBytes;
    indexBytes += segmentIndexBytes;
    if (
      group !== undefined &&
      group.length < MAX_SEGMENTS_IN_GROUP &&
      sizeBytes <= bounds.segmentBytes &&
      indexBytes <= bounds.segmentIndexBytes &&
      segment.nextOffset - 1 - group[0]!.baseOffset <= MAX_INT32
    ) {
      group.push(segment);
      continue;
    }
    groups.push([segment]);
    sizeBytes = segment.sizeBytes;
    indexBytes = segmentIndexBytes;
  }
  return groups;
}
