import { type Cluster, KafkaError, type TopicMetadata } from '@millrace/client';
import { isoTime } from '../command/timestamp.ts';
import { listOffsets } from './list-offsets.ts';
import { logSizes } from './log-sizes.ts';
import { PartitionMap, type TopicPartition } from './partition-map.ts';

export interface DescribedPartition extends TopicPartition {
  /** Null when there is none. */
  readonly leader: number | null;
  readonly leaderEpoch: number | null;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  readonly offlineReplicas: readonly number[];
  readonly startOffset: number | null;
  /** The offset that the next record gets. */
  readonly endOffset: number | null;
  readonly records: number | null;
  /** Bytes on the leader's disk. */
  readonly sizeBytes: number | null;
  /** ISO 8601, of the first record. */
  readonly firstTime: string | null;
  /** ISO 8601, the largest of all records. */
  readonly newestTime: string | null;
  readonly errorCode: number;
}

/** What the leaders of these topics know of their partitions. Where one cannot be asked, its partitions have an error. */
export async function describePartitions(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
): Promise<DescribedPartition[]> {
  const [start, end, first, newest, sizes] = await Promise.all([
    listOffsets(cluster, topics, 'start'),
    listOffsets(cluster, topics, 'end'),
    listOffsets(cluster, topics, { timestampMs: 0 }),
    newestOffsets(cluster, topics),
    logSizes(cluster, topics),
  ]);
  return topics.flatMap(({ name: topic, partitions }) =>
    partitions.map(({ partition, leaderId, leaderEpoch, replicas, ...state }) => {
      const at = <T>(map: PartitionMap<T>) => map.get(topic, partition);
      const errorCode = at(start)?.errorCode || at(end)?.errorCode || state.errorCode;
      const startOffset = known(at(start)?.offset);
      const endOffset = known(at(end)?.offset);
      return {
        topic,
        partition,
        leader: known(leaderId),
        leaderEpoch: known(leaderEpoch),
        replicas,
        inSyncReplicas: state.inSyncReplicas,
        offlineReplicas: state.offlineReplicas,
        startOffset,
        endOffset,
        records: startOffset === null || endOffset === null ? null : endOffset - startOffset,
        sizeBytes: at(sizes)?.get(leaderId) ?? null,
        firstTime: isoTime(at(first)?.timestamp ?? -1),
        newestTime: isoTime(at(newest)?.timestamp ?? -1),
        errorCode,
      };
    }),
  );
}

/** Empty where the broker is older than Kafka 3.0 and has no such question. */
async function newestOffsets(cluster: Cluster, topics: readonly TopicMetadata[]) {
  try {
    return await listOffsets(cluster, topics, 'newest');
  } catch (error) {
    if (!(error instanceof KafkaError) || error.code !== 'UNSUPPORTED_BY_BROKER') throw error;
    return new PartitionMap<{ readonly timestamp: number }>();
  }
}

function known(number: number | undefined): number | null {
  return number === undefined || number < 0 ? null : number;
}
