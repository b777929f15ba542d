import { ErrorCode } from '@millrace/protocol';
import type { FetchResponsePartitionData } from '@millrace/protocol/messages/fetch-response';
import type { Cluster } from './cluster.ts';
import {
  answerFor,
  type FetchItem,
  type FetchLimits,
  fetchApi,
  fetchRequest,
  fetchVersions,
} from './fetch-request.ts';
import { FetchedPartition } from './fetched-partition.ts';
import type { Isolation } from './isolation.ts';
import { KafkaError } from './kafka-error.ts';
import { EARLIEST, LATEST, listOffsets } from './list-offsets.ts';
import { backoffMs } from './retry.ts';
import { TopicCache } from './topic-cache.ts';
import { partitionKey, type TopicPartition } from './topic-partition.ts';

export interface ConsumerOptions {
  /** Kafka's `isolation.level`; read_uncommitted by default. */
  readonly isolation?: Isolation;
  /** Kafka's `auto.offset.reset`, for a position that is out of range; none (an error) by default. */
  readonly offsetReset?: 'earliest' | 'latest' | 'none';
  /** Kafka's `fetch.max.wait.ms`; 500 by default. */
  readonly maxWaitMs?: number;
  /** Kafka's `fetch.min.bytes`; 1 by default. */
  readonly minBytes?: number;
  /** Kafka's `fetch.max.bytes`; 50 MiB by default. */
  readonly maxBytes?: number;
  /** Kafka's `max.partition.fetch.bytes`; 1 MiB by default. */
  readonly maxPartitionBytes?: number;
  /** How long a partition may fail in a row before `poll` rejects; 60,000 by default. */
  readonly retryTimeoutMs?: number;
}

/** A partition to read, and from where. */
export interface Position extends TopicPartition {
  readonly offset: number;
}

/** A partition that is read. It is replaced, not changed, when it is assigned anew: a late answer is for nobody then. */
interface Reading extends TopicPartition {
  offset: number;
  /** Failures in a row, and the time of the first one. */
  failures: number;
  failingSinceMs: number;
  isBusy: boolean;
}

const RETRY = { backoffMs: 100, maxBackoffMs: 1000 };
/** The broker answers after `maxWaitMs`; what is above it is for the way and the load. */
const ANSWER_GRACE_MS = 30_000;

/**
 * Reads the partitions that it is assigned. One fetch a broker is on its way at a time, and the next one is begun when
 * `poll` hands out what came, so that at most twice `maxBytes` a broker are in memory.
 *
 *     const consumer = new Consumer(cluster);
 *     consumer.assign([{ topic: 'orders', partition: 0, offset: 0 }]);
 *     for (const fetched of await consumer.poll()) for (const record of fetched.records()) …
 */
export class Consumer {
  readonly #cluster: Cluster;
  readonly #limits: FetchLimits;
  readonly #offsetReset: 'earliest' | 'latest' | 'none';
  readonly #retryTimeoutMs: number;
  readonly #topics: TopicCache;
  /** By `partitionKey`. */
  #readings = new Map<string, Reading>();
  /** Brokers with a fetch on its way. */
  readonly #fetching = new Set<number>();
  /** At most one a partition. */
  #fetched: { readonly reading: Reading; readonly data: FetchedPartition }[] = [];
  #failure: unknown = null;
  #isWoken = false;
  #wakePoll: (() => void) | null = null;

