import { ErrorCode } from '@millrace/protocol';
import {
  createListOffsetsRequest,
  createListOffsetsRequestListOffsetsPartition,
  createListOffsetsRequestListOffsetsTopic,
  ListOffsetsRequest,
} from '@millrace/protocol/messages/list-offsets-request';
import { ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets-response';
import { api } from './api.ts';
import type { Cluster } from './cluster.ts';
import { type Isolation, isolationLevel } from './isolation.ts';
import { KafkaError } from './kafka-error.ts';
import { TopicCache } from './topic-cache.ts';
import { partitionKey, type TopicPartition } from './topic-partition.ts';

/** Stands for the end of the log, or the last stable offset with read_committed. */
export const LATEST = -1;
/** Stands for the first offset that is there. */
export const EARLIEST = -2;
/** Stands for the offset of the record with the newest timestamp (KIP-734). */
export const NEWEST = -3;
const FIRST_WITH_NEWEST = 7;

/** An offset to be looked up: that of the first record at or after `timestampMs`, `LATEST`, `EARLIEST` or `NEWEST`. */
export interface OffsetQuery extends TopicPartition {
  readonly timestampMs: number;
}

export interface ListedOffset extends TopicPartition {
  /** −1 where there is no record that was asked for. */
  readonly offset: number;
  /** Of the record at the offset, in ms; −1 where the broker does not tell. */
  readonly timestamp: number;
  /** Of Kafka's table, 0 for none. */
  readonly errorCode: number;
}

interface ListOffsetsOptions {
  readonly isolation?: Isolation;
  /** For what a broker cannot be asked now; that of the cluster where it is left out. */
  readonly retryTimeoutMs?: number;
}

/** For offsets in remote storage; what the Java client gives. */
const LOOK_UP_TIMEOUT_MS = 30_000;

const listOffsetsApi = api(ListOffsetsRequest, ListOffsetsResponse);

/**
 * Looks up offsets, by `partitionKey`; −1 where no record is as young as its timestamp. Each partition is asked for
 * once at most. Rejects with KafkaError, also when one partition cannot be looked up.
 */
export async function listOffsets(
  cluster: Cluster,
  queries: readonly OffsetQuery[],
  isolation: Isolation = 'read_uncommitted',
  topics = new TopicCache(cluster, { allowAutoTopicCreation: false, timeoutMs: 0 }),
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  await Promise.all(
    [...new Set(queries.map(({ topic }) => topic))].map((name) => topics.load(name)),
  );
  const leaderOf = ({ topic, partition }: TopicPartition) =>
    topics.partition(topic, partition)?.leaderId ?? null;
  await cluster.retrying(
    async () => {
      const left = queries.filter((query) => !found.has(partitionKey(query)));
      const options = { isolation, retryTimeoutMs: 0 };
      const listed = await listEachOffset(cluster, left, leaderOf, options);
      for (const one of listed) {
        if (one.errorCode === ErrorCode.NONE) found.set(partitionKey(one), one.offset);
      }
      const failed = listed.find(({ errorCode }) => errorCode !== ErrorCode.NONE);
      if (failed !== undefined) {
        throw KafkaError.ofBroker(failed.errorCode, partitionKey(failed));
      }
    },
    { beforeRetry: () => topics.refresh() },
  );
  return found;
}

/**
 * Asks the leaders of the partitions, each broker once. `leaderOf` gives −1 for a partition without a leader and null
 * for one that is not there: these have error codes like those that a broker refuses. Rejects with KafkaError when a
 * broker cannot be asked.
 */
export async function listEachOffset(
  cluster: Cluster,
  queries: readonly OffsetQuery[],
  leaderOf: (partition: TopicPartition) => number | null,
  options: ListOffsetsOptions = {},
): Promise<readonly ListedOffset[]> {
  const byLeader = Map.groupBy(queries, (query) => leaderOf(query));
  const listed = [...byLeader].map(([leaderId, ofLeader]) => {
    if (leaderId === null) return unlisted(ofLeader, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    if (leaderId < 0) return unlisted(ofLeader, ErrorCode.LEADER_NOT_AVAILABLE);
    return ask(cluster, leaderId, ofLeader, options);
  });
  return (await Promise.all(listed)).flat();
}

function unlisted(queries: readonly OffsetQuery[], errorCode: number): readonly ListedOffset[] {
  return queries.map(({ topic, partition }) => {
    return { topic, partition, offset: -1, timestamp: -1, errorCode };
  });
}

async function ask(
  cluster: Cluster,
  leaderId: number,
  queries: readonly OffsetQuery[],
  { isolation = 'read_uncommitted', ...retry }: ListOffsetsOptions,
): Promise<readonly ListedOffset[]> {
  const topics = [...Map.groupBy(queries, ({ topic }) => topic)].map(([name, ofTopic]) =>
    createListOffsetsRequestListOffsetsTopic({
      name,
      partitions: ofTopic.map(({ partition, timestampMs }) =>
        createListOffsetsRequestListOffsetsPartition({
          partitionIndex: partition,
          timestamp: timestampMs,
        }),
      ),
    }),
  );
  const asksNewest = queries.some(({ timestampMs }) => timestampMs === NEWEST);
  const response = await cluster.send(
    listOffsetsApi,
    (version) =>
      createListOffsetsRequest({
        replicaId: -1,
        // Brokers that do not know isolation (before 0.11) have no transactions either.
        isolationLevel: version >= 2 ? isolationLevel(isolation) : 0,
        timeoutMs: version >= 10 ? LOOK_UP_TIMEOUT_MS : 0,
        topics,
      }),
    {
      node: leaderId,
      versions: { min: asksNewest ? FIRST_WITH_NEWEST : 1, max: 0x7fff },
      ...retry,
    },
  );
  return response.topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partitionIndex: partition, offset, timestamp, errorCode }) => {
      return { topic, partition, offset, timestamp, errorCode };
    }),
  );
}
