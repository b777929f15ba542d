/** What all connections together may begin in one turn of the event loop; the request that passes it is the last. */
const MAX_TURN_MS = 10;
/** What one connection may begin before the next has its slice of the turn. */
const MAX_SLICE_MS = 1;

/** What `LoopTurn` needs to know of a connection. */
export interface TurnUser {
  /** Begins what it has waiting. */
  resumeReading(): void;
}

/**
 * Keeps the event loop turning while clients have many requests waiting: a chunk of 64 KiB can hold a thousand small
 * requests, each of which may take milliseconds to answer, and answers that wait for nothing follow each other
 * without a turn of the loop between them. A connection whose slice is used up goes behind those that wait, and when
 * the whole turn is, all wait for the next one in the order they came.
 */
export class LoopTurn {
  readonly #nowMs: () => number;
  readonly #nextTurn: (callback: () => void) => void;
  /** −1 while nothing was begun in this turn. */
  #startedMs = -1;
  /** Who began last, and since when it does. */
  #current: TurnUser | null = null;
  #sliceStartedMs = 0;
  /** Bounded by the number of connections. */
  readonly #waiting = new Set<TurnUser>();

  /** `nowMs` is a clock that never goes back, `nextTurn` runs a callback in the next turn of the loop. */
  constructor(nowMs: () => number, nextTurn: (callback: () => void) => void) {
    this.#nowMs = nowMs;
    this.#nextTurn = nextTurn;
  }

  /** True when `user` may begin a request now; else it is resumed in a later turn. */
  mayBegin(user: TurnUser): boolean {
    const nowMs = this.#nowMs();
    if (this.#startedMs < 0) this.#start(nowMs);
    if (this.#current !== user) {
      this.#current = user;
      this.#sliceStartedMs = nowMs;
    }
    const hasTime = nowMs - this.#startedMs < MAX_TURN_MS;
    if (hasTime && nowMs - this.#sliceStartedMs < MAX_SLICE_MS) return true;
    this.#waiting.add(user);
    return false;
  }

  /** The connection is gone. */
  forget(user: TurnUser): void {
    this.#waiting.delete(user);
    if (this.#current === user) this.#current = null;
  }

  #start(nowMs: number): void {
    this.#startedMs = nowMs;
    this.#current = null;
    this.#nextTurn(() => this.#onNextTurn());
  }

  #onNextTurn(): void {
    this.#startedMs = -1;
    for (const user of this.#waiting) {
      this.#waiting.delete(user);
      this.#current = null;
      // Whoever waits again stands behind the others, who come first.
      user.resumeReading();
      if (this.#startedMs >= 0 && this.#nowMs() - this.#startedMs >= MAX_TURN_MS) return;
    }
  }
}
