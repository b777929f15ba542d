// CreateTopics, DeleteTopics, CreatePartitions, Metadata, DescribeTopicPartitions: topics and what is said about them.

import { ZERO_UUID } from '@millrace/protocol';
import { CreatePartitionsRequest } from '@millrace/protocol/messages/create-partitions-request';
import { CreatePartitionsResponse } from '@millrace/protocol/messages/create-partitions-response';
import { CreateTopicsRequest } from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import { DeleteTopicsRequest } from '@millrace/protocol/messages/delete-topics-request';
import { DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics-response';
import { DescribeTopicPartitionsRequest } from '@millrace/protocol/messages/describe-topic-partitions-request';
import { DescribeTopicPartitionsResponse } from '@millrace/protocol/messages/describe-topic-partitions-response';
import { MetadataRequest } from '@millrace/protocol/messages/metadata-request';
import { MetadataResponse } from '@millrace/protocol/messages/metadata-response';
import { api, type Sparse } from '../api.ts';
import { unknownTopicId } from '../placeholders.ts';
import { makeTopics, readTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

export const metadata = api(MetadataRequest, MetadataResponse);
export const createTopics = api(CreateTopicsRequest, CreateTopicsResponse);
export const deleteTopics = api(DeleteTopicsRequest, DeleteTopicsResponse);
export const createPartitions = api(CreatePartitionsRequest, CreatePartitionsResponse);

export type Topic = NonNullable<Sparse<CreateTopicsRequest>['topics']>[number];

/** One partition, one replica, where nothing else is said. */
export function creating(...topics: readonly Topic[]): Sparse<CreateTopicsRequest> {
  const one = { numPartitions: 1, replicationFactor: 1 };
  return { timeoutMs: 10_000, topics: topics.map((topic) => ({ ...one, ...topic })) };
}

export function assigned(name: string, ...assignments: readonly (readonly number[])[]): Topic {
  return {
    name,
    numPartitions: -1,
    replicationFactor: -1,
    assignments: assignments.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
  };
}

export const withConfig = (name: string, config: string, value: string | null): Topic => ({
  name,
  configs: [{ name: config, value }],
});

export const creatingTopics = new Scenarios(createTopics)
  .ask('new', (_, version) => creating({ name: `new-${version}`, numPartitions: 3 }))
  .ask('with default counts', (_, version) =>
    creating({ name: `defaults-${version}`, numPartitions: -1, replicationFactor: -1 }),
  )
  .ask('with configs', (_, version) =>
    creating(withConfig(`set-${version}`, 'segment.bytes', '2097152')),
  )
  .ask('on brokers named', (_, version) => creating(assigned(`assigned-${version}`, [1], [1])))
  .ask('exists', creating({ name: readTopic }))
  .ask('only validated', {
    ...creating({ name: 'validated', numPartitions: 3 }),
    validateOnly: true,
  })
  .ask('bad names', creating({ name: 'a b' }, { name: '' }, { name: '.' }, { name: '..' }))
  .ask('long names', creating({ name: 'n'.repeat(249 + 1) }))
  .ask('no partitions', creating({ name: 'z', numPartitions: 0 }, { name: 'y', numPartitions: -2 }))
  .ask(
    'replicas',
    creating({ name: 'z', replicationFactor: 0 }, { name: 'y', replicationFactor: 2 }),
  )
  .ask('twice in one request', creating({ name: 'z' }, { name: 'z', numPartitions: 2 }))
  .ask('two of which one is bad', (_, version) =>
    creating({ name: `fine-${version}` }, { name: '?' }),
  )
  .ask('assignments that cannot be', {
    ...creating(
      assigned('z', [7]),
      assigned('y', [1, 1]),
      assigned('x', []),
      { ...assigned('w'), assignments: [{ partitionIndex: 1, brokerIds: [1] }] },
      { name: 'v', replicationFactor: -1, assignments: [{ partitionIndex: 0, brokerIds: [1] }] },
      { name: 'u', numPartitions: -1, assignments: [{ partitionIndex: 0, brokerIds: [1] }] },
    ),
    validateOnly: true,
  })
  .ask(
    'configs that cannot be',
    creating(
      withConfig('z', 'nope', '1'),
      withConfig('y', 'segment.bytes', '1'),
      withConfig('x', 'segment.bytes', 'x'),
      withConfig('w', 'segment.bytes', null),
      withConfig('v', 'cleanup.policy', 'shred'),
    ),
  )
  .script('names that collide', async (peer, version) => {
    await makeTopics(peer, [`col.lide-${version}`]);
    await peer.ask(createTopics, version, creating({ name: `col_lide-${version}` }));
  });

export const growingTopics = new Scenarios(createPartitions)
  .script('more partitions', async (peer, version) => {
    const name = `growing-${version}`;
    await makeTopics(peer, [name]);
    await peer.ask(createPartitions, version, {
      topics: [{ name, count: 3, assignments: null }],
      timeoutMs: 10_000,
    });
    await peer.untilTopic(name, 3);
    for (const count of [3, 2, 0, -1]) {
      await peer.ask(createPartitions, version, {
        topics: [{ name, count, assignments: null }],
        timeoutMs: 10_000,
      });
    }
  })
  .ask('unknown, bad name, twice', {
    topics: ['nowhere', 'a b', '', 'twice', 'twice'].map((name) => ({
      name,
      count: 3,
      assignments: null,
    })),
    timeoutMs: 10_000,
  })
  .ask('only validated', {
    topics: [{ name: readTopic, count: 3, assignments: null }],
    timeoutMs: 10_000,
    validateOnly: true,
  })
  .ask('on brokers named', {
    topics: [{ name: readTopic, count: 3, assignments: [{ brokerIds: [1] }] }],
    timeoutMs: 10_000,
    validateOnly: true,
  })
  .ask('on brokers that are not there', {
    topics: [{ name: readTopic, count: 3, assignments: [{ brokerIds: [7] }] }],
    timeoutMs: 10_000,
    validateOnly: true,
  })
  .ask('on as many brokers as are not needed', {
    topics: [{ name: readTopic, count: 3, assignments: [{ brokerIds: [1] }, { brokerIds: [1] }] }],
    timeoutMs: 10_000,
    validateOnly: true,
  });

/** Ids came with version 6; before it a topic is its name. */
export const deletingTopics = new Scenarios(deleteTopics)
  .script(
    'by name',
    async (peer, version) => {
      const name = `doomed-${version}`;
      await makeTopics(peer, [name]);
      await peer.ask(deleteTopics, version, { topicNames: [name], timeoutMs: 10_000 });
      await peer.ask(deleteTopics, version, {
        topicNames: [name, 'nowhere', ''],
        timeoutMs: 10_000,
      });
    },
    0,
    5,
  )
  .ask('twice in one request', { topicNames: ['nowhere', 'nowhere'], timeoutMs: 10_000 }, 0, 5)
  .script(
    'by id',
    async (peer, version) => {
      const [byName, byId] = [`doomed-${version}`, `doomed-by-id-${version}`];
      await makeTopics(peer, [byName, byId]);
      const topics = [{ name: byName }, { name: null, topicId: peer.topicId(byId) }];
      await peer.ask(deleteTopics, version, { topics, timeoutMs: 10_000 });
      await peer.ask(deleteTopics, version, { topics: [{ name: byName }], timeoutMs: 10_000 });
    },
    6,
  )
  .ask(
    'ids that cannot be',
    {
      topics: [
        { name: null, topicId: unknownTopicId },
        { name: 'nowhere' },
        { name: readTopic, topicId: unknownTopicId },
        { name: null, topicId: ZERO_UUID },
      ],
      timeoutMs: 10_000,
    },
    6,
  );

const named = (...names: readonly string[]) => names.map((name) => ({ name }));
const refusingAuto = { allowAutoTopicCreation: false };

export const describingTopics = new Scenarios(metadata)
  .ask('one topic', { topics: named(readTopic) })
  .ask('all topics', { topics: null }, 1)
  .ask('no topics', { topics: [] }, 1)
  .ask('the same twice', { topics: named(readTopic, readTopic) })
  .ask('bad names', { topics: named('a b', '', '..') })
  .ask('unknown', { topics: named(readTopic, 'nowhere'), ...refusingAuto }, 4)
  .script('made as it is asked for', async (peer, version) => {
    await peer.ask(metadata, version, { topics: named(`auto-${version}`) });
    await peer.untilTopic(`auto-${version}`);
  })
  .ask(
    'authorised operations',
    {
      topics: named(readTopic, 'nowhere'),
      ...refusingAuto,
      includeTopicAuthorizedOperations: true,
    },
    8,
  )
  .ask(
    'authorised operations on the cluster',
    { topics: [], includeClusterAuthorizedOperations: true },
    8,
    10,
  )
  .ask(
    'by id',
    (peer) => ({ topics: [{ name: null, topicId: peer.topicId(readTopic) }], ...refusingAuto }),
    12,
  )
  .ask(
    'by an unknown id',
    { topics: [{ name: null, topicId: unknownTopicId }], ...refusingAuto },
    12,
  )
  .ask(
    'by name and id',
    { topics: [{ name: readTopic, topicId: unknownTopicId }], ...refusingAuto },
    12,
  )
  .ask('by nothing', { topics: [{ name: null }], ...refusingAuto }, 10)
  .ask(
    'by id before it was served',
    { topics: [{ name: null, topicId: unknownTopicId }], ...refusingAuto },
    10,
    11,
  );

const cursorAt = (topicName: string, partitionIndex: number) => ({ topicName, partitionIndex });

export const describingPartitions = new Scenarios(
  api(DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse),
)
  .ask('one topic', { topics: named(readTopic) })
  .ask('several', { topics: named('written', 'nowhere', readTopic, 'a b') })
  .ask('page by page', { topics: named('written', readTopic), responsePartitionLimit: 1 })
  .ask('from a cursor', { topics: named('written', readTopic), cursor: cursorAt(readTopic, 1) })
  .ask('from the middle', {
    topics: named(readTopic),
    responsePartitionLimit: 1,
    cursor: cursorAt(readTopic, 1),
  })
  .ask('from a cursor past the end', { topics: named(readTopic), cursor: cursorAt(readTopic, 9) })
  .ask('from a topic after all', { topics: named(readTopic), cursor: cursorAt('zzz', 0) })
  .ask('from before the start', { topics: named(readTopic), cursor: cursorAt(readTopic, -1) });
