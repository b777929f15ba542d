// JoinGroup, versions 0 to 9: rebalance timeout (v1), member id required (v4, KIP-394), static members (v5, KIP-345),
// protocol type (v7), skipped assignment (v9, KIP-814). The reason (v8, KIP-800) is read and not used.

import { JoinGroupRequest } from '@millrace/protocol/messages/join-group-request';
import {
  createJoinGroupResponse,
  createJoinGroupResponseMember,
  JoinGroupResponse,
} from '@millrace/protocol/messages/join-group-response';
import type { JoinReply } from '../coordinator/classic-group-types.ts';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import { refusedJoin } from '../coordinator/group-effects.ts';
import type { Handler } from '../handler.ts';

const FIRST_WITH_REBALANCE_TIMEOUT = 1;
const FIRST_WITH_KNOWN_MEMBER_ID = 4;
const FIRST_WITH_NULLABLE_PROTOCOL = 7;
const FIRST_WITH_SKIPPED_ASSIGNMENT = 9;

export function joinGroupHandler(
  coordinator: GroupCoordinator,
): Handler<JoinGroupRequest, JoinGroupResponse> {
  return {
    apiKey: JoinGroupRequest.apiKey,
    minVersion: 0,
    maxVersion: 9,
    request: JoinGroupRequest,
    response: JoinGroupResponse,
    async handle(request, { apiVersion, clientId, connection }) {
      const reply = await coordinator.join(request.groupId, {
        memberId: request.memberId,
        groupInstanceId: request.groupInstanceId,
        clientId: clientId ?? '',
        // In the form that Kafka's tools show.
        clientHost: `/${connection.remoteHost}`,
        sessionTimeoutMs: request.sessionTimeoutMs,
        rebalanceTimeoutMs:
          apiVersion >= FIRST_WITH_REBALANCE_TIMEOUT
            ? request.rebalanceTimeoutMs
            : request.sessionTimeoutMs,
        protocolType: request.protocolType,
        protocols: request.protocols,
        requiresKnownMemberId: apiVersion >= FIRST_WITH_KNOWN_MEMBER_ID,
        supportsSkippingAssignment: apiVersion >= FIRST_WITH_SKIPPED_ASSIGNMENT,
      });
      return response(reply, apiVersion);
    },
    failure(request, error, { apiVersion }) {
      return response(refusedJoin(request.memberId, error), apiVersion);
    },
  };
}

function response(reply: JoinReply, version: number): JoinGroupResponse {
  const none = version >= FIRST_WITH_NULLABLE_PROTOCOL ? null : '';
  return createJoinGroupResponse({
    errorCode: reply.error,
    generationId: reply.generation,
    protocolType: reply.protocolType,
    // Also for a protocol without a name, as in Kafka.
    protocolName: reply.protocolName || none,
    leader: reply.leader,
    skipAssignment: reply.skipAssignment,
    memberId: reply.memberId,
    members: reply.members.map(createJoinGroupResponseMember),
  });
}
