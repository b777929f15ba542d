import { ApiKey } from '@millrace/protocol';

/** APIs that change nothing, or come to the same when they are asked twice. */
const repeatable: ReadonlySet<number> = new Set([
  ApiKey.Fetch,
  ApiKey.ListOffsets,
  ApiKey.Metadata,
  ApiKey.OffsetFetch,
  ApiKey.FindCoordinator,
  ApiKey.DescribeGroups,
  ApiKey.ListGroups,
  ApiKey.ApiVersions,
  ApiKey.OffsetForLeaderEpoch,
  ApiKey.DescribeAcls,
  ApiKey.DescribeConfigs,
  ApiKey.DescribeLogDirs,
  ApiKey.ListPartitionReassignments,
  ApiKey.DescribeClientQuotas,
  ApiKey.DescribeUserScramCredentials,
  ApiKey.DescribeQuorum,
  ApiKey.DescribeCluster,
  ApiKey.DescribeProducers,
  ApiKey.DescribeTransactions,
  ApiKey.ListTransactions,
  ApiKey.ConsumerGroupDescribe,
  ApiKey.ListConfigResources,
  ApiKey.DescribeTopicPartitions,
  ApiKey.ShareGroupDescribe,
]);

/** Whether a request of this API may be sent again when it is not known what came of it. */
export function isRepeatable(apiKey: number): boolean {
  return repeatable.has(apiKey);
}
