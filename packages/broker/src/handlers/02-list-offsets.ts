// ListOffsets, versions 1 to 11: by time and the special timestamps −1 latest, −2 earliest, −3 max timestamp (v7),
// −4 earliest local (v8), −5 last tiered (v9), −6 earliest pending upload (v11).
// Nothing is tiered here, so −5 and −6 answer as Kafka does without remote storage.

import { ErrorCode } from '@millrace/protocol';
import {
  ListOffsetsRequest,
  type ListOffsetsRequestListOffsetsPartition,
} from '@millrace/protocol/messages/list-offsets-request';
import {
  createListOffsetsResponse,
  createListOffsetsResponseListOffsetsPartitionResponse,
  createListOffsetsResponseListOffsetsTopicResponse,
  ListOffsetsResponse,
  type ListOffsetsResponseListOffsetsPartitionResponse,
} from '@millrace/protocol/messages/list-offsets-response';
import type { PartitionLog } from '@millrace/storage';
import type { Handler } from '../handler.ts';
import { type LeadingLogDependencies, leadingLog } from '../leading-log.ts';
import { mergedTopics } from '../merged-topics.ts';
import { repeated } from '../repeated.ts';

const LATEST = -1;
const EARLIEST = -2;
const MAX_TIMESTAMP = -3;
const EARLIEST_LOCAL = -4;
const LATEST_TIERED = -5;
const EARLIEST_PENDING_UPLOAD = -6;

/** The first version that knows a special timestamp. */
const SINCE_VERSION = new Map([
  [MAX_TIMESTAMP, 7],
  [EARLIEST_LOCAL, 8],
  [LATEST_TIERED, 9],
  [EARLIEST_PENDING_UPLOAD, 11],
]);

type Answer = ListOffsetsResponseListOffsetsPartitionResponse;

interface Found {
  readonly offset: number;
  readonly timestampMs: number;
  readonly leaderEpoch: number;
}

const NOT_FOUND: Found = { offset: -1, timestampMs: -1, leaderEpoch: -1 };

export function listOffsetsHandler(
  dependencies: LeadingLogDependencies,
): Handler<ListOffsetsRequest, ListOffsetsResponse> {
  return {
    apiKey: ListOffsetsRequest.apiKey,
    minVersion: 1,
    maxVersion: 11,
    request: ListOffsetsRequest,
    response: ListOffsetsResponse,
    async handle(request, context) {
      const response = createListOffsetsResponse({});
      for (const { name, partitions } of mergedTopics(request.topics, nameOf)) {
        const answers: Answer[] = [];
        const twice = repeated(partitions.map(({ partitionIndex }) => partitionIndex));
        for (const index of twice) answers.push(failed(index, ErrorCode.INVALID_REQUEST));
        for (const partition of partitions) {
          if (twice.has(partition.partitionIndex)) continue;
          answers.push(
            await listPartition(dependencies, name, partition, request, context.apiVersion),
          );
        }
        response.topics.push(
          createListOffsetsResponseListOffsetsTopicResponse({ name, partitions: answers }),
        );
      }
      return response;
    },
    failure(request, error) {
      return createListOffsetsResponse({
        topics: request.topics.map(({ name, partitions }) =>
          createListOffsetsResponseListOffsetsTopicResponse({
            name,
            partitions: partitions.map(({ partitionIndex }) => failed(partitionIndex, error)),
          }),
        ),
      });
    },
  };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

async function listPartition(
  dependencies: LeadingLogDependencies,
  topicName: string,
  partition: ListOffsetsRequestListOffsetsPartition,
  request: ListOffsetsRequest,
  version: number,
): Promise<Answer> {
  const { partitionIndex, currentLeaderEpoch, timestamp } = partition;
  const log = leadingLog(dependencies, topicName, partitionIndex, currentLeaderEpoch);
  if (typeof log === 'number') return failed(partitionIndex, log);
  const isUnknownSpecial = timestamp < EARLIEST_PENDING_UPLOAD;
  if (isUnknownSpecial || version < (SINCE_VERSION.get(timestamp) ?? 0)) {
    return failed(partitionIndex, ErrorCode.UNSUPPORTED_VERSION);
  }
  const found = await find(log, timestamp, request.isolationLevel);
  return createListOffsetsResponseListOffsetsPartitionResponse({
    partitionIndex,
    timestamp: found.timestampMs,
    offset: found.offset,
    // The field came with version 4.
    ...(version >= 4 ? { leaderEpoch: found.leaderEpoch } : {}),
  });
}

async function find(log: PartitionLog, timestamp: number, isolationLevel: number): Promise<Found> {
  const { leaderEpoch } = log;
  switch (timestamp) {
    case LATEST: {
      const offset = isolationLevel === 1 ? log.lastStableOffset : log.highWatermark;
      return { offset, timestampMs: -1, leaderEpoch };
    }
    case EARLIEST:
    case EARLIEST_LOCAL:
      return { offset: log.logStartOffset, timestampMs: -1, leaderEpoch };
    case LATEST_TIERED:
    case EARLIEST_PENDING_UPLOAD:
      return NOT_FOUND;
    case MAX_TIMESTAMP:
      return (await log.offsetForMaxTimestamp()) ?? NOT_FOUND;
    default:
      return (await log.offsetForTimestamp(timestamp)) ?? NOT_FOUND;
  }
}

function failed(partitionIndex: number, errorCode: number): Answer {
  return createListOffsetsResponseListOffsetsPartitionResponse({
    partitionIndex,
    errorCode,
    timestamp: -1,
    offset: -1,
    leaderEpoch: -1,
  });
}
