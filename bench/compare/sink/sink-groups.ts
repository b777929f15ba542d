// Groups of one member: who joins is the leader and gets what it assigns to itself. Nothing is kept.

import { FindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import {
  createFindCoordinatorResponse,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator-response';
import { HeartbeatRequest } from '@millrace/protocol/messages/heartbeat-request';
import {
  createHeartbeatResponse,
  HeartbeatResponse,
} from '@millrace/protocol/messages/heartbeat-response';
import { JoinGroupRequest } from '@millrace/protocol/messages/join-group-request';
import {
  createJoinGroupResponse,
  createJoinGroupResponseMember,
  JoinGroupResponse,
} from '@millrace/protocol/messages/join-group-response';
import { LeaveGroupRequest } from '@millrace/protocol/messages/leave-group-request';
import {
  createLeaveGroupResponse,
  LeaveGroupResponse,
} from '@millrace/protocol/messages/leave-group-response';
import { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit-request';
import {
  createOffsetCommitResponse,
  createOffsetCommitResponsePartition,
  createOffsetCommitResponseTopic,
  OffsetCommitResponse,
} from '@millrace/protocol/messages/offset-commit-response';
import { OffsetFetchRequest } from '@millrace/protocol/messages/offset-fetch-request';
import {
  createOffsetFetchResponse,
  createOffsetFetchResponsePartition,
  createOffsetFetchResponseTopic,
  OffsetFetchResponse,
} from '@millrace/protocol/messages/offset-fetch-response';
import { SyncGroupRequest } from '@millrace/protocol/messages/sync-group-request';
import {
  createSyncGroupResponse,
  SyncGroupResponse,
} from '@millrace/protocol/messages/sync-group-response';
import { HOST, NODE_ID, type SinkApi, sinkApi } from './sink-api.ts';

/** Versions before those that ask for many groups at once. */
export function groupApis(port: number): SinkApi[] {
  return [
    sinkApi(FindCoordinatorRequest, FindCoordinatorResponse, 3, () =>
      createFindCoordinatorResponse({ nodeId: NODE_ID, host: HOST, port }),
    ),
    sinkApi(JoinGroupRequest, JoinGroupResponse, 5, join),
    sinkApi(SyncGroupRequest, SyncGroupResponse, 3, ({ assignments, memberId }) => {
      const own = assignments.find((assigned) => assigned.memberId === memberId);
      return createSyncGroupResponse(own === undefined ? {} : { assignment: own.assignment });
    }),
    sinkApi(HeartbeatRequest, HeartbeatResponse, 3, () => createHeartbeatResponse()),
    sinkApi(LeaveGroupRequest, LeaveGroupResponse, 3, () => createLeaveGroupResponse()),
    sinkApi(OffsetFetchRequest, OffsetFetchResponse, 7, noOffsets),
    sinkApi(OffsetCommitRequest, OffsetCommitResponse, 8, commit),
  ];
}

function join({ memberId: given, protocols }: JoinGroupRequest): JoinGroupResponse {
  const memberId = given === '' ? 'the-only-member' : given;
  const { name, metadata } = protocols[0]!;
  return createJoinGroupResponse({
    ...{ generationId: 1, protocolName: name, leader: memberId, memberId },
    members: [createJoinGroupResponseMember({ memberId, metadata })],
  });
}

function noOffsets({ topics }: OffsetFetchRequest): OffsetFetchResponse {
  return createOffsetFetchResponse({
    topics: (topics ?? []).map(({ name, partitionIndexes }) =>
      createOffsetFetchResponseTopic({
        name,
        partitions: partitionIndexes.map((partitionIndex) =>
          createOffsetFetchResponsePartition({ partitionIndex, committedOffset: -1, metadata: '' }),
        ),
      }),
    ),
  });
}

function commit({ topics }: OffsetCommitRequest): OffsetCommitResponse {
  return createOffsetCommitResponse({
    topics: topics.map(({ name, partitions }) =>
      createOffsetCommitResponseTopic({
        name,
        partitions: partitions.map(({ partitionIndex }) =>
          createOffsetCommitResponsePartition({ partitionIndex }),
        ),
      }),
    ),
  });
}
