import type { Cluster } from '@millrace/client';
import { withCluster } from '../admin/connect.ts';
import { deleteRecords } from '../admin/delete-records.ts';
import { type ItemError, itemError, remarkErrors } from '../admin/item-error.ts';
import { partitionBounds, resolvePosition } from '../admin/resolve-position.ts';
import { partitionsSelected } from '../admin/topics.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand, type Given } from '../command/command.ts';
import { confirm, YES_OPTION } from '../command/confirm.ts';
import { flag, requiredOption } from '../command/option.ts';
import type { Output } from '../command/output.ts';
import { partitionSelection } from '../command/partition-selection.ts';
import { position } from '../command/position.ts';
import { counted } from '../command/quantities.ts';

const OPTIONS = {
  to: requiredOption({
    value: 'POSITION',
    summary: 'the first record to keep: an offset, @TIME, or end to keep none',
    parse: position(false),
  }),
  ...YES_OPTION,
  dryRun: flag({ summary: 'show what would be removed' }),
  ...CLIENT_OPTIONS,
};

interface Cut {
  readonly topic: string;
  readonly partition: number;
  /** Null, as the other two, where the partition cannot be asked. */
  readonly startOffset: number | null;
  readonly endOffset: number | null;
  readonly newStartOffset: number | null;
  /** Counted from offsets. */
  readonly removedRecords: number;
  readonly error: ItemError | null;
}

export const topicTrim = defineCommand({
  description:
    'Removes the oldest records of topics, for good. It shows what goes, and asks before it does it; without a terminal it ' +
    'takes --yes. TIME is a date such as 2026-11-25T08:00:00Z, milliseconds since 1970, or -2h for two hours ago.',
  operands: [{ name: 'TOPIC[:PARTITIONS]', isRepeated: true, completion: 'topic' }],
  options: OPTIONS,
  output: 'document',
  examples: [
    {
      line: 'topic trim orders --to @-7d --dry-run',
      what: 'how many records are older than a week',
    },
    { line: 'topic trim orders:0,2 --to 1500 --yes', what: 'two partitions, in a script' },
    { line: 'topic trim orders --to end', what: 'empty a topic' },
  ],
  run: (given, output, context) =>
    withCluster(given.options, async (cluster) => {
      const { options } = given;
      const cuts = await plan(cluster, given, context.now());
      const removed = cuts.reduce((total, { removedRecords }) => total + removedRecords, 0);
      if (options.dryRun || removed === 0) {
        report(cuts, false, output);
        return remarkErrors(cuts, output);
      }
      if (!options.yes && !output.isJson) output.lines(tableOf(cuts, output));
      const partitions = cuts.filter(({ removedRecords }) => removedRecords > 0).length;
      const what = `${counted(removed, 'record')} from ${counted(partitions, 'partition')}`;
      await confirm(options.yes, `Remove ${what} for good?`, context);
      const done = await trim(cluster, cuts, options.timeout);
      report(done, true, output);
      return remarkErrors(done, output);
    }),
});

async function plan(
  cluster: Cluster,
  { options, operands }: Given<typeof OPTIONS>,
  nowMs: number,
): Promise<Cut[]> {
  const selections = operands.map(partitionSelection);
  const { topics, partitions } = await partitionsSelected(cluster, selections);
  const moment = options.to.kind === 'moment' ? options.to.moment : null;
  const bounds = await partitionBounds(cluster, topics, moment, nowMs);
  return partitions.map(({ topic, partition }) => {
    const place = { topic, partition, current: null };
    const { start, end, offset, errorCode } = resolvePosition(options.to, bounds, place);
    const isKnown = errorCode === 0;
    const newStartOffset = offset ?? start;
    return {
      topic,
      partition,
      startOffset: isKnown ? start : null,
      endOffset: isKnown ? end : null,
      newStartOffset: isKnown ? newStartOffset : null,
      removedRecords: isKnown ? newStartOffset - start : 0,
      error: itemError(errorCode, `topic ${topic}, partition ${partition}`),
    };
  });
}

/** Gives the cuts with what came of them. */
async function trim(cluster: Cluster, cuts: readonly Cut[], timeoutMs: number): Promise<Cut[]> {
  const wanted = cuts.flatMap(({ topic, partition, newStartOffset, removedRecords }) =>
    removedRecords > 0 && newStartOffset !== null
      ? [{ topic, partition, offset: newStartOffset }]
      : [],
  );
  const deleted = await deleteRecords(cluster, wanted, timeoutMs);
  return cuts.map((cut) => {
    const answer = deleted.get(cut.topic, cut.partition);
    if (answer === undefined) return cut;
    const { error, lowWatermark } = answer;
    const newStartOffset = lowWatermark ?? cut.startOffset;
    const removedRecords = (newStartOffset ?? 0) - (cut.startOffset ?? 0);
    return { ...cut, newStartOffset, removedRecords, error };
  });
}

function report(partitions: readonly Cut[], trimmed: boolean, output: Output): void {
  output.result({ partitions, trimmed }, () => [
    ...tableOf(partitions, output),
    ...(trimmed ? [] : ['Nothing was removed.']),
  ]);
}

function tableOf(cuts: readonly Cut[], output: Output): string[] {
  return output.table<Cut>(
    [
      { title: 'TOPIC', cell: ({ topic }) => topic },
      { title: 'PARTITION', isNumber: true, cell: ({ partition }) => partition },
      { title: 'START', isNumber: true, cell: ({ startOffset }) => startOffset },
      { title: 'NEW START', isNumber: true, cell: ({ newStartOffset }) => newStartOffset },
      { title: 'END', isNumber: true, cell: ({ endOffset }) => endOffset },
      { title: 'REMOVED', isNumber: true, cell: ({ removedRecords }) => removedRecords },
    ],
    cuts,
  );
}
