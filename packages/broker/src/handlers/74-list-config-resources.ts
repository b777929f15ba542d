// ListConfigResources, versions 0 and 1. Version 0 asks for client metrics subscriptions.

import { ErrorCode } from '@millrace/protocol';
import { ListConfigResourcesRequest } from '@millrace/protocol/messages/list-config-resources-request';
import {
  createListConfigResourcesResponse,
  ListConfigResourcesResponse,
} from '@millrace/protocol/messages/list-config-resources-response';
import type { ConfigKinds } from '../config/config-kind.ts';
import { ConfigResource } from '../config/config-resource.ts';
import type { Handler } from '../handler.ts';

const TYPES: ReadonlySet<number> = new Set(Object.values(ConfigResource));

export function listConfigResourcesHandler(
  kinds: ConfigKinds,
): Handler<ListConfigResourcesRequest, ListConfigResourcesResponse> {
  return {
    apiKey: ListConfigResourcesRequest.apiKey,
    minVersion: 0,
    maxVersion: 1,
    request: ListConfigResourcesRequest,
    response: ListConfigResourcesResponse,
    handle({ resourceTypes }, { apiVersion }) {
      if (apiVersion === 0) return listed(kinds, [ConfigResource.CLIENT_METRICS]);
      const wanted = resourceTypes.length === 0 ? TYPES : new Set(resourceTypes);
      return [...wanted].every((type) => TYPES.has(type))
        ? listed(kinds, wanted)
        : createListConfigResourcesResponse({ errorCode: ErrorCode.UNSUPPORTED_VERSION });
    },
    failure(_request, errorCode) {
      return createListConfigResourcesResponse({ errorCode });
    },
  };
}

function listed(kinds: ConfigKinds, types: Iterable<number>): ListConfigResourcesResponse {
  const response = createListConfigResourcesResponse({});
  for (const resourceType of types) {
    for (const resourceName of kinds.get(resourceType)?.names() ?? []) {
      response.configResources.push({ resourceName, resourceType });
    }
  }
  return response;
}
