// SyncGroup, versions 0 to 5: static members (v3, KIP-345), protocol type and name must be there and be the group's (v5,
// KIP-559).

import { ErrorCode } from '@millrace/protocol';
import { SyncGroupRequest } from '@millrace/protocol/messages/sync-group-request';
import {
  createSyncGroupResponse,
  SyncGroupResponse,
} from '@millrace/protocol/messages/sync-group-response';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { Handler } from '../handler.ts';

const FIRST_WITH_PROTOCOL = 5;

export function syncGroupHandler(
  coordinator: GroupCoordinator,
): Handler<SyncGroupRequest, SyncGroupResponse> {
  return {
    apiKey: SyncGroupRequest.apiKey,
    minVersion: 0,
    maxVersion: 5,
    request: SyncGroupRequest,
    response: SyncGroupResponse,
    async handle(request, { apiVersion }) {
      const isComplete = request.protocolType !== null && request.protocolName !== null;
      if (apiVersion >= FIRST_WITH_PROTOCOL && !isComplete) {
        return createSyncGroupResponse({ errorCode: ErrorCode.INCONSISTENT_GROUP_PROTOCOL });
      }
      const reply = await coordinator.sync(request.groupId, {
        generation: request.generationId,
        memberId: request.memberId,
        groupInstanceId: request.groupInstanceId,
        protocolType: request.protocolType,
        protocolName: request.protocolName,
        assignments: request.assignments,
      });
      return createSyncGroupResponse({
        errorCode: reply.error,
        protocolType: reply.protocolType,
        protocolName: reply.protocolName,
        assignment: reply.assignment,
      });
    },
    failure(_request, errorCode) {
      return createSyncGroupResponse({ errorCode });
    },
  };
}
