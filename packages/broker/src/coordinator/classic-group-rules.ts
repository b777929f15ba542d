import { ErrorCode } from '@millrace/protocol';
import type { ClassicGroupMembers } from './classic-group-members.ts';
import type {
  ClassicGroupConfig,
  ClassicGroupState,
  GenerationClaim,
  JoinEvent,
  MemberClaim,
  SyncEvent,
} from './classic-group-types.ts';

// Who may do what in a classic group. Each function gives the error code of the first rule that an event breaks, in the
// order in which Kafka checks them, or NONE; none of them changes anything.

export interface GroupFacts {
  readonly state: ClassicGroupState;
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
}

export function joinProblem(
  group: GroupFacts,
  members: ClassicGroupMembers,
  config: ClassicGroupConfig,
  event: JoinEvent,
): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  const { sessionTimeoutMs } = event;
  if (
    sessionTimeoutMs < config.minSessionTimeoutMs ||
    sessionTimeoutMs > config.maxSessionTimeoutMs
  ) {
    return ErrorCode.INVALID_SESSION_TIMEOUT;
  }
  if (!hasRoomFor(group, members, config.maxSize, event.memberId)) {
    return ErrorCode.GROUP_MAX_SIZE_REACHED;
  }
  const compatible =
    group.state === 'Empty'
      ? event.protocolType !== '' && event.protocols.length > 0
      : event.protocolType === group.protocolType && members.shareAny(event.protocols);
  if (!compatible) return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
  // Kafka notices when it stores the group, and fails all of its members; here the one that is too much is refused.
  return members.canHold(event.memberId, event.protocols)
    ? ErrorCode.NONE
    : ErrorCode.MESSAGE_TOO_LARGE;
}

/**
 * While a rebalance gathers members, those count that have joined it, so that a group which shrank below its size by
 * configuration keeps the first to come; otherwise all members count.
 */
function hasRoomFor(
  group: GroupFacts,
  members: ClassicGroupMembers,
  maxSize: number,
  memberId: string,
): boolean {
  const member = members.get(memberId);
  if (group.state === 'Empty') return true;
  if (group.state === 'PreparingRebalance') {
    const joined = member !== undefined && member.joinTicket !== null;
    return joined || members.awaitingJoinCount < maxSize;
  }
  return member !== undefined || members.size < maxSize;
}

/** Member id and instance id must belong together, and to a member. */
export function claimProblem(
  group: GroupFacts,
  members: ClassicGroupMembers,
  claim: MemberClaim,
): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  if (claim.groupInstanceId !== null) {
    const memberId = members.idOfInstance(claim.groupInstanceId);
    if (memberId === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
    return memberId === claim.memberId ? ErrorCode.NONE : ErrorCode.FENCED_INSTANCE_ID;
  }
  const known = members.get(claim.memberId) !== undefined;
  return known ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
}

export function generationProblem(
  group: GroupFacts,
  members: ClassicGroupMembers,
  claim: GenerationClaim,
): number {
  const error = claimProblem(group, members, claim);
  if (error !== ErrorCode.NONE) return error;
  return claim.generation === group.generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
}

export function syncProblem(
  group: GroupFacts,
  members: ClassicGroupMembers,
  event: SyncEvent,
): number {
  const error = generationProblem(group, members, event);
  if (error !== ErrorCode.NONE) return error;
  if (
    differs(event.protocolType, group.protocolType) ||
    differs(event.protocolName, group.protocolName)
  ) {
    return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
  }
  if (group.state === 'PreparingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS;
  if (group.state === 'Stable' || event.memberId !== members.leaderId) return ErrorCode.NONE;
  const sizeBytes = event.assignments.reduce((sum, one) => sum + one.assignment.length, 0);
  return members.canHoldAssignments(sizeBytes) ? ErrorCode.NONE : ErrorCode.MESSAGE_TOO_LARGE;
}

/** Clients that do not say are not held to it. */
function differs(theirs: string | null, ours: string | null): boolean {
  return theirs !== null && ours !== null && theirs !== ours;
}

/** A negative generation is a sender without membership: only while nobody is in the group. */
export function offsetCommitProblem(
  group: GroupFacts,
  members: ClassicGroupMembers,
  claim: GenerationClaim,
): number {
  if (group.state === 'Empty' && claim.generation < 0) return ErrorCode.NONE;
  const error = generationProblem(group, members, claim);
  if (error !== ErrorCode.NONE) return error;
  // The member knows this generation, but not yet what it was assigned.
  return group.state === 'CompletingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
}
