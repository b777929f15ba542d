// DeleteRecords, versions 0 to 2 (KIP-107): moves the log start of partitions, durably before the answer.
// The request's time-out is for replicas that are slow to follow; there are none to wait for.

import { ErrorCode } from '@millrace/protocol';
import { DeleteRecordsRequest } from '@millrace/protocol/messages/delete-records-request';
import {
  createDeleteRecordsResponse,
  createDeleteRecordsResponseDeleteRecordsPartitionResult,
  createDeleteRecordsResponseDeleteRecordsTopicResult,
  DeleteRecordsResponse,
  type DeleteRecordsResponseDeleteRecordsPartitionResult,
} from '@millrace/protocol/messages/delete-records-response';
import type { Handler } from '../handler.ts';
import { type LeadingLogDependencies, leadingLog } from '../leading-log.ts';
import { isInternalTopic } from '../topic-name.ts';

type Answer = DeleteRecordsResponseDeleteRecordsPartitionResult;

export function deleteRecordsHandler(
  dependencies: LeadingLogDependencies,
): Handler<DeleteRecordsRequest, DeleteRecordsResponse> {
  return {
    apiKey: DeleteRecordsRequest.apiKey,
    minVersion: 0,
    maxVersion: 2,
    request: DeleteRecordsRequest,
    response: DeleteRecordsResponse,
    async handle(request) {
      return respond(
        await Promise.all(
          // All begin before any is waited for, so that they share the writes that make them durable.
          [...offsetsByTopic(request)].map(async ([name, offsets]) => ({
            name,
            partitions: await Promise.all(
              Array.from(offsets, ([partition, offset]) =>
                deleteBefore(dependencies, name, partition, offset),
              ),
            ),
          })),
        ),
      );
    },
    failure(request, error) {
      return respond(
        Array.from(offsetsByTopic(request), ([name, offsets]) => ({
          name,
          partitions: Array.from(offsets.keys(), (partition) => failed(partition, error)),
        })),
      );
    },
  };
}

/**
 * As in Kafka a partition that is named twice is answered once, and its last offset counts; a topic without partitions
 * is not answered.
 */
function offsetsByTopic(request: DeleteRecordsRequest): Map<string, Map<number, number>> {
  const topics = new Map<string, Map<number, number>>();
  for (const { name, partitions } of request.topics) {
    if (partitions.length === 0) continue;
    let offsets = topics.get(name);
    if (offsets === undefined) {
      offsets = new Map();
      topics.set(name, offsets);
    }
    for (const { partitionIndex, offset } of partitions) offsets.set(partitionIndex, offset);
  }
  return topics;
}

async function deleteBefore(
  dependencies: LeadingLogDependencies,
  topicName: string,
  partitionIndex: number,
  offset: number,
): Promise<Answer> {
  const log = leadingLog(dependencies, topicName, partitionIndex, -1);
  if (typeof log === 'number') return failed(partitionIndex, log);
  if (isInternalTopic(topicName)) return failed(partitionIndex, ErrorCode.INVALID_TOPIC_EXCEPTION);
  const result = await log.deleteRecordsBefore(offset);
  return createDeleteRecordsResponseDeleteRecordsPartitionResult({
    partitionIndex,
    errorCode: result.error,
    lowWatermark: result.logStartOffset,
  });
}

function failed(partitionIndex: number, errorCode: number): Answer {
  return createDeleteRecordsResponseDeleteRecordsPartitionResult({
    partitionIndex,
    errorCode,
    lowWatermark: -1,
  });
}

function respond(
  topics: readonly { readonly name: string; readonly partitions: Answer[] }[],
): DeleteRecordsResponse {
  return createDeleteRecordsResponse({
    topics: topics.map((topic) => createDeleteRecordsResponseDeleteRecordsTopicResult(topic)),
  });
}
