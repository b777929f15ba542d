import { nearestName } from '@millrace/broker/nearest-name';
import { api, type Cluster } from '@millrace/client';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  createCreateTopicsRequest,
  createCreateTopicsRequestCreatableTopic,
} from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import { withCluster } from '../admin/connect.ts';
import { itemError, remarkErrors } from '../admin/item-error.ts';
import { CLIENT_OPTIONS } from '../command/client-options.ts';
import { defineCommand, type Given } from '../command/command.ts';
import { flag, option, repeatedOption } from '../command/option.ts';
import { integer, pair } from '../command/values.ts';

const OPTIONS = {
  partitions: option({
    value: 'N',
    short: 'p',
    summary: "how many partitions, the broker's num.partitions by default",
    parse: integer(1, 100_000),
  }),
  replicationFactor: option({
    value: 'N',
    short: 'r',
    summary: "copies of each partition, the broker's default.replication.factor by default",
    parse: integer(1, 32_767),
  }),
  config: repeatedOption({
    value: 'NAME=VALUE',
    short: 'c',
    summary: 'a topic config by its Kafka name, such as compression.type=zstd',
    parse: pair,
  }),
  ifNotExists: flag({ summary: 'leave a topic that is there alone, and do not fail' }),
  dryRun: flag({ summary: 'let the broker check everything, and create nothing' }),
  ...CLIENT_OPTIONS,
};

type Created = CreateTopicsResponse['topics'][number];

const createTopicsApi = api(CreateTopicsRequest, CreateTopicsResponse);

export const topicCreate = defineCommand({
  description: 'Creates topics, all with the same settings.',
  operands: [{ name: 'TOPIC', isRepeated: true }],
  options: OPTIONS,
  output: 'document',
  examples: [
    { line: 'topic create orders --partitions 6', what: 'a topic of six partitions' },
    {
      line: 'topic create users groups -p 1 -c compression.type=zstd --if-not-exists',
      what: 'two topics, in a script that may run twice',
    },
    { line: 'topic create orders -c max.message.bytes=5242880 --dry-run', what: 'would it work?' },
  ],
  async run(given, output) {
    const { options } = given;
    const created = await withCluster(options, (cluster) => createTopics(cluster, given));
    const topics = await Promise.all(created.map((topic) => resultOf(topic, given)));
    output.result({ topics, dryRun: options.dryRun }, () =>
      output.table(
        [
          { title: 'TOPIC', cell: ({ topic }) => topic },
          { title: 'PARTITIONS', isNumber: true, cell: ({ partitions }) => partitions },
          {
            title: 'REPLICATION',
            isNumber: true,
            cell: ({ replicationFactor }) => replicationFactor,
          },
          { title: 'STATUS', cell: ({ status }) => status },
        ],
        topics,
      ),
    );
    return remarkErrors(topics, output);
  },
});

async function createTopics(
  cluster: Cluster,
  { options, operands }: Given<typeof OPTIONS>,
): Promise<readonly Created[]> {
  const topics = [...new Set(operands)].map((name) =>
    createCreateTopicsRequestCreatableTopic({
      name,
      numPartitions: options.partitions ?? -1,
      replicationFactor: options.replicationFactor ?? -1,
      configs: options.config.map(([configName, value]) => ({ name: configName, value })),
    }),
  );
  const request = createCreateTopicsRequest({
    topics,
    timeoutMs: options.timeout,
    validateOnly: options.dryRun,
  });
  // Before version 4 (Kafka 2.4) the broker has no defaults for what is left out.
  const hasDefaults = options.partitions === undefined || options.replicationFactor === undefined;
  const versions = { min: hasDefaults ? 4 : 0, max: 0x7fff };
  return (await cluster.send(createTopicsApi, request, { node: 'controller', versions })).topics;
}

async function resultOf(topic: Created, { options }: Given<typeof OPTIONS>) {
  const { name, errorCode, errorMessage, topicId, numPartitions, replicationFactor } = topic;
  const isThere = errorCode === ErrorCode.TOPIC_ALREADY_EXISTS;
  const isAccepted = isThere && options.ifNotExists;
  const error = isAccepted ? null : itemError(errorCode, `topic ${name}`, errorMessage);
  const hint = errorCode === ErrorCode.INVALID_CONFIG ? await nearestConfig(options.config) : null;
  const isDone = errorCode === ErrorCode.NONE;
  return {
    topic: name,
    topicId: topicId === ZERO_UUID ? null : topicId,
    partitions: isDone && numPartitions >= 0 ? numPartitions : null,
    replicationFactor: isDone && replicationFactor >= 0 ? replicationFactor : null,
    created: isDone && !options.dryRun,
    status: isDone
      ? options.dryRun
        ? 'would be created'
        : 'created'
      : isThere
        ? 'exists'
        : 'failed',
    error:
      error === null || hint === null || error.message.includes(hint) ? error : { ...error, hint },
  };
}

/** For a name that is no topic config of Kafka's. The names are loaded only here, when something is wrong. */
async function nearestConfig(
  configs: readonly (readonly [name: string, value: string])[],
): Promise<string | null> {
  const { KAFKA_TOPIC_DEFAULTS } = await import('@millrace/broker');
  const unknown = configs.find(([name]) => !KAFKA_TOPIC_DEFAULTS.has(name));
  const near = unknown === undefined ? null : nearestName(unknown[0], KAFKA_TOPIC_DEFAULTS.keys());
  return near === null ? null : `Did you mean ${near}?`;
}
