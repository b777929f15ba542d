import type { Cluster, TopicMetadata } from '@millrace/client';
import type { Position } from '../command/position.ts';
import { timestampOf } from '../command/timestamp.ts';
import { type ListedOffset, listOffsets } from './list-offsets.ts';
import type { PartitionMap } from './partition-map.ts';

/** What the leaders say of every partition of some topics. */
export interface PartitionBounds {
  readonly start: PartitionMap<ListedOffset>;
  readonly end: PartitionMap<ListedOffset>;
  /** The first records from the position's moment on; null where it has none. */
  readonly atMoment: PartitionMap<ListedOffset> | null;
}

export async function partitionBounds(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
  moment: Extract<Position, { kind: 'moment' }>['moment'] | null,
  nowMs: number,
): Promise<PartitionBounds> {
  const [start, end, atMoment] = await Promise.all([
    listOffsets(cluster, topics, 'start'),
    listOffsets(cluster, topics, 'end'),
    moment === null
      ? null
      : listOffsets(cluster, topics, { timestampMs: Math.max(0, timestampOf(moment, nowMs)) }),
  ]);
  return { start, end, atMoment };
}

export interface ResolvedPosition {
  readonly start: number;
  readonly end: number;
  /** What the position comes to; null where there is nothing to count from. */
  readonly wanted: number | null;
  /** The nearest to it within start and end. */
  readonly offset: number | null;
  readonly errorCode: number;
}

/** `current` is what `current`, `+N` and `-N` are counted from; null for nothing. */
export function resolvePosition(
  position: Position | { readonly kind: 'nowhere' },
  { start, end, atMoment }: PartitionBounds,
  { topic, partition, current }: { topic: string; partition: number; current: number | null },
): ResolvedPosition {
  const [first, last, found] = [start, end, atMoment].map((map) => map?.get(topic, partition));
  const errorCode = first?.errorCode || last?.errorCode || found?.errorCode || 0;
  const bounds = { start: first?.offset ?? -1, end: last?.offset ?? -1, errorCode };
  const wanted = wantedOffset(position, bounds, found?.offset ?? -1, current);
  const offset = wanted === null ? null : Math.min(Math.max(wanted, bounds.start), bounds.end);
  return { ...bounds, wanted, offset };
}

function wantedOffset(
  position: Position | { readonly kind: 'nowhere' },
  { start, end }: { start: number; end: number },
  atMoment: number,
  current: number | null,
): number | null {
  switch (position.kind) {
    case 'start':
      return start;
    case 'end':
      return end;
    case 'offset':
      return position.offset;
    // No record is that new: what comes next will be.
    case 'moment':
      return atMoment === -1 ? end : atMoment;
    case 'current':
      return current;
    case 'nowhere':
      return null;
    case 'shift':
      return current === null ? null : current + position.by;
  }
}
