import type { GroupProtocol, JoinedMember, MemberSnapshot, Ticket } from './classic-group-types.ts';
import { type GroupMemory, MEMBER_OVERHEAD_BYTES } from './group-memory.ts';

const NO_ASSIGNMENT = Buffer.alloc(0);

export interface ClassicGroupMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  /** In order of preference. Changed only through `ClassicGroupMembers`, which counts them. */
  protocols: readonly GroupProtocol[];
  /** Changed only through `ClassicGroupMembers`, which counts its bytes. */
  assignment: Buffer;
  /** Has not yet been given a generation: it cannot heartbeat, so its session counts while its join is parked. */
  isNew: boolean;
  /** The parked JoinGroup. Changed only through `ClassicGroupMembers`, which counts them. */
  joinTicket: Ticket | null;
  /** The parked SyncGroup. */
  syncTicket: Ticket | null;
}

/**
 * The members of one classic group in the order they joined, who leads them, and how they vote. Knows no
 * states and no time. Bounded by `group.max.size` in the group that owns it, and by `GroupMemory`.
 */
export class ClassicGroupMembers {
  readonly #byId = new Map<string, ClassicGroupMember>();
  readonly #idByInstance = new Map<string, string>();
  /** Protocol name → members that support it. */
  readonly #supporters = new Map<string, number>();
  readonly #memory: GroupMemory;
  #awaitingJoin = 0;
  #sizeBytes = 0;
  #leaderId: string | null = null;

  constructor(memory: GroupMemory) {
    this.#memory = memory;
  }

  get size(): number {
    return this.#byId.size;
  }

  get awaitingJoinCount(): number {
    return this.#awaitingJoin;
  }

  get leaderId(): string | null {
    return this.#leaderId;
  }

  [Symbol.iterator](): IterableIterator<ClassicGroupMember> {
    return this.#byId.values();
  }

  get(memberId: string): ClassicGroupMember | undefined {
    return this.#byId.get(memberId);
  }

  /** The id of the static member with this `group.instance.id`. */
  idOfInstance(groupInstanceId: string): string | undefined {
    return this.#idByInstance.get(groupInstanceId);
  }

  /** The first member to come leads. */
  add(init: Omit<MemberSnapshot, 'assignment'>): ClassicGroupMember {
    const member: ClassicGroupMember = {
      ...init,
      assignment: NO_ASSIGNMENT,
      isNew: true,
      joinTicket: null,
      syncTicket: null,
    };
    this.#byId.set(member.memberId, member);
    if (member.groupInstanceId !== null) {
      this.#idByInstance.set(member.groupInstanceId, member.memberId);
    }
    this.#count(member, 1);
    this.#countBytes(memberBytes(member));
    this.#leaderId ??= member.memberId;
    return member;
  }

