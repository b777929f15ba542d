import type { Clock } from '../clock.ts';
import { LostRecordsError } from './active-segment-repair.ts';
import { messageOf } from './disk-errors.ts';

/** A pause this long comes before the first attempt, twice as long before the next, up to the largest. */
const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 60_000;

/** What a repair asks of what it repairs. */
export interface RepairHost {
  /** Rejects when the attempt failed; with `LostRecordsError` when no further one can succeed. */
  repair(): Promise<void>;
  onNotice(notice: string): void;
}

/**
 * Tries to bring back a log that failed, again and again with growing pauses, since disks come back: a cable is put in
 * again, a volume attached, a file system mounted for writing. One attempt at a time.
 */
export class LogRepair {
  readonly #host: RepairHost;
  readonly #clock: Clock;
  #pauseMs = FIRST_PAUSE_MS;
  #cancelTimer: (() => void) | null = null;
  #attempt: Promise<void> | null = null;
  /** The reason that was told last: an operator needs to read it once. */
  #lastReason: string | null = null;
  #isStopped = false;

  constructor(host: RepairHost, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
  }

  /** The log has failed: it will be repaired a while from now. */
  schedule(): void {
    if (this.#isStopped || this.#cancelTimer !== null) return;
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    this.#cancelTimer = this.#clock.schedule(pauseMs, () => void this.attempt());
  }

  /** Tries at once. Never rejects. */
  attempt(): Promise<void> {
    this.#stopTimer();
    this.#attempt ??= this.#repair();
    return this.#attempt;
  }

  /** The log has taken records: the next failure is a new one. */
  worked(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** Resolves when no attempt is under way; none follows. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopTimer();
    await this.#attempt;
  }

  async #repair(): Promise<void> {
    try {
      await this.#host.repair();
      this.#lastReason = null;
    } catch (error) {
      this.#failed(error);
    }
    this.#attempt = null;
  }

  #failed(error: unknown): void {
    const isFinal = error instanceof LostRecordsError;
    const reason = messageOf(error);
    if (reason !== this.#lastReason) {
      const outlook = isFinal
        ? 'It stays closed until the next start, which keeps what can be read.'
        : 'It is tried again.';
      this.#host.onNotice(`The log could not be repaired: ${reason}. ${outlook}`);
    }
    this.#lastReason = reason;
    if (!isFinal) this.schedule();
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }
}
