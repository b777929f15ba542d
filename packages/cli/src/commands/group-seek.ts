import type { Cluster } from '@millrace/client';
import { ErrorCode } from '@millrace/protocol';
import { offsetsOfGroup, setOffsets } from '../admin/committed-offsets.ts';
import { withCluster } from '../admin/connect.ts';
import { type DescribedGroup, describeGroup } from '../admin/describe-group.ts';
import { listGroups, noSuchGroup } from '../admin/groups.ts';
import { itemError, remarkErrors } from '../admin/item-error.ts';
import { readOffsetsFile, writeOffsetsFile } from '../admin/offsets-file.ts';
import { PartitionMap } from '../admin/partition-map.ts';
import { type PlannedSeek, planSeek, type SeekTarget } from '../admin/seek-plan.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { EXECUTE_OPTION } from '../command/confirm.ts';
import { CommandError, UsageError } from '../command/errors.ts';
import { type OptionValues, option, repeatedOption } from '../command/option.ts';
import type { Output } from '../command/output.ts';
import { partitionSelection } from '../command/partition-selection.ts';
import { position } from '../command/position.ts';
import { counted } from '../command/quantities.ts';
import { text } from '../command/values.ts';

const OPTIONS = {
  to: option({
    value: 'POSITION',
    summary: 'start, end, an offset, @TIME, current, or +N and -N for records on and back',
    completion: { words: ['start', 'end', 'current'] },
    parse: position(true),
  }),
  toGroup: option({
    value: 'GROUP',
    summary: 'where another group is',
    completion: 'group',
    parse: text,
  }),
  fromFile: option({
    value: 'FILE',
    summary:
      "to the offsets of a file with TOPIC,PARTITION,OFFSET a line, as Kafka's --export writes it",
    completion: 'file',
    parse: text,
  }),
  topic: repeatedOption({
    value: 'TOPIC[:PARTITIONS]',
    short: 't',
    summary:
      'only this topic, or these partitions such as orders:0,2-4; all that are committed by default',
    completion: 'topic',
    parse: partitionSelection,
  }),
  toFile: option({
    value: 'FILE',
    summary: 'write where the group would be to a file for --from-file',
    completion: 'file',
    parse: text,
  }),
  ...EXECUTE_OPTION,
  ...CLIENT_OPTIONS,
};

/** How many members an error names. */
const MAX_NAMED_MEMBERS = 3;

export const groupSeek = defineCommand({
  description:
    'Moves a group to another place, so that its members read again, or pass over, what is in between. Without --execute it only ' +
    'shows where each partition would go. The group must have no members: their next commit would undo it.\n\n' +
    'TIME is a date such as 2026-11-25T08:00:00Z (UTC where no zone is given), milliseconds since 1970, or -2h for two hours ago.',
  operands: [{ name: 'GROUP', completion: 'group' }],
  options: OPTIONS,
  output: 'document',
  examples: [
    { line: 'group seek readers --to start', what: 'what reading all again would mean' },
    { line: 'group seek readers --to @-1h --execute', what: 'back by one hour' },
    {
      line: 'group seek readers --to -10 -t orders:0 --execute',
      what: 'ten records back in one partition',
    },
    { line: 'group seek new-readers --to-group readers --execute', what: 'begin where others are' },
    { line: 'group seek readers --to current --to-file offsets.csv', what: 'keep where it is now' },
  ],
  async run({ options, operands }, output, context) {
    const group = operands[0]!;
    checkTarget(options);
    const plan = await withCluster(options, async (cluster) => {
      const described = await describeGroup(cluster, group);
      if (described === null) await checkIsNew(cluster, group);
      else checkHasNoMembers(described, options.execute, output);
      const target = await targetOf(cluster, group, options);
      const selections = options.topic;
      const seeks = await planSeek(cluster, { group, target, selections, nowMs: context.now() });
      if (options.toFile !== undefined) await writeOffsetsFile(options.toFile, moves(seeks));
      return options.execute ? execute(cluster, group, seeks) : seeks;
    });
    output.result({ group, executed: options.execute, offsets: plan }, () => [
      ...tableOf(plan, options.execute, output),
      ...(options.execute ? [] : ['Nothing was changed; add --execute to do it.']),
    ]);
    return remarkErrors(plan, output);
  },
});

