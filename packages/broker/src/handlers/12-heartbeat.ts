// Heartbeat, versions 0 to 4: static members (v3, KIP-345).

import { HeartbeatRequest } from '@millrace/protocol/messages/heartbeat-request';
import {
  createHeartbeatResponse,
  HeartbeatResponse,
} from '@millrace/protocol/messages/heartbeat-response';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { Handler } from '../handler.ts';

export function heartbeatHandler(
  coordinator: GroupCoordinator,
): Handler<HeartbeatRequest, HeartbeatResponse> {
  return {
    apiKey: HeartbeatRequest.apiKey,
    minVersion: 0,
    maxVersion: 4,
    request: HeartbeatRequest,
    response: HeartbeatResponse,
    async handle(request) {
      const { error } = await coordinator.heartbeat(request.groupId, {
        generation: request.generationId,
        memberId: request.memberId,
        groupInstanceId: request.groupInstanceId,
      });
      return createHeartbeatResponse({ errorCode: error });
    },
    failure(_request, errorCode) {
      return createHeartbeatResponse({ errorCode });
    },
  };
}
