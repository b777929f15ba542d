import { ErrorCode } from '@millrace/protocol';
import type { Clock } from '@millrace/storage';
import { ClassicGroup } from './classic-group.ts';
import { metadataFor, protocolBytes } from './classic-group-members.ts';
import { decodeClassicGroup } from './classic-group-record.ts';
import type {
  ClassicGroupConfig,
  ClassicGroupSnapshot,
  ClassicGroupState,
  GroupReply,
  HeartbeatEvent,
  HeartbeatReply,
  JoinEvent,
  JoinReply,
  LeaveEvent,
  LeaveReply,
  SyncEvent,
  SyncReply,
} from './classic-group-types.ts';
import { CONSUMER_PROTOCOL_TYPE, subscribedTopics } from './consumer-subscription.ts';
import { refusedJoin, refusedSync } from './group-effects.ts';
import { GroupMemory, MEMBER_OVERHEAD_BYTES } from './group-memory.ts';
import { type CommitClaim, GroupOffsets, type GroupStore } from './group-offsets.ts';
import { GroupRunner } from './group-runner.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface GroupCoordinatorConfig extends ClassicGroupConfig {
  /** `offset.metadata.max.bytes` */
  readonly offsetMetadataMaxBytes: number;
}

export interface GroupCoordinatorOptions {
  readonly metadata: GroupStore;
  readonly clock: Clock;
  readonly timers: Pick<TimerQueue, 'schedule'>;
  readonly config: GroupCoordinatorConfig;
  /** Makes the random part of member ids. */
  readonly newUuid: () => string;
  readonly memory?: GroupMemory;
  /** Something an operator should read: a group that could not be stored or read, offsets that have no room. */
  readonly onNotice: (message: string) => void;
}

export interface DescribedGroup {
  readonly state: ClassicGroupState;
  readonly protocolType: string;
  /** Empty unless the group is stable. */
  readonly protocolName: string;
  readonly members: readonly DescribedMember[];
}

export interface DescribedMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** For the group's protocol; empty unless the group is stable. */
  readonly metadata: Buffer;
  readonly assignment: Buffer;
}

export interface ListedGroup {
  readonly groupId: string;
  readonly protocolType: string;
  readonly state: ClassicGroupState;
}

/** A group as metrics tell it. */
export interface GroupStatus {
  readonly groupId: string;
  readonly state: ClassicGroupState;
  readonly memberCount: number;
}

export interface OffsetToDelete {
  readonly name: string;
  readonly topicId: string | null;
  readonly partition: number;
}

const NOTHING = Buffer.alloc(0);

/** Groups that are stored at most; whoever names another one is told to try later. */
const MAX_GROUPS = 100_000;

/**
 * The classic groups that this broker coordinates. A group is in memory while it has members or is about to; an
 * empty one is only its row in the `MetadataStore`, so memory is bounded by the members there are, and these by
 * `GroupMemory`. All replies carry their error; no method rejects.
 */
export class GroupCoordinator {
  /** Commits, fetches and deletions of offsets. */
  readonly offsets: GroupOffsets;
  readonly #options: GroupCoordinatorOptions;
  readonly #runners = new Map<string, GroupRunner>();
  readonly #memory: GroupMemory;
  #state: 'new' | 'running' | 'stopped' = 'new';

  constructor(options: GroupCoordinatorOptions) {
    this.#options = options;
    this.#memory = options.memory ?? new GroupMemory();
    this.offsets = new GroupOffsets({
      metadata: options.metadata,
      metadataMaxBytes: options.config.offsetMetadataMaxBytes,
      onNotice: options.onNotice,
    });
  }

