// OffsetCommit, OffsetFetch, OffsetDelete: what groups have read.

import { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit-request';
import { OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit-response';
import { OffsetDeleteRequest } from '@millrace/protocol/messages/offset-delete-request';
import { OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete-response';
import { OffsetFetchRequest } from '@millrace/protocol/messages/offset-fetch-request';
import { OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch-response';
import { api, type Sparse } from '../api.ts';
import type { Peer } from '../peer.ts';
import { unknownTopicId } from '../placeholders.ts';
import { groupTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

export const offsetCommit = api(OffsetCommitRequest, OffsetCommitResponse);
export const offsetFetch = api(OffsetFetchRequest, OffsetFetchResponse);
export const offsetDelete = api(OffsetDeleteRequest, OffsetDeleteResponse);

/** Topics are named by id from this version of OffsetCommit and OffsetFetch on. */
export const FIRST_WITH_IDS = 10;
/** OffsetFetch asks for several groups from this version on. */
export const SEVERAL_GROUPS = 8;
/** OffsetCommit that is not the point of a scenario. */
export const COMMIT = 9;

type Topic = NonNullable<Sparse<OffsetCommitRequest>['topics']>[number];

export function committing(
  groupId: string,
  topic: Topic,
  rest: Sparse<OffsetCommitRequest> = {},
): Sparse<OffsetCommitRequest> {
  return { groupId, generationIdOrMemberEpoch: -1, topics: [topic], ...rest };
}

export const named = (peer: Peer, version: number) =>
  version < FIRST_WITH_IDS ? { name: groupTopic } : { topicId: peer.topicId(groupTopic) };

const twoPartitions = [
  { partitionIndex: 0, committedOffset: 7, committedMetadata: 'note' },
  { partitionIndex: 1, committedOffset: 0 },
];

export const committingOffsets = new Scenarios(offsetCommit)
  .script('of no member', async (peer, version) => {
    const groupId = `commit-${version}`;
    const topic = { ...named(peer, version), partitions: twoPartitions };
    await peer.ask(offsetCommit, version, committing(groupId, topic));
    await peer.ask(offsetFetch, 8, { groups: [{ groupId, topics: null }] });
  })
  .ask('without metadata', (peer, version) =>
    committing(`plain-${version}`, {
      ...named(peer, version),
      partitions: [{ committedOffset: 1, committedMetadata: null }],
    }),
  )
  .ask('too much metadata', (peer, version) =>
    committing(`wordy-${version}`, {
      ...named(peer, version),
      partitions: [
        { committedOffset: 1, committedMetadata: 'x'.repeat(4097) },
        { partitionIndex: 1 },
      ],
    }),
  )
  .ask('an unknown partition', (peer, version) =>
    committing(`part-${version}`, {
      ...named(peer, version),
      partitions: [{ partitionIndex: 9 }, {}],
    }),
  )
  .ask('an unknown topic', committing('topic', { name: 'nowhere', partitions: [{}] }), 0, 9)
  .ask('an unknown id', committing('id', { topicId: unknownTopicId, partitions: [{}] }), 10)
  .ask('of a member that is not', (peer, version) =>
    committing(
      `member-${version}`,
      { ...named(peer, version), partitions: [{}] },
      {
        generationIdOrMemberEpoch: 3,
        memberId: 'nobody',
      },
    ),
  )
  .ask('of a member without a generation', (peer, version) =>
    committing(
      `stranger-${version}`,
      { ...named(peer, version), partitions: [{}] },
      { memberId: 'nobody' },
    ),
  )
  .ask('of no group', (peer, version) =>
    committing('', { ...named(peer, version), partitions: [{}] }),
  )
  .ask('a negative offset', (peer, version) =>
    committing(`negative-${version}`, {
      ...named(peer, version),
      partitions: [{ committedOffset: -5 }],
    }),
  )
  .ask('of no topics', { groupId: 'nothing', generationIdOrMemberEpoch: -1 });

/** A request of one group, in the form that the version has. */
export function fetching(
  peer: Peer,
  version: number,
  groupId: string,
  partitionIndexes: readonly number[] | null,
  rest: Sparse<OffsetFetchRequest> = {},
): Sparse<OffsetFetchRequest> {
  const topics = partitionIndexes === null ? null : [{ ...named(peer, version), partitionIndexes }];
  if (version >= SEVERAL_GROUPS) return { groups: [{ groupId, topics }], ...rest };
  return { groupId, topics: topics as readonly { name: string }[] | null, ...rest };
}

export const fetchingOffsets = new Scenarios(offsetFetch)
  .script('what was committed and what was not', async (peer, version) => {
    const groupId = `fetched-${version}`;
    const topic = { name: groupTopic, partitions: twoPartitions.slice(0, 1) };
    await peer.ask(offsetCommit, COMMIT, committing(groupId, topic));
    await peer.ask(offsetFetch, version, fetching(peer, version, groupId, [0, 1, 9]));
    await peer.ask(offsetFetch, version, fetching(peer, version, groupId, []));
    if (version >= 2) await peer.ask(offsetFetch, version, fetching(peer, version, groupId, null));
  })
  .ask('of an unknown group', (peer, version) => fetching(peer, version, 'nobody', [0]))
  .ask('of no group', (peer, version) => fetching(peer, version, '', [0]))
  .ask(
    'stable ones',
    (peer, version) => fetching(peer, version, 'nobody', [0], { requireStable: true }),
    7,
  )
  .ask(
    'of an unknown topic',
    { groupId: 'nobody', topics: [{ name: 'nowhere', partitionIndexes: [0] }] },
    0,
    SEVERAL_GROUPS - 1,
  )
  .ask(
    'of an unknown id',
    {
      groups: [{ groupId: 'nobody', topics: [{ topicId: unknownTopicId, partitionIndexes: [0] }] }],
    },
    FIRST_WITH_IDS,
  )
  .ask(
    'of a member that is not',
    (peer, version) => ({
      groups: [
        {
          groupId: 'fetched-8',
          memberId: 'nobody',
          memberEpoch: 3,
          topics: [{ ...named(peer, version), partitionIndexes: [0] }],
        },
      ],
    }),
    9,
  )
  .ask(
    'of several groups',
    {
      groups: [
        { groupId: 'fetched-8', topics: null },
        { groupId: 'nobody', topics: null },
      ],
    },
    SEVERAL_GROUPS,
  );

export const dropping = (groupId: string, name: string, ...indexes: readonly number[]) => ({
  groupId,
  topics: [{ name, partitions: indexes.map((partitionIndex) => ({ partitionIndex })) }],
});

export const droppingOffsets = new Scenarios(offsetDelete)
  .script('of a group without members', async (peer, version) => {
    const groupId = `dropped-${version}`;
    const topic = { name: groupTopic, partitions: twoPartitions };
    await peer.ask(offsetCommit, COMMIT, committing(groupId, topic));
    await peer.ask(offsetDelete, version, dropping(groupId, groupTopic, 0, 9));
    await peer.ask(offsetDelete, version, dropping(groupId, 'nowhere', 0));
    await peer.ask(offsetFetch, 8, { groups: [{ groupId, topics: null }] });
  })
  .ask('of an unknown group', dropping('nobody', groupTopic, 0));
