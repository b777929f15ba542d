import { api, type Cluster, KafkaError, type TopicMetadata } from '@millrace/client';
import { ErrorCode } from '@millrace/protocol';
import {
  createDescribeLogDirsRequest,
  createDescribeLogDirsRequestDescribableLogDirTopic,
  DescribeLogDirsRequest,
} from '@millrace/protocol/messages/describe-log-dirs-request';
import { DescribeLogDirsResponse } from '@millrace/protocol/messages/describe-log-dirs-response';
import { PartitionMap } from './partition-map.ts';

const describeLogDirsApi = api(DescribeLogDirsRequest, DescribeLogDirsResponse);

/** Bytes on disk of each partition by the id of the broker that has a replica. A broker that does not tell is left out. */
export async function logSizes(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
): Promise<PartitionMap<ReadonlyMap<number, number>>> {
  const request = createDescribeLogDirsRequest({
    topics: topics.map(({ name, partitions }) =>
      createDescribeLogDirsRequestDescribableLogDirTopic({
        topic: name,
        partitions: partitions.map(({ partition }) => partition),
      }),
    ),
  });
  const sizes = new PartitionMap<Map<number, number>>();
  const asked = cluster.nodes().map(async ({ id }) => {
    const answer = await dirsOf(cluster, id, request);
    for (const { name, partitions } of answer?.results.flatMap((result) => result.topics) ?? []) {
      for (const { partitionIndex, partitionSize, isFutureKey } of partitions) {
        if (isFutureKey) continue;
        const known = sizes.get(name, partitionIndex) ?? new Map<number, number>();
        sizes.set(name, partitionIndex, known.set(id, partitionSize));
      }
    }
  });
  await Promise.all(asked);
  return sizes;
}

/** Null from a broker that is down, too old, or does not allow it: sizes are not worth failing for. */
async function dirsOf(
  cluster: Cluster,
  node: number,
  request: DescribeLogDirsRequest,
): Promise<DescribeLogDirsResponse | null> {
  try {
    const answer = await cluster.send(describeLogDirsApi, request, { node, retryTimeoutMs: 0 });
    return answer.errorCode === ErrorCode.NONE ? answer : null;
  } catch (error) {
    if (error instanceof KafkaError) return null;
    throw error;
  }
}
