import { api, type Cluster, KafkaError, type TopicMetadata } from '@millrace/client';
import { ErrorCode, isRetriable } from '@millrace/protocol';
import {
  createListOffsetsRequest,
  createListOffsetsRequestListOffsetsPartition,
  createListOffsetsRequestListOffsetsTopic,
  ListOffsetsRequest,
} from '@millrace/protocol/messages/list-offsets-request';
import { ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets-response';
import { byTopic, PartitionMap } from './partition-map.ts';

export interface ListedOffset {
  /** −1 where there is no record that was asked for. */
  readonly offset: number;
  /** Of the record at the offset; −1 where the broker does not tell. */
  readonly timestamp: number;
  readonly errorCode: number;
}

/** Which offset is asked for: the first one, the one that the next record gets, that of the newest timestamp, or the first record from a time on. */
export type OffsetQuery = 'start' | 'end' | 'newest' | { readonly timestampMs: number };

const listOffsetsApi = api(ListOffsetsRequest, ListOffsetsResponse);
const NEWEST = { timestamp: -3, minVersion: 7 };
const TIMESTAMPS = { start: -2, end: -1, newest: NEWEST.timestamp };
/** For a new topic or a leader that moves; not for one that is gone. */
const RETRY_TIMEOUT_MS = 2000;

interface Leader {
  readonly topic: string;
  readonly partition: number;
  readonly leaderId: number;
}

/** Asks the leader of every partition of the topics; a partition that cannot be asked has an error code. */
export async function listOffsets(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
  query: OffsetQuery,
): Promise<PartitionMap<ListedOffset>> {
  let known = topics;
  let listed = new PartitionMap<ListedOffset>();
  const attempt = async () => {
    listed = await askLeaders(cluster, leadersOf(known), query);
    const passing = listed.entries().find(({ value }) => isRetriable(value.errorCode));
    if (passing === undefined) return;
    const names = topics.map(({ name }) => name);
    known = (await cluster.metadata(names)).topics;
    throw KafkaError.ofBroker(passing.value.errorCode, passing.topic);
  };
  try {
    await cluster.retrying(attempt, { timeoutMs: RETRY_TIMEOUT_MS });
  } catch (error) {
    if (listed.topics.length === 0) throw error;
  }
  return listed;
}

function leadersOf(topics: readonly TopicMetadata[]): Leader[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partition, leaderId }) => ({ topic: name, partition, leaderId })),
  );
}

async function askLeaders(
  cluster: Cluster,
  partitions: readonly Leader[],
  query: OffsetQuery,
): Promise<PartitionMap<ListedOffset>> {
  const listed = new PartitionMap<ListedOffset>();
  for (const { topic, partition } of partitions.filter(({ leaderId }) => leaderId < 0)) {
    const errorCode = ErrorCode.LEADER_NOT_AVAILABLE;
    listed.set(topic, partition, { offset: -1, timestamp: -1, errorCode });
  }
  const led = partitions.filter(({ leaderId }) => leaderId >= 0);
  const nodes = new Set(led.map(({ leaderId }) => leaderId));
  const answers = [...nodes].map((node) =>
    askLeader(
      cluster,
      node,
      led.filter(({ leaderId }) => leaderId === node),
      query,
    ),
  );
  for (const response of await Promise.all(answers)) {
    for (const { name, partitions: answered } of response.topics) {
      for (const { partitionIndex, offset, timestamp, errorCode } of answered) {
        listed.set(name, partitionIndex, { offset, timestamp, errorCode });
      }
    }
  }
  return listed;
}

function askLeader(
  cluster: Cluster,
  node: number,
  partitions: readonly Leader[],
  query: OffsetQuery,
): Promise<ListOffsetsResponse> {
  const timestamp = typeof query === 'object' ? query.timestampMs : TIMESTAMPS[query];
  const topics = byTopic(partitions).map(({ topic, partitions: ones }) =>
    createListOffsetsRequestListOffsetsTopic({
      name: topic,
      partitions: ones.map(({ partition }) =>
        createListOffsetsRequestListOffsetsPartition({ partitionIndex: partition, timestamp }),
      ),
    }),
  );
  const versions = { min: query === 'newest' ? NEWEST.minVersion : 1, max: 0x7fff };
  return cluster.send(listOffsetsApi, createListOffsetsRequest({ replicaId: -1, topics }), {
    node,
    versions,
  });
}
