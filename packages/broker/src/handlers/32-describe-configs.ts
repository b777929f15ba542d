// DescribeConfigs, versions 1 to 4.

import {
  DescribeConfigsRequest,
  type DescribeConfigsRequestDescribeConfigsResource,
} from '@millrace/protocol/messages/describe-configs-request';
import {
  createDescribeConfigsResponse,
  createDescribeConfigsResponseDescribeConfigsResourceResult,
  createDescribeConfigsResponseDescribeConfigsResult,
  createDescribeConfigsResponseDescribeConfigsSynonym,
  DescribeConfigsResponse,
  type DescribeConfigsResponseDescribeConfigsResult,
} from '@millrace/protocol/messages/describe-configs-response';
import { ConfigType } from '../config/config-definition.ts';
import { type ConfigKinds, unservedResource } from '../config/config-kind.ts';
import type { DescribedConfig } from '../config/describe-configs.ts';
import type { Handler } from '../handler.ts';
import { Refusal } from '../refusal.ts';

type Result = DescribeConfigsResponseDescribeConfigsResult;
type Resource = DescribeConfigsRequestDescribeConfigsResource;

export function describeConfigsHandler(
  kinds: ConfigKinds,
): Handler<DescribeConfigsRequest, DescribeConfigsResponse> {
  return {
    apiKey: DescribeConfigsRequest.apiKey,
    minVersion: 1,
    maxVersion: 4,
    request: DescribeConfigsRequest,
    response: DescribeConfigsResponse,
    handle(request) {
      return createDescribeConfigsResponse({
        results: request.resources.map((resource) => describeResource(kinds, resource, request)),
      });
    },
    failure(request, errorCode) {
      return createDescribeConfigsResponse({
        results: request.resources.map((resource) => failed(resource, errorCode, null)),
      });
    },
  };
}

function describeResource(
  kinds: ConfigKinds,
  resource: Resource,
  request: DescribeConfigsRequest,
): Result {
  const { resourceType, resourceName } = resource;
  try {
    const kind = kinds.get(resourceType);
    if (kind === undefined) throw unservedResource(resourceType);
    return described(resource, request, kind.describe(resourceName));
  } catch (error) {
    if (error instanceof Refusal) return failed(resource, error.error, error.message);
    throw error;
  }
}

function described(
  resource: Resource,
  request: DescribeConfigsRequest,
  configs: readonly DescribedConfig[],
): Result {
  const wanted = resource.configurationKeys === null ? null : new Set(resource.configurationKeys);
  return createDescribeConfigsResponseDescribeConfigsResult({
    resourceType: resource.resourceType,
    resourceName: resource.resourceName,
    configs: configs
      .filter(({ definition }) => wanted === null || wanted.has(definition.name))
      .map(({ definition, value, source, isReadOnly, synonyms }) =>
        createDescribeConfigsResponseDescribeConfigsResourceResult({
          name: definition.name,
          value,
          readOnly: isReadOnly,
          configSource: source,
          isSensitive: definition.type === 'PASSWORD',
          configType: ConfigType[definition.type],
          documentation: request.includeDocumentation ? documentationOf(definition) : null,
          synonyms: request.includeSynonyms
            ? synonyms.map((synonym) =>
                createDescribeConfigsResponseDescribeConfigsSynonym(synonym),
              )
            : [],
        }),
      ),
  });
}

function documentationOf(definition: DescribedConfig['definition']): string {
  const { documentation, fixedBecause } = definition;
  return fixedBecause === undefined
    ? documentation
    : `${documentation} Fixed here: ${fixedBecause}`;
}

function failed(resource: Resource, errorCode: number, errorMessage: string | null): Result {
  return createDescribeConfigsResponseDescribeConfigsResult({
    errorCode,
    errorMessage,
    resourceType: resource.resourceType,
    resourceName: resource.resourceName,
  });
}
