import { api, type Cluster, KafkaError } from '@millrace/client';
import {
  createDescribeConfigsRequest,
  createDescribeConfigsRequestDescribeConfigsResource,
  DescribeConfigsRequest,
} from '@millrace/protocol/messages/describe-configs-request';
import { DescribeConfigsResponse } from '@millrace/protocol/messages/describe-configs-response';

/** Kafka's numbers of the places that a config's value comes from. */
const SOURCES: ReadonlyMap<number, string> = new Map([
  [1, 'DYNAMIC_TOPIC_CONFIG'],
  [2, 'DYNAMIC_BROKER_CONFIG'],
  [3, 'DYNAMIC_DEFAULT_BROKER_CONFIG'],
  [4, 'STATIC_BROKER_CONFIG'],
  [5, 'DEFAULT_CONFIG'],
]);
export const TOPIC_RESOURCE = 2;
const LIST_TYPE = 7;

export interface TopicConfig {
  readonly name: string;
  /** Null where there is none, and for what is secret. */
  readonly value: string | null;
  /** Kafka's name of the place, such as `DYNAMIC_TOPIC_CONFIG` for one set on the topic. */
  readonly source: string;
  readonly isDefault: boolean;
  readonly isReadOnly: boolean;
  readonly isList: boolean;
  /** What would hold without the topic's own value. */
  readonly inherited: string | null;
}

const describeConfigsApi = api(DescribeConfigsRequest, DescribeConfigsResponse);

/** The configs of topics that exist, by the topics' names. Rejects with `KafkaError` for any that cannot be told. */
export async function topicConfigs(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Map<string, readonly TopicConfig[]>> {
  const resources = topics.map((resourceName) =>
    createDescribeConfigsRequestDescribeConfigsResource({
      resourceType: TOPIC_RESOURCE,
      resourceName,
      configurationKeys: null,
    }),
  );
  const request = createDescribeConfigsRequest({ resources, includeSynonyms: true });
  const { results } = await cluster.send(describeConfigsApi, request);
  const configs = new Map<string, readonly TopicConfig[]>();
  for (const { resourceName, errorCode, errorMessage, configs: found } of results) {
    if (errorCode !== 0) {
      throw KafkaError.ofBroker(errorCode, `configs of topic ${resourceName}`, errorMessage);
    }
    configs.set(resourceName, found.map(readConfig));
  }
  return configs;
}

function readConfig(
  config: DescribeConfigsResponse['results'][number]['configs'][number],
): TopicConfig {
  const { name, value, configSource, configType, readOnly, synonyms } = config;
  const source = SOURCES.get(configSource) ?? `SOURCE_${configSource}`;
  const inherited = synonyms.find(
    (synonym) => SOURCES.get(synonym.source) !== 'DYNAMIC_TOPIC_CONFIG',
  );
  return {
    name,
    value,
    source,
    isDefault: source === 'DEFAULT_CONFIG',
    isReadOnly: readOnly,
    isList: configType === LIST_TYPE,
    inherited: inherited?.value ?? null,
  };
}
