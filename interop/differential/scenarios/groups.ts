// The classic group protocol: one or two members written by hand, and what is said about their group.

import { FindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator-response';
import { api } from '../api.ts';
import { Scenarios } from '../scenario.ts';
import {
  DESCRIBE,
  deleteGroups,
  describeGroups,
  heartbeat,
  JOIN,
  join,
  joinGroup,
  joining,
  LEAVE_SEVERAL,
  leaveGroup,
  leaving,
  listGroups,
  protocol,
  STATIC_JOIN,
  SYNC,
  stableMember,
  sync,
  syncGroup,
  untilState,
} from './classic-member.ts';

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
  .ask('no protocols', joining('never-joined-refused', { protocols: [] }))
  .ask('no protocol type', joining('never-joined-refused', { protocolType: '' }));

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
