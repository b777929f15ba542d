import {
  api,
  type Cluster,
  Consumer,
  EARLIEST,
  LATEST,
  listOffsets,
  Producer,
  partitionKey,
  type TopicMetadata,
} from '@millrace/client';
import { type BatchRecord, ErrorCode } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  createCreateTopicsRequest,
  createCreateTopicsRequestCreatableTopic,
} from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import { itemError } from '../admin/item-error.ts';
import { CommandError } from '../command/errors.ts';

/** The topics of the demo, by what they are about. */
export const DEMO_TOPICS = {
  orders: { name: 'demo-orders', partitions: 6 },
  payments: { name: 'demo-payments', partitions: 3 },
  shipments: { name: 'demo-shipments', partitions: 1 },
} as const;

export const DEMO_GROUP = 'demo-billing';

/** Every record of the demo has it: by this the demo knows its own topics again. */
export const DEMO_HEADER = { key: 'made-by', value: Buffer.from('millrace demo') } as const;

const createTopicsApi = api(CreateTopicsRequest, CreateTopicsResponse);

/** Makes the topics that are not there. Throws CommandError for one of the name that somebody else made. */
export async function ensureDemoTopics(cluster: Cluster, timeoutMs: number): Promise<void> {
  const wanted = Object.values(DEMO_TOPICS);
  const request = createCreateTopicsRequest({
    topics: wanted.map(({ name, partitions }) =>
      createCreateTopicsRequestCreatableTopic({
        name,
        numPartitions: partitions,
        replicationFactor: -1,
      }),
    ),
    timeoutMs,
  });
  const { topics } = await cluster.send(createTopicsApi, request, { node: 'controller' });
  for (const { name, errorCode, errorMessage } of topics) {
    if (errorCode === ErrorCode.NONE || errorCode === ErrorCode.TOPIC_ALREADY_EXISTS) continue;
    const { code, message, hint } = itemError(errorCode, `topic ${name}`, errorMessage)!;
    throw new CommandError(code, message, hint);
  }
  const made = topics.filter(({ errorCode }) => errorCode === ErrorCode.NONE);
  await mark(
    cluster,
    made.map(({ name }) => name),
    timeoutMs,
  );
  const found = await ownDemoTopics(cluster);
  const foreign = wanted.find(({ name }) => !found.includes(name));
  if (foreign === undefined) return;
  throw new CommandError(
    'TOPIC_ALREADY_EXISTS',
    `there is a topic ${foreign.name} that this command did not make, or that somebody else wrote to.`,
    'It is left alone. Delete it, or show the demo on another broker.',
  );
}

/** The demo's topics that are there, and have nothing in them but what the demo wrote, as far as their ends show. */
export async function ownDemoTopics(cluster: Cluster): Promise<readonly string[]> {
  const names = Object.values(DEMO_TOPICS).map(({ name }) => name);
  const { topics } = await cluster.metadata(names);
  const own: string[] = [];
  for (const topic of topics) {
    if (topic.error === null && (await isOwn(cluster, topic))) own.push(topic.name);
  }
  return own;
}

/** A first record in every partition, by which an empty topic would be known as well. */
async function mark(cluster: Cluster, names: readonly string[], timeoutMs: number): Promise<void> {
  const producer = new Producer(cluster, { topicTimeoutMs: timeoutMs });
  const timestampMs = Date.now();
  const records = Object.values(DEMO_TOPICS)
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => ({
        topic: name,
        partition,
        timestampMs,
        value: Buffer.from('{"opened":true}'),
        headers: [DEMO_HEADER],
      })),
    );
  await Promise.all(records.map((record) => producer.send(record)));
  await producer.close();
}

async function isOwn(cluster: Cluster, { name, partitions }: TopicMetadata): Promise<boolean> {
  const all = partitions.map(({ partition }) => ({ topic: name, partition }));
  const offsets = (timestampMs: number) =>
    listOffsets(
      cluster,
      all.map((one) => ({ ...one, timestampMs })),
    );
  const [starts, ends] = await Promise.all([offsets(EARLIEST), offsets(LATEST)]);
  const filled = all
    .map((one) => ({
      ...one,
      start: starts.get(partitionKey(one))!,
      end: ends.get(partitionKey(one))!,
    }))
    .filter(({ start, end }) => start < end);
  if (filled.length === 0) return false;
  const firsts = await recordsAt(
    cluster,
    filled.map((one) => ({ ...one, offset: one.start })),
  );
  const lasts = await recordsAt(
    cluster,
    filled.map((one) => ({ ...one, offset: one.end - 1 })),
  );
  return [...firsts, ...lasts].every(isMarked);
}

function isMarked({ headers }: BatchRecord): boolean {
  return headers.some(
    ({ key, value }) => key === DEMO_HEADER.key && DEMO_HEADER.value.equals(value ?? Buffer.of()),
  );
}

/** The first record from each position on. */
async function recordsAt(
  cluster: Cluster,
  positions: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly offset: number;
  }[],
): Promise<readonly BatchRecord[]> {
  // The records are there: nothing is to be waited for, and what is fetched ahead is not wanted.
  const consumer = new Consumer(cluster, { maxWaitMs: 1 });
  await consumer.assign(positions);
  const found: BatchRecord[] = [];
  while (consumer.partitionCount > 0) {
    for (const fetched of await consumer.poll()) {
      const { value: record } = fetched.records().next();
      if (record === undefined) continue;
      found.push(record as BatchRecord);
      consumer.unassign(fetched);
    }
  }
  return found;
}
