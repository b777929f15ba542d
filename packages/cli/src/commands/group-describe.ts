import { formatAddress } from '@millrace/client';
import { withCluster } from '../admin/connect.ts';
import { type DescribedGroup, describeGroup, type GroupMember } from '../admin/describe-group.ts';
import { groupLag, type PartitionLag } from '../admin/group-lag.ts';
import { groupsNamed, noSuchGroup } from '../admin/groups.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import type { Output } from '../command/output.ts';
import { counted } from '../command/quantities.ts';
import { printable } from '../command/table.ts';

type GroupWithLag = DescribedGroup & {
  readonly offsets: readonly PartitionLag[];
  /** Over the partitions whose lag is known. */
  readonly totalLag: number;
};

export const groupDescribe = defineCommand({
  description:
    'Tells all about groups: state, members with their partitions, and for each partition the committed offset and how many ' +
    'records are still to be read.',
  operands: [{ name: 'GROUP', isRepeated: true, completion: 'group' }],
  options: CLIENT_OPTIONS,
  output: 'document',
  examples: [
    { line: 'group describe readers', what: 'one group' },
    { line: "group describe 'r*' --json", what: 'all that match, for a script' },
  ],
  async run({ options, operands }, output) {
    const groups = await withCluster(options, async (cluster) => {
      const described: GroupWithLag[] = [];
      for (const name of await groupsNamed(cluster, operands)) {
        const group = await describeGroup(cluster, name);
        if (group === null) throw await noSuchGroup(cluster, name);
        const offsets = await groupLag(cluster, name, group.members);
        const totalLag = offsets.reduce((total, { lag }) => total + (lag ?? 0), 0);
        described.push({ ...group, offsets, totalLag });
      }
      return described;
    });
    output.result({ groups }, () =>
      groups.flatMap((group, index) => [...(index === 0 ? [] : ['']), ...describe(group, output)]),
    );
    return 0;
  },
});

function describe(group: GroupWithLag, output: Output): string[] {
  const { state, type, assignor, coordinator, members, offsets, totalLag } = group;
  const facts = [
    state,
    type,
    assignor,
    `coordinator ${coordinator.id} (${formatAddress(coordinator)})`,
    counted(members.length, 'member'),
    `lag ${totalLag}`,
  ].filter((fact) => fact !== null);
  const memberTable = output.table<GroupMember>(
    [
      { title: 'MEMBER', cell: ({ memberId }) => memberId },
      { title: 'INSTANCE', cell: ({ instanceId }) => instanceId },
      { title: 'CLIENT', cell: ({ clientId }) => clientId },
      { title: 'HOST', cell: ({ host }) => host },
      { title: 'PARTITIONS', cell: assignmentText },
    ],
    members,
  );
  const offsetTable = output.table<PartitionLag>(
    [
      { title: 'TOPIC', cell: ({ topic }) => topic },
      { title: 'PARTITION', isNumber: true, cell: ({ partition }) => partition },
      { title: 'COMMITTED', isNumber: true, cell: ({ committed }) => committed },
      { title: 'START', isNumber: true, cell: ({ start }) => start },
      { title: 'END', isNumber: true, cell: ({ end }) => end },
      { title: 'LAG', isNumber: true, cell: ({ lag }) => lag },
      { title: 'MEMBER', cell: ({ memberId }) => memberId },
    ],
    offsets,
  );
  return [
    `${output.styled('bold', printable(group.group))}: ${facts.map(printable).join(', ')}`,
    ...(members.length === 0 ? [] : ['', ...memberTable]),
    ...(offsets.length === 0 ? [] : ['', ...offsetTable]),
  ];
}

/** `orders:0,1 users:3`. */
function assignmentText({ assignment }: GroupMember): string {
  if (assignment === null) return '(of a protocol of its own)';
  return assignment.map(({ topic, partitions }) => `${topic}:${partitions.join(',')}`).join(' ');
}
