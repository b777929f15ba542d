import type { Cluster } from '@millrace/client';
import { offsetsOfGroup } from '../admin/committed-offsets.ts';
import { withCluster } from '../admin/connect.ts';
import { describeGroup } from '../admin/describe-group.ts';
import { deleteGroup, groupsNamed, noSuchGroup } from '../admin/groups.ts';
import { type ItemError, remarkErrors } from '../admin/item-error.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { EXECUTE_OPTION } from '../command/confirm.ts';
import { counted } from '../command/quantities.ts';

interface Doomed {
  readonly group: string;
  readonly state: string;
  readonly members: number;
  /** Partitions that it has committed an offset of. */
  readonly committedPartitions: number;
  readonly deleted: boolean;
  readonly error: ItemError | null;
}

export const groupDelete = defineCommand({
  description:
    'Deletes groups with all that they have committed. Without --execute it only shows what would be deleted. A group that has ' +
    'members is left alone.',
  operands: [{ name: 'GROUP', isRepeated: true, completion: 'group' }],
  options: { ...EXECUTE_OPTION, ...CLIENT_OPTIONS },
  output: 'document',
  examples: [
    { line: "group delete 'test-*'", what: 'which groups would go' },
    { line: 'group delete readers --execute', what: 'delete one' },
  ],
  async run({ options, operands }, output) {
    const groups = await withCluster(options, async (cluster) => {
      const doomed: Doomed[] = [];
      for (const name of await groupsNamed(cluster, operands)) {
        doomed.push(await whatIsLost(cluster, name));
      }
      if (!options.execute) return doomed;
      return Promise.all(
        doomed.map(async (one) => {
          const error = one.error ?? (await deleteGroup(cluster, one.group));
          return { ...one, deleted: error === null, error };
        }),
      );
    });
    output.result({ groups, executed: options.execute }, () => [
      ...output.table<Doomed>(
        [
          { title: 'GROUP', cell: ({ group }) => group },
          { title: 'STATE', cell: ({ state }) => state },
          { title: 'MEMBERS', isNumber: true, cell: ({ members }) => members },
          {
            title: 'COMMITTED PARTITIONS',
            isNumber: true,
            cell: ({ committedPartitions }) => committedPartitions,
          },
          { title: 'STATUS', cell: (one) => statusOf(one) },
        ],
        groups,
      ),
      ...(options.execute ? [] : ['Nothing was deleted; add --execute to do it.']),
    ]);
    return remarkErrors(groups, output);
  },
});

async function whatIsLost(cluster: Cluster, name: string): Promise<Doomed> {
  const group = await describeGroup(cluster, name);
  if (group === null) throw await noSuchGroup(cluster, name);
  const members = group.members.length;
  const error: ItemError = {
    code: 'NON_EMPTY_GROUP',
    message: `group ${name} has ${counted(members, 'member')}.`,
    hint: 'Stop them first.',
  };
  return {
    group: name,
    state: group.state,
    members,
    committedPartitions: (await offsetsOfGroup(cluster, name)).entries().length,
    deleted: false,
    error: members === 0 ? null : error,
  };
}

function statusOf({ deleted, error }: Doomed): string {
  if (error !== null) return 'left alone';
  return deleted ? 'deleted' : 'would be deleted';
}
