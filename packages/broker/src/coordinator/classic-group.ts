import { ErrorCode } from '@millrace/protocol';
import {
  type ClassicGroupMember,
  ClassicGroupMembers,
  sameProtocols,
} from './classic-group-members.ts';
import {
  claimProblem,
  type GroupFacts,
  generationProblem,
  joinProblem,
  offsetCommitProblem,
  syncProblem,
} from './classic-group-rules.ts';
import type {
  ClassicGroupConfig,
  ClassicGroupSnapshot,
  ClassicGroupState,
  GenerationClaim,
  GroupEffect,
  GroupTimer,
  HeartbeatEvent,
  JoinEvent,
  LeaveEvent,
  MemberClaim,
  SyncEvent,
  Ticket,
} from './classic-group-types.ts';
import { GroupEffects } from './group-effects.ts';
import { GroupMemory, MEMBER_OVERHEAD_BYTES } from './group-memory.ts';

/**
 * A member that has not been given a generation yet cannot heartbeat, and a client that gives up on a long
 * rebalance retries as somebody new. So a first join is parked for this long at most (Kafka's own constant).
 */
const NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60_000;

/** Ids given out and not yet joined with (KIP-394); past this bound the oldest counts as timed out. */
const MAX_PENDING_MEMBERS = 10_000;

const NO_ASSIGNMENT = Buffer.alloc(0);

/**
 * The state machine of one group of the classic protocol (KIP-62, 345, 394, 814). Events come in with the time,
 * effects go out as values; the shell around it (`group-coordinator.ts`) keeps timers, storage and sockets.
 *
 *     Empty ──join──▶ PreparingRebalance ──all joined / time is up──▶ CompletingRebalance ──leader syncs──▶ Stable
 *       ▲                 │       ▲                                          │                             │
 *       └──nobody left────┘       └───────── join, leave, expiry ────────────┴─────────────────────────────┘
 *
 * JoinGroup requests are parked only while PreparingRebalance, SyncGroup requests only while CompletingRebalance.
 * The generation grows whenever a join phase ends and never goes back.
 */
export class ClassicGroup implements GroupFacts {
  readonly groupId: string;
  readonly #config: ClassicGroupConfig;
  readonly #newUuid: () => string;
  readonly #memory: GroupMemory;
  readonly #members: ClassicGroupMembers;
  readonly #effects = new GroupEffects();
  /** At most `MAX_PENDING_MEMBERS`, oldest first. */
  readonly #pendingJoin = new Set<string>();
  /** Members of this generation that have not sent their SyncGroup. */
  readonly #pendingSync = new Set<string>();
  #state: ClassicGroupState = 'Empty';
  #generation = 0;
  #protocolType: string | null = null;
  #protocolName: string | null = null;
  /** While a group that was empty gathers its first members (`group.initial.rebalance.delay.ms`). */
  #initialDelay: { remainingMs: number; joined: boolean } | null = null;

  /** `newUuid` makes the random part of member ids; `memory` is shared by all groups of a coordinator. */
  constructor(
    groupId: string,
    config: ClassicGroupConfig,
    newUuid: () => string,
    memory = new GroupMemory(),
  ) {
    this.groupId = groupId;
    this.#config = config;
    this.#newUuid = newUuid;
    this.#memory = memory;
    this.#members = new ClassicGroupMembers(memory);
  }

