// LeaveGroup, versions 0 to 5: several members at once and static members by instance id (v3, KIP-345). The reason
// (v5, KIP-800) is read and not used.

import { ErrorCode } from '@millrace/protocol';
import { LeaveGroupRequest } from '@millrace/protocol/messages/leave-group-request';
import {
  createLeaveGroupResponse,
  createLeaveGroupResponseMemberResponse,
  LeaveGroupResponse,
} from '@millrace/protocol/messages/leave-group-response';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { Handler } from '../handler.ts';

const FIRST_WITH_MEMBERS = 3;

export function leaveGroupHandler(
  coordinator: GroupCoordinator,
): Handler<LeaveGroupRequest, LeaveGroupResponse> {
  return {
    apiKey: LeaveGroupRequest.apiKey,
    minVersion: 0,
    maxVersion: 5,
    request: LeaveGroupRequest,
    response: LeaveGroupResponse,
    async handle(request, { apiVersion }) {
      const isBatch = apiVersion >= FIRST_WITH_MEMBERS;
      const leaving = isBatch
        ? request.members
        : [{ memberId: request.memberId, groupInstanceId: null }];
      const reply = await coordinator.leave(request.groupId, {
        members: leaving.map(({ memberId, groupInstanceId }) => ({ memberId, groupInstanceId })),
      });
      if (!isBatch) {
        const errorCode = reply.error || (reply.members[0]?.error ?? ErrorCode.NONE);
        return createLeaveGroupResponse({ errorCode });
      }
      return createLeaveGroupResponse({
        errorCode: reply.error,
        members: reply.members.map(({ memberId, groupInstanceId, error }) =>
          createLeaveGroupResponseMemberResponse({ memberId, groupInstanceId, errorCode: error }),
        ),
      });
    },
    failure(_request, errorCode) {
      return createLeaveGroupResponse({ errorCode });
    },
  };
}
