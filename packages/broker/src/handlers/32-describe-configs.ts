// DescribeConfigs, versions 1 to 4, for topics and this broker. Broker configs that this version does not act on are not
// listed. Other resource types answer INVALID_REQUEST.

import { ErrorCode } from '@millrace/protocol';
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
import type { BrokerConfig } from '../config/broker-configs.ts';
import { ConfigType } from '../config/config-definition.ts';
import { ConfigResource } from '../config/config-resource.ts';
import {
  type DescribedConfig,
  describeBrokerConfigs,
  describeTopicConfigs,
} from '../config/describe-configs.ts';
import type { Handler } from '../handler.ts';
import { topicNameProblem } from '../topic-name.ts';
import type { Topics } from '../topics.ts';

interface Dependencies {
  readonly topics: Topics;
  readonly config: BrokerConfig;
  readonly nodeId: number;
}

type Result = DescribeConfigsResponseDescribeConfigsResult;
type Resource = DescribeConfigsRequestDescribeConfigsResource;

export function describeConfigsHandler(
  dependencies: Dependencies,
): Handler<DescribeConfigsRequest, DescribeConfigsResponse> {
  return {
    apiKey: DescribeConfigsRequest.apiKey,
    minVersion: 1,
    maxVersion: 4,
    request: DescribeConfigsRequest,
    response: DescribeConfigsResponse,
    handle(request) {
      return createDescribeConfigsResponse({
        results: request.resources.map((resource) =>
          describeResource(dependencies, resource, request),
        ),
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
  { topics, config, nodeId }: Dependencies,
  resource: Resource,
  request: DescribeConfigsRequest,
): Result {
  const { resourceType, resourceName } = resource;
  if (resourceType === ConfigResource.TOPIC) {
    const problem = topicNameProblem(resourceName);
    if (problem !== null) return failed(resource, ErrorCode.INVALID_TOPIC_EXCEPTION, problem);
    const topic = topics.byName(resourceName);
    if (topic === undefined) {
      const message = `Topic '${resourceName}' does not exist.`;
      return failed(resource, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, message);
    }
    return described(resource, request, describeTopicConfigs(topic.configs, config));
  }
  if (resourceType === ConfigResource.BROKER) {
    // The empty name asks for the cluster-wide dynamic defaults, of which there are none.
    if (resourceName === '') return described(resource, request, []);
    if (resourceName === String(nodeId)) {
      return described(resource, request, describeBrokerConfigs(config));
    }
    const message = `Unexpected broker id, expected ${nodeId}, but received ${resourceName}`;
    return failed(resource, ErrorCode.INVALID_REQUEST, message);
  }
  const message = `Configs of resource type ${resourceType} are not served; topics (2) and brokers (4) are.`;
  return failed(resource, ErrorCode.INVALID_REQUEST, message);
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
