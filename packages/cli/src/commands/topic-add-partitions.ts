import { api, type Cluster } from '@millrace/client';
import {
  CreatePartitionsRequest,
  createCreatePartitionsRequest,
  createCreatePartitionsRequestCreatePartitionsTopic,
} from '@millrace/protocol/messages/create-partitions-request';
import { CreatePartitionsResponse } from '@millrace/protocol/messages/create-partitions-response';
import { withCluster } from '../admin/connect.ts';
import { itemError, remarkErrors } from '../admin/item-error.ts';
import { topicsNamed } from '../admin/topics.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand } from '../command/command.ts';
import { UsageError } from '../command/errors.ts';
import { flag, option } from '../command/option.ts';
import { integer } from '../command/values.ts';

const createPartitionsApi = api(CreatePartitionsRequest, CreatePartitionsResponse);

interface Growth {
  readonly topic: string;
  readonly before: number;
  readonly after: number;
}

export const topicAddPartitions = defineCommand({
  description:
    'Adds partitions to topics. They cannot be taken away again, and records with a key go to other partitions from then on ' +
    'than those before them.',
  operands: [{ name: 'TOPIC', isRepeated: true, completion: 'topic' }],
  options: {
    to: option({ value: 'N', summary: 'how many there are to be', parse: integer(1, 100_000) }),
    by: option({ value: 'N', summary: 'how many more', parse: integer(1, 100_000) }),
    dryRun: flag({ summary: 'let the broker check it, and change nothing' }),
    ...CLIENT_OPTIONS,
  },
  output: 'document',
  examples: [
    { line: 'topic add-partitions orders --to 12', what: 'twelve in all' },
    { line: 'topic add-partitions orders --by 2 --dry-run', what: 'would two more be fine?' },
  ],
  async run({ options, operands }, output) {
    const { to, by, dryRun } = options;
    if ((to === undefined) === (by === undefined)) throw new UsageError('give either --to or --by');
    const topics = await withCluster(options, async (cluster) => {
      const growths = (await topicsNamed(cluster, operands)).map(({ name, partitions }) => ({
        topic: name,
        before: partitions.length,
        after: to ?? partitions.length + (by ?? 0),
      }));
      const errors = await createPartitions(cluster, growths, dryRun, options.timeout);
      return growths.map((growth) => ({ ...growth, error: errors.get(growth.topic) ?? null }));
    });
    const grown = topics.filter(({ error }) => error === null);
    output.result({ topics, dryRun }, () => [
      ...(grown.length === 0
        ? []
        : output.table(
            [
              { title: 'TOPIC', cell: ({ topic }) => topic },
              { title: 'PARTITIONS', isNumber: true, cell: ({ before }) => before },
              { title: dryRun ? 'WOULD BE' : 'NOW', isNumber: true, cell: ({ after }) => after },
            ],
            grown,
          )),
      ...(dryRun ? ['Nothing was changed.'] : []),
    ]);
    return remarkErrors(topics, output);
  },
});

async function createPartitions(
  cluster: Cluster,
  growths: readonly Growth[],
  validateOnly: boolean,
  timeoutMs: number,
) {
  const topics = growths.map(({ topic, after }) =>
    createCreatePartitionsRequestCreatePartitionsTopic({
      name: topic,
      count: after,
      assignments: null,
    }),
  );
  const request = createCreatePartitionsRequest({ topics, timeoutMs, validateOnly });
  const { results } = await cluster.send(createPartitionsApi, request, { node: 'controller' });
  return new Map(
    results.map(({ name, errorCode, errorMessage }) => [
      name,
      itemError(errorCode, `topic ${name}`, errorMessage),
    ]),
  );
}
