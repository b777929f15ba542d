// DescribeProducers, version 0 (KIP-664): the idempotent producers that a partition's log remembers.
// Left out until there are transactions: the coordinator's epoch and the first offset of an open one, both −1.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { DescribeProducersRequest } from '@millrace/protocol/messages/describe-producers-request';
import {
  createDescribeProducersResponse,
  createDescribeProducersResponsePartitionResponse,
  createDescribeProducersResponseProducerState,
  createDescribeProducersResponseTopicResponse,
  DescribeProducersResponse,
  type DescribeProducersResponsePartitionResponse,
} from '@millrace/protocol/messages/describe-producers-response';
import type { Handler } from '../handler.ts';
import { type LeadingLogDependencies, leadingLog } from '../leading-log.ts';
import { topicNameProblem } from '../topic-name.ts';

type Answer = DescribeProducersResponsePartitionResponse;

export function describeProducersHandler(
  dependencies: LeadingLogDependencies,
): Handler<DescribeProducersRequest, DescribeProducersResponse> {
  return {
    apiKey: DescribeProducersRequest.apiKey,
    minVersion: 0,
    maxVersion: 0,
    request: DescribeProducersRequest,
    response: DescribeProducersResponse,
    handle(request) {
      return respond(request, (topic, partition) => describe(dependencies, topic, partition));
    },
    failure(request, error) {
      return respond(request, (_topic, partition) => failed(partition, error, errorMessage(error)));
    },
  };
}

function respond(
  request: DescribeProducersRequest,
  answer: (topic: string, partition: number) => Answer,
): DescribeProducersResponse {
  return createDescribeProducersResponse({
    topics: request.topics.map(({ name, partitionIndexes }) =>
      createDescribeProducersResponseTopicResponse({
        name,
        partitions: partitionIndexes.map((partition) => answer(name, partition)),
      }),
    ),
  });
}

function describe(
  dependencies: LeadingLogDependencies,
  topicName: string,
  partitionIndex: number,
): Answer {
  const problem = topicNameProblem(topicName);
  if (problem !== null) {
    return failed(partitionIndex, ErrorCode.INVALID_TOPIC_EXCEPTION, problem);
  }
  const log = leadingLog(dependencies, topicName, partitionIndex, -1);
  if (typeof log === 'number') {
    // As in Kafka only a topic that is unknown is talked about, not a partition.
    const isKnown = dependencies.topics.byName(topicName) !== undefined;
    return failed(partitionIndex, log, isKnown ? null : errorMessage(log));
  }
  return createDescribeProducersResponsePartitionResponse({
    partitionIndex,
    activeProducers: log.activeProducers().map((producer) =>
      createDescribeProducersResponseProducerState({
        producerId: producer.producerId,
        producerEpoch: producer.producerEpoch,
        lastSequence: producer.lastSequence,
        lastTimestamp: producer.lastTimestampMs,
        coordinatorEpoch: -1,
        currentTxnStartOffset: -1,
      }),
    ),
  });
}

function failed(partitionIndex: number, errorCode: number, message: string | null): Answer {
  return createDescribeProducersResponsePartitionResponse({
    partitionIndex,
    errorCode,
    errorMessage: message,
  });
}
