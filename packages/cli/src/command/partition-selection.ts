import { ValueError } from './option.ts';

/** More partitions than any topic has; so that `orders:0-9999999999` costs nothing. */
const MAX_PARTITIONS = 100_000;

/** A topic, or some of its partitions. */
export interface PartitionSelection {
  readonly topic: string;
  /** Ascending; null for all. */
  readonly partitions: readonly number[] | null;
}

/** `orders`, or `orders:0,2,4-6`. */
export function partitionSelection(value: string): PartitionSelection {
  const at = value.indexOf(':');
  if (at === -1) return { topic: value, partitions: null };
  const partitions = new Set<number>();
  for (const range of value.slice(at + 1).split(',')) {
    const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(range);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? first);
    if (match === null || last < first || last - first + partitions.size >= MAX_PARTITIONS) {
      throw new ValueError('expected TOPIC or TOPIC:PARTITIONS, such as orders:0,2 or orders:0-5');
    }
    for (let partition = first; partition <= last; partition++) partitions.add(partition);
  }
  return {
    topic: value.slice(0, at),
    partitions: [...partitions].sort((a, b) => a - b),
  };
}
