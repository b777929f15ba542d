// IncrementalAlterConfigs, versions 0 and 1 (KIP-339): set, delete, and append or subtract for lists.

import {
  IncrementalAlterConfigsRequest,
  type IncrementalAlterConfigsRequestAlterConfigsResource,
} from '@millrace/protocol/messages/incremental-alter-configs-request';
import {
  createIncrementalAlterConfigsResponse,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs-response';
import { alterResources, type ResourceChange } from '../config/alter-resources.ts';
import type { ConfigKinds } from '../config/config-kind.ts';
import type { Handler } from '../handler.ts';

export function incrementalAlterConfigsHandler(
  kinds: ConfigKinds,
): Handler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse> {
  return {
    apiKey: IncrementalAlterConfigsRequest.apiKey,
    minVersion: 0,
    maxVersion: 1,
    request: IncrementalAlterConfigsRequest,
    response: IncrementalAlterConfigsResponse,
    async handle({ resources, validateOnly }) {
      const options = { replacesAll: false, validateOnly };
      return createIncrementalAlterConfigsResponse({
        responses: await alterResources(kinds, resources.map(changeOf), options),
      });
    },
    failure({ resources }, errorCode) {
      return createIncrementalAlterConfigsResponse({
        responses: resources.map(({ resourceType, resourceName }) => ({
          errorCode,
          errorMessage: null,
          resourceType,
          resourceName,
        })),
      });
    },
  };
}

function changeOf(resource: IncrementalAlterConfigsRequestAlterConfigsResource): ResourceChange {
  const { resourceType, resourceName, configs } = resource;
  const changes = configs.map(({ name, configOperation, value }) => ({
    name,
    operation: configOperation,
    value,
  }));
  return { resourceType, resourceName, changes };
}
