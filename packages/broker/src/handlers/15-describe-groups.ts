// DescribeGroups, versions 0 to 6: authorized operations (v3; without an authorizer all that groups know), static members
// (v4), GROUP_ID_NOT_FOUND for what is not there (v6, KIP-1043), which older versions see as a dead group.

import { ErrorCode } from '@millrace/protocol';
import { DescribeGroupsRequest } from '@millrace/protocol/messages/describe-groups-request';
import {
  createDescribeGroupsResponse,
  createDescribeGroupsResponseDescribedGroup,
  createDescribeGroupsResponseDescribedGroupMember,
  DescribeGroupsResponse,
  type DescribeGroupsResponseDescribedGroup,
} from '@millrace/protocol/messages/describe-groups-response';
import { GROUP_OPERATIONS } from '../authorized-operations.ts';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { Handler } from '../handler.ts';

const FIRST_WITH_NOT_FOUND = 6;

export function describeGroupsHandler(
  coordinator: GroupCoordinator,
): Handler<DescribeGroupsRequest, DescribeGroupsResponse> {
  return {
    apiKey: DescribeGroupsRequest.apiKey,
    minVersion: 0,
    maxVersion: 6,
    request: DescribeGroupsRequest,
    response: DescribeGroupsResponse,
    handle(request, { apiVersion }) {
      return createDescribeGroupsResponse({
        groups: request.groups.map((groupId) => {
          const described = describe(coordinator, groupId, apiVersion);
          if (request.includeAuthorizedOperations && described.errorCode === ErrorCode.NONE) {
            described.authorizedOperations = GROUP_OPERATIONS;
          }
          return described;
        }),
      });
    },
    failure(request, errorCode) {
      return createDescribeGroupsResponse({
        groups: request.groups.map((groupId) =>
          createDescribeGroupsResponseDescribedGroup({ groupId, errorCode }),
        ),
      });
    },
  };
}

function describe(
  coordinator: GroupCoordinator,
  groupId: string,
  version: number,
): DescribeGroupsResponseDescribedGroup {
  const group = coordinator.describe(groupId);
  if (group === null) {
    const dead = createDescribeGroupsResponseDescribedGroup({ groupId, groupState: 'Dead' });
    if (version < FIRST_WITH_NOT_FOUND) return dead;
    dead.errorCode = ErrorCode.GROUP_ID_NOT_FOUND;
    dead.errorMessage = `Group ${groupId} not found.`;
    return dead;
  }
  return createDescribeGroupsResponseDescribedGroup({
    groupId,
    groupState: group.state,
    protocolType: group.protocolType,
    protocolData: group.protocolName,
    members: group.members.map((member) =>
      createDescribeGroupsResponseDescribedGroupMember({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        memberMetadata: member.metadata,
        memberAssignment: member.assignment,
      }),
    ),
  });
}
