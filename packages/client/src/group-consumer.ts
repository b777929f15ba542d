import type { Cluster } from './cluster.ts';
import { commitOffsets, committedOffsets, isFenced } from './committed-offsets.ts';
import { Consumer, type ConsumerOptions, type Position } from './consumer.ts';
import type { FetchedPartition } from './fetched-partition.ts';
import { GroupMember, type GroupMemberOptions } from './group-member.ts';
import { KafkaError } from './kafka-error.ts';
import { EARLIEST, LATEST, listOffsets } from './list-offsets.ts';
import { partitionKey, type TopicPartition } from './topic-partition.ts';

export interface GroupConsumerOptions extends GroupMemberOptions, ConsumerOptions {
  /** Where partitions begin that have no committed offset; latest by default, as Kafka's `auto.offset.reset`. */
  readonly offsetReset?: 'earliest' | 'latest' | 'none';
  /** Kafka's `auto.commit.interval.ms`; 5000 by default. */
  readonly commitIntervalMs?: number;
  /** Told what is its own now and from where it is read, after every rebalance. */
  readonly onAssigned?: (positions: readonly Position[]) => void;
}

/** For the last commit before a rebalance or the end: who waits longer than this loses the partitions anyway. */
const LAST_COMMIT_TIMEOUT_MS = 3000;

/**
 * Reads topics as a member of a group. What was read up to where is told by `processed`, and committed every
 * `commitIntervalMs`, before a rebalance and by `close`; records after that are read again by whoever comes next.
 *
 *     const consumer = new GroupConsumer(cluster, { groupId: 'readers', topics: ['orders'] });
 *     for (const fetched of await consumer.poll()) {
 *       for (const record of fetched.records()) …
 *       consumer.processed(fetched, fetched.nextOffset);
 *     }
 *     await consumer.close();
 */
export class GroupConsumer {
  readonly #cluster: Cluster;
  readonly #options: GroupConsumerOptions;
  readonly #member: GroupMember;
  readonly #consumer: Consumer;
  readonly #offsetReset: 'earliest' | 'latest' | 'none';
  /** Own partitions, by `partitionKey`. */
  #owned = new Map<string, TopicPartition>();
  /** Offsets to be committed, of own partitions only. */
  readonly #processed = new Map<string, TopicPartition & { readonly offset: number }>();
  #committedAtMs: number;
  #isJoining = false;
  #isClosed = false;

  constructor(cluster: Cluster, options: GroupConsumerOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#offsetReset = options.offsetReset ?? 'latest';
    this.#consumer = new Consumer(cluster, { ...options, offsetReset: this.#offsetReset });
    this.#member = new GroupMember(cluster, options, () => this.#consumer.wake());
    this.#committedAtMs = cluster.clock.nowMs();
  }

  /** Joins the group, or joins it again where that is due; `poll` does so by itself. */
  async join(): Promise<void> {
    if (this.#isClosed) throw new KafkaError('CLIENT_CLOSED', 'The consumer was closed.');
    if (!this.#member.needsJoin) return;
    this.#isJoining = true;
    await this.#rejoin().finally(() => {
      this.#isJoining = false;
    });
  }

  /** Whether `join` or `poll` waits for the group to rebalance, which may take long; `close` makes it reject. */
  get isJoining(): boolean {
    return this.#isJoining;
  }

  /** As `Consumer.poll`, of the partitions that are its own. */
  async poll(): Promise<readonly FetchedPartition[]> {
    await this.join();
    await this.#commitWhenDue();
    return this.#consumer.poll();
  }

  /** All records of a partition before `nextOffset` need not be read again. Passed over for one that is not its own. */
  processed({ topic, partition }: TopicPartition, nextOffset: number): void {
    const key = partitionKey({ topic, partition });
    if (this.#owned.has(key)) this.#processed.set(key, { topic, partition, offset: nextOffset });
  }

  /** Makes a `poll` that waits resolve to nothing. */
  wake(): void {
    this.#consumer.wake();
  }

  /** Commits what was processed. Rejects with KafkaError; a member that was put out of the group joins again. */
  async commit(retryTimeoutMs?: number): Promise<void> {
    this.#committedAtMs = this.#cluster.clock.nowMs();
    const offsets = [...this.#processed.values()];
    if (offsets.length === 0 || !this.#member.isMember) return;
    try {
      await commitOffsets(this.#cluster, this.#member.committer, offsets, retryTimeoutMs);
    } catch (error) {
      if (isFenced(error)) this.#member.forget();
      throw error;
    }
    for (const { topic, partition, offset } of offsets) {
      const key = partitionKey({ topic, partition });
      if (this.#processed.get(key)?.offset === offset) this.#processed.delete(key);
    }
  }

  /** Commits, and leaves the group. Rejects when what was processed could not be committed; it has left then, too. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      await this.commit(LAST_COMMIT_TIMEOUT_MS);
    } finally {
      await this.#member.leave();
      this.#consumer.wake();
    }
  }

  async #commitWhenDue(): Promise<void> {
    const { commitIntervalMs = 5000 } = this.#options;
    if (this.#cluster.clock.nowMs() - this.#committedAtMs < commitIntervalMs) return;
    await this.commit().catch(ignoreRebalance);
  }

  async #rejoin(): Promise<void> {
    await this.#consumer.assign([]);
    await this.commit(LAST_COMMIT_TIMEOUT_MS).catch(ignoreRebalance);
    this.#processed.clear();
    this.#owned = new Map();
    const partitions = await this.#member.join();
    const offsets = await this.#startOffsets(partitions);
    const positions = partitions.map((partition) => ({
      ...partition,
      offset: offsets.get(partitionKey(partition))!,
    }));
    this.#owned = new Map(positions.map((position) => [partitionKey(position), position]));
    await this.#consumer.assign(positions);
    this.#options.onAssigned?.(positions);
  }

  async #startOffsets(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<string, number>> {
    if (partitions.length === 0) return new Map();
    const { groupId } = this.#options;
    const fetched = await committedOffsets(this.#cluster, groupId, partitions);
    const committed = new Map(fetched.map((one) => [partitionKey(one), one.offset]));
    const fresh = partitions.filter((partition) => !committed.has(partitionKey(partition)));
    if (fresh.length === 0) return committed;
    if (this.#offsetReset === 'none') {
      throw new KafkaError(
        'OFFSET_OUT_OF_RANGE',
        `group ${groupId} has no committed offset for ${fresh.map(partitionKey).join(', ')}.`,
        { hint: 'Say where to begin: at the earliest or the latest record.' },
      );
    }
    const timestampMs = this.#offsetReset === 'earliest' ? EARLIEST : LATEST;
    const queries = fresh.map((partition) => ({ ...partition, timestampMs }));
    const found = await listOffsets(this.#cluster, queries, this.#options.isolation);
    // Committed as well, as Java's consumer does: else whoever comes next may begin elsewhere, and pass over records.
    for (const partition of fresh) {
      const key = partitionKey(partition);
      this.#processed.set(key, { ...partition, offset: found.get(key)! });
    }
    return new Map([...committed, ...found]);
  }
}

/** What could not be committed because the group moved on is read again by the next owner. */
function ignoreRebalance(error: unknown): void {
  if (isFenced(error)) return;
  if (error instanceof KafkaError && error.code === 'REBALANCE_IN_PROGRESS') return;
  throw error;
}
