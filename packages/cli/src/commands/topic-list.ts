import type { TopicMetadata } from '@millrace/client';
import { withCluster } from '../admin/connect.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { namePattern } from '../command/name-pattern.ts';
import { flag } from '../command/option.ts';

export const topicList = defineCommand({
  description:
    'Lists topics. In a pattern, * stands for any characters and ? for one; quote it, so that the shell leaves it alone.',
  operands: [{ name: 'PATTERN', isOptional: true, isRepeated: true, completion: 'topic' }],
  options: {
    internal: flag({ summary: "show Kafka's own topics too, such as __consumer_offsets" }),
    ...CLIENT_OPTIONS,
  },
  output: 'document',
  examples: [
    { line: 'topic list', what: 'all topics' },
    {
      line: "topic list 'order*' --json",
      what: 'those whose names begin with "order", for a script',
    },
  ],
  async run({ options, operands }, output) {
    const { topics: all } = await withCluster(options, (cluster) => cluster.metadata(null));
    const patterns = operands.map(namePattern);
    const topics = all
      .filter(({ name, isInternal }) => {
        const isNamed = operands.includes(name);
        if (isInternal && !options.internal && !isNamed) return false;
        return patterns.length === 0 || patterns.some((matches) => matches(name));
      })
      .map(listed);
    output.result({ topics }, () =>
      output.table(
        [
          { title: 'TOPIC', cell: ({ topic }) => topic },
          { title: 'PARTITIONS', isNumber: true, cell: ({ partitions }) => partitions },
          {
            title: 'REPLICATION',
            isNumber: true,
            cell: ({ replicationFactor }) => replicationFactor,
          },
          { title: 'STATE', cell: stateText },
        ],
        topics,
      ),
    );
    return 0;
  },
});

function listed({ name, topicId, isInternal, partitions }: TopicMetadata) {
  return {
    topic: name,
    topicId,
    internal: isInternal,
    partitions: partitions.length,
    replicationFactor: Math.max(0, ...partitions.map(({ replicas }) => replicas.length)),
    offlinePartitions: partitions.filter(({ leaderId }) => leaderId < 0).length,
    underReplicatedPartitions: partitions.filter(
      ({ replicas, inSyncReplicas }) => inSyncReplicas.length < replicas.length,
    ).length,
  };
}

function stateText(topic: ReturnType<typeof listed>): string {
  const { offlinePartitions, underReplicatedPartitions } = topic;
  if (offlinePartitions > 0) return `${offlinePartitions} offline`;
  return underReplicatedPartitions > 0 ? `${underReplicatedPartitions} under-replicated` : 'ok';
}
