// The classic group protocol: one or two members written by hand, and what is said about their group.

import { DeleteGroupsRequest } from '@millrace/protocol/messages/delete-groups-request';
import { DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups-response';
import { DescribeGroupsRequest } from '@millrace/protocol/messages/describe-groups-request';
import { DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups-response';
import { FindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator-response';
import { HeartbeatRequest } from '@millrace/protocol/messages/heartbeat-request';
import { HeartbeatResponse } from '@millrace/protocol/messages/heartbeat-response';
import { JoinGroupRequest } from '@millrace/protocol/messages/join-group-request';
import { JoinGroupResponse } from '@millrace/protocol/messages/join-group-response';
import { LeaveGroupRequest } from '@millrace/protocol/messages/leave-group-request';
import { LeaveGroupResponse } from '@millrace/protocol/messages/leave-group-response';
import { ListGroupsRequest } from '@millrace/protocol/messages/list-groups-request';
import { ListGroupsResponse } from '@millrace/protocol/messages/list-groups-response';
import { SyncGroupRequest } from '@millrace/protocol/messages/sync-group-request';
import { SyncGroupResponse } from '@millrace/protocol/messages/sync-group-response';
import { until } from '../../harness/until.ts';
import { api, type Sparse } from '../api.ts';
import type { Peer } from '../peer.ts';
import { groupTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

const joinGroup = api(JoinGroupRequest, JoinGroupResponse);
const syncGroup = api(SyncGroupRequest, SyncGroupResponse);
const heartbeat = api(HeartbeatRequest, HeartbeatResponse);
const leaveGroup = api(LeaveGroupRequest, LeaveGroupResponse);
const describeGroups = api(DescribeGroupsRequest, DescribeGroupsResponse);
const listGroups = api(ListGroupsRequest, ListGroupsResponse);
const deleteGroups = api(DeleteGroupsRequest, DeleteGroupsResponse);

/** Versions asked for what is not the point of a scenario. */
const JOIN = 9;
const SYNC = 5;
const DESCRIBE = 5;
/** First versions in which a member has to come back with the id it was given, and may name its instance. */
const JOIN_WITH_ID = 4;
const STATIC_JOIN = 5;
/** First version of LeaveGroup that names several members. */
const LEAVE_SEVERAL = 3;

/**
 * A subscription to one topic as consumers write it (ConsumerProtocolSubscription v0). It has to be one: Kafka reads
 * it, and never answers a join whose metadata promises more than it has.
 */
function subscription(topic: string): Buffer {
  const bytes = Buffer.alloc(12 + topic.length);
  bytes.writeInt32BE(1, 2);
  bytes.writeInt16BE(topic.length, 6);
  bytes.write(topic, 8);
  bytes.writeInt32BE(-1, 8 + topic.length);
  return bytes;
}

const protocol = (name: string) => ({ name, metadata: subscription(groupTopic) });

const joining = (
  groupId: string,
  rest: Sparse<JoinGroupRequest> = {},
): Sparse<JoinGroupRequest> => ({
  groupId,
  sessionTimeoutMs: 30_000,
  rebalanceTimeoutMs: 30_000,
  protocolType: 'consumer',
  protocols: [protocol('range'), protocol('roundrobin')],
  ...rest,
});

interface Member {
  readonly groupId: string;
  readonly memberId: string;
  readonly generationId: number;
}

/** The member's id: from a join that fails for want of one, else from the join that came through. */
async function join(
  peer: Peer,
  version: number,
  groupId: string,
  rest: Sparse<JoinGroupRequest> = {},
): Promise<Member> {
  let answer = await peer.ask(joinGroup, version, joining(groupId, rest));
  if (version >= JOIN_WITH_ID && answer.memberId !== '' && answer.generationId < 0) {
    const { memberId } = answer;
    answer = await peer.ask(joinGroup, version, joining(groupId, { ...rest, memberId }));
  }
  return { groupId, memberId: answer.memberId, generationId: answer.generationId };
}

async function sync(
  peer: Peer,
  version: number,
  { groupId, memberId, generationId }: Member,
  assigned: readonly string[] = [],
): Promise<void> {
  const assignments = assigned.map((id, index) => ({
    memberId: id,
    assignment: Buffer.from(`assignment ${index}`),
  }));
  const protocolIfKnown = version >= 5 ? { protocolType: 'consumer', protocolName: 'range' } : {};
  await peer.ask(syncGroup, version, {
    groupId,
    memberId,
    generationId,
    assignments,
    ...protocolIfKnown,
  });
}

async function stableMember(peer: Peer, groupId: string): Promise<Member> {
  const member = await join(peer, JOIN, groupId);
  await sync(peer, SYNC, member, [member.memberId]);
  return member;
}

const leaving = (version: number, { groupId, memberId }: Member): Sparse<LeaveGroupRequest> =>
  version < LEAVE_SEVERAL ? { groupId, memberId } : { groupId, members: [{ memberId }] };

function untilState(peer: Peer, groupId: string, state: string): Promise<void> {
  return until(
    `${groupId} is in ${state} on ${peer.name}`,
    async () => {
      const { groups } = await peer.prepare(describeGroups, DESCRIBE, { groups: [groupId] });
      return groups[0]?.groupState === state;
    },
    10_000,
    10,
  );
}

export const findingCoordinators = new Scenarios(
  api(FindCoordinatorRequest, FindCoordinatorResponse),
)
  .ask('of a group', { key: 'some-group' }, 0, 3)
  .ask('of nothing', { key: '', keyType: 9 }, 1, 3)
  .ask('of groups', { coordinatorKeys: ['some-group', 'another', ''] }, 4)
  .ask('of no group', { coordinatorKeys: [] }, 4)
  .ask('of a kind that is not', { keyType: 9, coordinatorKeys: ['some-group'] }, 4)
  .ask('of a share group', { keyType: 2, coordinatorKeys: ['some-group'] }, 4);

export const joiningGroups = new Scenarios(joinGroup)
  .script('a life', async (peer, version) => {
    const member = await join(peer, version, `life-${version}`);
    await sync(peer, SYNC, member, [member.memberId]);
    // Again as it is, then as a member that wants something else.
    const again = { memberId: member.memberId };
    await peer.ask(joinGroup, version, joining(member.groupId, again));
    const changed = { ...again, protocols: [protocol('range')] };
    await peer.ask(joinGroup, version, joining(member.groupId, changed));
    await peer.ask(describeGroups, DESCRIBE, { groups: [member.groupId] });
    await peer.ask(leaveGroup, 5, leaving(5, member));
    await peer.ask(describeGroups, DESCRIBE, { groups: [member.groupId] });
  })
  .script('two members', async (peer, version) => {
    const first = await stableMember(peer, `two-${version}`);
    const { groupId } = first;
    const second = join(peer, version, groupId, { protocols: [protocol('roundrobin')] });
    await untilState(peer, groupId, 'PreparingRebalance');
    await peer.prepare(heartbeat, 4, first);
    const [leader, follower] = await Promise.all([
      peer.prepare(joinGroup, JOIN, joining(groupId, { memberId: first.memberId })),
      second,
    ]);
    await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
    const { generationId } = leader;
    const members = [first.memberId, follower.memberId];
    const named = { groupId, generationId, protocolType: 'consumer', protocolName: 'roundrobin' };
    const assignments = members.map((memberId) => ({ memberId, assignment: Buffer.from('some') }));
    await peer.ask(syncGroup, SYNC, { ...named, memberId: first.memberId, assignments });
    await peer.ask(syncGroup, SYNC, { ...named, memberId: follower.memberId });
    await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
    await peer.ask(leaveGroup, 5, leaving(5, first));
    await peer.ask(heartbeat, 4, { groupId, generationId, memberId: follower.memberId });
    await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
  })
  .script(
    'a static member',
    async (peer, version) => {
      const groupInstanceId = 'instance';
      const member = await join(peer, version, `static-${version}`, { groupInstanceId });
      await sync(peer, SYNC, member, [member.memberId]);
      await join(peer, version, member.groupId, { groupInstanceId });
      await peer.ask(heartbeat, 4, { ...member, groupInstanceId });
      await peer.ask(describeGroups, DESCRIBE, { groups: [member.groupId] });
      const members = [{ memberId: '', groupInstanceId }];
      await peer.ask(leaveGroup, 5, { groupId: member.groupId, members });
    },
    STATIC_JOIN,
  )
  .script('another kind of group', async (peer, version) => {
    const { groupId } = await stableMember(peer, `kind-${version}`);
    await peer.ask(joinGroup, version, joining(groupId, { protocolType: 'connect' }));
    await peer.ask(joinGroup, version, joining(groupId, { protocols: [protocol('sticky')] }));
  })
  .ask('no group', joining(''))
  .ask('an unknown member', joining('nobody', { memberId: 'nobody' }))
  .ask('too short a session', joining('short', { sessionTimeoutMs: 5999 }))
  .ask('too long a session', joining('long', { sessionTimeoutMs: 1_800_001 }))
  .ask('no protocols', joining('refused', { protocols: [] }))
  .ask('no protocol type', joining('refused', { protocolType: '' }));

export const syncingGroups = new Scenarios(syncGroup)
  .script('the leader', async (peer, version) => {
    const member = await join(peer, JOIN, `sync-${version}`);
    await sync(peer, version, member, [member.memberId]);
    await sync(peer, version, member);
    await sync(peer, version, { ...member, generationId: 9 });
    await sync(peer, version, { ...member, memberId: 'nobody' });
  })
  .script(
    'another protocol than was chosen',
    async (peer, version) => {
      const member = await join(peer, JOIN, `sync-protocol-${version}`);
      await peer.ask(syncGroup, version, {
        ...member,
        protocolType: 'consumer',
        protocolName: 'x',
      });
      await peer.ask(syncGroup, version, {
        ...member,
        protocolType: 'connect',
        protocolName: 'range',
      });
      await peer.ask(syncGroup, version, { ...member, protocolType: null, protocolName: null });
    },
    5,
  )
  .ask('an unknown group', { groupId: 'nobody', memberId: 'nobody', generationId: 1 }, 0, 4)
  .ask('no group', { groupId: '', memberId: 'nobody', generationId: 1 }, 0, 4);

export const heartbeats = new Scenarios(heartbeat)
  .script('of a member', async (peer, version) => {
    const member = await join(peer, JOIN, `beat-${version}`);
    await peer.ask(heartbeat, version, member);
    await sync(peer, SYNC, member, [member.memberId]);
    await peer.ask(heartbeat, version, member);
    await peer.ask(heartbeat, version, { ...member, generationId: 9 });
    await peer.ask(heartbeat, version, { ...member, generationId: -1 });
    await peer.ask(heartbeat, version, { ...member, memberId: 'nobody' });
  })
  .ask('of an unknown group', { groupId: 'nobody', memberId: 'nobody', generationId: 1 })
  .ask('of no group', { groupId: '', memberId: 'nobody', generationId: 1 });

export const leavingGroups = new Scenarios(leaveGroup)
  .script('a member', async (peer, version) => {
    const member = await stableMember(peer, `leave-${version}`);
    await peer.ask(leaveGroup, version, leaving(version, { ...member, memberId: 'nobody' }));
    await peer.ask(leaveGroup, version, leaving(version, member));
    await peer.ask(leaveGroup, version, leaving(version, member));
  })
  .script(
    'some that are there and some that are not',
    async (peer, version) => {
      const { groupId, memberId } = await stableMember(peer, `leave-some-${version}`);
      const members = [
        { memberId: 'nobody' },
        { memberId },
        { memberId: '', groupInstanceId: 'nobody' },
        { memberId },
      ];
      await peer.ask(leaveGroup, version, { groupId, members });
    },
    LEAVE_SEVERAL,
  )
  .ask('of an unknown group', (_, version) =>
    leaving(version, { groupId: 'nobody', memberId: 'nobody', generationId: 0 }),
  )
  .ask('nobody', { groupId: 'nobody', members: [] }, LEAVE_SEVERAL);

export const describingGroups = new Scenarios(describeGroups)
  .script('in every state', async (peer, version) => {
    const groupId = `described-${version}`;
    const groups = [groupId];
    const member = await join(peer, JOIN, groupId);
    await peer.ask(describeGroups, version, { groups });
    await sync(peer, SYNC, member, [member.memberId]);
    await peer.ask(describeGroups, version, { groups });
    if (version >= 3) {
      await peer.ask(describeGroups, version, { groups, includeAuthorizedOperations: true });
    }
    await peer.ask(leaveGroup, 5, leaving(5, member));
    await peer.ask(describeGroups, version, { groups });
  })
  .ask('unknown, twice, none', { groups: ['nobody', 'nobody', ''] });

export const listingGroups = new Scenarios(listGroups)
  .ask('all', {})
  .ask('empty ones', { statesFilter: ['Empty'] }, 4)
  .ask('in a case of their own', { statesFilter: ['sTaBLe'] }, 4)
  .ask('in a state that is not', { statesFilter: ['Nowhere'] }, 4)
  .ask('classic ones', { typesFilter: ['classic'] }, 5)
  .ask('of a type that is not', { typesFilter: ['nothing'] }, 5)
  .ask('new ones', { typesFilter: ['consumer', 'share'] }, 5);

export const deletingGroups = new Scenarios(deleteGroups)
  .script('when it is empty and when not', async (peer, version) => {
    const member = await stableMember(peer, `deleted-${version}`);
    const groupsNames = [member.groupId];
    await peer.ask(deleteGroups, version, { groupsNames });
    await peer.ask(leaveGroup, 5, leaving(5, member));
    await peer.ask(deleteGroups, version, { groupsNames });
    await peer.ask(deleteGroups, version, { groupsNames });
  })
  .ask('unknown, twice, none', { groupsNames: ['nobody', 'nobody', ''] });
