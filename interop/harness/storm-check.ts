import type { DriverEvent } from './driver.ts';
import type { GroupProbe } from './group-probe.ts';

/**
 * Watches a group from outside and notes each promise that it breaks: by what its members report, by what the broker
 * tells of it, and by the offsets it commits. Bounded by the generations and records of one storm.
 */
export class StormCheck {
  readonly #partitions: number;
  readonly #isRunning: (member: string) => boolean;
  readonly broken: string[] = [];
  /** By `generation/partition`. */
  readonly #owners = new Map<string, string>();
  readonly #read: Set<number>[];
  #committed = new Map<number, number>();
  readonly #ownedAtMs: number[];
  #longestUnownedMs = 0;
  #lastGeneration = 0;
  #snapshots = 0;

  /** `isRunning` tells whether a member, by its client id, runs: neither stalled nor dead. */
  constructor(partitions: number, isRunning: (member: string) => boolean) {
    this.#partitions = partitions;
    this.#isRunning = isRunning;
    this.#read = Array.from({ length: partitions }, () => new Set());
    this.#ownedAtMs = Array.from({ length: partitions }, () => Date.now());
  }

  get longestUnownedMs(): number {
    return this.#longestUnownedMs;
  }

  get generations(): number {
    return this.#lastGeneration;
  }

  /** Looks at a group that was whole. */
  get snapshots(): number {
    return this.#snapshots;
  }

  take(event: DriverEvent): void {
    if (event.event === 'record') this.#read[event.partition]!.add(event.offset);
    if (event.event !== 'assignment' || event.partitions.length === 0) return;
    const { generation = -1, member, partitions } = event;
    this.#lastGeneration = Math.max(this.#lastGeneration, generation);
    for (const partition of partitions) {
      const key = `${generation}/${partition}`;
      const owner = this.#owners.get(key) ?? member;
      if (owner !== member) {
        this.broken.push(`${owner} and ${member} own ${partition} in generation ${generation}`);
      }
      this.#owners.set(key, member);
    }
  }

  async look(probe: GroupProbe): Promise<void> {
    const group = await probe.describe();
    const owned = new Map<number, string>();
    if (group?.state === 'Stable') {
      this.#snapshots += 1;
      for (const { clientId, partitions } of group.members) {
        for (const partition of partitions) {
          const other = owned.get(partition);
          if (other !== undefined) {
            this.broken.push(`the broker gave ${partition} to ${other} and ${clientId}`);
          }
          owned.set(partition, clientId);
        }
      }
    }
    this.#noteOwned(owned);
    const committed = await probe.committed();
    if (committed !== null) this.#noteCommitted(committed);
  }

  #noteOwned(owned: ReadonlyMap<number, string>): void {
    const nowMs = Date.now();
    for (let partition = 0; partition < this.#partitions; partition++) {
      const owner = owned.get(partition);
      const unownedMs = nowMs - this.#ownedAtMs[partition]!;
      this.#longestUnownedMs = Math.max(this.#longestUnownedMs, unownedMs);
      if (owner !== undefined && this.#isRunning(owner)) this.#ownedAtMs[partition] = nowMs;
    }
  }

  #noteCommitted(committed: Map<number, number>): void {
    for (const [partition, before] of this.#committed) {
      const now = committed.get(partition);
      if (now === undefined || now < before) {
        this.broken.push(`the committed offset of ${partition} went from ${before} to ${now}`);
      }
    }
    this.#committed = committed;
  }

  /** Partitions that are not committed up to their end. */
  notCommitted(ends: readonly number[]): number[] {
    return [...ends.keys()].filter(
      (partition) => (this.#committed.get(partition) ?? 0) < ends[partition]!,
    );
  }

  /** Records that no member was given, as `partition:offset`. */
  notRead(ends: readonly number[]): string[] {
    return ends.flatMap((end, partition) =>
      Array.from({ length: end }, (_, offset) => offset)
        .filter((offset) => !this.#read[partition]!.has(offset))
        .map((offset) => `${partition}:${offset}`),
    );
  }
}
