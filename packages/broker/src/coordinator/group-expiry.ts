import type { Clock, CommittedOffset } from '@millrace/storage';
import { storedAtMs } from './classic-group-record.ts';
import type { GroupCoordinator } from './group-coordinator.ts';
import type { GroupStore } from './group-offsets.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface GroupExpiryOptions {
  readonly coordinator: GroupCoordinator;
  readonly metadata: Pick<GroupStore, 'image'>;
  readonly clock: Clock;
  readonly timers: Pick<TimerQueue, 'schedule'>;
  /** `offsets.retention.minutes`, in milliseconds. */
  readonly retentionMs: number;
  /** `offsets.retention.check.interval.ms` */
  readonly checkIntervalMs: number;
}

/** Groups looked at before the event loop has its turn; what they delete shares a transaction. */
const GROUPS_PER_TURN = 200;

/**
 * Keeps the store from growing with every group that ever was: offsets of groups that nobody is in go when they have
 * not been committed, and the group has been empty, for the retention time; a group goes with its last offset. One
 * that never had any goes at the next check (KIP-211).
 */
export class GroupExpiry {
  readonly #options: GroupExpiryOptions;
  #cancel: (() => void) | null = null;

  constructor(options: GroupExpiryOptions) {
    this.#options = options;
  }

  start(): void {
    this.#checkLater();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #checkLater(): void {
    this.#schedule(this.#options.checkIntervalMs, () => {
      this.#turn(this.#options.coordinator.idleGroupIds());
    });
  }

  #schedule(delayMs: number, callback: () => void): void {
    const { timers, clock } = this.#options;
    this.#cancel = timers.schedule(clock.nowMs() + delayMs, callback);
  }

  #turn(groupIds: readonly string[]): void {
    const now = groupIds.slice(0, GROUPS_PER_TURN);
    const later = groupIds.slice(GROUPS_PER_TURN);
    Promise.all(now.map((groupId) => this.#expire(groupId))).then(() => {
      if (this.#cancel === null) return;
      if (later.length === 0) this.#checkLater();
      else this.#schedule(0, () => this.#turn(later));
    });
  }

  /** Never rejects: what could not be deleted is found again at the next check. */
  async #expire(groupId: string): Promise<void> {
    const { coordinator, metadata, clock, retentionMs } = this.#options;
    const record = metadata.image.groups.get(groupId);
    const emptySinceMs = record === undefined ? 0 : (storedAtMs(record) ?? 0);
    const isExpired = ({ commitTimestampMs }: CommittedOffset) =>
      clock.nowMs() - Math.max(commitTimestampMs, emptySinceMs) >= retentionMs;
    const offsets = coordinator.offsets.all(groupId);
    const expired = [...offsets.values()].filter(isExpired);
    if (expired.length === offsets.size) await coordinator.delete(groupId);
    else if (expired.length > 0) await coordinator.offsets.delete(groupId, expired);
  }
}
