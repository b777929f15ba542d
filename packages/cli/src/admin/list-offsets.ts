import {
  type Cluster,
  EARLIEST,
  KafkaError,
  LATEST,
  type ListedOffset,
  listEachOffset,
  NEWEST,
  type TopicMetadata,
} from '@millrace/client';
import { isRetriable } from '@millrace/protocol';
import { PartitionMap } from './partition-map.ts';

export type { ListedOffset };

/** Which offset is asked for: the first one, the one that the next record gets, that of the newest timestamp, or the first record from a time on. */
export type OffsetQuery = 'start' | 'end' | 'newest' | { readonly timestampMs: number };

const TIMESTAMPS = { start: EARLIEST, end: LATEST, newest: NEWEST };
/** For a new topic or a leader that moves; not for one that is gone. */
const RETRY_TIMEOUT_MS = 2000;

/** Asks the leader of every partition of the topics; a partition that cannot be asked has an error code. */
export async function listOffsets(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
  query: OffsetQuery,
): Promise<PartitionMap<ListedOffset>> {
  const timestampMs = typeof query === 'object' ? query.timestampMs : TIMESTAMPS[query];
  let known = topics;
  let listed: readonly ListedOffset[] = [];
  const attempt = async () => {
    listed = await ask(cluster, known, timestampMs);
    const passing = listed.find(({ errorCode }) => isRetriable(errorCode));
    if (passing === undefined) return;
    const names = topics.map(({ name }) => name);
    known = (await cluster.metadata(names)).topics;
    throw KafkaError.ofBroker(passing.errorCode, passing.topic);
  };
  try {
    await cluster.retrying(attempt, { timeoutMs: RETRY_TIMEOUT_MS });
  } catch (error) {
    if (listed.length === 0) throw error;
  }
  const offsets = new PartitionMap<ListedOffset>();
  for (const one of listed) offsets.set(one.topic, one.partition, one);
  return offsets;
}

function ask(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
  timestampMs: number,
): Promise<readonly ListedOffset[]> {
  const leaders = new PartitionMap<number>();
  for (const { name, partitions } of topics) {
    for (const { partition, leaderId } of partitions) leaders.set(name, partition, leaderId);
  }
  const queries = leaders
    .entries()
    .map(({ topic, partition }) => ({ topic, partition, timestampMs }));
  return listEachOffset(cluster, queries, ({ topic, partition }) => {
    return leaders.get(topic, partition) ?? null;
  });
}
