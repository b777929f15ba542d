import { ErrorCode } from '@millrace/protocol';
import {
  createHeartbeatRequest,
  HeartbeatRequest,
} from '@millrace/protocol/messages/heartbeat-request';
import { HeartbeatResponse } from '@millrace/protocol/messages/heartbeat-response';
import {
  createJoinGroupRequest,
  JoinGroupRequest,
} from '@millrace/protocol/messages/join-group-request';
import { JoinGroupResponse } from '@millrace/protocol/messages/join-group-response';
import {
  createLeaveGroupRequest,
  createLeaveGroupRequestMemberIdentity,
  LeaveGroupRequest,
} from '@millrace/protocol/messages/leave-group-request';
import { LeaveGroupResponse } from '@millrace/protocol/messages/leave-group-response';
import {
  createSyncGroupRequest,
  SyncGroupRequest,
} from '@millrace/protocol/messages/sync-group-request';
import { SyncGroupResponse } from '@millrace/protocol/messages/sync-group-response';
import { api } from './api.ts';
import type { Cluster } from './cluster.ts';
import type { Committer } from './committed-offsets.ts';
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from './consumer-protocol.ts';
import { KafkaError } from './kafka-error.ts';
import { assignRanges } from './range-assignor.ts';
import type { TopicPartition } from './topic-partition.ts';

export interface GroupMemberOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Kafka's `group.instance.id`, for a static member (KIP-345); none by default. */
  readonly groupInstanceId?: string | null;
  /** Kafka's `session.timeout.ms`; 45,000 by default. */
  readonly sessionTimeoutMs?: number;
  /** How long the others wait for this member in a rebalance, `max.poll.interval.ms`; 300,000 by default. */
  readonly rebalanceTimeoutMs?: number;
  /** Kafka's `heartbeat.interval.ms`; 3000 by default. */
  readonly heartbeatIntervalMs?: number;
}

const joinGroupApi = api(JoinGroupRequest, JoinGroupResponse);
const syncGroupApi = api(SyncGroupRequest, SyncGroupResponse);
const heartbeatApi = api(HeartbeatRequest, HeartbeatResponse);
const leaveGroupApi = api(LeaveGroupRequest, LeaveGroupResponse);

const PROTOCOL_TYPE = 'consumer';
const ASSIGNOR = 'range';
/** The coordinator answers a join at the end of the rebalance; what is above it is for the way and the load. */
const JOIN_GRACE_MS = 5000;
/** Leaving is a courtesy: without it the others wait for the session to end. */
const LEAVE_TIMEOUT_MS = 3000;
/** Rebalances that overtake each other, one after the other; then something is wrong with the group. */
const MAX_JOINS = 100;

/** Errors after which the member begins again without its id. */
const forgottenCodes: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_MEMBER_ID,
  ErrorCode.ILLEGAL_GENERATION,
]);

/**
 * A member of a consumer group by the classic protocol, with Kafka's range assignor: joins, assigns when it leads, keeps
 * its session alive by heartbeats, and tells by `onRebalance` that it has to join again.
 */
export class GroupMember {
  readonly #cluster: Cluster;
  readonly #options: Required<GroupMemberOptions>;
  readonly #onRebalance: () => void;
  #memberId = '';
  #generationId = -1;
  #needsJoin = true;
  #hasLeft = false;
  #cancelHeartbeat: (() => void) | null = null;

