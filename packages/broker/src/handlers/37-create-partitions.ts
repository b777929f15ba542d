// CreatePartitions, versions 0 to 3: manual assignments, validate-only. More than 10,000 new partitions of a topic in one
// request are a POLICY_VIOLATION, as in CreateTopics, where Kafka answers UNKNOWN_SERVER_ERROR.

import { ErrorCode } from '@millrace/protocol';
import {
  CreatePartitionsRequest,
  type CreatePartitionsRequestCreatePartitionsTopic,
} from '@millrace/protocol/messages/create-partitions-request';
import {
  CreatePartitionsResponse,
  type CreatePartitionsResponseCreatePartitionsTopicResult,
  createCreatePartitionsResponse,
  createCreatePartitionsResponseCreatePartitionsTopicResult,
} from '@millrace/protocol/messages/create-partitions-response';
import type { Handler } from '../handler.ts';
import type { PartitionGrowth } from '../partition-growth.ts';
import { repeated } from '../repeated.ts';
import { TopicError } from '../topics.ts';

type Result = CreatePartitionsResponseCreatePartitionsTopicResult;

export function createPartitionsHandler(
  growth: PartitionGrowth,
): Handler<CreatePartitionsRequest, CreatePartitionsResponse> {
  return {
    apiKey: CreatePartitionsRequest.apiKey,
    minVersion: 0,
    maxVersion: 3,
    request: CreatePartitionsRequest,
    response: CreatePartitionsResponse,
    async handle(request) {
      const response = createCreatePartitionsResponse({});
      const twice = repeated(request.topics.map(({ name }) => name));
      for (const name of twice) {
        response.results.push(result(name, ErrorCode.INVALID_REQUEST, 'Duplicate topic name.'));
      }
      for (const wanted of request.topics) {
        if (twice.has(wanted.name)) continue;
        response.results.push(await growOne(growth, wanted, request.validateOnly));
      }
      return response;
    },
    failure(request, error) {
      return createCreatePartitionsResponse({
        results: request.topics.map(({ name }) => result(name, error, null)),
      });
    },
  };
}

async function growOne(
  growth: PartitionGrowth,
  wanted: CreatePartitionsRequestCreatePartitionsTopic,
  validateOnly: boolean,
): Promise<Result> {
  const { name, count, assignments } = wanted;
  const more = {
    name,
    partitionCount: count,
    assignments: assignments?.map(({ brokerIds }) => brokerIds) ?? null,
  };
  try {
    if (validateOnly) growth.plan(more);
    else await growth.grow(more);
    return result(name, ErrorCode.NONE, null);
  } catch (error) {
    if (error instanceof TopicError) return result(name, error.error, error.message);
    throw error;
  }
}

function result(name: string, errorCode: number, errorMessage: string | null): Result {
  return createCreatePartitionsResponseCreatePartitionsTopicResult({
    name,
    errorCode,
    errorMessage,
  });
}
