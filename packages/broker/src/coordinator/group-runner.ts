import { ErrorCode } from '@millrace/protocol';
import { type Clock, MetadataError } from '@millrace/storage';
import type { ClassicGroup } from './classic-group.ts';
import { encodeClassicGroup } from './classic-group-record.ts';
import type {
  ClassicGroupSnapshot,
  GenerationClaim,
  GroupEffect,
  GroupReply,
  GroupTimer,
  Ticket,
} from './classic-group-types.ts';
import { refusedJoin, refusedSync } from './group-effects.ts';
import type { GroupStore } from './group-offsets.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface GroupRunnerOptions {
  readonly metadata: GroupStore;
  readonly clock: Clock;
  readonly timers: Pick<TimerQueue, 'schedule'>;
  /** Something an operator should read. */
  readonly onNotice: (message: string) => void;
  /** Another writer changed the stored group: this runner is dead and the group must be loaded again. */
  readonly onFenced: (runner: GroupRunner) => void;
  /** Nothing is under way any more. */
  readonly onSettled: (runner: GroupRunner) => void;
}

type HeldItem = Extract<GroupEffect, { readonly type: 'persist' | 'reply' }>;

/**
 * Runs one group: carries out what its state machine asks for. Replies leave in the order the group gave them, and
 * none before the snapshots that came ahead of it are stored. When one cannot be stored, all that is held back is
 * answered with an error and the group is told.
 */
export class GroupRunner {
  readonly group: ClassicGroup;
  readonly #options: GroupRunnerOptions;
  /** Requests without an answer; bounded by what the connections may have in flight. */
  readonly #waiting = new Map<Ticket, (reply: GroupReply) => void>();
  /** At most two, and one for each member. */
  readonly #timers = new Map<GroupTimer, () => void>();
  /** Replies behind a snapshot that is not stored yet; bounded like `#waiting`. */
  #held: HeldItem[] = [];
  #nextTicket = 1;
  #saving: Promise<void> | null = null;
  /** Epoch of the stored row; null when there is none. */
  #storedEpoch: number | null;
  /** Epoch of the last save that failed: it may have been carried out all the same. */
  #doubtfulEpoch: number | null = null;

  constructor(group: ClassicGroup, storedEpoch: number | null, options: GroupRunnerOptions) {
    this.group = group;
    this.#storedEpoch = storedEpoch;
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.group.isIdle && this.#held.length === 0 && this.#waiting.size === 0;
  }

  /** Takes up a stored group; see `ClassicGroup.restore`. */
  restore(snapshot: ClassicGroupSnapshot): void {
    this.#apply(this.group.restore(snapshot, this.#options.clock.nowMs()));
  }

  /** Submits one event; resolves to its reply, and never rejects. */
  request<Reply extends GroupReply>(
    submit: (group: ClassicGroup, ticket: Ticket, nowMs: number) => GroupEffect[],
  ): Promise<Reply> {
    return new Promise((resolve) => {
      const ticket = this.#nextTicket++;
      this.#waiting.set(ticket, resolve as (reply: GroupReply) => void);
      this.#apply(submit(this.group, ticket, this.#options.clock.nowMs()));
    });
  }

  /** See `ClassicGroup.offsetCommit`. */
  offsetCommit(claim: GenerationClaim): number {
    const { error, effects } = this.group.offsetCommit(claim, this.#options.clock.nowMs());
    this.#apply(effects);
    return error;
  }

  /** Ends the group in memory; what is stored stays. */
  kill(error: number): void {
    this.#apply(this.group.kill(error));
  }

  /** Resolves once nothing is being stored. */
  async settled(): Promise<void> {
    while (this.#saving !== null) await this.#saving;
  }

  #apply(effects: readonly GroupEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'set-timer') this.#setTimer(effect.timer, effect.atMs);
      else if (effect.type === 'cancel-timer') this.#cancelTimer(effect.timer);
      else if (effect.type === 'reply' && this.#held.length === 0) this.#answer(effect);
      else this.#held.push(effect);
    }
    this.#saveNext();
  }

  #setTimer(timer: GroupTimer, atMs: number): void {
    this.#timers.get(timer)?.();
    const cancel = this.#options.timers.schedule(atMs, () => {
      this.#timers.delete(timer);
      this.#apply(this.group.timerFired(timer, this.#options.clock.nowMs()));
    });
    this.#timers.set(timer, cancel);
  }

  #cancelTimer(timer: GroupTimer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }

  #answer(effect: Extract<GroupEffect, { readonly type: 'reply' }>): void {
    const resolve = this.#waiting.get(effect.ticket);
    this.#waiting.delete(effect.ticket);
    resolve?.(effect.reply);
  }

  /** Stores the newest snapshot, which stands for those before it, and lets go of what waited for any of them. */
  #saveNext(): void {
    if (this.#saving !== null) return;
    const newest = this.#held.findLastIndex((item) => item.type === 'persist');
    const item = this.#held[newest];
    if (item?.type !== 'persist') {
      this.#options.onSettled(this);
      return;
    }
    this.#saving = this.#save(item.snapshot).then(
      () => this.#saved(newest),
      (error: unknown) => this.#notSaved(item.snapshot, error),
    );
  }

  async #save(snapshot: ClassicGroupSnapshot): Promise<void> {
    const { metadata, clock } = this.#options;
    const { groupId } = this.group;
    const imageEpoch = metadata.image.groups.get(groupId)?.epoch ?? null;
    if (this.#doubtfulEpoch !== null && imageEpoch === this.#doubtfulEpoch) {
      this.#storedEpoch = imageEpoch;
    }
    const record = encodeClassicGroup(groupId, snapshot, clock.nowMs());
    await metadata.saveGroup(record, this.#storedEpoch);
    this.#storedEpoch = snapshot.generation;
    this.#doubtfulEpoch = null;
  }

  #saved(newest: number): void {
    this.#saving = null;
    const next = this.#held.findIndex((item, index) => index > newest && item.type === 'persist');
    const release = this.#held.splice(0, next === -1 ? this.#held.length : next);
    for (const item of release) if (item.type === 'reply') this.#answer(item);
    this.#saveNext();
  }

  #notSaved(snapshot: ClassicGroupSnapshot, cause: unknown): void {
    this.#saving = null;
    const isFenced = cause instanceof MetadataError && cause.code === 'fenced';
    const error = isFenced ? ErrorCode.NOT_COORDINATOR : ErrorCode.COORDINATOR_NOT_AVAILABLE;
    this.#doubtfulEpoch = snapshot.generation;
    this.#options.onNotice(
      `Group "${this.group.groupId}" could not be stored at generation ${snapshot.generation}: ${cause}`,
    );
    const held = this.#held;
    this.#held = [];
    for (const item of held) {
      if (item.type !== 'reply') continue;
      this.#answer({ ...item, reply: failedReply(item.reply, error) });
    }
    if (isFenced) {
      this.kill(error);
      this.#options.onFenced(this);
    } else {
      this.#apply(this.group.persistFailed(this.#options.clock.nowMs()));
    }
  }
}

function failedReply(reply: GroupReply, error: number): GroupReply {
  switch (reply.type) {
    case 'join':
      return refusedJoin(reply.memberId, error);
    case 'sync':
      return refusedSync(error);
    case 'heartbeat':
      return { type: 'heartbeat', error };
    case 'leave':
      return { type: 'leave', error, members: [] };
  }
}
