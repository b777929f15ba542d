// The requests about configs, for tests.

import { AlterConfigsRequest } from '@millrace/protocol/messages/alter-configs-request';
import { AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs-response';
import {
  createDescribeConfigsRequest,
  createDescribeConfigsRequestDescribeConfigsResource,
  DescribeConfigsRequest,
} from '@millrace/protocol/messages/describe-configs-request';
import {
  DescribeConfigsResponse,
  type DescribeConfigsResponseDescribeConfigsResourceResult,
} from '@millrace/protocol/messages/describe-configs-response';
import { IncrementalAlterConfigsRequest } from '@millrace/protocol/messages/incremental-alter-configs-request';
import { IncrementalAlterConfigsResponse } from '@millrace/protocol/messages/incremental-alter-configs-response';
import { ListConfigResourcesRequest } from '@millrace/protocol/messages/list-config-resources-request';
import { ListConfigResourcesResponse } from '@millrace/protocol/messages/list-config-resources-response';
import type { RawClient } from './raw-client.ts';

/** `operation` is a `ConfigOperation`. */
export type Change = readonly [name: string, operation: number, value: string | null];
/** `type` is a `ConfigResource`. */
export type Resource = readonly [type: number, name: string, ...changes: Change[]];

/** IncrementalAlterConfigs. */
export async function alter(
  client: RawClient,
  resources: readonly Resource[],
  { validateOnly = false, version = 1 } = {},
) {
  const message = {
    validateOnly,
    resources: resources.map(([resourceType, resourceName, ...changes]) => ({
      resourceType,
      resourceName,
      configs: changes.map(([name, configOperation, value]) => ({ name, configOperation, value })),
    })),
  };
  const [request, response] = [IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse];
  return (await client.request(request, response, message, version)).responses;
}

/** The error of one change of one resource. */
export async function errorOf(client: RawClient, type: number, name: string, ...changes: Change[]) {
  const [outcome] = await alter(client, [[type, name, ...changes]]);
  return outcome!.errorCode;
}

/** AlterConfigs with the same values for all these resources; gives the error codes. */
export async function replace(
  client: RawClient,
  resourceType: number,
  resourceNames: readonly string[],
  values: Readonly<Record<string, string | null>>,
  { validateOnly = false, version = 2 } = {},
) {
  const configs = Object.entries(values).map(([name, value]) => ({ name, value }));
  const resources = resourceNames.map((resourceName) => ({ resourceType, resourceName, configs }));
  const [request, response] = [AlterConfigsRequest, AlterConfigsResponse];
  const message = { validateOnly, resources };
  const { responses } = await client.request(request, response, message, version);
  return responses.map(({ errorCode }) => errorCode);
}

/** DescribeConfigs of one resource, with synonyms and documentation. */
export async function describe(
  client: RawClient,
  resourceType: number,
  resourceName: string,
  configurationKeys: string[] | null = null,
) {
  const resource = createDescribeConfigsRequestDescribeConfigsResource({
    resourceType,
    resourceName,
    configurationKeys,
  });
  const request = createDescribeConfigsRequest({
    resources: [resource],
    includeSynonyms: true,
    includeDocumentation: true,
  });
  const answer = await client.request(DescribeConfigsRequest, DescribeConfigsResponse, request, 4);
  return answer.results[0]!;
}

/** As one line: value, source and synonyms, such as `5@2: a=5@2 a=1@5`. */
export function summary(config: DescribeConfigsResponseDescribeConfigsResourceResult): string {
  const { value, configSource, synonyms } = config;
  const all = synonyms.map((synonym) => `${synonym.name}=${synonym.value}@${synonym.source}`);
  return [`${value}@${configSource}:`, ...all].join(' ');
}

/** ListConfigResources: `type:name`, sorted; the error code when there is one. */
export async function listResources(client: RawClient, resourceTypes: number[], version = 1) {
  const [request, response] = [ListConfigResourcesRequest, ListConfigResourcesResponse];
  const answer = await client.request(request, response, { resourceTypes }, version);
  const found = answer.configResources.map((one) => `${one.resourceType}:${one.resourceName}`);
  return answer.errorCode === 0 ? found.sort() : answer.errorCode;
}
