// ListConfigResources, versions 0 and 1. Version 0 asks for client metrics subscriptions, of which there are none; nor are
// there loggers or groups with configs of their own.

import { ErrorCode } from '@millrace/protocol';
import { ListConfigResourcesRequest } from '@millrace/protocol/messages/list-config-resources-request';
import {
  createListConfigResourcesResponse,
  ListConfigResourcesResponse,
} from '@millrace/protocol/messages/list-config-resources-response';
import { ConfigResource } from '../config/config-resource.ts';
import type { Handler } from '../handler.ts';
import type { Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';

const TYPES: ReadonlySet<number> = new Set(Object.values(ConfigResource));

export function listConfigResourcesHandler(dependencies: {
  readonly topics: Topics;
  readonly placement: Placement;
}): Handler<ListConfigResourcesRequest, ListConfigResourcesResponse> {
  const { topics, placement } = dependencies;
  return {
    apiKey: ListConfigResourcesRequest.apiKey,
    minVersion: 0,
    maxVersion: 1,
    request: ListConfigResourcesRequest,
    response: ListConfigResourcesResponse,
    handle({ resourceTypes }, { apiVersion, connection }) {
      if (apiVersion === 0) return createListConfigResourcesResponse({});
      const wanted = resourceTypes.length === 0 ? TYPES : new Set(resourceTypes);
      for (const type of wanted) {
        if (!TYPES.has(type)) {
          return createListConfigResourcesResponse({ errorCode: ErrorCode.UNSUPPORTED_VERSION });
        }
      }
      const response = createListConfigResourcesResponse({});
      const list = (resourceType: number, resourceName: string) =>
        response.configResources.push({ resourceName, resourceType });
      if (wanted.has(ConfigResource.BROKER)) {
        for (const { nodeId } of placement.brokers(connection.listener)) {
          list(ConfigResource.BROKER, String(nodeId));
        }
      }
      if (wanted.has(ConfigResource.TOPIC)) {
        for (const { name } of topics.all()) list(ConfigResource.TOPIC, name);
      }
      return response;
    },
    failure(_request, errorCode) {
      return createListConfigResourcesResponse({ errorCode });
    },
  };
}
