import type { Cluster, TopicMetadata } from '@millrace/client';
import { withCluster } from '../admin/connect.ts';
import { type DescribedPartition, describePartitions } from '../admin/described-partitions.ts';
import { itemError, remarkErrors } from '../admin/item-error.ts';
import { type TopicConfig, topicConfigs } from '../admin/topic-configs.ts';
import { topicsNamed } from '../admin/topics.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { flag } from '../command/option.ts';
import type { Output } from '../command/output.ts';
import { byteText, counted } from '../command/quantities.ts';

export const topicDescribe = defineCommand({
  description:
    'Tells all about topics: partitions, where their replicas are, offsets, the time of the first and of the newest record, the ' +
    'size on disk, and the configs that are not at their defaults.\n\n' +
    'Records are counted from offsets: compaction and transactions make it fewer.',
  operands: [{ name: 'TOPIC', isRepeated: true, completion: 'topic' }],
  options: {
    allConfigs: flag({ summary: 'show the configs that are at their defaults too' }),
    ...CLIENT_OPTIONS,
  },
  output: 'document',
  examples: [
    { line: 'topic describe orders', what: 'one topic' },
    { line: "topic describe 'order*' --json", what: 'all that match, for a script' },
  ],
  async run({ options, operands }, output) {
    const topics = await withCluster(options, async (cluster) => {
      const named = await topicsNamed(cluster, operands);
      return describeTopics(cluster, named, options.allConfigs);
    });
    output.result({ topics }, () =>
      topics.flatMap((topic, index) => [...(index === 0 ? [] : ['']), ...describe(topic, output)]),
    );
    return remarkErrors(
      topics.flatMap(({ partitions }) => partitions),
      output,
    );
  },
});

interface DescribedTopic {
  readonly topic: string;
  readonly topicId: string | null;
  readonly internal: boolean;
  readonly records: number;
  readonly sizeBytes: number | null;
  readonly configs: readonly Pick<TopicConfig, 'name' | 'value' | 'source'>[];
  readonly partitions: readonly (DescribedPartition & {
    readonly error: ReturnType<typeof itemError>;
  })[];
}

async function describeTopics(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
  withAllConfigs: boolean,
): Promise<DescribedTopic[]> {
  const names = topics.map(({ name }) => name);
  const [partitions, configs] = await Promise.all([
    describePartitions(cluster, topics),
    topicConfigs(cluster, names),
  ]);
  const byName = Map.groupBy(partitions, ({ topic }) => topic);
  return topics.map(({ name, topicId, isInternal }) => {
    const own = byName.get(name) ?? [];
    const sizes = own.map(({ sizeBytes }) => sizeBytes).filter((size) => size !== null);
    return {
      topic: name,
      topicId,
      internal: isInternal,
      records: sum(own.map(({ records }) => records ?? 0)),
      sizeBytes: sizes.length === 0 ? null : sum(sizes),
      configs: (configs.get(name) ?? [])
        .filter(({ isDefault }) => withAllConfigs || !isDefault)
        .map(({ name: config, value, source }) => ({ name: config, value, source })),
      partitions: own.map((one) => ({
        ...one,
        error: itemError(one.errorCode, `topic ${name}, partition ${one.partition}`),
      })),
    };
  });
}

function describe(topic: DescribedTopic, output: Output): string[] {
  const { partitions, records, sizeBytes, configs, topicId } = topic;
  const facts = [
    counted(partitions.length, 'partition'),
    counted(records, 'record'),
    sizeBytes === null ? null : `${byteText(sizeBytes)} on disk`,
    topicId === null ? null : `id ${topicId}`,
    topic.internal ? 'internal' : null,
  ].filter((fact) => fact !== null);
  const table = output.table<DescribedPartition>(
    [
      { title: 'PARTITION', isNumber: true, cell: ({ partition }) => partition },
      { title: 'LEADER', isNumber: true, cell: ({ leader }) => leader },
      { title: 'REPLICAS', cell: ({ replicas }) => replicas.join(',') },
      { title: 'IN-SYNC', cell: ({ inSyncReplicas }) => inSyncReplicas.join(',') },
      { title: 'START', isNumber: true, cell: ({ startOffset }) => startOffset },
      { title: 'END', isNumber: true, cell: ({ endOffset }) => endOffset },
      { title: 'RECORDS', isNumber: true, cell: ({ records: count }) => count },
      {
        title: 'SIZE',
        isNumber: true,
        cell: ({ sizeBytes: size }) => (size === null ? null : byteText(size)),
      },
      { title: 'FIRST', cell: ({ firstTime }) => firstTime },
      { title: 'NEWEST', cell: ({ newestTime }) => newestTime },
    ],
    partitions,
  );
  const settings = configs.map(({ name, value, source }) => ({ name, value, source }));
  const configTable = output.table(
    [
      { title: 'CONFIG', cell: ({ name }) => name },
      { title: 'VALUE', cell: ({ value }) => value },
      { title: 'FROM', cell: ({ source }) => source.toLowerCase().replaceAll('_', ' ') },
    ],
    settings,
  );
  return [
    `${output.styled('bold', topic.topic)}: ${facts.join(', ')}`,
    ...(settings.length === 0 ? [] : ['', ...configTable]),
    '',
    ...table,
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
