import { deleteOffsets, offsetsOfGroup } from '../admin/committed-offsets.ts';
import { withCluster } from '../admin/connect.ts';
import { describeGroup } from '../admin/describe-group.ts';
import { noSuchGroup } from '../admin/groups.ts';
import { itemError, remarkErrors } from '../admin/item-error.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { EXECUTE_OPTION } from '../command/confirm.ts';
import { CommandError, UsageError } from '../command/errors.ts';
import { repeatedOption } from '../command/option.ts';
import { type PartitionSelection, partitionSelection } from '../command/partition-selection.ts';

export const groupOffsetDelete = defineCommand({
  description:
    'Makes a group forget what it has committed for some topics. Without --execute it only shows what would be forgotten. The ' +
    'broker refuses for a topic that a member of the group is subscribed to.',
  operands: [{ name: 'GROUP', completion: 'group' }],
  options: {
    topic: repeatedOption({
      value: 'TOPIC[:PARTITIONS]',
      short: 't',
      summary: 'the topic, or some of its partitions such as orders:0,2-4',
      completion: 'topic',
      parse: partitionSelection,
    }),
    ...EXECUTE_OPTION,
    ...CLIENT_OPTIONS,
  },
  output: 'document',
  examples: [
    { line: 'group offset-delete readers -t orders', what: 'what would be forgotten' },
    { line: 'group offset-delete readers -t orders:0 --execute', what: 'one partition' },
  ],
  async run({ options, operands }, output) {
    const group = operands[0]!;
    if (options.topic.length === 0) throw new UsageError('give at least one --topic');
    const offsets = await withCluster(options, async (cluster) => {
      if ((await describeGroup(cluster, group)) === null) throw await noSuchGroup(cluster, group);
      const committed = (await offsetsOfGroup(cluster, group)).entries();
      // Not by the topics that there are: offsets of a topic that is gone are what most want to be rid of.
      const chosen = committed.filter((place) =>
        options.topic.some((one) => isSelected(place, one)),
      );
      if (chosen.length === 0) {
        throw new CommandError(
          'NO_COMMITTED_OFFSETS',
          `group ${group} has committed nothing there.`,
        );
      }
      const codes = options.execute ? await deleteOffsets(cluster, group, chosen) : null;
      return chosen.map(({ topic, partition, value }) => {
        const subject = `topic ${topic}, partition ${partition}`;
        const error = itemError(codes?.get(topic, partition) ?? 0, subject);
        const deleted = codes !== null && error === null;
        return { topic, partition, committed: value.offset, deleted, error };
      });
    });
    output.result({ group, executed: options.execute, offsets }, () => [
      ...output.table(
        [
          { title: 'TOPIC', cell: ({ topic }) => topic },
          { title: 'PARTITION', isNumber: true, cell: ({ partition }) => partition },
          { title: 'COMMITTED', isNumber: true, cell: ({ committed }) => committed },
          {
            title: 'STATUS',
            cell: ({ deleted, error }) =>
              error !== null ? 'left alone' : deleted ? 'forgotten' : 'would be forgotten',
          },
        ],
        offsets,
      ),
      ...(options.execute ? [] : ['Nothing was changed; add --execute to do it.']),
    ]);
    return remarkErrors(offsets, output);
  },
});

function isSelected(
  { topic, partition }: { topic: string; partition: number },
  selection: PartitionSelection,
): boolean {
  return (
    selection.topic === topic &&
    (selection.partitions === null || selection.partitions.includes(partition))
  );
}