  constructor(cluster: Cluster, options: ConsumerOptions = {}) {
    this.#cluster = cluster;
    this.#limits = {
      isolation: options.isolation ?? 'read_uncommitted',
      maxWaitMs: options.maxWaitMs ?? 500,
      minBytes: options.minBytes ?? 1,
      maxBytes: options.maxBytes ?? 50 * 1024 * 1024,
      maxPartitionBytes: options.maxPartitionBytes ?? 1024 * 1024,
    };
    this.#offsetReset = options.offsetReset ?? 'none';
    this.#retryTimeoutMs = options.retryTimeoutMs ?? 60_000;
    this.#topics = new TopicCache(cluster, { allowAutoTopicCreation: false, timeoutMs: 0 });
    cluster.closing.addEventListener('abort', () => this.#fail(cluster.closing.reason), {
      once: true,
    });
  }

  /** Reads these partitions from now on, and no others. Rejects when a topic is not there. */
  async assign(positions: readonly Position[]): Promise<void> {
    this.#readings = new Map();
    this.#fetched = [];
    await Promise.all(
      [...new Set(positions.map(({ topic }) => topic))].map((t) => this.#topics.load(t)),
    );
    this.#readings = new Map(
      positions.map(({ topic, partition, offset }) => [
        partitionKey({ topic, partition }),
        { topic, partition, offset, failures: 0, failingSinceMs: 0, isBusy: false },
      ]),
    );
    this.#startFetches();
  }

  /** Reads this partition no further. */
  unassign(partition: TopicPartition): void {
    const key = partitionKey(partition);
    const reading = this.#readings.get(key);
    this.#readings.delete(key);
    this.#fetched = this.#fetched.filter((fetched) => fetched.reading !== reading);
  }

  /** How many partitions are read. */
  get partitionCount(): number {
    return this.#readings.size;
  }

  /**
   * What came since the last call, of each partition at most one piece; waits until there is something. A piece may have
   * no records and only move on. Resolves to nothing after `wake`. Rejects with KafkaError when a partition cannot be
   * read, and then always.
   */
  async poll(): Promise<readonly FetchedPartition[]> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      if (this.#fetched.length > 0) {
        const fetched = this.#fetched.map(({ data }) => data);
        this.#fetched = [];
        this.#startFetches();
        return fetched;
      }
      if (this.#isWoken) {
        this.#isWoken = false;
        return [];
      }
      this.#startFetches();
      await new Promise<void>((resolve) => {
        this.#wakePoll = resolve;
      });
    }
  }

  /** Makes a `poll` that waits, or the next one, resolve without waiting. */
  wake(): void {
    this.#isWoken = true;
    this.#notify();
  }

  #notify(): void {
    this.#wakePoll?.();
    this.#wakePoll = null;
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#notify();
  }

  #startFetches(): void {
    if (this.#failure !== null) return;
    const waiting = new Set(this.#fetched.map(({ reading }) => reading));
    const byLeader = new Map<number, Reading[]>();
    for (const reading of this.#readings.values()) {
      if (reading.isBusy || waiting.has(reading)) continue;
      const leaderId = this.#topics.partition(reading.topic, reading.partition)?.leaderId ?? -1;
      if (leaderId < 0) {
        this.#failed(reading, noLeader(reading));
      } else if (!this.#fetching.has(leaderId)) {
        const readings = byLeader.get(leaderId) ?? [];
        byLeader.set(leaderId, readings);
        readings.push(reading);
      }
    }
    for (const [leaderId, readings] of byLeader) void this.#fetch(leaderId, readings);
  }

  async #fetch(leaderId: number, readings: readonly Reading[]): Promise<void> {
    this.#fetching.add(leaderId);
    const items = readings.map((reading) => this.#item(reading));
    for (const reading of readings) reading.isBusy = true;
    try {
      const response = await this.#cluster.send(
        fetchApi,
        (version) => fetchRequest(items, this.#limits, version),
        {
          node: { fetchFrom: leaderId },
          versions: fetchVersions(items),
          timeoutMs: this.#limits.maxWaitMs + ANSWER_GRACE_MS,
          retryTimeoutMs: 0,
          errorCode: (answer) => answer.errorCode,
          subject: 'Fetch',
        },
      );
      for (const [index, reading] of readings.entries()) {
        reading.isBusy = false;
        this.#answered(reading, answerFor(response, items[index]!));
      }
    } catch (error) {
      for (const reading of readings) {
        reading.isBusy = false;
        this.#failed(reading, error);
      }
    }
    this.#fetching.delete(leaderId);
    if (this.#fetched.length > 0) this.#notify();
    this.#startFetches();
  }

  /** The fields that an answer is read with, as they are now. */
  #item({ topic, partition, offset }: Reading): FetchItem {
    return { topic, partition, offset, topicId: this.#topics.known(topic)?.topicId ?? null };
  }

  #isCurrent(reading: Reading): boolean {
    return this.#readings.get(partitionKey(reading)) === reading;
  }

  #answered(reading: Reading, answer: FetchResponsePartitionData | null): void {
    if (!this.#isCurrent(reading) || answer === null) return;
    const { topic, partition, offset } = reading;
    if (answer.errorCode !== ErrorCode.NONE) {
      this.#failed(reading, KafkaError.ofBroker(answer.errorCode, partitionKey(reading)));
      return;
    }
    reading.failures = 0;
    const data = new FetchedPartition({
      topic,
      partition,
      fetchOffset: offset,
      highWatermark: answer.highWatermark,
      isolation: this.#limits.isolation,
      // Decoding gives views on the frame, never slices of files.
      bytes: (answer.records ?? Buffer.alloc(0)) as Buffer,
      abortedTransactions: answer.abortedTransactions ?? [],
    });
    if (data.nextOffset === offset) return;
    reading.offset = data.nextOffset;
    this.#fetched.push({ reading, data });
  }

  /** Tries again later what may pass, moves a position that is out of range where that is wanted, and else fails. */
  #failed(reading: Reading, error: unknown): void {
    if (!this.#isCurrent(reading)) return;
    if (!(error instanceof KafkaError)) {
      this.#fail(error);
      return;
    }
    const isOutOfRange = error.code === 'OFFSET_OUT_OF_RANGE';
    const canReset = isOutOfRange && this.#offsetReset !== 'none';
    const { clock } = this.#cluster;
    if (reading.failures++ === 0) reading.failingSinceMs = clock.nowMs();
    const waitMs = backoffMs(RETRY, reading.failures, () => 0.5);
    const isLate = clock.nowMs() + waitMs > reading.failingSinceMs + this.#retryTimeoutMs;
    if (isLate || !(error.isRetriable || canReset)) {
      this.#fail(isOutOfRange ? outOfRange(reading) : error);
      return;
    }
    reading.isBusy = true;
    clock.schedule(waitMs, () => void this.#tryAgain(reading, canReset));
  }

  async #tryAgain(reading: Reading, mustReset: boolean): Promise<void> {
    try {
      await this.#topics.refresh();
      if (mustReset && this.#isCurrent(reading)) await this.#reset(reading);
      reading.isBusy = false;
    } catch (error) {
      reading.isBusy = false;
      this.#failed(reading, error);
    }
    this.#startFetches();
  }

  async #reset(reading: Reading): Promise<void> {
    const { topic, partition } = reading;
    const timestampMs = this.#offsetReset === 'earliest' ? EARLIEST : LATEST;
    const query = { topic, partition, timestampMs };
    const found = await listOffsets(this.#cluster, [query], this.#limits.isolation, this.#topics);
    reading.offset = found.get(partitionKey(reading)) ?? reading.offset;
  }
}

function noLeader(reading: Reading): KafkaError {
  return KafkaError.ofBroker(ErrorCode.LEADER_NOT_AVAILABLE, partitionKey(reading));
}

function outOfRange(reading: Reading): KafkaError {
  return new KafkaError(
    'OFFSET_OUT_OF_RANGE',
    `${partitionKey(reading)} has no offset ${reading.offset}.`,
    { hint: 'Retention or a deletion took it away, or the topic was made anew.' },
  );
}