  /** Takes up the stored groups that have members. Once, after the metadata store is open. */
  start(): void {
    this.#state = 'running';
    for (const groupId of this.#options.metadata.image.groups.keys()) {
      if (this.#snapshot(groupId).state !== 'Empty') this.#runner(groupId);
    }
  }

  /** Answers all that is parked with COORDINATOR_NOT_AVAILABLE; what is stored stays. Before the store closes. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    const runners = [...this.#runners.values()];
    for (const runner of runners) runner.kill(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    await Promise.all(runners.map((runner) => runner.settled()));
    this.#runners.clear();
  }

  join(groupId: string, event: Omit<JoinEvent, 'ticket'>): Promise<JoinReply> {
    const sizeBytes = MEMBER_OVERHEAD_BYTES + protocolBytes(event.protocols);
    if (!this.#memory.hasRoomFor(sizeBytes) || !this.#mayExist(groupId)) {
      return Promise.resolve(refusedJoin(event.memberId, ErrorCode.COORDINATOR_NOT_AVAILABLE));
    }
    return this.#request(
      groupId,
      (error) => refusedJoin(event.memberId, error),
      (group, ticket, nowMs) => group.join({ ...event, ticket }, nowMs),
    );
  }

  sync(groupId: string, event: Omit<SyncEvent, 'ticket'>): Promise<SyncReply> {
    return this.#request(groupId, refusedSync, (group, ticket, nowMs) =>
      group.sync({ ...event, ticket }, nowMs),
    );
  }

  heartbeat(groupId: string, event: Omit<HeartbeatEvent, 'ticket'>): Promise<HeartbeatReply> {
    return this.#request(
      groupId,
      (error) => ({ type: 'heartbeat', error }),
      (group, ticket, nowMs) => group.heartbeat({ ...event, ticket }, nowMs),
    );
  }

  leave(groupId: string, event: Omit<LeaveEvent, 'ticket'>): Promise<LeaveReply> {
    return this.#request(
      groupId,
      (error) => ({ type: 'leave', error, members: [] }),
      (group, ticket, nowMs) => group.leave({ ...event, ticket }, nowMs),
    );
  }

  /** Commits if the sender may; resolves to one error for each of the offsets, in their order. */
  async commitOffsets(commit: CommitClaim): Promise<number[]> {
    const all = (error: number) => commit.offsets.map(() => error);
    if (this.#state !== 'running') return all(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    const isMember = commit.claim.generation >= 0;
    if (isMember && !this.#exists(commit.groupId)) return all(ErrorCode.GROUP_ID_NOT_FOUND);
    if (!this.#mayExist(commit.groupId)) return all(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    const runner = this.#runner(commit.groupId);
    const error = runner.offsetCommit(commit.claim);
    if (error !== ErrorCode.NONE) return all(error);
    const errors = await this.offsets.commit(commit, this.#options.clock.nowMs());
    if (!errors.includes(ErrorCode.NOT_COORDINATOR)) return errors;
    // The stored epoch had moved on: with a rebalance of ours, or because another broker took over.
    const isOurs = runner.group.generation !== commit.claim.generation;
    return isOurs ? all(ErrorCode.ILLEGAL_GENERATION) : errors;
  }

  /** Null when there is no such group. */
  describe(groupId: string): DescribedGroup | null {
    const group = this.#runners.get(groupId)?.group;
    if (group === undefined) {
      if (!this.#exists(groupId)) return null;
      const protocolType = this.#options.metadata.image.groups.get(groupId)?.protocolType ?? '';
      return { state: 'Empty', protocolType, protocolName: '', members: [] };
    }
    const protocol = group.state === 'Stable' ? group.protocolName : null;
    return {
      state: group.state,
      protocolType: group.protocolType ?? '',
      protocolName: protocol ?? '',
      members: Array.from(group.members, (member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        metadata: protocol === null ? NOTHING : metadataFor(member, protocol),
        assignment: member.assignment,
      })),
    };
  }

  list(): ListedGroup[] {
    const { image } = this.#options.metadata;
    const listed = Array.from(this.#runners.values(), ({ group }) => ({
      groupId: group.groupId,
      protocolType: group.protocolType ?? '',
      state: group.state,
    }));
    for (const groupId of this.idleGroupIds()) {
      const protocolType = image.groups.get(groupId)?.protocolType ?? '';
      listed.push({ groupId, protocolType, state: 'Empty' });
    }
    return listed;
  }

  statuses(): GroupStatus[] {
    const statuses = Array.from(this.#runners.values(), ({ group }): GroupStatus => {
      const { groupId, state, memberCount } = group;
      return { groupId, state, memberCount };
    });
    for (const groupId of this.idleGroupIds()) {
      statuses.push({ groupId, state: 'Empty', memberCount: 0 });
    }
    return statuses;
  }

  /** Groups that are stored and that nobody is in, or about to join. */
  idleGroupIds(): string[] {
    const groupIds = Array.from(this.#options.metadata.image.groupIds());
    return groupIds.filter((groupId) => !this.#runners.has(groupId));
  }

  /** Removes a group without members and its offsets. Resolves to an error code. */
  async delete(groupId: string): Promise<number> {
    if (this.#state !== 'running') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
    if (!this.#exists(groupId)) return ErrorCode.GROUP_ID_NOT_FOUND;
    const runner = this.#runner(groupId);
    if (runner.group.state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND;
    if (runner.group.state !== 'Empty') return ErrorCode.NON_EMPTY_GROUP;
    // Until it is gone from the store, the dead group in memory turns away whoever comes.
    runner.kill(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    await runner.settled();
    const error = await this.offsets.deleteGroup(groupId);
    this.#forget(runner);
    return error;
  }

  /**
   * Deletes committed offsets, but not of topics that the group's members subscribe to. A null topic id stands for a
   * partition that is not there. Resolves to an error for the whole, or one for each partition.
   */
  async deleteOffsets(
    groupId: string,
    partitions: readonly OffsetToDelete[],
  ): Promise<{ readonly error: number; readonly errors: readonly number[] }> {
    const whole = (error: number) => ({ error, errors: [] });
    if (this.#state !== 'running') return whole(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    const group = this.describe(groupId);
    if (group === null || group.state === 'Dead') return whole(ErrorCode.GROUP_ID_NOT_FOUND);
    const isEmpty = group.state === 'Empty';
    if (!isEmpty && group.protocolType !== CONSUMER_PROTOCOL_TYPE) {
      return whole(ErrorCode.NON_EMPTY_GROUP);
    }
    const subscribed = isEmpty ? new Set<string>() : this.#subscribedTopics(groupId);
    const errors = partitions.map(({ name, topicId }) => {
      if (topicId === null) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      // While it is not known what the members subscribe to, it may be this topic.
      const isSubscribed = subscribed === null || subscribed.has(name);
      return isSubscribed ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE;
    });
    const toDelete = partitions.flatMap(({ topicId, partition }, index) =>
      topicId !== null && errors[index] === ErrorCode.NONE ? [{ topicId, partition }] : [],
    );
    const error = await this.offsets.delete(groupId, toDelete);
    return error === ErrorCode.NONE ? { error, errors } : whole(error);
  }

  #subscribedTopics(groupId: string): ReadonlySet<string> | null {
    const group = this.#runners.get(groupId)?.group;
    const protocol = group?.protocolName ?? null;
    if (group === undefined || protocol === null) return null;
    return subscribedTopics(Array.from(group.members, (member) => metadataFor(member, protocol)));
  }

  #request<Reply extends GroupReply>(
    groupId: string,
    refusal: (error: number) => Reply,
    submit: Parameters<GroupRunner['request']>[0],
  ): Promise<Reply> {
    const problem = this.#problem(groupId);
    if (problem !== ErrorCode.NONE) return Promise.resolve(refusal(problem));
    return this.#runner(groupId).request<Reply>(submit);
  }

  #problem(groupId: string): number {
    if (this.#state !== 'running') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
    return groupId === '' ? ErrorCode.INVALID_GROUP_ID : ErrorCode.NONE;
  }

  #exists(groupId: string): boolean {
    const { image } = this.#options.metadata;
    return (
      this.#runners.has(groupId) || image.groups.has(groupId) || image.offsets(groupId).size > 0
    );
  }

  /** Whether the group is there, or there is room for one more. */
  #mayExist(groupId: string): boolean {
    const { image } = this.#options.metadata;
    return image.groupCount < MAX_GROUPS || this.#exists(groupId);
  }

  /** The running group, or the stored one taken up, or a new one. */
  #runner(groupId: string): GroupRunner {
    const running = this.#runners.get(groupId);
    if (running !== undefined) return running;
    const { metadata, clock, timers, config, newUuid, onNotice } = this.#options;
    const stored = metadata.image.groups.get(groupId);
    const runner = new GroupRunner(
      new ClassicGroup(groupId, config, newUuid, this.#memory),
      stored?.epoch ?? null,
      {
        metadata,
        clock,
        timers,
        onNotice,
        onFenced: (fenced) => this.#forget(fenced),
        onSettled: (settled) => {
          if (settled.isIdle) this.#forget(settled);
        },
      },
    );
    runner.restore(this.#snapshot(groupId));
    this.#runners.set(groupId, runner);
    return runner;
  }

  #forget(runner: GroupRunner): void {
    const { groupId } = runner.group;
    if (this.#runners.get(groupId) === runner) this.#runners.delete(groupId);
  }

  #snapshot(groupId: string): ClassicGroupSnapshot {
    const record = this.#options.metadata.image.groups.get(groupId);
    const empty: ClassicGroupSnapshot = {
      state: 'Empty',
      generation: record?.epoch ?? 0,
      protocolType: record?.protocolType ?? '',
      protocolName: null,
      leaderId: null,
      members: [],
    };
    if (record === undefined) return empty;
    const snapshot = decodeClassicGroup(record);
    if (snapshot === null) {
      this.#options.onNotice(
        `The stored state of group "${groupId}" cannot be read; its members have to join again.`,
      );
    }
    return snapshot ?? empty;
  }
}
