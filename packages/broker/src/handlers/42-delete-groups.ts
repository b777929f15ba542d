// DeleteGroups, versions 0 to 2: groups without members, with their offsets (KIP-229).

import { DeleteGroupsRequest } from '@millrace/protocol/messages/delete-groups-request';
import {
  createDeleteGroupsResponse,
  createDeleteGroupsResponseDeletableGroupResult,
  DeleteGroupsResponse,
} from '@millrace/protocol/messages/delete-groups-response';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { Handler } from '../handler.ts';

export function deleteGroupsHandler(
  coordinator: GroupCoordinator,
): Handler<DeleteGroupsRequest, DeleteGroupsResponse> {
  return {
    apiKey: DeleteGroupsRequest.apiKey,
    minVersion: 0,
    maxVersion: 2,
    request: DeleteGroupsRequest,
    response: DeleteGroupsResponse,
    async handle(request) {
      // Named twice is answered once: the results are keyed by group.
      const groupIds = [...new Set(request.groupsNames)];
      const errors = await Promise.all(groupIds.map((groupId) => coordinator.delete(groupId)));
      return response(groupIds, (index) => errors[index]!);
    },
    failure(request, error) {
      return response([...new Set(request.groupsNames)], () => error);
    },
  };
}

function response(
  groupIds: readonly string[],
  errorOf: (index: number) => number,
): DeleteGroupsResponse {
  return createDeleteGroupsResponse({
    results: groupIds.map((groupId, index) =>
      createDeleteGroupsResponseDeletableGroupResult({ groupId, errorCode: errorOf(index) }),
    ),
  });
}
