import type { Cluster } from '@millrace/client';
import { CommandError } from '../command/errors.ts';
import type { PartitionSelection } from '../command/partition-selection.ts';
import type { Position } from '../command/position.ts';
import { offsetsOfGroup } from './committed-offsets.ts';
import { type ItemError, itemError } from './item-error.ts';
import { byTopic, type PartitionMap, type TopicPartition } from './partition-map.ts';
import { partitionBounds, type ResolvedPosition, resolvePosition } from './resolve-position.ts';
import { partitionsSelected } from './topics.ts';

/** Where a group is to go: to one position in every partition, or to an offset for each. */
export type SeekTarget =
  | Position
  | { readonly kind: 'offsets'; readonly offsets: PartitionMap<number> };

export interface PlannedSeek extends TopicPartition {
  /** What is committed now; null for nothing. */
  readonly before: number | null;
  /** Null where the partition is left alone; `note` says why. */
  readonly after: number | null;
  readonly start: number | null;
  readonly end: number | null;
  /** For people; null as a rule. */
  readonly note: string | null;
  readonly error: ItemError | null;
}

export interface SeekRequest {
  readonly group: string;
  readonly target: SeekTarget;
  /** Empty for all that the target or the group knows. */
  readonly selections: readonly PartitionSelection[];
  readonly nowMs: number;
}

/** What is to be committed for each partition. Throws `CommandError` for topics and partitions that there are not. */
export async function planSeek(cluster: Cluster, request: SeekRequest): Promise<PlannedSeek[]> {
  const { group, target, nowMs } = request;
  const committed = await offsetsOfGroup(cluster, group);
  const known = target.kind === 'offsets' ? target.offsets : committed;
  const selections = selectionsOf(request, known);
  const { topics, partitions } = await partitionsSelected(cluster, selections);
  const moment = target.kind === 'moment' ? target.moment : null;
  const bounds = await partitionBounds(cluster, topics, moment, nowMs);
  return partitions.map((place) => {
    const { topic, partition } = place;
    const before = committed.get(topic, partition)?.offset ?? null;
    const position = target.kind === 'offsets' ? offsetOf(target.offsets, place) : target;
    const resolved = resolvePosition(position, bounds, { ...place, current: before });
    return planned(place, before, resolved);
  });
}

function offsetOf(offsets: PartitionMap<number>, { topic, partition }: TopicPartition) {
  const offset = offsets.get(topic, partition);
  return offset === undefined ? { kind: 'nowhere' as const } : { kind: 'offset' as const, offset };
}

function selectionsOf(
  { group, selections }: SeekRequest,
  known: PartitionMap<unknown>,
): readonly PartitionSelection[] {
  if (selections.length > 0) return selections;
  if (known.topics.length === 0) {
    throw new CommandError(
      'NO_COMMITTED_OFFSETS',
      `group ${group} has committed nothing.`,
      'Name the topics with --topic.',
    );
  }
  return byTopic(known.entries()).map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition }) => partition),
  }));
}

function planned(
  { topic, partition }: TopicPartition,
  before: number | null,
  { start, end, wanted, offset, errorCode }: ResolvedPosition,
): PlannedSeek {
  const isKnown = errorCode === 0;
  return {
    topic,
    partition,
    before,
    after: isKnown ? offset : null,
    start: isKnown ? start : null,
    end: isKnown ? end : null,
    note: isKnown ? noteOf(wanted, offset, before) : null,
    error: itemError(errorCode, `topic ${topic}, partition ${partition}`),
  };
}

function noteOf(
  wanted: number | null,
  offset: number | null,
  before: number | null,
): string | null {
  if (wanted === null || offset === null) return 'left alone: no offset to go by';
  if (wanted < offset) return `${wanted} is before the start`;
  if (wanted > offset) return `${wanted} is past the end`;
  return offset === before ? 'as it is' : null;
}
