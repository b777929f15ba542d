// What members of a classic group may not do: every wrong combination of group, member, instance, generation and protocol.

import type { JoinGroupRequest } from '@millrace/protocol/messages/join-group-request';
import type { Sparse } from '../api.ts';
import type { Peer } from '../peer.ts';
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
  type Member,
  protocol,
  STATIC_JOIN,
  SYNC,
  stableMember,
  sync,
  syncGroup,
  untilState,
} from './classic-member.ts';

/** Heartbeat and SyncGroup know instances from this version on. */
const STATIC = 3;
/** SyncGroup names the protocol from this version on. */
const SYNC_PROTOCOL = 5;

async function stableStatic(peer: Peer, groupId: string, groupInstanceId: string): Promise<Member> {
  const member = await join(peer, JOIN, groupId, { groupInstanceId });
  await sync(peer, SYNC, member, [member.memberId]);
  return member;
}

/** The id that a first join is given, which has not joined with it. */
async function pendingId(peer: Peer, groupId: string): Promise<string> {
  const { memberId } = await peer.prepare(joinGroup, JOIN, joining(groupId));
  return memberId;
}

/** The group while it waits for its first member to join again. */
async function inPreparation(peer: Peer, groupId: string): Promise<Member> {
  const member = await stableMember(peer, groupId);
  // A second member, whose answer is not waited for.
  const second = await pendingId(peer, groupId);
  void peer.prepare(joinGroup, JOIN, joining(groupId, { memberId: second })).catch(() => {});
  await untilState(peer, groupId, 'PreparingRebalance');
  return member;
}

