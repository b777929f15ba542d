import { ErrorCode } from '@millrace/protocol';
import type {
  ClassicGroupSnapshot,
  GroupEffect,
  GroupReply,
  GroupTimer,
  JoinReply,
  MemberClaim,
  SyncReply,
  Ticket,
} from './classic-group-types.ts';

const NO_BYTES = Buffer.alloc(0);

/** The answer to a JoinGroup that was refused. */
export function refusedJoin(memberId: string, error: number): JoinReply {
  return {
    type: 'join',
    error,
    generation: -1,
    protocolType: null,
    protocolName: null,
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  };
}

/** The answer to a SyncGroup that was refused. */
export function refusedSync(error: number): SyncReply {
  return { type: 'sync', error, protocolType: null, protocolName: null, assignment: NO_BYTES };
}

/** What one event brings about, in order. Bounded by the parked requests and timers of one group. */
export class GroupEffects {
  #effects: GroupEffect[] = [];

  reply(ticket: Ticket, reply: GroupReply): void {
    this.#effects.push({ type: 'reply', ticket, reply });
  }

  refuseJoin(ticket: Ticket, memberId: string, error: number): void {
    this.reply(ticket, refusedJoin(memberId, error));
  }

  refuseSync(ticket: Ticket, error: number): void {
    this.reply(ticket, refusedSync(error));
  }

  heartbeat(ticket: Ticket, error: number): void {
    this.reply(ticket, { type: 'heartbeat', error });
  }

  left(ticket: Ticket, members: readonly (MemberClaim & { readonly error: number })[]): void {
    this.reply(ticket, { type: 'leave', error: ErrorCode.NONE, members });
  }

  refuseLeave(ticket: Ticket, error: number): void {
    this.reply(ticket, { type: 'leave', error, members: [] });
  }

  persist(snapshot: ClassicGroupSnapshot): void {
    this.#effects.push({ type: 'persist', snapshot });
  }

  setTimer(timer: GroupTimer, atMs: number): void {
    this.#effects.push({ type: 'set-timer', timer, atMs });
  }

  cancelTimer(timer: GroupTimer): void {
    this.#effects.push({ type: 'cancel-timer', timer });
  }

  /** Hands over what was collected and starts anew. */
  take(): GroupEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
}
