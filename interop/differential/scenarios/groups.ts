// FindCoordinator, the group APIs, ListGroups: what can be asked without being a member.

import { DeleteGroupsRequest } from '@millrace/protocol/messages/delete-groups-request';
import { DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups-response';
import { DescribeGroupsRequest } from '@millrace/protocol/messages/describe-groups-request';
import { DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups-response';
import { FindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator-response';
import { HeartbeatRequest } from '@millrace/protocol/messages/heartbeat-request';
import { HeartbeatResponse } from '@millrace/protocol/messages/heartbeat-response';
import { ListGroupsRequest } from '@millrace/protocol/messages/list-groups-request';
import { ListGroupsResponse } from '@millrace/protocol/messages/list-groups-response';
import { api } from '../api.ts';
import { Scenarios } from '../scenario.ts';

export const findingCoordinators = new Scenarios(
  api(FindCoordinatorRequest, FindCoordinatorResponse),
)
  .ask('of a group', { key: 'some-group' }, 0, 3)
  .ask('of nothing', { key: '', keyType: 9 }, 1, 3)
  .ask('of groups', { coordinatorKeys: ['some-group', 'another', ''] }, 4)
  .ask('of no group', { coordinatorKeys: [] }, 4)
  .ask('of a kind that is not', { keyType: 9, coordinatorKeys: ['some-group'] }, 4)
  .ask('of a share group', { keyType: 2, coordinatorKeys: ['some-group'] }, 4);

export const heartbeats = new Scenarios(api(HeartbeatRequest, HeartbeatResponse))
  .ask('of an unknown group', { groupId: 'nobody', memberId: 'nobody', generationId: 1 })
  .ask('of no group', { groupId: '', memberId: 'nobody', generationId: 1 });

export const describingGroups = new Scenarios(api(DescribeGroupsRequest, DescribeGroupsResponse))
  .ask('unknown, twice, none', { groups: ['nobody', 'nobody', ''] })
  .ask('with commits and no members', { groups: ['commit-9'] });

export const listingGroups = new Scenarios(api(ListGroupsRequest, ListGroupsResponse))
  .ask('all', {})
  .ask('empty ones', { statesFilter: ['Empty'] }, 4)
  .ask('in a state that is not', { statesFilter: ['Nowhere'] }, 4)
  .ask('classic ones', { typesFilter: ['classic'] }, 5)
  .ask('of a type that is not', { typesFilter: ['nothing'] }, 5)
  .ask('new ones', { typesFilter: ['consumer', 'share'] }, 5);

export const deletingGroups = new Scenarios(api(DeleteGroupsRequest, DeleteGroupsResponse)).ask(
  'unknown, twice, none',
  { groupsNames: ['nobody', 'nobody', ''] },
);