  constructor(cluster: Cluster, options: GroupMemberOptions, onRebalance: () => void) {
    this.#cluster = cluster;
    this.#onRebalance = onRebalance;
    this.#options = {
      groupInstanceId: null,
      sessionTimeoutMs: 45_000,
      rebalanceTimeoutMs: 300_000,
      heartbeatIntervalMs: 3000,
      ...options,
    };
  }

  /** Whether it is no member yet, or one of a generation that is over. */
  get needsJoin(): boolean {
    return this.#needsJoin;
  }

  /** Whether the coordinator knows it in its generation, so that what it commits counts. */
  get isMember(): boolean {
    return this.#memberId !== '' && this.#generationId >= 0;
  }

  /** What commits are made as. */
  get committer(): Committer {
    const { groupId, groupInstanceId } = this.#options;
    const [memberId, generationId] = [this.#memberId, this.#generationId];
    return { groupId, groupInstanceId, memberId, generationId };
  }

  /** Joins or joins again; resolves to the partitions that are its own now. Rejects with KafkaError. */
  async join(): Promise<readonly TopicPartition[]> {
    this.#stopHeartbeats();
    for (let joins = 0; joins < MAX_JOINS; joins++) {
      const joined = await this.#joinGroup();
      const assignment = joined === null || this.#hasLeft ? null : await this.#syncGroup(joined);
      if (this.#hasLeft) throw new KafkaError('CLIENT_CLOSED', 'The consumer has left the group.');
      if (assignment === null) continue;
      this.#needsJoin = false;
      this.#planHeartbeat();
      return decodeAssignment(assignment);
    }
    throw new KafkaError(
      'REBALANCE_IN_PROGRESS',
      `group ${this.#options.groupId} did not come to rest within ${MAX_JOINS} rebalances.`,
    );
  }

  /**
   * Leaves the group for good, so that the others need not wait; a join that is under way rejects. A static member stays
   * one. Does not reject.
   */
  async leave(): Promise<void> {
    this.#hasLeft = true;
    this.#stopHeartbeats();
    this.#needsJoin = true;
    const { groupId, groupInstanceId } = this.#options;
    if (this.#memberId === '' || groupInstanceId !== null) return;
    const memberId = this.#memberId;
    this.forget();
    const member = createLeaveGroupRequestMemberIdentity({
      memberId,
      reason: 'the consumer was closed',
    });
    // Not on the coordinator's own connection: there a join may wait for its answer, and this one behind it.
    const node = await this.#cluster.coordinator(groupId).then(
      ({ id }) => id,
      () => null,
    );
    if (node === null) return;
    const leaving = this.#cluster.send(
      leaveGroupApi,
      (version) =>
        version < 3
          ? createLeaveGroupRequest({ groupId, memberId })
          : createLeaveGroupRequest({
              groupId,
              members: [version < 5 ? { ...member, reason: null } : member],
            }),
      { node, timeoutMs: LEAVE_TIMEOUT_MS, retryTimeoutMs: 0 },
    );
    await leaving.catch(() => undefined);
  }

  /** Begins anew, as a member that the coordinator does not know. */
  forget(): void {
    this.#memberId = '';
    this.#generationId = -1;
    this.#needsJoin = true;
  }

  /** Null when it has to be tried again. */
  async #joinGroup(): Promise<JoinGroupResponse | null> {
    const { groupId, sessionTimeoutMs, rebalanceTimeoutMs, groupInstanceId, topics } =
      this.#options;
    const response = await this.#cluster.send(
      joinGroupApi,
      createJoinGroupRequest({
        groupId,
        sessionTimeoutMs,
        rebalanceTimeoutMs,
        memberId: this.#memberId,
        groupInstanceId,
        protocolType: PROTOCOL_TYPE,
        protocols: [{ name: ASSIGNOR, metadata: encodeSubscription(topics) }],
      }),
      {
        ...this.#toCoordinator(),
        versions: { min: 1, max: 0x7fff },
        timeoutMs: rebalanceTimeoutMs + JOIN_GRACE_MS,
        errorCode: ({ errorCode }) => (this.#canContinue(errorCode) ? ErrorCode.NONE : errorCode),
      },
    );
    const { errorCode, memberId, generationId } = response;
    if (errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
      this.#memberId = memberId;
      return null;
    }
    if (errorCode !== ErrorCode.NONE) {
      if (forgottenCodes.has(errorCode)) this.forget();
      return null;
    }
    this.#memberId = memberId;
    this.#generationId = generationId;
    return response;
  }

  /** Null when the group is rebalancing again. */
  async #syncGroup(joined: JoinGroupResponse): Promise<Buffer | null> {
    const { groupId, groupInstanceId } = this.#options;
    const isLeader = joined.leader === joined.memberId && joined.skipAssignment !== true;
    const assignments = isLeader ? await this.#assign(joined) : [];
    const response = await this.#cluster.send(
      syncGroupApi,
      (version) =>
        createSyncGroupRequest({
          groupId,
          generationId: joined.generationId,
          memberId: joined.memberId,
          groupInstanceId,
          assignments,
          ...(version >= 5 ? { protocolType: PROTOCOL_TYPE, protocolName: ASSIGNOR } : {}),
        }),
      {
        ...this.#toCoordinator(),
        timeoutMs: this.#options.rebalanceTimeoutMs + JOIN_GRACE_MS,
        errorCode: ({ errorCode }) => (this.#canContinue(errorCode) ? ErrorCode.NONE : errorCode),
      },
    );
    const { errorCode, assignment } = response;
    if (errorCode === ErrorCode.NONE) return assignment;
    if (forgottenCodes.has(errorCode)) this.forget();
    return null;
  }

  /** Errors that are a step of the protocol. */
  #canContinue(errorCode: number): boolean {
    return (
      errorCode === ErrorCode.MEMBER_ID_REQUIRED ||
      errorCode === ErrorCode.REBALANCE_IN_PROGRESS ||
      forgottenCodes.has(errorCode)
    );
  }

  #toCoordinator() {
    const { groupId } = this.#options;
    return { node: { coordinator: groupId }, subject: `group ${groupId}`, repeat: true };
  }

  async #assign(joined: JoinGroupResponse): Promise<{ memberId: string; assignment: Buffer }[]> {
    const subscribers = joined.members.map(({ memberId, groupInstanceId, metadata }) => ({
      memberId,
      groupInstanceId,
      topics: decodeSubscription(metadata),
    }));
    const wanted = [...new Set(subscribers.flatMap(({ topics }) => topics))].sort();
    const { topics } = await this.#cluster.metadata(wanted);
    const counts = new Map(
      topics
        .filter(({ error }) => error === null)
        .map(({ name, partitions }) => [name, partitions.length]),
    );
    return [...assignRanges(subscribers, counts)].map(([memberId, partitions]) => ({
      memberId,
      assignment: encodeAssignment(partitions),
    }));
  }

  #planHeartbeat(): void {
    this.#cancelHeartbeat = this.#cluster.clock.schedule(
      this.#options.heartbeatIntervalMs,
      () => void this.#heartbeat(),
    );
  }

  #stopHeartbeats(): void {
    this.#cancelHeartbeat?.();
    this.#cancelHeartbeat = null;
  }

  /** A heartbeat that is lost is made up by the next one; only what the coordinator answers counts. */
  async #heartbeat(): Promise<void> {
    if (!this.isMember) return;
    const { groupId, groupInstanceId } = this.#options;
    const [memberId, generationId] = [this.#memberId, this.#generationId];
    const request = createHeartbeatRequest({ groupId, generationId, memberId, groupInstanceId });
    const beating = this.#cluster.send(heartbeatApi, request, {
      ...this.#toCoordinator(),
      errorCode: (answer) => answer.errorCode,
      retryTimeoutMs: this.#options.heartbeatIntervalMs,
    });
    const error = await beating.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (this.#generationId !== generationId || this.#cancelHeartbeat === null) return;
    if (this.#cluster.closing.aborted) return;
    if (error === null || !this.#endsGeneration(error)) {
      this.#planHeartbeat();
      return;
    }
    this.#cancelHeartbeat = null;
    this.#needsJoin = true;
    this.#onRebalance();
  }

  #endsGeneration(error: unknown): boolean {
    if (!(error instanceof KafkaError)) return true;
    if (error.errorCode === null || error.isRetriable) return false;
    if (forgottenCodes.has(error.errorCode)) this.forget();
    return true;
  }
}
