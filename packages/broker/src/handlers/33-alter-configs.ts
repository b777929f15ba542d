// AlterConfigs, versions 0 to 2: the configs that are given replace all that a resource has.

import {
  AlterConfigsRequest,
  type AlterConfigsRequestAlterConfigsResource,
} from '@millrace/protocol/messages/alter-configs-request';
import {
  AlterConfigsResponse,
  createAlterConfigsResponse,
} from '@millrace/protocol/messages/alter-configs-response';
import { alterResources, type ResourceChange } from '../config/alter-resources.ts';
import { ConfigOperation } from '../config/config-change.ts';
import type { ConfigKinds } from '../config/config-kind.ts';
import type { Handler } from '../handler.ts';

export function alterConfigsHandler(
  kinds: ConfigKinds,
): Handler<AlterConfigsRequest, AlterConfigsResponse> {
  return {
    apiKey: AlterConfigsRequest.apiKey,
    minVersion: 0,
    maxVersion: 2,
    request: AlterConfigsRequest,
    response: AlterConfigsResponse,
    async handle({ resources, validateOnly }) {
      const options = { replacesAll: true, validateOnly };
      return createAlterConfigsResponse({
        responses: await alterResources(kinds, resources.map(changeOf), options),
      });
    },
    failure({ resources }, errorCode) {
      return createAlterConfigsResponse({
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

function changeOf(resource: AlterConfigsRequestAlterConfigsResource): ResourceChange {
  const { resourceType, resourceName, configs } = resource;
  const operation = ConfigOperation.SET;
  const changes = configs.map(({ name, value }) => ({ name, operation, value }));
  return { resourceType, resourceName, changes };
}
