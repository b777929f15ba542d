import type { Clock } from '@millrace/storage';

/** How long one connection may finish its request alone while the broker is out of request memory. */
const TURN_MS = 10_000;
/** What must arrive in every second of a turn: less is a client that holds the others up. */
const TURN_CHECK_MS = 1000;
const MIN_TURN_BYTES = 64 * 1024;
/** Who holds no more than this may use the reserve. */
const SMALL_BYTES = 64 * 1024;
/** The reserve for small requests, as a part of the bound. */
const RESERVE_PART = 1 / 4;

/** What `RequestMemory` needs to know of a connection. */
export interface MemoryUser {
  /** Bytes that it holds: of requests under way, and of the one that has not arrived whole. */
  readonly heldBytes: number;
  /** Bytes that it has sent since it came. */
  readonly receivedBytes: number;
  /** Reads its socket again. */
  resumeReading(): void;
  /** Closes it with a reason for the log. */
  close(cause: 'memory', reason: string): void;
}

interface Turn {
  readonly user: MemoryUser;
  readonly endMs: number;
  cancel: () => void;
}

/**
 * The bound on request bytes over all connections (`queued.max.request.bytes`): frames that are being served plus
 * what has arrived of frames that are not whole yet. Past the bound sockets are not read, but for two exceptions:
 *
 * - Connections that hold little go on until a reserve is used up as well, a quarter of the bound: a few large
 *   requests that arrive slowly must not keep everybody from being served.
 * - One connection at a time gets a turn to finish its frame: without it, half-read frames could hold all the memory
 *   for ever. Who does not get on in its turn is closed, which gives back what it held.
 */
export class RequestMemory {
  readonly limitBytes: number;
  readonly #reserveBytes: number;
  readonly #clock: Clock;
  #usedBytes = 0;
  /** In the order they came; bounded by the number of connections. */
  readonly #waiting = new Set<MemoryUser>();
  /** Those of them that hold little. */
  readonly #waitingSmall = new Set<MemoryUser>();
  #turn: Turn | null = null;

  constructor(limitBytes: number, clock: Clock) {
    this.limitBytes = limitBytes;
    this.#reserveBytes = limitBytes * RESERVE_PART;
    this.#clock = clock;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Whether anybody may read, whatever it holds. */
  get hasRoom(): boolean {
    return this.#usedBytes < this.limitBytes;
  }

  /** True when `user` may read its socket; else it will be resumed. */
  mayRead(user: MemoryUser): boolean {
    if (this.#hasRoomFor(user) || this.#turn?.user === user) return true;
    if (this.#turn === null) {
      this.#giveTurn(user);
      return true;
    }
    this.#waiting.add(user);
    if (user.heldBytes <= SMALL_BYTES) this.#waitingSmall.add(user);
    return false;
  }

  /** Adds what a connection holds (negative: gives back). */
  add(bytes: number): void {
    this.#usedBytes += bytes;
    if (bytes < 0) this.#wakeThoseWithRoom();
  }

  /** A whole frame was read: the turn, if it was this connection's, goes to the next. */
  frameRead(user: MemoryUser): void {
    if (this.#turn?.user === user) this.#endTurn();
  }

  /** The connection is gone. */
  forget(user: MemoryUser): void {
    this.#stopWaiting(user);
    if (this.#turn?.user === user) this.#endTurn();
  }

  #hasRoomFor(user: MemoryUser): boolean {
    if (this.hasRoom) return true;
    return this.#usedBytes < this.limitBytes + this.#reserveBytes && user.heldBytes <= SMALL_BYTES;
  }

  #stopWaiting(user: MemoryUser): void {
    this.#waiting.delete(user);
    this.#waitingSmall.delete(user);
  }

  #wakeThoseWithRoom(): void {
    const able = this.hasRoom ? this.#waiting : this.#waitingSmall;
    for (const user of able) {
      if (!this.#hasRoomFor(user)) return;
      this.#stopWaiting(user);
      user.resumeReading();
    }
  }

  #giveTurn(user: MemoryUser): void {
    const endMs = this.#clock.nowMs() + TURN_MS;
    this.#turn = { user, endMs, cancel: () => {} };
    this.#watch(this.#turn);
  }

  #watch(turn: Turn): void {
    const { receivedBytes } = turn.user;
    turn.cancel = this.#clock.schedule(TURN_CHECK_MS, () => {
      const isLate = this.#clock.nowMs() >= turn.endMs;
      const getsOn = turn.user.receivedBytes - receivedBytes >= MIN_TURN_BYTES;
      if (getsOn && !isLate) {
        this.#watch(turn);
        return;
      }
      turn.user.close(
        'memory',
        `its request came too slowly while the broker was out of request memory ` +
          `(queued.max.request.bytes=${this.limitBytes})`,
      );
    });
  }

  #endTurn(): void {
    this.#turn?.cancel();
    this.#turn = null;
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#stopWaiting(next);
    next.resumeReading();
  }
}
