// Group members that stay without a client: one join, one sync, and a session of minutes.

import { JoinGroupRequest } from '@millrace/protocol/messages/join-group-request';
import { JoinGroupResponse } from '@millrace/protocol/messages/join-group-response';
import { OffsetCommitRequest } from '@millrace/protocol/messages/offset-commit-request';
import { OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit-response';
import { SyncGroupRequest } from '@millrace/protocol/messages/sync-group-request';
import { SyncGroupResponse } from '@millrace/protocol/messages/sync-group-response';
import { until } from '../harness/until.ts';
import { api } from './api.ts';
import type { Peer } from './peer.ts';

const joinGroup = api(JoinGroupRequest, JoinGroupResponse);
const syncGroup = api(SyncGroupRequest, SyncGroupResponse);
const offsetCommit = api(OffsetCommitRequest, OffsetCommitResponse);

const int16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 0xffff)]);
const text = (value: string) => Buffer.concat([int16(value.length), Buffer.from(value)]);
const nothing = int32(-1);

/**
 * A subscription to one topic as consumers write it (ConsumerProtocolSubscription version 0). It has to be one: Kafka
 * reads it, and never answers a join whose metadata promises more than it has.
 */
export function subscription(topic: string): Buffer {
  return Buffer.concat([int16(0), int32(1), text(topic), nothing]);
}

/** ConsumerProtocolAssignment version 0. */
function assignment(topic: string, partitions: readonly number[]): Buffer {
  const numbers = [int32(partitions.length), ...partitions.map(int32)];
  return Buffer.concat([int16(0), int32(1), text(topic), ...numbers, nothing]);
}

/** The only member of its group, to which these partitions of the topic are assigned. */
export async function stayingMember(
  peer: Peer,
  groupId: string,
  topic: string,
  partitions: readonly number[],
): Promise<void> {
  const joining = {
    groupId,
    sessionTimeoutMs: 300_000,
    rebalanceTimeoutMs: 300_000,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription(topic) }],
  };
  const { memberId } = await peer.prepare(joinGroup, 9, joining);
  const joined = await peer.prepare(joinGroup, 9, { ...joining, memberId });
  const { errorCode } = await peer.prepare(syncGroup, 5, {
    groupId,
    memberId,
    generationId: joined.generationId,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [{ memberId, assignment: assignment(topic, partitions) }],
  });
  if (errorCode !== 0) throw new Error(`${peer.name}: SyncGroup of ${groupId}: ${errorCode}`);
}

/** Commits as a client without a membership does, partition by partition. */
export async function commitOffsets(
  peer: Peer,
  groupId: string,
  topic: string,
  offsets: readonly number[],
): Promise<void> {
  const partitions = offsets.map((committedOffset, partitionIndex) => ({
    partitionIndex,
    committedOffset,
  }));
  // Kafka makes its offsets topic when it is first asked, and loads it after that.
  await until(`${peer.name} takes offsets of ${groupId}`, async () => {
    const { topics } = await peer.prepare(offsetCommit, 8, {
      groupId,
      generationIdOrMemberEpoch: -1,
      topics: [{ name: topic, partitions }],
    });
    return topics[0]!.partitions.every(({ errorCode }) => errorCode === 0);
  });
}