  /** The oldest of those left leads when the leader goes. */
  remove(member: ClassicGroupMember): void {
    if (!this.#byId.delete(member.memberId)) return;
    if (member.groupInstanceId !== null) this.#idByInstance.delete(member.groupInstanceId);
    this.#count(member, -1);
    this.#countBytes(-memberBytes(member));
    this.parkJoin(member, null);
    if (this.#leaderId === member.memberId) {
      this.#leaderId = this.#byId.keys().next().value ?? null;
    }
  }

  /** KIP-345: the static member comes back with a new id and keeps its lead and its assignment. */
  replace(old: ClassicGroupMember, newMemberId: string): ClassicGroupMember {
    const wasLeader = this.#leaderId === old.memberId;
    this.remove(old);
    const member = this.add({ ...old, memberId: newMemberId });
    this.assign(member, old.assignment);
    // It knows that it is a member, so its session is kept alive by a parked join like anyone's.
    member.isNew = false;
    if (wasLeader) this.#leaderId = newMemberId;
    return member;
  }

  setProtocols(member: ClassicGroupMember, protocols: readonly GroupProtocol[]): void {
    this.#count(member, -1);
    this.#countBytes(protocolBytes(protocols) - protocolBytes(member.protocols));
    member.protocols = protocols;
    this.#count(member, 1);
  }

  assign(member: ClassicGroupMember, assignment: Buffer): void {
    this.#countBytes(assignment.length - member.assignment.length);
    member.assignment = assignment;
  }

  /** Whether the group stays within its bound when this member comes, or comes again, with these protocols. */
  canHold(memberId: string, protocols: readonly GroupProtocol[]): boolean {
    const before = this.#byId.get(memberId)?.protocols ?? [];
    const bytes = protocolBytes(protocols) - protocolBytes(before);
    return this.#sizeBytes + bytes <= this.#memory.maxGroupBytes;
  }

  /** Whether assignments of this size may take the place of those before. */
  canHoldAssignments(sizeBytes: number): boolean {
    let before = 0;
    for (const { assignment } of this.#byId.values()) before += assignment.length;
    return this.#sizeBytes + sizeBytes - before <= this.#memory.maxGroupBytes;
  }

  /** Parks the member's join, or with null takes it away; gives back the one that was parked before. */
  parkJoin(member: ClassicGroupMember, ticket: Ticket | null): Ticket | null {
    const before = member.joinTicket;
    member.joinTicket = ticket;
    this.#awaitingJoin += (ticket === null ? 0 : 1) - (before === null ? 0 : 1);
    return before;
  }

  setLeader(memberId: string | null): void {
    this.#leaderId = memberId;
  }

  /**
   * Makes sure that the leader is one whose join is parked, since only that one will assign. False when nobody's
   * join is parked.
   */
  electJoinedLeader(): boolean {
    const leader = this.#leaderId === null ? undefined : this.#byId.get(this.#leaderId);
    if (leader !== undefined && leader.joinTicket !== null) return true;
    for (const member of this.#byId.values()) {
      if (member.joinTicket === null) continue;
      this.#leaderId = member.memberId;
      return true;
    }
    return false;
  }

  /** Whether at least one of the protocols is supported by all members. */
  shareAny(protocols: readonly GroupProtocol[]): boolean {
    return protocols.some(({ name }) => (this.#supporters.get(name) ?? 0) === this.#byId.size);
  }

  /**
   * The protocol of the next generation: each member votes for the first of its list that all support; most votes
   * win, among equals the one voted for first. Null when there is none.
   */
  electProtocol(): string | null {
    const votes = new Map<string, number>();
    for (const member of this.#byId.values()) {
      const choice = member.protocols.find(
        ({ name }) => this.#supporters.get(name) === this.#byId.size,
      );
      if (choice !== undefined) votes.set(choice.name, (votes.get(choice.name) ?? 0) + 1);
    }
    let winner: string | null = null;
    for (const [name, count] of votes) {
      if (winner === null || count > votes.get(winner)!) winner = name;
    }
    return winner;
  }

  /** The longest that any member may take to rejoin; 0 without members. */
  rebalanceTimeoutMs(): number {
    let longest = 0;
    for (const member of this.#byId.values()) {
      longest = Math.max(longest, member.rebalanceTimeoutMs);
    }
    return longest;
  }

  /** What the leader is told about everyone. */
  withMetadata(protocolName: string): JoinedMember[] {
    return [...this.#byId.values()].map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      metadata: metadataFor(member, protocolName),
    }));
  }

  #countBytes(bytes: number): void {
    this.#sizeBytes += bytes;
    this.#memory.add(bytes);
  }

  #count(member: ClassicGroupMember, change: 1 | -1): void {
    // A client that names a protocol twice still counts once.
    for (const name of new Set(member.protocols.map((protocol) => protocol.name))) {
      const count = (this.#supporters.get(name) ?? 0) + change;
      if (count === 0) this.#supporters.delete(name);
      else this.#supporters.set(name, count);
    }
  }
}

/** What a member holds; its client and its ids are characters of up to two bytes. */
function memberBytes(member: ClassicGroupMember): number {
  const { memberId, groupInstanceId, clientId, protocols, assignment } = member;
  const characters = memberId.length + (groupInstanceId?.length ?? 0) + clientId.length;
  return MEMBER_OVERHEAD_BYTES + 2 * characters + protocolBytes(protocols) + assignment.length;
}

export function protocolBytes(protocols: readonly GroupProtocol[]): number {
  let bytes = 0;
  for (const { name, metadata } of protocols) {
    bytes += MEMBER_OVERHEAD_BYTES + 2 * name.length + metadata.length;
  }
  return bytes;
}

/** Empty when the member does not support the protocol. */
export function metadataFor(
  member: Pick<ClassicGroupMember, 'protocols'>,
  protocolName: string,
): Buffer {
  const protocol = member.protocols.find(({ name }) => name === protocolName);
  return protocol?.metadata ?? NO_ASSIGNMENT;
}

/** Whether two lists of protocols are the same, order and bytes included. */
export function sameProtocols(a: readonly GroupProtocol[], b: readonly GroupProtocol[]): boolean {
  return (
    a.length === b.length &&
    a.every((protocol, index) => {
      const other = b[index]!;
      return protocol.name === other.name && protocol.metadata.equals(other.metadata);
    })
  );
}