export const joiningWrongly = new Scenarios(joinGroup)
  .script('the limits of the session', async (peer, version) => {
    for (const sessionTimeoutMs of [0, -1, 5999, 6000, 1_800_000, 1_800_001, 2 ** 31 - 1]) {
      const group = `never-joined-session-${version}-${sessionTimeoutMs}`;
      await peer.ask(joinGroup, version, joining(group, { sessionTimeoutMs }));
    }
  })
  .script(
    'the limits of the rebalance',
    async (peer, version) => {
      for (const rebalanceTimeoutMs of [0, -1, 2 ** 31 - 1]) {
        const group = `rebalance-${version}-${rebalanceTimeoutMs}`;
        await join(peer, version, group, { rebalanceTimeoutMs });
      }
    },
    1,
  )
  .script('a protocol without a name', async (peer, version) => {
    await join(peer, version, `nameless-${version}`, { protocols: [protocol('')] });
  })
  .script('a kind of group of its own', async (peer, version) => {
    const groupId = `own-kind-${version}`;
    const protocols = [{ name: 'x', metadata: Buffer.from('anything') }];
    const member = await join(peer, version, groupId, { protocolType: 'own', protocols });
    await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
    await peer.ask(joinGroup, version, joining(groupId, { memberId: member.memberId }));
    await peer.ask(deleteGroups, 2, { groupsNames: [groupId] });
  })
  .script('strange names', async (peer, version) => {
    for (const groupId of [
      ' '.repeat(version + 1),
      `a b-${version}`,
      `ü-${version}`,
      `${'g'.repeat(300)}${version}`,
    ]) {
      await join(peer, version, groupId);
    }
  })
  .script('without protocols where there are some', async (peer, version) => {
    const { groupId, memberId } = await stableMember(peer, `no-protocols-${version}`);
    for (const wrong of [
      { protocols: [] },
      { protocolType: '' },
      { memberId, protocols: [] },
      { memberId, protocolType: '' },
      { memberId, protocols: [protocol('sticky')] },
      { memberId: 'nobody' },
      { memberId: 'nobody', protocols: [protocol('sticky')] },
    ]) {
      await peer.ask(joinGroup, version, joining(groupId, wrong));
    }
    await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
  })
  .script('a group that is empty', async (peer, version) => {
    const member = await stableMember(peer, `was-there-${version}`);
    const { groupId, memberId } = member;
    await peer.prepare(leaveGroup, 5, leaving(5, member));
    await peer.ask(joinGroup, version, joining(groupId, { memberId }));
    await peer.ask(joinGroup, version, joining(groupId, { protocols: [] }));
    await join(peer, version, groupId, { protocolType: 'connect' });
  })
  .script('before it has synced', async (peer, version) => {
    const { groupId, memberId } = await join(peer, JOIN, `unsynced-${version}`);
    await peer.ask(joinGroup, version, joining(groupId, { memberId }));
    const fewer = { memberId, protocols: [protocol('range')] };
    await peer.ask(joinGroup, version, joining(groupId, fewer));
  })
  .script(
    'instances',
    async (peer, version) => {
      const groupId = `instances-${version}`;
      const { memberId } = await stableStatic(peer, groupId, 'one');
      for (const wrong of [
        { memberId: 'nobody', groupInstanceId: 'one' },
        { memberId: 'nobody', groupInstanceId: 'two' },
        { memberId, groupInstanceId: 'two' },
        { memberId: 'nobody', groupInstanceId: 'one', protocols: [protocol('sticky')] },
        { groupInstanceId: 'one', protocols: [protocol('sticky')] },
        { groupInstanceId: 'one', protocolType: 'connect' },
      ]) {
        await peer.ask(joinGroup, version, joining(groupId, wrong));
      }
      await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
    },
    STATIC_JOIN,
  )
  .script(
    'names of instances',
    async (peer, version) => {
      for (const [index, groupInstanceId] of ['', '.', 'a b', 'i'.repeat(300)].entries()) {
        await join(peer, version, `instance-${index}-${version}`, { groupInstanceId });
      }
    },
    STATIC_JOIN,
  )
  .script(
    'with the id of a join that was not finished',
    async (peer, version) => {
      const groupId = `unfinished-${version}`;
      const memberId = await pendingId(peer, groupId);
      await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
      const wrong = { memberId, groupInstanceId: 'one' };
      await peer.ask(joinGroup, version, joining(groupId, wrong));
      await peer.ask(joinGroup, version, joining(groupId, { memberId }));
    },
    STATIC_JOIN,
  )
  .script(
    'with a reason',
    async (peer, version) => {
      await join(peer, version, `reasoned-${version}`, { reason: 'r'.repeat(300) });
    },
    8,
  )
  .script(
    'a leader that comes back',
    async (peer, version) => {
      const groupId = `back-${version}`;
      const first = await stableStatic(peer, groupId, 'one');
      const back: Sparse<JoinGroupRequest> = { groupInstanceId: 'one' };
      const { memberId, generationId } = await peer.ask(joinGroup, version, joining(groupId, back));
      await peer.ask(heartbeat, 4, { ...first, groupInstanceId: 'one' });
      await peer.ask(heartbeat, 4, { groupId, memberId, generationId, groupInstanceId: 'one' });
      const named = { protocolType: 'consumer', protocolName: 'range' };
      const again = { groupId, memberId, generationId, groupInstanceId: 'one', ...named };
      await peer.ask(syncGroup, SYNC, again);
      await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
      // With another protocol the group has to agree anew.
      const other = { groupInstanceId: 'one', protocols: [protocol('roundrobin')] };
      await peer.ask(joinGroup, version, joining(groupId, other));
      await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
    },
    STATIC_JOIN,
  );

