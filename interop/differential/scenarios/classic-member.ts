// What the scenarios of classic groups have in common: a member written by hand, and how it joins.

import { DeleteGroupsRequest } from '@millrace/protocol/messages/delete-groups-request';
import { DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups-response';
import { DescribeGroupsRequest } from '@millrace/protocol/messages/describe-groups-request';
import { DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups-response';
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
import { subscription } from '../group-members.ts';
import type { Peer } from '../peer.ts';
import { groupTopic } from '../prepare.ts';

export const joinGroup = api(JoinGroupRequest, JoinGroupResponse);
export const syncGroup = api(SyncGroupRequest, SyncGroupResponse);
export const heartbeat = api(HeartbeatRequest, HeartbeatResponse);
export const leaveGroup = api(LeaveGroupRequest, LeaveGroupResponse);
export const describeGroups = api(DescribeGroupsRequest, DescribeGroupsResponse);
export const listGroups = api(ListGroupsRequest, ListGroupsResponse);
export const deleteGroups = api(DeleteGroupsRequest, DeleteGroupsResponse);

/** Versions asked for what is not the point of a scenario. */
export const JOIN = 9;
export const SYNC = 5;
export const DESCRIBE = 5;
/** First versions in which a member has to come back with the id it was given, and may name its instance. */
export const JOIN_WITH_ID = 4;
export const STATIC_JOIN = 5;
/** First version of LeaveGroup that names several members. */
export const LEAVE_SEVERAL = 3;

export const protocol = (name: string) => ({ name, metadata: subscription(groupTopic) });

export const joining = (
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

export interface Member {
  readonly groupId: string;
  readonly memberId: string;
  readonly generationId: number;
}

/** The member's id: from a join that fails for want of one, else from the join that came through. */
export async function join(
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

export async function sync(
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

export async function stableMember(peer: Peer, groupId: string): Promise<Member> {
  const member = await join(peer, JOIN, groupId);
  await sync(peer, SYNC, member, [member.memberId]);
  return member;
}

export const leaving = (
  version: number,
  { groupId, memberId }: Member,
): Sparse<LeaveGroupRequest> =>
  version < LEAVE_SEVERAL ? { groupId, memberId } : { groupId, members: [{ memberId }] };

export function untilState(peer: Peer, groupId: string, state: string): Promise<void> {
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
