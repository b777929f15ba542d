// OffsetForLeaderEpoch, versions 2 to 4 (KIP-320): where an epoch ended, so that a consumer can tell a truncated log.

import { ErrorCode } from '@millrace/protocol';
import { OffsetForLeaderEpochRequest } from '@millrace/protocol/messages/offset-for-leader-epoch-request';
import {
  createOffsetForLeaderEpochResponse,
  createOffsetForLeaderEpochResponseEpochEndOffset,
  createOffsetForLeaderEpochResponseOffsetForLeaderTopicResult,
  OffsetForLeaderEpochResponse,
  type OffsetForLeaderEpochResponseEpochEndOffset,
} from '@millrace/protocol/messages/offset-for-leader-epoch-response';
import type { LogStore } from '@millrace/storage';
import type { Handler } from '../handler.ts';
import type { Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';
import { leaderEpochError } from './01-fetch.ts';

interface Dependencies {
  readonly topics: Topics;
  readonly logStore: LogStore;
  readonly placement: Placement;
}

export function offsetForLeaderEpochHandler(
  dependencies: Dependencies,
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
  { topics, logStore, placement }: Dependencies,
  topicName: string,
  partition: number,
  currentLeaderEpoch: number,
  leaderEpoch: number,
): OffsetForLeaderEpochResponseEpochEndOffset {
  const topicId = topics.byName(topicName)?.topicId;
  const leadership = topicId === undefined ? null : placement.leadership(topicId, partition);
  if (topicId === undefined || leadership === null) {
    return failed(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }
  const log = logStore.get(topicId, partition);
  if (leadership.leaderId !== placement.nodeId || log === undefined) {
    return failed(partition, ErrorCode.NOT_LEADER_OR_FOLLOWER);
  }
  const epochError = leaderEpochError(currentLeaderEpoch, log.leaderEpoch);
  if (epochError !== ErrorCode.NONE) return failed(partition, epochError);
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
