import assert from 'node:assert/strict';
import { ErrorCode } from '@millrace/protocol';
import { ClassicGroup } from '../src/coordinator/classic-group.ts';
import type {
  ClassicGroupConfig,
  ClassicGroupSnapshot,
  GroupEffect,
  GroupReply,
  GroupTimer,
  JoinEvent,
  JoinReply,
  LeaveReply,
  MemberClaim,
  SyncReply,
  Ticket,
} from '../src/coordinator/classic-group-types.ts';
import { GroupMemory } from '../src/coordinator/group-memory.ts';

export const DEFAULT_CONFIG: ClassicGroupConfig = {
  initialRebalanceDelayMs: 3000,
  minSessionTimeoutMs: 6000,
  maxSessionTimeoutMs: 1_800_000,
  maxSize: 2_147_483_647,
};

/** What a test says about a join; the rest is a plain dynamic consumer on JoinGroup v9 that knows its id. */
export type JoinOptions = Partial<Omit<JoinEvent, 'ticket' | 'protocols'>> & {
  /** Name → metadata, in order of preference. */
  readonly protocols?: Readonly<Record<string, string>> | readonly [string, string][];
};

/**
 * Plays the shell around one `ClassicGroup`: it keeps the time, fires the timers, and collects replies and
 * snapshots. It fails at once when a request is answered twice or one that was never made.
 */
export class ClassicGroupDriver {
  readonly group: ClassicGroup;
  nowMs: number;
  readonly replies = new Map<Ticket, GroupReply>();
  readonly parked = new Set<Ticket>();
  readonly timers = new Map<GroupTimer, number>();
  readonly snapshots: ClassicGroupSnapshot[] = [];
  /** Types of the effects of the last event, timers left out. */
  lastEffects: string[] = [];
  /** The next snapshot is not stored: what is behind it is answered as an error, as the shell does. */
  failNextPersist = false;
  #tickets = 0;
  /** Counts the uuids made. */
  uuids: number;

  constructor(
    config: Partial<ClassicGroupConfig> = {},
    restored?: ClassicGroupSnapshot,
    start = { nowMs: 1_000_000, uuids: 0 },
    memory = new GroupMemory(),
  ) {
    this.nowMs = start.nowMs;
    this.uuids = start.uuids;
    this.group = new ClassicGroup(
      'g',
      { ...DEFAULT_CONFIG, ...config },
      () => `uuid${++this.uuids}`,
      memory,
    );
    if (restored !== undefined) this.apply(this.group.restore(restored, this.nowMs));
  }

  join(options: JoinOptions = {}): Ticket {
    const ticket = this.#newTicket();
    const event: JoinEvent = {
      memberId: '',
      groupInstanceId: null,
      clientId: 'client',
      clientHost: '/127.0.0.1',
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 60_000,
      protocolType: 'consumer',
      requiresKnownMemberId: false,
      supportsSkippingAssignment: true,
      ...options,
      ticket,
      protocols: entries(options.protocols ?? { range: 'm' }).map(([name, metadata]) => ({
        name,
        metadata: Buffer.from(metadata),
      })),
    };
    this.apply(this.group.join(event, this.nowMs));
    return ticket;
  }

  sync(
    memberId: string,
    generation: number,
    assignments: Readonly<Record<string, string>> = {},
    more: {
      readonly groupInstanceId?: string;
      readonly protocolType?: string;
      readonly protocolName?: string;
    } = {},
  ): Ticket {
    const ticket = this.#newTicket();
    const event = {
      ticket,
      memberId,
      generation,
      groupInstanceId: more.groupInstanceId ?? null,
      protocolType: more.protocolType ?? null,
      protocolName: more.protocolName ?? null,
      assignments: Object.entries(assignments).map(([id, assignment]) => ({
        memberId: id,
        assignment: Buffer.from(assignment),
      })),
    };
    this.apply(this.group.sync(event, this.nowMs));
    return ticket;
  }

