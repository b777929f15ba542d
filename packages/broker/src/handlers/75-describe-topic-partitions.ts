// DescribeTopicPartitions, version 0 (KIP-966): topics in the order of their names, a bounded number of partitions an
// answer, and a cursor to go on from. There are no eligible leader replicas: each partition has one replica, in sync.

import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { DescribeTopicPartitionsRequest } from '@millrace/protocol/messages/describe-topic-partitions-request';
import {
  createDescribeTopicPartitionsResponse,
  createDescribeTopicPartitionsResponseCursor,
  createDescribeTopicPartitionsResponsePartition,
  createDescribeTopicPartitionsResponseTopic,
  DescribeTopicPartitionsResponse,
  type DescribeTopicPartitionsResponsePartition,
  type DescribeTopicPartitionsResponseTopic,
} from '@millrace/protocol/messages/describe-topic-partitions-response';
import { TOPIC_OPERATIONS } from '../authorized-operations.ts';
import { describedPartition } from '../described-partition.ts';
import type { Handler } from '../handler.ts';
import type { Placement } from '../placement.ts';
import { isInternalTopic, topicNameProblem } from '../topic-name.ts';
import type { Topics } from '../topics.ts';

type Topic = DescribeTopicPartitionsResponseTopic;
type Partition = DescribeTopicPartitionsResponsePartition;

export interface DescribeTopicPartitionsDependencies {
  readonly topics: Topics;
  readonly placement: Placement;
  /** Most partitions in one answer: `max.request.partition.size.limit`. */
  readonly maxPartitions: number;
}

export function describeTopicPartitionsHandler(
  dependencies: DescribeTopicPartitionsDependencies,
): Handler<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse> {
  return {
    apiKey: DescribeTopicPartitionsRequest.apiKey,
    minVersion: 0,
    maxVersion: 0,
    request: DescribeTopicPartitionsRequest,
    response: DescribeTopicPartitionsResponse,
    handle(request) {
      return isCursorUsable(request)
        ? describePage(dependencies, request)
        : failure(request, ErrorCode.INVALID_REQUEST);
    },
    failure,
  };
}

function failure(
  request: DescribeTopicPartitionsRequest,
  errorCode: number,
): DescribeTopicPartitionsResponse {
  return createDescribeTopicPartitionsResponse({
    topics: request.topics.map(({ name }) => failedTopic(name, errorCode)),
  });
}

function isCursorUsable({ cursor, topics }: DescribeTopicPartitionsRequest): boolean {
  if (cursor === null) return true;
  const asksForAll = topics.length === 0;
  const isAskedFor = asksForAll || topics.some(({ name }) => name === cursor.topicName);
  return isAskedFor && cursor.partitionIndex >= 0;
}

function describePage(
  dependencies: DescribeTopicPartitionsDependencies,
  request: DescribeTopicPartitionsRequest,
): DescribeTopicPartitionsResponse {
  const { cursor, responsePartitionLimit } = request;
  const response = createDescribeTopicPartitionsResponse({});
  let left = Math.max(1, Math.min(responsePartitionLimit, dependencies.maxPartitions));
  for (const name of sortedNames(dependencies, request)) {
    if (left === 0) {
      response.nextCursor = cursorAt(name, 0);
      break;
    }
    const first = name === cursor?.topicName ? cursor.partitionIndex : 0;
    const { topic, next } = describeTopic(dependencies, name, first, left);
    response.topics.push(topic);
    left -= topic.partitions.length;
    if (next !== null) {
      response.nextCursor = cursorAt(name, next);
      break;
    }
  }
  return response;
}

/** The names asked for, each once, from the cursor's on, in Kafka's order: by UTF-16 code unit, as `sort` does. */
function sortedNames(
  { topics }: DescribeTopicPartitionsDependencies,
  request: DescribeTopicPartitionsRequest,
): string[] {
  const asked = request.topics.length === 0 ? topics.all() : request.topics;
  const firstName = request.cursor?.topicName ?? '';
  const names = new Set<string>();
  for (const { name } of asked) {
    if (name >= firstName) names.add(name);
  }
  return [...names].sort();
}

/** At most `limit` partitions from `first` on; `next` is the partition to go on from, null when none is left. */
function describeTopic(
  { topics, placement }: DescribeTopicPartitionsDependencies,
  name: string,
  first: number,
  limit: number,
): { readonly topic: Topic; readonly next: number | null } {
  const record = topics.byName(name);
  if (record === undefined) {
    const isUnknown = topicNameProblem(name) === null;
    const topic = failedTopic(
      name,
      isUnknown ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.INVALID_TOPIC_EXCEPTION,
    );
    topic.isInternal = isInternalTopic(name);
    topic.topicAuthorizedOperations = TOPIC_OPERATIONS;
    return { topic, next: null };
  }
  const { topicId, partitionCount } = record;
  const end = Math.min(partitionCount, first + limit);
  const partitions: Partition[] = [];
  for (let partitionIndex = first; partitionIndex < end; partitionIndex++) {
    const described = describedPartition(placement, topicId, partitionIndex);
    if (described === null) continue;
    partitions.push(
      createDescribeTopicPartitionsResponsePartition({
        ...described,
        eligibleLeaderReplicas: [],
        lastKnownElr: [],
      }),
    );
  }
  const topic = createDescribeTopicPartitionsResponseTopic({
    name,
    topicId,
    isInternal: isInternalTopic(name),
    partitions,
    topicAuthorizedOperations: TOPIC_OPERATIONS,
  });
  return { topic, next: end < partitionCount ? end : null };
}

function failedTopic(name: string, errorCode: number): Topic {
  return createDescribeTopicPartitionsResponseTopic({
    errorCode,
    name,
    topicId: ZERO_UUID,
  });
}

function cursorAt(topicName: string, partitionIndex: number) {
  return createDescribeTopicPartitionsResponseCursor({ topicName, partitionIndex });
}
