// OffsetForLeaderEpoch, versions 2 to 4 (KIP-320): where an epoch ended, so that a consumer can tell a truncated log.

import { OffsetForLeaderEpochRequest } from '@millrace/protocol/messages/offset-for-leader-epoch-request';
import {
  createOffsetForLeaderEpochResponse,
  createOffsetForLeaderEpochResponseEpochEndOffset,
  createOffsetForLeaderEpochResponseOffsetForLeaderTopicResult,
  OffsetForLeaderEpochResponse,
  type OffsetForLeaderEpochResponseEpochEndOffset,
} from '@millrace/protocol/messages/offset-for-leader-epoch-response';
import type { Handler } from '../handler.ts';
import { type LeadingLogDependencies, leadingLog } from '../leading-log.ts';

export function offsetForLeaderEpochHandler(
  dependencies: LeadingLogDependencies,
): Handler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> {
  return {
    apiKey: OffsetForLeaderEpochRequest.apiKey,
    minVersion: 2,
    maxVersion: 4,
    request: OffsetForLeaderEpochRequest,
    response: OffsetForLeaderEpochResponse,
    handle(request) {
      return createOffsetForLeaderEpochResponse({
        topics: request.topics.map(({ topic, partitions }) =>
          createOffsetForLeaderEpochResponseOffsetForLeaderTopicResult({
            topic,
            partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) =>
              endOfEpoch(dependencies, topic, partition, currentLeaderEpoch, leaderEpoch),
            ),
          }),
        ),
      });
    },
    failure(request, errorCode) {
      return createOffsetForLeaderEpochResponse({
        topics: request.topics.map(({ topic, partitions }) =>
          createOffsetForLeaderEpochResponseOffsetForLeaderTopicResult({
            topic,
            partitions: partitions.map(({ partition }) => failed(partition, errorCode)),
          }),
        ),
      });
    },
  };
}

function endOfEpoch(
  dependencies: LeadingLogDependencies,
  topicName: string,
  partition: number,
  currentLeaderEpoch: number,
  leaderEpoch: number,
): OffsetForLeaderEpochResponseEpochEndOffset {
  const log = leadingLog(dependencies, topicName, partition, currentLeaderEpoch);
  if (typeof log === 'number') return failed(partition, log);
  const end = log.endOffsetForEpoch(leaderEpoch);
  return createOffsetForLeaderEpochResponseEpochEndOffset({
    partition,
    leaderEpoch: end.leaderEpoch,
    endOffset: end.endOffset,
  });
}

function failed(partition: number, errorCode: number): OffsetForLeaderEpochResponseEpochEndOffset {
  return createOffsetForLeaderEpochResponseEpochEndOffset({
    partition,
    errorCode,
    leaderEpoch: -1,
    endOffset: -1,
  });
}
