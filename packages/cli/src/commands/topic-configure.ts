import { nearestName } from '@millrace/broker/nearest-name';
import { api, type Cluster } from '@millrace/client';
import {
  createIncrementalAlterConfigsRequest,
  createIncrementalAlterConfigsRequestAlterableConfig,
  createIncrementalAlterConfigsRequestAlterConfigsResource,
  IncrementalAlterConfigsRequest,
} from '@millrace/protocol/messages/incremental-alter-configs-request';
import { IncrementalAlterConfigsResponse } from '@millrace/protocol/messages/incremental-alter-configs-response';
import { withCluster } from '../admin/connect.ts';
import { itemError, remarkErrors } from '../admin/item-error.ts';
import { TOPIC_RESOURCE, type TopicConfig, topicConfigs } from '../admin/topic-configs.ts';
import { topicsNamed } from '../admin/topics.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand, type Given } from '../command/command.ts';
import { CommandError, UsageError } from '../command/errors.ts';
import { flag, repeatedOption } from '../command/option.ts';
import { pair, text } from '../command/values.ts';

/** Kafka's numbers of what is done to a config. */
const OPERATIONS = { set: 0, unset: 1, append: 2, subtract: 3 } as const;

interface Change {
  readonly name: string;
  readonly operation: keyof typeof OPERATIONS;
  /** What is set, appended or subtracted; null to unset. */
  readonly value: string | null;
}

const OPTIONS = {
  set: repeatedOption({ value: 'NAME=VALUE', summary: 'set a config', parse: pair }),
  unset: repeatedOption({
    value: 'NAME',
    summary: "go back to the broker's value of a config",
    parse: text,
  }),
  append: repeatedOption({
    value: 'NAME=VALUE',
    summary: 'add to a config that is a list',
    parse: pair,
  }),
  subtract: repeatedOption({
    value: 'NAME=VALUE',
    summary: 'take out of a config that is a list',
    parse: pair,
  }),
  dryRun: flag({ summary: 'let the broker check it, and change nothing' }),
  ...CLIENT_OPTIONS,
};

const alterConfigsApi = api(IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse);

export const topicConfigure = defineCommand({
  description: 'Changes configs of topics, and shows what each was and is.',
  operands: [{ name: 'TOPIC', isRepeated: true, completion: 'topic' }],
  options: OPTIONS,
  output: 'document',
  examples: [
    {
      line: 'topic configure orders --set max.message.bytes=5242880',
      what: 'allow larger records',
    },
    {
      line: "topic configure 'order*' --unset max.message.bytes --dry-run",
      what: 'what would go back to its default',
    },
    { line: 'topic configure orders --append cleanup.policy=compact', what: 'one more in a list' },
  ],
  async run(given, output) {
    const { options, operands } = given;
    const changes = changesOf(given);
    const topics = await withCluster(options, async (cluster) => {
      const names = (await topicsNamed(cluster, operands)).map(({ name }) => name);
      const configs = await topicConfigs(cluster, names);
      for (const name of names) checkNames(configs.get(name) ?? [], changes);
      const errors = await alter(cluster, names, changes, options.dryRun);
      return names.map((topic) => ({
        topic,
        changes: changes.map((change) => ({
          ...change,
          ...effect(change, configs.get(topic) ?? []),
        })),
        error: errors.get(topic) ?? null,
      }));
    });
    const rows = topics
      .filter(({ error }) => error === null)
      .flatMap(({ topic, changes: made }) => made.map((change) => ({ topic, ...change })));
    output.result({ topics, dryRun: options.dryRun }, () => [
      ...(rows.length === 0
        ? []
        : output.table(
            [
              { title: 'TOPIC', cell: ({ topic }) => topic },
              { title: 'CONFIG', cell: ({ name }) => name },
              { title: 'BEFORE', cell: ({ before }) => before },
              { title: options.dryRun ? 'WOULD BE' : 'AFTER', cell: ({ after }) => after },
            ],
            rows,
          )),
      ...(options.dryRun ? ['Nothing was changed.'] : []),
    ]);
    return remarkErrors(topics, output);
  },
});

function changesOf({ options }: Given<typeof OPTIONS>): Change[] {
  const pairs = (operation: 'set' | 'append' | 'subtract') =>
    options[operation].map(([name, value]) => ({ name, operation, value }));
  const changes: Change[] = [
    ...pairs('set'),
    ...options.unset.map((name) => ({ name, operation: 'unset' as const, value: null })),
    ...pairs('append'),
    ...pairs('subtract'),
  ];
  if (changes.length === 0) {
    throw new UsageError('nothing to change: give --set, --unset, --append or --subtract');
  }
  const names = changes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${twice} is to be changed twice`);
  return changes;
}

function checkNames(configs: readonly TopicConfig[], changes: readonly Change[]): void {
  const names = configs.map(({ name }) => name);
  const unknown = changes.find(({ name }) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearestName(unknown.name, names);
  throw new CommandError(
    'INVALID_CONFIG',
    `${unknown.name} is no topic config of this broker.`,
    near === null ? null : `Did you mean ${near}?`,
  );
}

async function alter(
  cluster: Cluster,
  topics: readonly string[],
  changes: readonly Change[],
  validateOnly: boolean,
) {
  const configs = changes.map(({ name, operation, value }) =>
    createIncrementalAlterConfigsRequestAlterableConfig({
      name,
      configOperation: OPERATIONS[operation],
      value,
    }),
  );
  const request = createIncrementalAlterConfigsRequest({
    resources: topics.map((resourceName) =>
      createIncrementalAlterConfigsRequestAlterConfigsResource({
        resourceType: TOPIC_RESOURCE,
        resourceName,
        configs,
      }),
    ),
    validateOnly,
  });
  const { responses } = await cluster.send(alterConfigsApi, request, { node: 'controller' });
  return new Map(
    responses.map(({ resourceName, errorCode, errorMessage }) => [
      resourceName,
      itemError(errorCode, `topic ${resourceName}`, errorMessage),
    ]),
  );
}

/** What a config is before and after, as Kafka's rules say. */
function effect(
  { name, operation, value }: Change,
  configs: readonly TopicConfig[],
): { readonly before: string | null; readonly after: string | null } {
  const config = configs.find((one) => one.name === name);
  const before = config?.value ?? null;
  if (operation === 'set') return { before, after: value };
  if (operation === 'unset') return { before, after: config?.inherited ?? null };
  const items = listItems(before);
  const operands = listItems(value);
  const after =
    operation === 'append'
      ? [...items, ...operands.filter((item) => !items.includes(item))]
      : items.filter((item) => !operands.includes(item));
  return { before, after: after.join(',') };
}

function listItems(value: string | null): string[] {
  return (value ?? '').split(',').filter((item) => item !== '');
}
