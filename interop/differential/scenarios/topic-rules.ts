// CreateTopics, CreatePartitions, DeleteTopics, Metadata, DescribeTopicPartitions: what is refused, and the corners of what
// is not.

import { ZERO_UUID } from '@millrace/protocol';
import { DescribeTopicPartitionsRequest } from '@millrace/protocol/messages/describe-topic-partitions-request';
import { DescribeTopicPartitionsResponse } from '@millrace/protocol/messages/describe-topic-partitions-response';
import { api, type Sparse } from '../api.ts';
import { unknownTopicId } from '../placeholders.ts';
import { groupTopic, makeTopics, readTopic, writtenTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';
import {
  assigned,
  createPartitions,
  createTopics,
  creating,
  deleteTopics,
  metadata,
  type Topic,
  withConfig,
} from './topics.ts';

const LONGEST_NAME = 249;
const MANY = 2 ** 31 - 1;

const settings = (
  name: string,
  ...configs: readonly (readonly [string, string | null])[]
): Topic => ({
  name,
  configs: configs.map(([config, value]) => ({ name: config, value })),
});

export const creatingStrangely = new Scenarios(createTopics)
  .ask('no topics', creating())
  .ask('the longest name', (_, version) =>
    creating({ name: `${version}`.padEnd(LONGEST_NAME, 'n') }),
  )
  .ask('names of other letters', {
    ...creating(
      ...['é', 'a/b', 'a\\b', 'a,b', 'a:b', ' a', 'a ', 'a\n', '*', '-a'].map((name) => ({ name })),
    ),
    validateOnly: true,
  })
  .ask('counts at their ends', {
    ...creating(
      { name: 'y', numPartitions: 10_001 },
      { name: 'x', numPartitions: -(2 ** 31) },
      { name: 'w', replicationFactor: 32767 },
      { name: 'v', replicationFactor: -2 },
      { name: 'u', numPartitions: 0, replicationFactor: 0 },
    ),
    validateOnly: true,
  })
  .ask('only validated, and refused', {
    ...creating(
      { name: readTopic },
      { name: 'a b' },
      { name: 'z', replicationFactor: 3 },
      withConfig('y', 'nope', '1'),
      { name: 'twice' },
      { name: 'twice' },
    ),
    validateOnly: true,
  })
  .ask('three of a name', creating({ name: 'z' }, { name: 'z' }, { name: 'z' }))
  .ask('the empty name twice', creating({ name: '' }, { name: '' }))
  .ask('assignments that cannot be', {
    ...creating(
      assigned('z', [1], [7]),
      assigned('y', [1], []),
      assigned('x', [1], [1, 7]),
      assigned('w', [-1]),
      {
        ...assigned('v'),
        assignments: [
          { partitionIndex: 0, brokerIds: [1] },
          { partitionIndex: 0, brokerIds: [1] },
        ],
      },
      {
        ...assigned('u'),
        assignments: [
          { partitionIndex: 0, brokerIds: [1] },
          { partitionIndex: 2, brokerIds: [1] },
        ],
      },
      { ...assigned('t'), assignments: [{ partitionIndex: -1, brokerIds: [1] }] },
      { ...assigned('s', [1]), numPartitions: 1, replicationFactor: 1 },
      { ...assigned('r', [1]), configs: [{ name: 'nope', value: '1' }] },
      {
        ...assigned('q'),
        assignments: [
          { partitionIndex: 1, brokerIds: [1] },
          { partitionIndex: 0, brokerIds: [1] },
        ],
      },
    ),
    validateOnly: true,
  })
  .ask('configs at their ends', {
    ...creating(
      withConfig('z', 'segment.bytes', '1048576'),
      withConfig('y', 'segment.bytes', '1048575'),
      withConfig('x', 'segment.bytes', '2147483648'),
      withConfig('w', 'segment.bytes', ''),
      withConfig('v', 'segment.bytes', ' 1048576 '),
      withConfig('u', 'segment.ms', '0'),
      withConfig('t', 'max.message.bytes', '-1'),
      withConfig('s', 'message.timestamp.type', 'createtime'),
      withConfig('r', 'message.timestamp.type', ''),
      withConfig('q', 'min.insync.replicas', '0'),
      withConfig('p', '', '1'),
      withConfig('o', 'Segment.Bytes', '1048576'),
      withConfig('n', 'num.partitions', '1'),
      withConfig('m', 'flush.messages', '0'),
      withConfig('l', 'index.interval.bytes', '-1'),
    ),
    validateOnly: true,
  })
  .ask('several configs', {
    ...creating(
      settings('z', ['segment.bytes', '2097152'], ['segment.bytes', '4194304']),
      settings('y', ['segment.bytes', '2097152'], ['nope', '1'], ['nor', '2']),
      settings('x', ['segment.bytes', null], ['segment.ms', null]),
    ),
    validateOnly: true,
  })
  .script('names that collide', async (peer, version) => {
    await makeTopics(peer, [`a.b_c-${version}`]);
    await peer.ask(
      createTopics,
      version,
      creating(
        { name: `a_b.c-${version}` },
        { name: `a.b.c-${version}` },
        { name: `a.b_c-${version}` },
        { name: `col.lides-${version}` },
        { name: `col_lides-${version}` },
      ),
    );
  })
  .script('what is there, but otherwise', async (peer, version) => {
    await peer.ask(
      createTopics,
      version,
      creating({ name: readTopic, numPartitions: 0 }, withConfig(writtenTopic, 'nope', '1')),
    );
  });

const growing = (
  name: string,
  count: number,
  assignments: readonly (readonly number[])[] | null = null,
) => ({
  name,
  count,
  assignments: assignments?.map((brokerIds) => ({ brokerIds })) ?? null,
});

const only = { timeoutMs: 10_000, validateOnly: true };

export const growingStrangely = new Scenarios(createPartitions)
  .ask('no topics', { topics: [], timeoutMs: 10_000 })
  .ask('counts at their ends', {
    ...only,
    topics: [growing(writtenTopic, -1), growing(groupTopic, 2)],
  })
  .ask('one partition more than may be at once', { ...only, topics: [growing(readTopic, 10_003)] })
  .ask('as many as may be at once', { ...only, topics: [growing(readTopic, 10_002)] })
  .ask('assignments', {
    ...only,
    topics: [
      growing(readTopic, 4, [[1], [1]]),
      growing(writtenTopic, 4, [[1]]),
      growing(groupTopic, 4, []),
    ],
  })
  .ask('assignments that cannot be', {
    ...only,
    topics: [
      growing(readTopic, 3, [[]]),
      growing(writtenTopic, 3, [[1, 1]]),
      growing(groupTopic, 3, [[1, 7]]),
    ],
  })
  .ask('assignments to what cannot be', {
    ...only,
    topics: [
      growing(readTopic, 4, [[1], [7]]),
      growing(writtenTopic, 3, [[-1]]),
      growing('nowhere', 3, [[1]]),
    ],
  })
  .ask('assignments of fewer', { ...only, topics: [growing(readTopic, 1, [[1]])] })
  .ask('the same twice', { ...only, topics: [growing(readTopic, 3), growing(readTopic, 4)] })
  .ask('bad names', {
    ...only,
    topics: ['..', 'a/b', 'n'.repeat(250)].map((name) => growing(name, 3)),
  })
  .ask('within no time', { ...only, timeoutMs: 0, topics: [growing(readTopic, 3)] })
  .ask('within a negative time', { ...only, timeoutMs: -1, topics: [growing(readTopic, 3)] });

export const deletingStrangely = new Scenarios(deleteTopics)
  .ask('none by name', { topicNames: [], timeoutMs: 10_000 }, 0, 5)
  .ask('none', { topics: [], timeoutMs: 10_000 }, 6)
  .ask('bad names', { topicNames: ['a b', '', '..', 'n'.repeat(300)], timeoutMs: 10_000 }, 0, 5)
  .ask(
    'bad names',
    { topics: ['a b', '', '..', 'n'.repeat(300)].map((name) => ({ name })), timeoutMs: 10_000 },
    6,
  )
  .ask('within no time', { topicNames: ['nowhere'], timeoutMs: 0 }, 0, 5)
  .ask('within a negative time', { topicNames: ['nowhere'], timeoutMs: -1 }, 0, 5)
  .ask(
    'twice in one request',
    {
      topics: [
        { name: 'nowhere' },
        { name: 'nowhere' },
        { name: null, topicId: unknownTopicId },
        { name: null, topicId: unknownTopicId },
      ],
      timeoutMs: 10_000,
    },
    6,
  )
  .script(
    'by name and by id at once',
    async (peer, version) => {
      const name = `doomed-twice-${version}`;
      await makeTopics(peer, [name]);
      const byId = { name: null, topicId: peer.topicId(name) };
      for (const topics of [
        [{ name }, byId],
        [{ name }, { name }],
        [byId, byId],
        [byId, { name }, byId],
      ]) {
        await peer.ask(deleteTopics, version, { topics, timeoutMs: 10_000 });
      }
    },
    6,
  )
  .script(
    'one that is and one that is not',
    async (peer, version) => {
      const name = `doomed-one-${version}`;
      await makeTopics(peer, [name]);
      const topicNames = ['nowhere', name, name, 'nowhere too'];
      await peer.ask(deleteTopics, version, { topicNames, timeoutMs: 10_000 });
    },
    0,
    5,
  );

const named = (...names: readonly string[]) => names.map((name) => ({ name }));
const refusingAuto = { allowAutoTopicCreation: false };

export const describingStrangely = new Scenarios(metadata)
  .ask(
    'many bad names',
    {
      topics: named('a/b', 'é', ' ', 'n'.repeat(250), '.', 'a\n'),
      ...refusingAuto,
    },
    4,
  )
  .ask('long and unknown', { topics: named('n'.repeat(LONGEST_NAME)), ...refusingAuto }, 4)
  .ask('unknown ones twice', { topics: named('nowhere', 'nowhere'), ...refusingAuto }, 4)
  .ask('authorised operations on all', { topics: null, includeTopicAuthorizedOperations: true }, 8)
  .ask(
    'ids known, unknown and twice',
    (peer) => ({
      topics: [readTopic, readTopic, writtenTopic]
        .map((name) => ({ name: null, topicId: peer.topicId(name) }))
        .concat([{ name: null, topicId: unknownTopicId }]),
      ...refusingAuto,
    }),
    12,
  )
  .ask(
    'by an id and by its name',
    (peer) => ({
      topics: [{ name: null, topicId: peer.topicId(readTopic) }, { name: readTopic }],
      ...refusingAuto,
    }),
    12,
  )
  .ask(
    'by names and no ids',
    { topics: [{ name: readTopic, topicId: ZERO_UUID }], ...refusingAuto },
    10,
  )
  .script('made, where it would collide', async (peer, version) => {
    await makeTopics(peer, [`on.demand-${version}`]);
    await peer.ask(metadata, version, { topics: named(`on_demand-${version}`) });
  });

const describe = api(DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse);
const paging = (
  names: readonly string[],
  responsePartitionLimit: number,
  cursor: Sparse<DescribeTopicPartitionsRequest>['cursor'] = null,
) => ({ topics: named(...names), responsePartitionLimit, cursor });
const at = (topicName: string, partitionIndex: number) => ({ topicName, partitionIndex });

export const pagingStrangely = new Scenarios(describe)
  .ask('a negative limit', paging([readTopic, writtenTopic], -1))
  .ask('a limit of none', paging([readTopic, writtenTopic], 0))
  .ask('a limit at a topic’s end', paging([readTopic, writtenTopic], 2))
  .ask('a limit within the second', paging([readTopic, writtenTopic], 3))
  .ask('the largest limit', paging([readTopic], MANY))
  .ask('the same twice', paging([readTopic, readTopic], 2000))
  .ask('what is not there, up to the limit', paging(['a-nowhere', 'b-nowhere', readTopic], 1))
  .ask('what is not there, at the cursor', paging(['nowhere'], 2000, at('nowhere', 0)))
  .ask('what is not there, past the cursor', paging(['nowhere', readTopic], 2000, at('nowhere', 3)))
  .ask('a cursor between names', paging([readTopic, writtenTopic], 2000, at('s', 0)))
  .ask('a cursor without a name', paging([readTopic], 2000, at('', 0)))
  .ask('a cursor at the end', paging([readTopic, writtenTopic], 2000, at(readTopic, 2)))
  .ask(
    'a cursor with the last partition',
    paging([readTopic, writtenTopic], 2000, at(writtenTopic, 1)),
  )
  .ask('bad names', paging(['', '..', 'n'.repeat(250)], 2000));