function checkTarget({ to, toGroup, fromFile }: OptionValues<typeof OPTIONS>): void {
  const given = [to, toGroup, fromFile].filter((one) => one !== undefined);
  if (given.length !== 1) throw new UsageError('give one of --to, --to-group and --from-file');
}

async function targetOf(
  cluster: Cluster,
  group: string,
  { to, toGroup, fromFile }: OptionValues<typeof OPTIONS>,
): Promise<SeekTarget> {
  if (to !== undefined) return to;
  if (fromFile !== undefined) {
    return { kind: 'offsets', offsets: await readOffsetsFile(fromFile, group) };
  }
  const offsets = new PartitionMap<number>();
  for (const { topic, partition, value } of (await offsetsOfGroup(cluster, toGroup!)).entries()) {
    offsets.set(topic, partition, value.offset);
  }
  if (offsets.topics.length > 0) return { kind: 'offsets', offsets };
  throw new CommandError('NO_COMMITTED_OFFSETS', `group ${toGroup} has committed nothing.`);
}

/** A group that there is not yet begins with what is committed for it; one of another type is none of ours. */
async function checkIsNew(cluster: Cluster, group: string): Promise<void> {
  const isListed = (await listGroups(cluster)).some((one) => one.group === group);
  if (isListed) throw await noSuchGroup(cluster, group);
}

/** In a dry run it is a remark: what is shown is right, and the members can still be stopped. */
function checkHasNoMembers(
  { group, members }: DescribedGroup,
  isExecuted: boolean,
  output: Output,
): void {
  if (members.length === 0) return;
  const named = members
    .slice(0, MAX_NAMED_MEMBERS)
    .map(({ clientId, host }) => `${clientId} on ${host}`);
  if (members.length > MAX_NAMED_MEMBERS) named.push('…');
  const message = `group ${group} has ${counted(members.length, 'member')} (${named.join(', ')}): their next commit would undo it.`;
  if (isExecuted) throw new CommandError('NON_EMPTY_GROUP', message, 'Stop them first.');
  if (!output.isJson) output.remark(`millrace: ${message} Stop them first.`);
}

/** What there is to commit: where partitions go, those that stay included. */
function moves(seeks: readonly PlannedSeek[]) {
  return seeks.flatMap(({ topic, partition, after }) =>
    after === null ? [] : [{ topic, partition, offset: after }],
  );
}

async function execute(
  cluster: Cluster,
  group: string,
  seeks: readonly PlannedSeek[],
): Promise<PlannedSeek[]> {
  const wanted = moves(seeks.filter(({ before, after }) => before !== after));
  if (wanted.length === 0) return [...seeks];
  const codes = await setOffsets(cluster, group, wanted);
  return seeks.map((seek) => {
    const { topic, partition, before, after } = seek;
    if (after === null || after === before) return seek;
    const code = codes.get(topic, partition) ?? ErrorCode.UNKNOWN_SERVER_ERROR;
    const error = itemError(code, `topic ${topic}, partition ${partition}`);
    return error === null ? seek : { ...seek, after: null, error };
  });
}

function tableOf(seeks: readonly PlannedSeek[], isExecuted: boolean, output: Output): string[] {
  return output.table<PlannedSeek>(
    [
      { title: 'TOPIC', cell: ({ topic }) => topic },
      { title: 'PARTITION', isNumber: true, cell: ({ partition }) => partition },
      { title: 'BEFORE', isNumber: true, cell: ({ before }) => before },
      { title: isExecuted ? 'AFTER' : 'WOULD BE', isNumber: true, cell: ({ after }) => after },
      { title: 'START', isNumber: true, cell: ({ start }) => start },
      { title: 'END', isNumber: true, cell: ({ end }) => end },
      { title: 'NOTE', cell: ({ note }) => note ?? '' },
    ],
    seeks,
  );
}
