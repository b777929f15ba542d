// OffsetCommit, OffsetFetch, OffsetDelete: members and generations that are not, names twice, numbers at their ends, and
// topics that a group reads.

import type { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit-request';
import type { Sparse } from '../api.ts';
import type { Peer } from '../peer.ts';
import { unknownTopicId } from '../placeholders.ts';
import { groupTopic, makeTopics, readTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';
import {
  describeGroups,
  heartbeat,
  JOIN,
  join,
  leaveGroup,
  leaving,
  type Member,
  SYNC,
  stableMember,
  sync,
} from './classic-member.ts';
import {
  COMMIT,
  committing,
  dropping,
  FIRST_WITH_IDS,
  fetching,
  named,
  offsetCommit,
  offsetDelete,
  offsetFetch,
  SEVERAL_GROUPS,
} from './offsets.ts';
import { deleteTopics } from './topics.ts';

/** OffsetCommit knows instances from this version on. */
const STATIC = 7;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** A commit of partition 0 by this member. */
function committedBy(
  peer: Peer,
  version: number,
  { groupId, memberId, generationId }: Member,
  rest: Sparse<OffsetCommitRequest> = {},
): Sparse<OffsetCommitRequest> {
  const topic = { ...named(peer, version), partitions: [{ committedOffset: 1 }] };
  const claim = { memberId, generationIdOrMemberEpoch: generationId };
  return committing(groupId, topic, { ...claim, ...rest });
}

export const committingWrongly = new Scenarios(offsetCommit)
  .script('of a member', async (peer, version) => {
    const unsynced = await join(peer, JOIN, `commit-unsynced-${version}`);
    await peer.ask(offsetCommit, version, committedBy(peer, version, unsynced));
    const member = await stableMember(peer, `commit-member-${version}`);
    for (const wrong of [
      {},
      { generationIdOrMemberEpoch: 9 },
      { generationIdOrMemberEpoch: 0 },
      { generationIdOrMemberEpoch: -1 },
      { generationIdOrMemberEpoch: -1, memberId: '' },
      { generationIdOrMemberEpoch: -2, memberId: '' },
      { memberId: 'nobody' },
      { memberId: '' },
    ]) {
      await peer.ask(offsetCommit, version, committedBy(peer, version, member, wrong));
    }
    await peer.prepare(leaveGroup, 5, leaving(5, member));
    await peer.ask(offsetCommit, version, committedBy(peer, version, member));
    const anybody = { generationIdOrMemberEpoch: -1, memberId: '' };
    await peer.ask(offsetCommit, version, committedBy(peer, version, member, anybody));
    const nobody = { generationIdOrMemberEpoch: -1, memberId: 'nobody' };
    await peer.ask(offsetCommit, version, committedBy(peer, version, member, nobody));
  })
  .script(
    'of an instance',
    async (peer, version) => {
      const groupId = `commit-static-${version}`;
      const member = await join(peer, JOIN, groupId, { groupInstanceId: 'one' });
      await sync(peer, SYNC, member, [member.memberId]);
      for (const wrong of [
        { groupInstanceId: 'one' },
        { groupInstanceId: 'two' },
        { groupInstanceId: 'one', memberId: 'nobody' },
        { groupInstanceId: 'one', generationIdOrMemberEpoch: 9 },
        { groupInstanceId: null },
        { groupInstanceId: 'one', memberId: '', generationIdOrMemberEpoch: -1 },
      ]) {
        await peer.ask(offsetCommit, version, committedBy(peer, version, member, wrong));
      }
    },
    STATIC,
  )
  .script('numbers at their ends', async (peer, version) => {
    const groupId = `commit-ends-${version}`;
    for (const committedOffset of [LARGEST, 0, -1, -2]) {
      for (const committedLeaderEpoch of version < 6 ? [-1] : [2 ** 31 - 1, 0, -1, -2]) {
        const partitions = [{ committedOffset, committedLeaderEpoch }];
        const topic = { ...named(peer, version), partitions };
        await peer.ask(offsetCommit, version, committing(groupId, topic));
      }
    }
    await peer.ask(offsetFetch, 8, { groups: [{ groupId, topics: null }] });
  })
  .script('the same twice', async (peer, version) => {
    const groupId = `commit-twice-${version}`;
    const twice = {
      ...named(peer, version),
      partitions: [{ committedOffset: 3 }, { committedOffset: 4 }, { partitionIndex: -1 }],
    };
    const topics = [twice, { ...named(peer, version), partitions: [{ committedOffset: 5 }] }];
    await peer.ask(offsetCommit, version, { ...committing(groupId, twice), topics });
    await peer.ask(offsetFetch, 8, { groups: [{ groupId, topics: null }] });
  })
  .ask('no partitions', (peer, version) =>
    committing(`commit-nothing-${version}`, { ...named(peer, version), partitions: [] }),
  )
  .ask(
    'bad names',
    {
      ...committing('commit-names', {}),
      topics: [
        { name: 'a b', partitions: [{}] },
        { name: '', partitions: [{}] },
        { name: groupTopic, partitions: [{}] },
      ],
    },
    0,
    FIRST_WITH_IDS - 1,
  )
  .ask(
    'no id, an unknown one and one that is',
    (peer) => ({
      ...committing('commit-ids', {}),
      topics: [
        { partitions: [{}] },
        { topicId: unknownTopicId, partitions: [{}] },
        { topicId: peer.topicId(groupTopic), partitions: [{}] },
      ],
    }),
    FIRST_WITH_IDS,
  )
  .ask('metadata at its limit', (peer, version) =>
    committing(`commit-limit-${version}`, {
      ...named(peer, version),
      partitions: [
        { committedMetadata: 'x'.repeat(4096) },
        { partitionIndex: 1, committedMetadata: 'ü'.repeat(4096) },
      ],
    }),
  )
  .ask(
    'for a time of its own',
    (peer, version) => ({
      ...committing(`commit-time-${version}`, { ...named(peer, version), partitions: [{}] }),
      retentionTimeMs: 1,
    }),
    2,
    4,
  );

export const fetchingWrongly = new Scenarios(offsetFetch)
  .ask('no topics', (peer, version) => ({
    ...fetching(peer, version, 'nobody', []),
    ...(version < SEVERAL_GROUPS
      ? { topics: [] }
      : { groups: [{ groupId: 'nobody', topics: [] }] }),
  }))
  .ask('negative partitions', (peer, version) => fetching(peer, version, 'nobody', [-1, 99]))
  .ask('a partition twice', (peer, version) => fetching(peer, version, 'nobody', [0, 0]))
  .ask('all of an unknown group', (peer, version) => fetching(peer, version, 'nobody', null), 2)
  .ask('all of no group', (peer, version) => fetching(peer, version, '', null), 2)
  .ask(
    'bad names',
    {
      groupId: 'nobody',
      topics: [
        { name: 'a b', partitionIndexes: [0] },
        { name: '', partitionIndexes: [0] },
      ],
    },
    1,
    SEVERAL_GROUPS - 1,
  )
  .ask(
    'bad names of groups',
    {
      groups: [
        { groupId: 'nobody', topics: [{ name: 'a b', partitionIndexes: [0] }] },
        { groupId: '', topics: [{ name: groupTopic, partitionIndexes: [0] }] },
        { groupId: 'nobody', topics: [{ name: groupTopic, partitionIndexes: [0] }] },
      ],
    },
    SEVERAL_GROUPS,
    FIRST_WITH_IDS - 1,
  )
  .ask(
    'no id and an unknown one',
    {
      groups: [
        {
          groupId: 'nobody',
          topics: [
            { partitionIndexes: [0] },
            { topicId: unknownTopicId, partitionIndexes: [0, 1] },
          ],
        },
      ],
    },
    FIRST_WITH_IDS,
  )
  .ask('no groups', { groups: [] }, SEVERAL_GROUPS)
  .ask(
    'a group twice, stable ones',
    {
      groups: [
        { groupId: 'x', topics: null },
        { groupId: 'x', topics: null },
      ],
      requireStable: true,
    },
    SEVERAL_GROUPS,
  )
  .script(
    'as a member',
    async (peer, version) => {
      const { groupId, memberId } = await stableMember(peer, `fetch-member-${version}`);
      for (const claim of [
        { memberId, memberEpoch: 1 },
        { memberId, memberEpoch: 9 },
        { memberId: 'nobody', memberEpoch: 1 },
        { memberId: null, memberEpoch: 1 },
        { memberId: '', memberEpoch: -1 },
      ]) {
        const topics = [{ ...named(peer, version), partitionIndexes: [0] }];
        await peer.ask(offsetFetch, version, { groups: [{ groupId, ...claim, topics }] });
      }
    },
    9,
  );

export const droppingWrongly = new Scenarios(offsetDelete)
  .script('of topics that are read', async (peer, version) => {
    const member = await join(peer, JOIN, `drop-read-${version}`);
    const { groupId } = member;
    // While the group has not settled nobody knows what it reads.
    await peer.ask(offsetDelete, version, dropping(groupId, groupTopic, 0));
    await sync(peer, SYNC, member, [member.memberId]);
    await peer.ask(offsetCommit, COMMIT, committedBy(peer, COMMIT, member));
    await peer.ask(offsetDelete, version, dropping(groupId, groupTopic, 0));
    await peer.ask(offsetDelete, version, dropping(groupId, readTopic, 0, 0, 9, -1));
    await peer.ask(offsetFetch, 8, { groups: [{ groupId, topics: null }] });
    await peer.ask(heartbeat, 4, member);
  })
  .script('of a group of another kind', async (peer, version) => {
    const groupId = `drop-kind-${version}`;
    const protocols = [{ name: 'x', metadata: Buffer.from('anything') }];
    await join(peer, JOIN, groupId, { protocolType: 'own', protocols });
    await peer.ask(offsetDelete, version, dropping(groupId, groupTopic, 0));
  })
  .script('of nothing', async (peer, version) => {
    const groupId = `nothing-left-${version}`;
    const topic = { name: groupTopic, partitions: [{ committedOffset: 1 }] };
    await peer.ask(offsetCommit, COMMIT, committing(groupId, topic));
    await peer.ask(offsetDelete, version, { groupId, topics: [] });
    await peer.ask(offsetDelete, version, dropping(groupId, groupTopic));
    await peer.ask(offsetDelete, version, dropping(groupId, 'a b', 0));
    await peer.ask(offsetDelete, version, dropping(groupId, '', 0));
    await peer.ask(offsetDelete, version, dropping(groupId, groupTopic, 0, 0));
  })
  .ask('of no group', dropping('', groupTopic, 0));

/** Topics go, and with them all that a group had committed. */
export const describingForgottenGroups = new Scenarios(describeGroups).script(
  'of which nothing is left',
  async (peer, version) => {
    const [name, groupId] = [`read-${version}`, `nothing-left-described-${version}`];
    await makeTopics(peer, [name]);
    const topic = { name, partitions: [{ committedOffset: 1 }] };
    await peer.ask(offsetCommit, COMMIT, committing(groupId, topic));
    await peer.prepare(deleteTopics, 5, { topicNames: [name], timeoutMs: 10_000 });
    await peer.until(`group ${groupId} has no offsets`, async () => {
      const { groups } = await peer.prepare(offsetFetch, 8, {
        groups: [{ groupId, topics: null }],
      });
      return groups[0]!.topics.length === 0;
    });
    await peer.ask(describeGroups, version, { groups: [groupId] });
  },
  5,
);