export const syncingWrongly = new Scenarios(syncGroup)
  .script('assignments of strangers', async (peer, version) => {
    const member = await join(peer, JOIN, `sync-strangers-${version}`);
    await sync(peer, version, member, ['nobody', member.memberId, member.memberId, 'nobody']);
    await peer.ask(describeGroups, DESCRIBE, { groups: [member.groupId] });
  })
  .script('no assignments', async (peer, version) => {
    const member = await join(peer, JOIN, `sync-none-${version}`);
    await sync(peer, version, member);
    await peer.ask(describeGroups, DESCRIBE, { groups: [member.groupId] });
  })
  .script('where nobody is to sync', async (peer, version) => {
    const member = await inPreparation(peer, `sync-preparing-${version}`);
    await sync(peer, version, member);
    await sync(peer, version, { ...member, generationId: 0 });
    const gone = await stableMember(peer, `sync-gone-${version}`);
    await peer.prepare(leaveGroup, 5, leaving(5, gone));
    await sync(peer, version, gone);
    const pending = `sync-pending-${version}`;
    const memberId = await pendingId(peer, pending);
    await sync(peer, version, { groupId: pending, memberId, generationId: 0 });
    await sync(peer, version, { groupId: 'nobody', memberId: '', generationId: -1 });
    await sync(peer, version, { groupId: '', memberId: 'nobody', generationId: 1 });
  })
  .script(
    'instances',
    async (peer, version) => {
      const member = await stableStatic(peer, `sync-instances-${version}`, 'one');
      const named =
        version >= SYNC_PROTOCOL ? { protocolType: 'consumer', protocolName: 'range' } : {};
      for (const wrong of [
        { groupInstanceId: 'two' },
        { groupInstanceId: 'one', memberId: 'nobody' },
        { groupInstanceId: 'one', generationId: 9 },
        { groupInstanceId: 'one' },
      ]) {
        await peer.ask(syncGroup, version, { ...member, ...named, ...wrong });
      }
    },
    STATIC,
  )
  .script(
    'half a protocol',
    async (peer, version) => {
      const member = await join(peer, JOIN, `sync-half-${version}`);
      for (const half of [
        { protocolType: 'consumer', protocolName: null },
        { protocolType: null, protocolName: 'range' },
        { protocolType: '', protocolName: '' },
      ]) {
        await peer.ask(syncGroup, version, { ...member, ...half });
      }
      await peer.ask(syncGroup, version, {
        groupId: 'nobody',
        memberId: 'nobody',
        protocolType: null,
        protocolName: null,
      });
    },
    SYNC_PROTOCOL,
  );

/** A request that names a member, an instance where the version has them, and a generation. */
async function heartbeatWrongly(peer: Peer, version: number): Promise<void> {
  const member = await inPreparation(peer, `beat-preparing-${version}`);
  await peer.ask(heartbeat, version, member);
  await peer.ask(heartbeat, version, { ...member, generationId: 9 });
  const gone = await stableMember(peer, `beat-gone-${version}`);
  await peer.prepare(leaveGroup, 5, leaving(5, gone));
  await peer.ask(heartbeat, version, gone);
  await peer.ask(heartbeat, version, { ...gone, generationId: -1, memberId: '' });
  const groupId = `beat-pending-${version}`;
  const memberId = await pendingId(peer, groupId);
  await peer.ask(heartbeat, version, { groupId, memberId, generationId: 0 });
  await peer.ask(heartbeat, version, { groupId, memberId, generationId: -1 });
}

export const heartbeatsWrongly = new Scenarios(heartbeat)
  .script('where nobody is to send one', heartbeatWrongly)
  .script(
    'instances',
    async (peer, version) => {
      const member = await stableStatic(peer, `beat-instances-${version}`, 'one');
      for (const wrong of [
        { groupInstanceId: 'two' },
        { groupInstanceId: 'one', memberId: 'nobody' },
        { groupInstanceId: 'one', generationId: 9 },
        { groupInstanceId: 'one' },
        { groupInstanceId: null },
        { groupInstanceId: '' },
      ]) {
        await peer.ask(heartbeat, version, { ...member, ...wrong });
      }
    },
    STATIC,
  );

