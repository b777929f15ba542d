import type { Cluster, TopicMetadata } from '@millrace/client';
import { withCluster } from '../admin/connect.ts';
import { deleteTopics } from '../admin/delete-topics.ts';
import { describePartitions } from '../admin/described-partitions.ts';
import { type ItemError, remarkErrors } from '../admin/item-error.ts';
import { topicsNamed } from '../admin/topics.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { confirm, YES_OPTION } from '../command/confirm.ts';
import { isPattern, namePattern } from '../command/name-pattern.ts';
import { flag } from '../command/option.ts';
import type { Output } from '../command/output.ts';
import { byteText, counted } from '../command/quantities.ts';

interface Doomed {
  readonly topic: string;
  readonly partitions: number;
  readonly records: number;
  readonly sizeBytes: number;
}

export const topicDelete = defineCommand({
  description:
    'Deletes topics with all their records, for good. It shows what there is to lose, and asks before it does it; without a ' +
    'terminal it takes --yes. Patterns leave out internal topics.',
  operands: [{ name: 'TOPIC', isRepeated: true, completion: 'topic' }],
  options: {
    ...YES_OPTION,
    dryRun: flag({ summary: 'show what would be deleted' }),
    ifExists: flag({ summary: 'do not fail where there is no such topic' }),
    ...CLIENT_OPTIONS,
  },
  output: 'document',
  examples: [
    { line: "topic delete 'test-*' --dry-run", what: 'which topics would go' },
    { line: 'topic delete test-1 --yes', what: 'in a script' },
  ],
  run: ({ options, operands }, output, context) =>
    withCluster(options, async (cluster) => {
      const wanted = options.ifExists ? await existing(cluster, operands) : operands;
      const topics = wanted.length === 0 ? [] : await topicsNamed(cluster, wanted);
      const doomed = await whatIsLost(cluster, topics);
      if (options.dryRun || doomed.length === 0) {
        report(
          doomed.map((one) => ({ ...one, deleted: false, error: null })),
          true,
          output,
        );
        return 0;
      }
      if (!options.yes && !output.isJson) output.lines(tableOf(doomed, output));
      const records = doomed.reduce((total, one) => total + one.records, 0);
      const what = `${counted(doomed.length, 'topic')} with ${counted(records, 'record')}`;
      await confirm(options.yes, `Delete ${what} for good?`, context);
      const errors = await deleteTopics(
        cluster,
        doomed.map(({ topic }) => topic),
        options.timeout,
      );
      const results = doomed.map((one) => {
        const error = errors.get(one.topic) ?? null;
        return { ...one, deleted: error === null, error };
      });
      report(results, false, output);
      return remarkErrors(results, output);
    }),
});

/** Names that there are; patterns as they are, since none matching is no failure of theirs. */
async function existing(cluster: Cluster, wanted: readonly string[]): Promise<string[]> {
  const { topics } = await cluster.metadata(null);
  return wanted.filter((text) => {
    const matches = isPattern(text) ? namePattern(text) : (name: string) => name === text;
    return topics.some(({ name, isInternal }) => matches(name) && !(isPattern(text) && isInternal));
  });
}

async function whatIsLost(cluster: Cluster, topics: readonly TopicMetadata[]): Promise<Doomed[]> {
  const partitions = await describePartitions(cluster, topics);
  const byName = Map.groupBy(partitions, ({ topic }) => topic);
  return topics.map(({ name }) => {
    const own = byName.get(name) ?? [];
    const sum = (of: (one: (typeof own)[number]) => number | null) =>
      own.reduce((total, one) => total + (of(one) ?? 0), 0);
    return {
      topic: name,
      partitions: own.length,
      records: sum(({ records }) => records),
      sizeBytes: sum(({ sizeBytes }) => sizeBytes),
    };
  });
}

type Result = Doomed & { readonly deleted: boolean; readonly error: ItemError | null };

function report(topics: readonly Result[], dryRun: boolean, output: Output): void {
  output.result({ topics, dryRun }, () =>
    dryRun
      ? [...tableOf(topics, output), 'Nothing was deleted.']
      : topics.filter(({ deleted }) => deleted).map(({ topic }) => `${topic} is deleted`),
  );
}

function tableOf(doomed: readonly Doomed[], output: Output): string[] {
  return output.table(
    [
      { title: 'TOPIC', cell: ({ topic }) => topic },
      { title: 'PARTITIONS', isNumber: true, cell: ({ partitions }) => partitions },
      { title: 'RECORDS', isNumber: true, cell: ({ records }) => records },
      { title: 'SIZE', isNumber: true, cell: ({ sizeBytes }) => byteText(sizeBytes) },
    ],
    doomed,
  );
}
