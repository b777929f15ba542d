import type { Clock } from '@millrace/storage';

/** How long one connection may finish its request alone while the broker is out of request memory. */
const TURN_MS = 10_000;

/** What `RequestMemory` needs to know of a connection. */
export interface MemoryUser {
  /** Reads its socket again. */
  resumeReading(): void;
  /** Closes it with a reason for the log. */
  close(reason: string): void;
}

/**
 * The bound on request bytes over all connections (`queued.max.request.bytes`): frames that are being served plus
 * what has arrived of frames that are not whole yet. Past the bound sockets are not read, except that of one
 * connection at a time, which gets a turn to finish its frame: without it, half-read frames could hold all the memory
 * for ever.
 */
export class RequestMemory {
  readonly #limitBytes: number;
  readonly #clock: Clock;
  #usedBytes = 0;
  /** Bounded by the number of connections. */
  readonly #waiting = new Set<MemoryUser>();
  #turn: { readonly user: MemoryUser; readonly cancel: () => void } | null = null;

  constructor(limitBytes: number, clock: Clock) {
    this.#limitBytes = limitBytes;
    this.#clock = clock;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** True when `user` may read its socket; else it will be resumed. */
  mayRead(user: MemoryUser): boolean {
    if (this.#usedBytes < this.#limitBytes || this.#turn?.user === user) return true;
    if (this.#turn === null) {
      this.#giveTurn(user);
      return true;
    }
    this.#waiting.add(user);
    return false;
  }

  /** Adds what a connection holds (negative: gives back). */
  add(bytes: number): void {
    this.#usedBytes += bytes;
    if (bytes < 0 && this.#usedBytes < this.#limitBytes) this.#wakeAll();
  }

  /** A whole frame was read: the turn, if it was this connection's, goes to the next. */
  frameRead(user: MemoryUser): void {
    if (this.#turn?.user === user) this.#endTurn();
  }

  /** The connection is gone. */
  forget(user: MemoryUser): void {
    this.#waiting.delete(user);
    if (this.#turn?.user === user) this.#endTurn();
  }

  #wakeAll(): void {
    for (const user of this.#waiting) {
      if (this.#usedBytes >= this.#limitBytes) return;
      this.#waiting.delete(user);
      user.resumeReading();
    }
  }

  #giveTurn(user: MemoryUser): void {
    const cancel = this.#clock.schedule(TURN_MS, () => {
      user.close(
        `the request did not arrive whole within ${TURN_MS / 1000} s while the broker was out of request memory ` +
          `(queued.max.request.bytes=${this.#limitBytes})`,
      );
    });
    this.#turn = { user, cancel };
  }

  #endTurn(): void {
    this.#turn?.cancel();
    this.#turn = null;
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#waiting.delete(next);
    next.resumeReading();
  }
}