export const leavingWrongly = new Scenarios(leaveGroup)
  .script('a group that one is about to join', async (peer, version) => {
    const groupId = `never-joined-${version}`;
    const memberId = await pendingId(peer, groupId);
    const member = { groupId, memberId, generationId: 0 };
    await peer.ask(leaveGroup, version, leaving(version, member));
    await peer.ask(leaveGroup, version, leaving(version, member));
    await peer.ask(joinGroup, JOIN, joining(groupId, { memberId }));
  })
  .script('a group without a name, without saying who', async (peer, version) => {
    const nobody = { memberId: '', generationId: 0 };
    await peer.ask(leaveGroup, version, leaving(version, { ...nobody, groupId: '' }));
    await peer.ask(leaveGroup, version, leaving(version, { ...nobody, groupId: 'nobody' }));
    const { groupId } = await stableMember(peer, `leave-nobody-${version}`);
    await peer.ask(leaveGroup, version, leaving(version, { ...nobody, groupId }));
  })
  .script('while it prepares', async (peer, version) => {
    const member = await inPreparation(peer, `leave-preparing-${version}`);
    await peer.ask(leaveGroup, version, leaving(version, member));
    await peer.ask(describeGroups, DESCRIBE, { groups: [member.groupId] });
  })
  .script(
    'instances',
    async (peer, version) => {
      const groupId = `leave-instances-${version}`;
      const { memberId } = await stableStatic(peer, groupId, 'one');
      for (const members of [
        [{ memberId: 'nobody', groupInstanceId: 'one' }],
        [{ memberId, groupInstanceId: 'two' }],
        [{ memberId: '', groupInstanceId: 'two' }],
        [{ memberId: '', groupInstanceId: '' }],
        [{ memberId: '', groupInstanceId: null }],
        [
          { memberId, groupInstanceId: null },
          { memberId, groupInstanceId: 'one' },
        ],
      ]) {
        await peer.ask(leaveGroup, version, { groupId, members });
      }
      await peer.ask(describeGroups, DESCRIBE, { groups: [groupId] });
    },
    LEAVE_SEVERAL,
  )
  .script(
    'with a reason',
    async (peer, version) => {
      const { groupId, memberId } = await stableMember(peer, `leave-reason-${version}`);
      const members = [{ memberId, reason: 'r'.repeat(300) }];
      await peer.ask(leaveGroup, version, { groupId, members });
    },
    5,
  )
  .ask('nobody of a group without a name', { groupId: '', members: [] }, LEAVE_SEVERAL);

export const deletingGroupsInUse = new Scenarios(deleteGroups)
  .script('in every state', async (peer, version) => {
    const unsynced = await join(peer, JOIN, `delete-unsynced-${version}`);
    const preparing = await inPreparation(peer, `delete-preparing-${version}`);
    const pending = `delete-pending-${version}`;
    await pendingId(peer, pending);
    const groupsNames = [unsynced.groupId, preparing.groupId, pending, unsynced.groupId];
    await peer.ask(deleteGroups, version, { groupsNames });
    await peer.ask(describeGroups, DESCRIBE, { groups: groupsNames });
  })
  .ask('none', { groupsNames: [] });

export const describingNoGroups = new Scenarios(describeGroups)
  .ask('none', { groups: [] })
  .ask('unknown, with operations', { groups: ['nobody'], includeAuthorizedOperations: true }, 3);

export const listingSomeGroups = new Scenarios(listGroups)
  .ask('in two states', { statesFilter: ['Empty', 'Stable'] }, 4)
  .ask('in a state that is and one that is not', { statesFilter: ['Stable', 'Nowhere'] }, 4)
  .ask('in states of new groups', { statesFilter: ['Assigning', 'Reconciling', 'Dead'] }, 4)
  .ask('in a state without a name', { statesFilter: [''] }, 4)
  .ask('of a type in capitals', { typesFilter: ['CLASSIC'] }, 5)
  .ask('of a type that is and one that is not', { typesFilter: ['classic', 'nothing'] }, 5)
  .ask('of a type without a name', { typesFilter: [''] }, 5)
  .ask('of a type and in a state', { typesFilter: ['classic'], statesFilter: ['Stable'] }, 5);