  /** The error that a heartbeat is answered with. */
  heartbeat(memberId: string, generation: number, groupInstanceId: string | null = null): number {
    const ticket = this.#newTicket();
    this.apply(this.group.heartbeat({ ticket, memberId, generation, groupInstanceId }, this.nowMs));
    return this.reply(ticket).error;
  }

  leave(...members: readonly MemberClaim[]): LeaveReply {
    const ticket = this.#newTicket();
    this.apply(this.group.leave({ ticket, members }, this.nowMs));
    return this.reply(ticket) as LeaveReply;
  }

  /** The error that an offset commit is refused with, or NONE. */
  commit(memberId: string, generation: number, groupInstanceId: string | null = null): number {
    const { error, effects } = this.group.offsetCommit(
      { memberId, generation, groupInstanceId },
      this.nowMs,
    );
    this.apply(effects);
    return error;
  }

  /** Brings these members together in a stable group; the first leads. Gives their ids, and `to ${id}` to each. */
  stable(...members: readonly JoinOptions[]): string[] {
    const tickets = members.map((member) => this.join(member));
    this.advance(2 * DEFAULT_CONFIG.initialRebalanceDelayMs);
    const ids = tickets.map((ticket) => this.joined(ticket).memberId);
    const assignments = Object.fromEntries(ids.map((id) => [id, `to ${id}`]));
    for (const [index, id] of ids.entries()) {
      const { groupInstanceId } = members[index]!;
      this.sync(
        id,
        this.group.generation,
        index === 0 ? assignments : {},
        groupInstanceId == null ? {} : { groupInstanceId },
      );
    }
    assert.equal(this.group.state, 'Stable');
    return ids;
  }

  persistFailed(): void {
    this.apply(this.group.persistFailed(this.nowMs));
  }

  /** Moves time forward and fires the timers that fall due, in order. */
  advance(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const next = [...this.timers].sort(([, a], [, b]) => a - b)[0];
      if (next === undefined || next[1] > untilMs) break;
      this.nowMs = Math.max(this.nowMs, next[1]);
      this.timers.delete(next[0]);
      this.apply(this.group.timerFired(next[0], this.nowMs));
    }
    this.nowMs = untilMs;
  }

  reply(ticket: Ticket): GroupReply {
    const reply = this.replies.get(ticket);
    assert.ok(reply !== undefined, `request ${ticket} is still parked`);
    return reply;
  }

  joined(ticket: Ticket): JoinReply {
    return this.reply(ticket) as JoinReply;
  }

  synced(ticket: Ticket): { readonly error: number; readonly assignment: string } {
    const { error, assignment } = this.reply(ticket) as SyncReply;
    return { error, assignment: assignment.toString() };
  }

  isParked(ticket: Ticket): boolean {
    return this.parked.has(ticket);
  }

  apply(effects: readonly GroupEffect[]): void {
    this.lastEffects = [];
    let failed = false;
    for (const effect of effects) {
      if (!effect.type.endsWith('timer')) this.lastEffects.push(effect.type);
      if (effect.type === 'set-timer') this.timers.set(effect.timer, effect.atMs);
      else if (effect.type === 'cancel-timer') this.timers.delete(effect.timer);
      else if (effect.type === 'persist') {
        failed = this.failNextPersist;
        this.failNextPersist = false;
        if (!failed) this.snapshots.push(effect.snapshot);
      } else {
        assert.ok(this.parked.delete(effect.ticket), `request ${effect.ticket} answered twice`);
        const error = failed ? ErrorCode.COORDINATOR_NOT_AVAILABLE : effect.reply.error;
        this.replies.set(effect.ticket, { ...effect.reply, error });
      }
    }
    if (failed) this.persistFailed();
  }

  #newTicket(): Ticket {
    const ticket = ++this.#tickets;
    this.parked.add(ticket);
    return ticket;
  }
}

function entries(protocols: NonNullable<JoinOptions['protocols']>): readonly [string, string][] {
  return Array.isArray(protocols) ? protocols : Object.entries(protocols);
}
