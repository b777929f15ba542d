// FindCoordinator, versions 0 to 6: key types (v1), several keys (v4, KIP-699). Only groups have coordinators yet.
// Transactional ids (type 1) and share partitions (type 2) are answered INVALID_REQUEST: producers take that as
// final and say so at once, where COORDINATOR_NOT_AVAILABLE would have them try until they time out.

import { ErrorCode } from '@millrace/protocol';
import { FindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import {
  createFindCoordinatorResponse,
  createFindCoordinatorResponseCoordinator,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator-response';
import type { Handler } from '../handler.ts';
import type { ClientRoute, Placement } from '../placement.ts';

const GROUP_KEY_TYPE = 0;
const FIRST_WITH_KEYS = 4;
const NO_NODE = { nodeId: -1, host: '', port: -1 };

interface Answer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

export function findCoordinatorHandler(
  placement: Pick<Placement, 'coordinatorOf'>,
): Handler<FindCoordinatorRequest, FindCoordinatorResponse> {
  return {
    apiKey: FindCoordinatorRequest.apiKey,
    minVersion: 0,
    maxVersion: 6,
    request: FindCoordinatorRequest,
    response: FindCoordinatorResponse,
    handle(request, { apiVersion, connection }) {
      return response(request, apiVersion, (key) =>
        findCoordinator(placement, request.keyType, key, connection),
      );
    },
    failure(request, error, { apiVersion }) {
      return response(request, apiVersion, () => refusal(error, null));
    },
  };
}

function response(
  request: FindCoordinatorRequest,
  version: number,
  answer: (key: string) => Answer,
): FindCoordinatorResponse {
  if (version < FIRST_WITH_KEYS) return singleResponse(answer(request.key));
  return createFindCoordinatorResponse({
    coordinators: request.coordinatorKeys.map((key) =>
      createFindCoordinatorResponseCoordinator({ key, ...answer(key) }),
    ),
  });
}

/** As Kafka, these versions say the error's name also when there is none. */
function singleResponse(answer: Answer): FindCoordinatorResponse {
  const isFound = answer.errorCode === ErrorCode.NONE;
  return createFindCoordinatorResponse(isFound ? { ...answer, errorMessage: 'NONE' } : answer);
}

function findCoordinator(
  placement: Pick<Placement, 'coordinatorOf'>,
  keyType: number,
  key: string,
  client: ClientRoute,
): Answer {
  if (keyType !== GROUP_KEY_TYPE) {
    const message = `Key type ${keyType} is not served: only groups (0) have coordinators.`;
    return refusal(ErrorCode.INVALID_REQUEST, message);
  }
  const node = placement.coordinatorOf('group', key, client);
  if (node === null) {
    const message = `No broker can coordinate group "${key}" now.`;
    return refusal(ErrorCode.COORDINATOR_NOT_AVAILABLE, message);
  }
  const { nodeId, host, port } = node;
  return { errorCode: ErrorCode.NONE, errorMessage: '', nodeId, host, port };
}

function refusal(errorCode: number, errorMessage: string | null): Answer {
  return { errorCode, errorMessage, ...NO_NODE };
}
