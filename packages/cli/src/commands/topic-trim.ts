import { api, type Cluster } from '@millrace/client';
import {
  createDeleteRecordsRequest,
  createDeleteRecordsRequestDeleteRecordsPartition,
  createDeleteRecordsRequestDeleteRecordsTopic,
  DeleteRecordsRequest,
} from '@millrace/protocol/messages/delete-records-request';
import { DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records-response';
import { withCluster } from '../admin/connect.ts';
import { type ItemError, itemError, remarkErrors } from '../admin/item-error.ts';
import { byTopic, PartitionMap } from '../admin/partition-map.ts';
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

const deleteRecordsApi = api(DeleteRecordsRequest, DeleteRecordsResponse);

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
  readonly startOffset: number;
  readonly endOffset: number;
  readonly newStartOffset: number;
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
    const newStartOffset = offset ?? start;
    return {
      topic,
      partition,
      startOffset: start,
      endOffset: end,
      newStartOffset,
      removedRecords: errorCode === 0 ? newStartOffset - start : 0,
      error: itemError(errorCode, `topic ${topic}, partition ${partition}`),
    };
  });
}

/** Each leader is asked for its own partitions. Gives the cuts with what came of them. */
async function trim(cluster: Cluster, cuts: readonly Cut[], timeoutMs: number): Promise<Cut[]> {
  const wanted = cuts.filter(({ removedRecords }) => removedRecords > 0);
  const { topics } = await cluster.metadata([...new Set(wanted.map(({ topic }) => topic))]);
  const leaders = new PartitionMap<number>();
  for (const { name, partitions } of topics) {
    for (const { partition, leaderId } of partitions) leaders.set(name, partition, leaderId);
  }
  const answers = new PartitionMap<{ lowWatermark: number; errorCode: number }>();
  const nodes = new Set(wanted.map(({ topic, partition }) => leaders.get(topic, partition) ?? -1));
  for (const node of nodes) {
    const own = wanted.filter(({ topic, partition }) => leaders.get(topic, partition) === node);
    const { topics: answered } = await cluster.send(
      deleteRecordsApi,
      createDeleteRecordsRequest({ topics: byTopic(own).map(requestTopic), timeoutMs }),
      { node },
    );
    for (const { name, partitions } of answered) {
      for (const { partitionIndex, ...answer } of partitions) {
        answers.set(name, partitionIndex, answer);
      }
    }
  }
  return cuts.map((cut) => {
    const answer = answers.get(cut.topic, cut.partition);
    if (answer === undefined) return cut;
    const error = itemError(answer.errorCode, `topic ${cut.topic}, partition ${cut.partition}`);
    const newStartOffset = error === null ? answer.lowWatermark : cut.startOffset;
    return { ...cut, newStartOffset, removedRecords: newStartOffset - cut.startOffset, error };
  });
}

function requestTopic({ topic, partitions }: { topic: string; partitions: readonly Cut[] }) {
  return createDeleteRecordsRequestDeleteRecordsTopic({
    name: topic,
    partitions: partitions.map(({ partition, newStartOffset }) =>
      createDeleteRecordsRequestDeleteRecordsPartition({
        partitionIndex: partition,
        offset: newStartOffset,
      }),
    ),
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
