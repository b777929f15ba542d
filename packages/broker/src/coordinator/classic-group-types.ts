/**
 * Events into and effects out of a classic group (`classic-group.ts`). Errors are Kafka's codes (`ErrorCode` of
 * `@millrace/protocol`); times are milliseconds since the Unix epoch. Byte arrays in an event belong to the
 * group from then on: whoever decoded them from a frame hands over a copy.
 */

export type ClassicGroupState =
  | 'Empty'
  | 'PreparingRebalance'
  | 'CompletingRebalance'
  | 'Stable'
  | 'Dead';

export interface ClassicGroupConfig {
  /** `group.initial.rebalance.delay.ms` */
  readonly initialRebalanceDelayMs: number;
  /** `group.min.session.timeout.ms` */
  readonly minSessionTimeoutMs: number;
  /** `group.max.session.timeout.ms` */
  readonly maxSessionTimeoutMs: number;
  /** `group.max.size` */
  readonly maxSize: number;
}

/** Names a parked request. The shell makes them up; each is answered exactly once, by a `reply` effect. */
export type Ticket = number;

export interface GroupProtocol {
  readonly name: string;
  readonly metadata: Buffer;
}

export interface JoinEvent {
  readonly ticket: Ticket;
  /** Empty for a member that has no id yet. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  /** As DescribeGroups shows it, such as `/127.0.0.1`. */
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  /** In order of preference. */
  readonly protocols: readonly GroupProtocol[];
  /** JoinGroup v4+ (KIP-394): a dynamic member is given its id first and joins with it. */
  readonly requiresKnownMemberId: boolean;
  /** JoinGroup v9+ (KIP-814): a returning static leader can be told to skip the assignment. */
  readonly supportsSkippingAssignment: boolean;
}

export interface SyncEvent {
  readonly ticket: Ticket;
  readonly generation: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** SyncGroup v5+; null when the client does not say. */
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** Only the leader's count. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Buffer }[];
}

export interface MemberClaim {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

export interface GenerationClaim extends MemberClaim {
  readonly generation: number;
}

export interface HeartbeatEvent extends GenerationClaim {
  readonly ticket: Ticket;
}

export interface LeaveEvent {
  readonly ticket: Ticket;
  readonly members: readonly MemberClaim[];
}

export interface JoinReply {
  readonly type: 'join';
  readonly error: number;
  /** −1 with an error. */
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  /** All members for the leader, none for the others. */
  readonly members: readonly JoinedMember[];
}

export interface JoinedMember extends MemberClaim {
  readonly metadata: Buffer;
}

export interface SyncReply {
  readonly type: 'sync';
  readonly error: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignment: Buffer;
}

export interface HeartbeatReply {
  readonly type: 'heartbeat';
  readonly error: number;
}

export interface LeaveReply {
  readonly type: 'leave';
  readonly error: number;
  /** In the order asked; empty with an error. */
  readonly members: readonly (MemberClaim & { readonly error: number })[];
}

export type GroupReply = JoinReply | SyncReply | HeartbeatReply | LeaveReply;

export type GroupEffect =
  /** Answers a parked request. */
  | { readonly type: 'reply'; readonly ticket: Ticket; readonly reply: GroupReply }
  /**
   * The group as it is now must be stored before any reply that follows leaves. When that fails, the shell answers
   * what it holds back with an error and calls `persistFailed`.
   */
  | { readonly type: 'persist'; readonly snapshot: ClassicGroupSnapshot }
  /** Sets the named timer, in place of the one it had. */
  | { readonly type: 'set-timer'; readonly timer: GroupTimer; readonly atMs: number }
  | { readonly type: 'cancel-timer'; readonly timer: GroupTimer };

/** The join phase's end, the sync phase's end, and each member's session. */
export type GroupTimer = 'join' | 'sync' | `session:${string}`;

/** What of a group survives a restart. */
export interface ClassicGroupSnapshot {
  readonly state: 'Empty' | 'CompletingRebalance' | 'Stable';
  readonly generation: number;
  readonly protocolType: string;
  readonly protocolName: string | null;
  readonly leaderId: string | null;
  readonly members: readonly MemberSnapshot[];
}

export interface MemberSnapshot extends MemberClaim {
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocols: readonly GroupProtocol[];
  readonly assignment: Buffer;
}
