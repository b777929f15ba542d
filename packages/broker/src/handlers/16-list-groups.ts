// ListGroups, versions 0 to 5: filters by state (v4, KIP-518) and by type (v5, KIP-848). All groups are classic ones yet.

import { ListGroupsRequest } from '@millrace/protocol/messages/list-groups-request';
import {
  createListGroupsResponse,
  createListGroupsResponseListedGroup,
  ListGroupsResponse,
} from '@millrace/protocol/messages/list-groups-response';
import type { GroupCoordinator } from '../coordinator/group-coordinator.ts';
import type { Handler } from '../handler.ts';

const GROUP_TYPE = 'classic';

export function listGroupsHandler(
  coordinator: GroupCoordinator,
): Handler<ListGroupsRequest, ListGroupsResponse> {
  return {
    apiKey: ListGroupsRequest.apiKey,
    minVersion: 0,
    maxVersion: 5,
    request: ListGroupsRequest,
    response: ListGroupsResponse,
    handle(request) {
      const states = filter(request.statesFilter);
      const types = filter(request.typesFilter);
      const groups = coordinator
        .list()
        .filter(({ state }) => states(state) && types(GROUP_TYPE))
        .map(({ groupId, protocolType, state }) =>
          createListGroupsResponseListedGroup({
            groupId,
            protocolType,
            groupState: state,
            groupType: GROUP_TYPE,
          }),
        );
      return createListGroupsResponse({ groups });
    },
    failure(_request, errorCode) {
      return createListGroupsResponse({ errorCode });
    },
  };
}

/** An empty filter lets everything through; upper and lower case are the same to it. */
function filter(names: readonly string[]): (name: string) => boolean {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return (name) => wanted.size === 0 || wanted.has(name.toLowerCase());
}
