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

/** An offset to be looked up: that of the first record at or after `timestampMs`, `LATEST` or `EARLIEST`. */
export interface OffsetQuery extends TopicPartition {
  readonly timestampMs: number;
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
  await cluster.retrying(
    async () => {
      const left = queries.filter((query) => !found.has(partitionKey(query)));
      const byLeader = Map.groupBy(left, (query) => leaderOf(topics, query));
      const asked = [...byLeader].map(([leaderId, ofLeader]) =>
        ask(cluster, leaderId, ofLeader, isolation, found),
      );
      await Promise.all(asked);
    },
    { beforeRetry: () => topics.refresh() },
  );
  return found;
}

function leaderOf(topics: TopicCache, { topic, partition }: OffsetQuery): number {
  const known = topics.partition(topic, partition);
  const subject = `${topic}-${partition}`;
  if (known === null) throw KafkaError.ofBroker(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, subject);
  if (known.leaderId < 0) throw KafkaError.ofBroker(ErrorCode.LEADER_NOT_AVAILABLE, subject);
  return known.leaderId;
}

async function ask(
  cluster: Cluster,
  leaderId: number,
  queries: readonly OffsetQuery[],
  isolation: Isolation,
  found: Map<string, number>,
): Promise<void> {
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
    { node: leaderId, retryTimeoutMs: 0 },
  );
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex: partition, errorCode, offset } of partitions) {
      if (errorCode !== ErrorCode.NONE)
        throw KafkaError.ofBroker(errorCode, `${name}-${partition}`);
      found.set(partitionKey({ topic: name, partition }), offset);
    }
  }
}
