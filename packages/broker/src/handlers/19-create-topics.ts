// CreateTopics, versions 2 to 7: manual assignments, validate-only, configs in the answer (v5).

import { ErrorCode } from '@millrace/protocol';
import {
  CreateTopicsRequest,
  type CreateTopicsRequestCreatableTopic,
} from '@millrace/protocol/messages/create-topics-request';
import {
  CreateTopicsResponse,
  type CreateTopicsResponseCreatableTopicResult,
  createCreateTopicsResponse,
  createCreateTopicsResponseCreatableTopicConfigs,
  createCreateTopicsResponseCreatableTopicResult,
} from '@millrace/protocol/messages/create-topics-response';
import type { TopicRecord } from '@millrace/storage';
import type { BrokerConfig } from '../config/broker-configs.ts';
import { describeTopicConfigs } from '../config/describe-configs.ts';
import type { Handler } from '../handler.ts';
import { repeated } from '../repeated.ts';
import { MAX_NEW_PARTITIONS, type NewTopic, TopicError, type Topics } from '../topics.ts';

/** Topics of one request that are created at the same time, so that one does not wait for the other's disk syncs. */
const CREATIONS_AT_ONCE = 16;

type Result = CreateTopicsResponseCreatableTopicResult;

export function createTopicsHandler(dependencies: {
  readonly topics: Topics;
  readonly config: BrokerConfig;
}): Handler<CreateTopicsRequest, CreateTopicsResponse> {
  const { topics, config } = dependencies;
  return {
    apiKey: CreateTopicsRequest.apiKey,
    minVersion: 2,
    maxVersion: 7,
    request: CreateTopicsRequest,
    response: CreateTopicsResponse,
    async handle(request) {
      const wantedPartitions = partitionTotal(request, config.number('num.partitions'));
      if (wantedPartitions > MAX_NEW_PARTITIONS) {
        const message = `${wantedPartitions} partitions in one request are too many; at most ${MAX_NEW_PARTITIONS} are allowed.`;
        return failure(request, ErrorCode.POLICY_VIOLATION, message);
      }
      const response = createCreateTopicsResponse({});
      const twice = repeated(request.topics.map(({ name }) => name));
      for (const name of twice) {
        response.topics.push(failed(name, ErrorCode.INVALID_REQUEST, 'Duplicate topic name.'));
      }
      const once = request.topics.filter(({ name }) => !twice.has(name));
      for (let first = 0; first < once.length; first += CREATIONS_AT_ONCE) {
        const some = once.slice(first, first + CREATIONS_AT_ONCE);
        const results = some.map((one) => createOne(topics, config, one, request.validateOnly));
        response.topics.push(...(await Promise.all(results)));
      }
      return response;
    },
    failure: (request, error) => failure(request, error, null),
  };
}

/** Every topic of the request carries the error, once. */
function failure(
  { topics }: CreateTopicsRequest,
  error: number,
  message: string | null,
): CreateTopicsResponse {
  const names = new Set(topics.map(({ name }) => name));
  return createCreateTopicsResponse({
    topics: Array.from(names, (name) => failed(name, error, message)),
  });
}

/** As Kafka counts them: counts that cannot be do not count, and each topic is refused for itself. */
function partitionTotal({ topics }: CreateTopicsRequest, defaultCount: number): number {
  return topics.reduce((total, { assignments, numPartitions }) => {
    if (assignments.length > 0) return total + assignments.length;
    return total + (numPartitions === -1 ? defaultCount : Math.max(0, numPartitions));
  }, 0);
}

async function createOne(
  topics: Topics,
  config: BrokerConfig,
  wanted: CreateTopicsRequestCreatableTopic,
  validateOnly: boolean,
): Promise<Result> {
  try {
    const request = newTopic(wanted);
    const topic = validateOnly ? topics.plan(request) : await topics.create(request);
    return created(topic, config);
  } catch (error) {
    if (error instanceof TopicError) return failed(wanted.name, error.error, error.message);
    throw error;
  }
}

/** Throws `TopicError` for a config without a value. */
function newTopic(wanted: CreateTopicsRequestCreatableTopic): NewTopic {
  const configs = new Map<string, string>();
  for (const { name, value } of wanted.configs) {
    if (value === null) {
      throw new TopicError(
        ErrorCode.INVALID_CONFIG,
        `Null value not supported for topic configs: ${name}`,
      );
    }
    configs.set(name, value.trim());
  }
  return {
    name: wanted.name,
    partitionCount: wanted.numPartitions,
    replicationFactor: wanted.replicationFactor,
    assignments: wanted.assignments.map(({ partitionIndex, brokerIds }) => ({
      partition: partitionIndex,
      brokers: brokerIds,
    })),
    configs,
  };
}

function created(topic: TopicRecord, config: BrokerConfig): Result {
  return createCreateTopicsResponseCreatableTopicResult({
    name: topic.name,
    topicId: topic.topicId,
    errorMessage: null,
    numPartitions: topic.partitionCount,
    replicationFactor: 1,
    configs: describeTopicConfigs(topic.configs, config).map(
      ({ definition, value, source, isReadOnly }) =>
        createCreateTopicsResponseCreatableTopicConfigs({
          name: definition.name,
          value,
          readOnly: isReadOnly,
          configSource: source,
        }),
    ),
  });
}

function failed(name: string, errorCode: number, errorMessage: string | null): Result {
  return createCreateTopicsResponseCreatableTopicResult({
    name,
    errorCode,
    errorMessage,
    configs: [],
  });
}
