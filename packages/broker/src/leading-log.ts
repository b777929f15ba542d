import { ErrorCode } from '@millrace/protocol';
import type { LogStore, PartitionLog } from '@millrace/storage';
import type { Placement } from './placement.ts';
import type { Topics } from './topics.ts';

export interface LeadingLogDependencies {
  readonly topics: Topics;
  readonly logStore: LogStore;
  readonly placement: Placement;
}

/**
 * The log of a partition that this broker leads in the epoch that the client knows; else the error to answer:
 * UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH or UNKNOWN_LEADER_EPOCH.
 */
export function leadingLog(
  { topics, logStore, placement }: LeadingLogDependencies,
  topicName: string,
  partition: number,
  currentLeaderEpoch: number,
): PartitionLog | number {
  const topicId = topics.byName(topicName)?.topicId;
  const leadership = topicId === undefined ? null : placement.leadership(topicId, partition);
  if (topicId === undefined || leadership === null) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const log = logStore.get(topicId, partition);
  if (leadership.leaderId !== placement.nodeId || log === undefined) {
    return ErrorCode.NOT_LEADER_OR_FOLLOWER;
  }
  const error = leaderEpochError(currentLeaderEpoch, log.leaderEpoch);
  return error === ErrorCode.NONE ? log : error;
}

/** KIP-320: an older epoch than ours is fenced, a newer one is not known yet; −1 asks for no check. */
export function leaderEpochError(requested: number, actual: number): number {
  if (requested === -1 || requested === actual) return ErrorCode.NONE;
  return requested < actual ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH;
}