  get state(): ClassicGroupState {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Null until the first member came. */
  get protocolType(): string | null {
    return this.#protocolType;
  }

  /** Null while the group is empty or has not had a generation. */
  get protocolName(): string | null {
    return this.#protocolName;
  }

  get leaderId(): string | null {
    return this.#members.leaderId;
  }

  get members(): Iterable<Readonly<ClassicGroupMember>> {
    return this.#members;
  }

  get memberCount(): number {
    return this.#members.size;
  }

  /** True when nothing would be lost by forgetting the group and restoring it from its last snapshot. */
  get isIdle(): boolean {
    return this.#state === 'Empty' && this.#pendingJoin.size === 0;
  }

  /**
   * Takes up where a stored group was, before any other event: its members may go on with their ids and generation, and
   * have a whole session timeout to say so.
   */
  restore(snapshot: ClassicGroupSnapshot, nowMs: number): GroupEffect[] {
    this.#state = snapshot.state;
    this.#generation = snapshot.generation;
    this.#protocolType = snapshot.protocolType === '' ? null : snapshot.protocolType;
    this.#protocolName = snapshot.protocolName;
    for (const stored of snapshot.members) {
      const member = this.#members.add(stored);
      this.#members.assign(member, stored.assignment);
      member.isNew = false;
      this.#startSession(member, nowMs);
    }
    this.#members.setLeader(snapshot.leaderId);
    if (snapshot.state === 'CompletingRebalance') this.#awaitSyncs(nowMs);
    return this.#effects.take();
  }

  join(event: JoinEvent, nowMs: number): GroupEffect[] {
    const error = joinProblem(this, this.#members, this.#config, event);
    if (error === ErrorCode.GROUP_MAX_SIZE_REACHED) {
      this.#turnAway(event, nowMs);
    } else if (error !== ErrorCode.NONE) {
      this.#effects.refuseJoin(event.ticket, event.memberId, error);
    } else if (event.memberId === '') {
      this.#joinNew(event, nowMs);
    } else if (this.#pendingJoin.has(event.memberId) && event.groupInstanceId === null) {
      this.#admit(event.memberId, event, nowMs);
    } else {
      this.#rejoin(event, nowMs);
    }
    return this.#effects.take();
  }

  sync(event: SyncEvent, nowMs: number): GroupEffect[] {
    const error = syncProblem(this, this.#members, event);
    if (error !== ErrorCode.NONE) {
      this.#effects.refuseSync(event.ticket, error);
      return this.#effects.take();
    }
    const member = this.#members.get(event.memberId)!;
    this.#pendingSync.delete(member.memberId);
    if (this.#pendingSync.size === 0) this.#effects.cancelTimer('sync');
    if (this.#state === 'Stable') {
      this.#replyAssignment(event.ticket, member);
    } else {
      // The client sent it again, most likely on a new connection: nobody reads the first answer.
      this.#refuseParkedSync(member, ErrorCode.REBALANCE_IN_PROGRESS);
      member.syncTicket = event.ticket;
      if (this.#members.leaderId === member.memberId) this.#assign(event, nowMs);
    }
    return this.#effects.take();
  }

  heartbeat(event: HeartbeatEvent, nowMs: number): GroupEffect[] {
    let error = generationProblem(this, this.#members, event);
    if (error === ErrorCode.NONE) {
      this.#startSession(this.#members.get(event.memberId)!, nowMs);
      if (this.#state === 'PreparingRebalance') error = ErrorCode.REBALANCE_IN_PROGRESS;
    }
    this.#effects.heartbeat(event.ticket, error);
    return this.#effects.take();
  }

  leave(event: LeaveEvent, nowMs: number): GroupEffect[] {
    if (this.#state === 'Dead') {
      this.#effects.refuseLeave(event.ticket, ErrorCode.COORDINATOR_NOT_AVAILABLE);
      return this.#effects.take();
    }
    const before = this.#members.size;
    const members = event.members.map((claim) => ({ ...claim, error: this.#leaveOne(claim) }));
    if (this.#members.size < before) this.#rebalanceOrCompleteJoin(nowMs);
    else this.#completeJoinWhenAllJoined(nowMs);
    this.#effects.left(event.ticket, members);
    return this.#effects.take();
  }

  /**
   * Whether this sender may commit offsets now. A member's commit also counts as a sign of life.
   * A negative generation is a consumer without group management, or an admin: only while nobody is in the group.
   */
  offsetCommit(
    claim: GenerationClaim,
    nowMs: number,
  ): { readonly error: number; readonly effects: GroupEffect[] } {
    const error = offsetCommitProblem(this, this.#members, claim);
    if (error === ErrorCode.NONE && claim.generation >= 0) {
      this.#startSession(this.#members.get(claim.memberId)!, nowMs);
    }
    return { error, effects: this.#effects.take() };
  }

  timerFired(timer: GroupTimer, nowMs: number): GroupEffect[] {
    if (timer === 'join') this.#joinTimeIsUp(nowMs);
    else if (timer === 'sync') this.#syncTimeIsUp(nowMs);
    else this.#sessionIsOver(timer.slice('session:'.length), nowMs);
    return this.#effects.take();
  }

  /**
   * A `persist` effect could not be carried out, and the replies behind it went out as errors. The members start over: what
   * they would have been told is not in the store. The generation that was lost is not used again.
   */
  persistFailed(nowMs: number): GroupEffect[] {
    if (this.#state === 'CompletingRebalance' || this.#state === 'Stable') {
      this.#prepareRebalance(nowMs);
    }
    return this.#effects.take();
  }

  /** Ends this object's life: all that is parked is answered with `error`, and so are later requests. */
  kill(error: number): GroupEffect[] {
    for (const member of [...this.#members]) this.#drop(member, error);
    for (const memberId of [...this.#pendingJoin]) this.#forgetPending(memberId);
    this.#effects.cancelTimer('join');
    this.#effects.cancelTimer('sync');
    this.#state = 'Dead';
    return this.#effects.take();
  }

  // ---- Joining ---------------------------------------------------------------------------------------------------

  #turnAway(event: JoinEvent, nowMs: number): void {
    const member = this.#members.get(event.memberId);
    if (member !== undefined) this.#drop(member, ErrorCode.GROUP_MAX_SIZE_REACHED);
    this.#forgetPending(event.memberId);
    this.#effects.refuseJoin(event.ticket, '', ErrorCode.GROUP_MAX_SIZE_REACHED);
    this.#completeJoinWhenAllJoined(nowMs);
  }

  #joinNew(event: JoinEvent, nowMs: number): void {
    const instanceId = event.groupInstanceId;
    const memberId = `${instanceId ?? event.clientId}-${this.#newUuid()}`;
    if (instanceId === null && event.requiresKnownMemberId) {
      this.#awaitJoinOf(memberId, nowMs + event.sessionTimeoutMs);
      this.#effects.refuseJoin(event.ticket, memberId, ErrorCode.MEMBER_ID_REQUIRED);
      return;
    }
    const oldId = instanceId === null ? undefined : this.#members.idOfInstance(instanceId);
    if (oldId === undefined) this.#admit(memberId, event, nowMs);
    else this.#replaceStatic(this.#members.get(oldId)!, memberId, event, nowMs);
  }

  #awaitJoinOf(memberId: string, untilMs: number): void {
    const oldest = this.#pendingJoin.values().next().value;
    if (oldest !== undefined && this.#pendingJoin.size >= MAX_PENDING_MEMBERS) {
      this.#forgetPending(oldest);
    }
    this.#pendingJoin.add(memberId);
    this.#memory.add(pendingBytes(memberId));
    this.#effects.setTimer(`session:${memberId}`, untilMs);
  }

  #admit(memberId: string, event: JoinEvent, nowMs: number): void {
    if (this.#members.size === 0) this.#protocolType = event.protocolType;
    this.#forgetPending(memberId);
    const member = this.#members.add({ ...memberFrom(event), memberId });
    this.#members.parkJoin(member, event.ticket);
    if (this.#initialDelay !== null) this.#initialDelay.joined = true;
    this.#effects.setTimer(`session:${memberId}`, nowMs + NEW_MEMBER_JOIN_TIMEOUT_MS);
    this.#rebalanceOrCompleteJoin(nowMs);
  }

  #rejoin(event: JoinEvent, nowMs: number): void {
    const error = claimProblem(this, this.#members, event);
    if (error !== ErrorCode.NONE) {
      this.#effects.refuseJoin(event.ticket, event.memberId, error);
      return;
    }
    const member = this.#members.get(event.memberId)!;
    const leads = this.#members.leaderId === member.memberId;
    // Most likely it missed the answer to its last join. A stable group's leader asks for a rebalance by joining.
    const missedAnswer =
      this.#state === 'CompletingRebalance' || (this.#state === 'Stable' && !leads);
    if (missedAnswer && sameProtocols(member.protocols, event.protocols)) {
      this.#replyGeneration(event.ticket, member);
      return;
    }
    this.#update(member, event);
    this.#rebalanceOrCompleteJoin(nowMs);
  }

  /**
   * KIP-345: whoever joins with a known instance id and no member id takes the place of the one before. A stable group
   * whose protocol stays the same is not disturbed; the member fetches its old assignment with SyncGroup.
   */
  #replaceStatic(old: ClassicGroupMember, memberId: string, event: JoinEvent, nowMs: number): void {
    const leaderBefore = this.#members.leaderId!;
    if (old.joinTicket !== null) {
      this.#effects.refuseJoin(old.joinTicket, old.memberId, ErrorCode.FENCED_INSTANCE_ID);
    }
    this.#refuseParkedSync(old, ErrorCode.FENCED_INSTANCE_ID);
    this.#effects.cancelTimer(`session:${old.memberId}`);
    if (this.#pendingSync.delete(old.memberId)) this.#pendingSync.add(memberId);
    const member = this.#members.replace(old, memberId);
    this.#update(member, event);
    this.#startSession(member, nowMs);

    if (this.#state !== 'Stable' || this.#members.electProtocol() !== this.#protocolName) {
      this.#rebalanceOrCompleteJoin(nowMs);
      return;
    }
    this.#members.parkJoin(member, null);
    this.#persist();
    if (event.supportsSkippingAssignment) {
      this.#replyGeneration(event.ticket, member, this.#members.leaderId === memberId);
    } else {
      // Clients before KIP-814 would assign anew if they were told that they lead.
      this.#replyGeneration(event.ticket, member, false, leaderBefore);
    }
  }

  #update(member: ClassicGroupMember, event: JoinEvent): void {
    this.#members.setProtocols(member, event.protocols);
    member.sessionTimeoutMs = event.sessionTimeoutMs;
    member.rebalanceTimeoutMs = event.rebalanceTimeoutMs;
    const earlier = this.#members.parkJoin(member, event.ticket);
    if (earlier !== null) {
      // Sent again, most likely on a new connection; the older one is not left hanging.
      this.#effects.refuseJoin(earlier, member.memberId, ErrorCode.REBALANCE_IN_PROGRESS);
    }
  }

  // ---- The phases of a rebalance ---------------------------------------------------------------------------------

  #rebalanceOrCompleteJoin(nowMs: number): void {
    if (this.#state === 'PreparingRebalance') this.#completeJoinWhenAllJoined(nowMs);
    else this.#prepareRebalance(nowMs);
  }

  #prepareRebalance(nowMs: number): void {
    if (this.#state === 'CompletingRebalance') this.#cancelSyncs(nowMs);
    this.#pendingSync.clear();
    this.#effects.cancelTimer('sync');
    const isInitial = this.#state === 'Empty';
    this.#state = 'PreparingRebalance';
    if (isInitial) {
      const delayMs = this.#config.initialRebalanceDelayMs;
      const remainingMs = Math.max(0, this.#members.rebalanceTimeoutMs() - delayMs);
      this.#initialDelay = { remainingMs, joined: false };
      this.#effects.setTimer('join', nowMs + delayMs);
    } else if (this.#allJoined()) {
      this.#completeJoin(nowMs);
    } else {
      this.#effects.setTimer('join', nowMs + this.#members.rebalanceTimeoutMs());
    }
  }

  #allJoined(): boolean {
    return this.#members.awaitingJoinCount === this.#members.size && this.#pendingJoin.size === 0;
  }

  #completeJoinWhenAllJoined(nowMs: number): void {
    if (this.#state !== 'PreparingRebalance' || this.#initialDelay !== null) return;
    if (this.#allJoined()) this.#completeJoin(nowMs);
  }

  #joinTimeIsUp(nowMs: number): void {
    if (this.#state !== 'PreparingRebalance') return;
    const delay = this.#initialDelay;
    if (delay?.joined && delay.remainingMs > 0) {
      const delayMs = Math.min(this.#config.initialRebalanceDelayMs, delay.remainingMs);
      this.#initialDelay = { remainingMs: delay.remainingMs - delayMs, joined: false };
      this.#effects.setTimer('join', nowMs + delayMs);
    } else {
      this.#completeJoin(nowMs);
    }
  }

  /** The join phase ends: who has not joined is out, unless static, and a new generation begins. */
  #completeJoin(nowMs: number): void {
    this.#initialDelay = null;
    this.#effects.cancelTimer('join');
    for (const member of [...this.#members]) {
      if (member.joinTicket === null && member.groupInstanceId === null) {
        this.#drop(member, ErrorCode.UNKNOWN_MEMBER_ID);
      }
    }
    if (!this.#members.electJoinedLeader() && this.#members.size > 0) {
      // Only static members, none of them back: wait until one is, or their sessions end.
      this.#effects.setTimer('join', nowMs + this.#members.rebalanceTimeoutMs());
      return;
    }
    this.#generation++;
    this.#pendingSync.clear();
    this.#protocolName = this.#members.electProtocol();
    this.#state = this.#members.size === 0 ? 'Empty' : 'CompletingRebalance';
    this.#persist();
    for (const member of this.#members) {
      const ticket = this.#members.parkJoin(member, null);
      if (ticket !== null) this.#replyGeneration(ticket, member);
      member.isNew = false;
      this.#startSession(member, nowMs);
    }
    if (this.#members.size > 0) this.#awaitSyncs(nowMs);
  }

  #awaitSyncs(nowMs: number): void {
    for (const member of this.#members) this.#pendingSync.add(member.memberId);
    this.#effects.setTimer('sync', nowMs + this.#members.rebalanceTimeoutMs());
  }

  #assign(event: SyncEvent, nowMs: number): void {
    const assignments = new Map(event.assignments.map((one) => [one.memberId, one.assignment]));
    for (const member of this.#members) {
      this.#members.assign(member, assignments.get(member.memberId) ?? NO_ASSIGNMENT);
    }
    this.#state = 'Stable';
    this.#persist();
    for (const member of this.#members) {
      if (member.syncTicket === null) continue;
      this.#replyAssignment(member.syncTicket, member);
      member.syncTicket = null;
      this.#startSession(member, nowMs);
    }
  }

  /** The generation ends before its leader has assigned. */
  #cancelSyncs(nowMs: number): void {
    for (const member of this.#members) {
      this.#members.assign(member, NO_ASSIGNMENT);
      if (member.syncTicket === null) continue;
      this.#refuseParkedSync(member, ErrorCode.REBALANCE_IN_PROGRESS);
      this.#startSession(member, nowMs);
    }
  }

  #syncTimeIsUp(nowMs: number): void {
    if (this.#state !== 'CompletingRebalance' && this.#state !== 'Stable') return;
    if (this.#pendingSync.size === 0) return;
    for (const memberId of [...this.#pendingSync]) {
      const member = this.#members.get(memberId);
      if (member !== undefined) this.#drop(member, ErrorCode.UNKNOWN_MEMBER_ID);
    }
    this.#prepareRebalance(nowMs);
  }

  // ---- Leaving ---------------------------------------------------------------------------------------------------

  #leaveOne(claim: MemberClaim): number {
    if (claim.memberId === '') {
      // An admin removes a static member by its instance id alone.
      const memberId = this.#members.idOfInstance(claim.groupInstanceId ?? '');
      if (claim.groupInstanceId === null || memberId === undefined) {
        return ErrorCode.UNKNOWN_MEMBER_ID;
      }
      this.#drop(this.#members.get(memberId)!, ErrorCode.UNKNOWN_MEMBER_ID);
      return ErrorCode.NONE;
    }
    if (this.#forgetPending(claim.memberId)) return ErrorCode.NONE;
    const error = claimProblem(this, this.#members, claim);
    if (error === ErrorCode.NONE) {
      this.#drop(this.#members.get(claim.memberId)!, ErrorCode.UNKNOWN_MEMBER_ID);
    }
    return error;
  }

  #sessionIsOver(memberId: string, nowMs: number): void {
    if (this.#forgetPending(memberId)) {
      this.#completeJoinWhenAllJoined(nowMs);
      return;
    }
    const member = this.#members.get(memberId);
    if (member === undefined) return;
    // A member that waits for our answer need not heartbeat; its session starts again with that answer.
    const waits = member.joinTicket !== null || member.syncTicket !== null;
    if (waits && !member.isNew) return;
    this.#drop(member, ErrorCode.UNKNOWN_MEMBER_ID);
    this.#rebalanceOrCompleteJoin(nowMs);
  }

  #forgetPending(memberId: string): boolean {
    const was = this.#pendingJoin.delete(memberId);
    if (was) {
      this.#memory.add(-pendingBytes(memberId));
      this.#effects.cancelTimer(`session:${memberId}`);
    }
    return was;
  }

  /** Takes a member out and answers what it has parked. */
  #drop(member: ClassicGroupMember, error: number): void {
    if (member.joinTicket !== null) this.#effects.refuseJoin(member.joinTicket, '', error);
    this.#refuseParkedSync(member, error);
    this.#effects.cancelTimer(`session:${member.memberId}`);
    this.#pendingSync.delete(member.memberId);
    this.#members.remove(member);
  }

  // ---- Effects ---------------------------------------------------------------------------------------------------

  #startSession(member: ClassicGroupMember, nowMs: number): void {
    this.#effects.setTimer(`session:${member.memberId}`, nowMs + member.sessionTimeoutMs);
  }

  #refuseParkedSync(member: ClassicGroupMember, error: number): void {
    if (member.syncTicket !== null) this.#effects.refuseSync(member.syncTicket, error);
    member.syncTicket = null;
  }

  #replyAssignment(ticket: Ticket, member: ClassicGroupMember): void {
    this.#effects.reply(ticket, {
      type: 'sync',
      error: ErrorCode.NONE,
      protocolType: this.#protocolType,
      protocolName: this.#protocolName,
      assignment: member.assignment,
    });
  }

  /** Tells a member the current generation; only a leader is told who the others are. */
  #replyGeneration(
    ticket: Ticket,
    member: ClassicGroupMember,
    skipAssignment = false,
    leader = this.#members.leaderId ?? '',
  ): void {
    const leads = leader === member.memberId;
    this.#effects.reply(ticket, {
      type: 'join',
      error: ErrorCode.NONE,
      generation: this.#generation,
      protocolType: this.#protocolType,
      protocolName: this.#protocolName,
      leader,
      skipAssignment,
      memberId: member.memberId,
      members: leads ? this.#members.withMetadata(this.#protocolName ?? '') : [],
    });
  }

  #persist(): void {
    const state = this.#state;
    if (state === 'PreparingRebalance' || state === 'Dead') {
      throw new Error(`a group that is ${state} has nothing to store`);
    }
    this.#effects.persist({
      state,
      generation: this.#generation,
      protocolType: this.#protocolType ?? '',
      protocolName: this.#protocolName,
      leaderId: this.#members.leaderId,
      members: [...this.#members].map((member) => ({ ...member })),
    });
  }
}

function pendingBytes(memberId: string): number {
  return MEMBER_OVERHEAD_BYTES + 2 * memberId.length;
}

function memberFrom(event: JoinEvent) {
  const { groupInstanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs, protocols } =
    event;
  return { groupInstanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs, protocols };
}
