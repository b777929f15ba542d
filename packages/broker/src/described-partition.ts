import { ErrorCode } from '@millrace/protocol';
import type { Placement } from './placement.ts';

/** What every API that describes a partition tells of it. */
export interface DescribedPartition {
  /** NONE, or LEADER_NOT_AVAILABLE. */
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: number[];
  readonly isrNodes: number[];
  readonly offlineReplicas: number[];
}

/** Null when the partition does not exist, as when its topic was deleted since it was looked up. */
export function describedPartition(
  placement: Placement,
  topicId: string,
  partitionIndex: number,
): DescribedPartition | null {
  const leadership = placement.leadership(topicId, partitionIndex);
  if (leadership === null) return null;
  return {
    errorCode: leadership.leaderId < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
    partitionIndex,
    leaderId: leadership.leaderId,
    leaderEpoch: leadership.leaderEpoch,
    replicaNodes: [...leadership.replicas],
    isrNodes: [...leadership.inSyncReplicas],
    offlineReplicas: [...leadership.offlineReplicas],
  };
}
