/** What all connections together may begin in one turn of the event loop; the request that passes it is the last. */
const MAX_TURN_MS = 10;
/** What those with a debt may begin beside it, in the same way: at least one request. */
const MAX_DEBTORS_MS = 2;
/** What one connection may begin before the next has its slice of the turn. */
const MAX_SLICE_MS = 1;
/** The same while no other has begun anything for a while, or wanted to. */
const MAX_LONE_SLICE_MS = 4;
const LONE_AFTER_MS = 20;
/** A request that takes no longer makes no debt, however many there are. */
const CHEAP_MS = 0.25;
/** Each queue but the last takes those whose debt is smaller than this. */
const QUEUE_DEBTS_MS = [2, 8, 32];
/** More is not remembered. */
const MAX_DEBT_MS = 64;
/** The part of the time that passes which is taken off a debt: 12 s for the largest. */
const FORGIVEN_PART = 0.005;

/** What `LoopTurn` needs to know of a connection. */
export interface TurnUser {
  readonly debt: TurnDebt;
  /** Begins what it has waiting. */
  resumeReading(): void;
}

/** What the costly requests of a connection took lately. */
export class TurnDebt {
  #ms = 0;
  #atMs = 0;
  /** Set by `LoopTurn`: where the connection waits for its turn. */
  queue: Set<TurnUser> | null = null;

  /** In milliseconds. */
  at(nowMs: number): number {
    return Math.max(0, this.#ms - (nowMs - this.#atMs) * FORGIVEN_PART);
  }

  /** A request took this long. */
  add(ms: number, nowMs: number): void {
    if (ms <= CHEAP_MS) return;
    this.#ms = Math.min(MAX_DEBT_MS, this.at(nowMs) + ms - CHEAP_MS);
    this.#atMs = nowMs;
  }
}

/**
 * Keeps the event loop turning while clients have many requests waiting: a chunk of 64 KiB can hold a thousand small
 * requests, each of which may take milliseconds to answer, and answers that wait for nothing follow each other
 * without a turn of the loop between them. A connection whose slice is used up goes behind those that wait, and when
 * the whole turn is, all wait for the next one in the order they came.
 *
 * Those whose requests are costly have queues of their own, by how much they took lately: once a turn, when the others
 * have begun what came, some of one of these queues is begun. So a client whose requests are cheap waits for one costly
 * request and not for one of every client that sends such; a client that was slow but once, as when garbage was
 * collected meanwhile, does not wait with those that always are; and who sends costly requests has the loop to itself
 * while nobody else has any. Who is alone need not wait for the next turn: its debt may be the system's, which gave the
 * processor to another program in the middle of a request, and what it has sent would have to be copied until then.
 */
export class LoopTurn {
  readonly nowMs: () => number;
  readonly #nextTurn: (callback: () => void) => void;
  /** −1 while nothing was begun in this turn. */
  #startedMs = -1;
  /** Who began last, and since when it does. */
  #current: TurnUser | null = null;
  #sliceStartedMs = 0;
  /** Who wanted to begin last, and since when it is the only one. */
  #latest: TurnUser | null = null;
  #aloneSinceMs = 0;
  /** Those without a debt to speak of, then the others; together bounded by the number of connections. */
  readonly #queues: readonly Set<TurnUser>[] = [
    ...QUEUE_DEBTS_MS.map(() => newQueue()),
    newQueue(),
  ];
  /** Whose turn it is, of those that waited. */
  #resumed: TurnUser | null = null;
  /** Which queue of debtors comes first in the next turn. */
  #nextDebtors = 1;

  /** `nowMs` is a clock that never goes back, `nextTurn` runs a callback in the next turn of the loop. */
  constructor(nowMs: () => number, nextTurn: (callback: () => void) => void) {
    this.nowMs = nowMs;
    this.#nextTurn = nextTurn;
  }

  /** True when `user` may begin a request now; else it is resumed in a later turn. */
  mayBegin(user: TurnUser): boolean {
    // It has its place, also when its debt has been forgiven meanwhile.
    if (user.debt.queue !== null) return false;
    const nowMs = this.nowMs();
    const isAlone = this.#isAlone(user, nowMs);
    if (this.#startedMs < 0) this.#start(nowMs);
    if (this.#current !== user) {
      this.#current = user;
      this.#sliceStartedMs = nowMs;
    }
    const queue = this.#queueFor(user.debt.at(nowMs));
    const comesFirst = isAlone || queue === this.#queues[0];
    const hasTurn = this.#resumed === user || (comesFirst && nowMs - this.#startedMs < MAX_TURN_MS);
    const sliceMs = isAlone ? MAX_LONE_SLICE_MS : MAX_SLICE_MS;
    if (hasTurn && nowMs - this.#sliceStartedMs < sliceMs) return true;
    queue.add(user);
    user.debt.queue = queue;
    return false;
  }

  #isAlone(user: TurnUser, nowMs: number): boolean {
    if (this.#latest !== user) {
      this.#latest = user;
      this.#aloneSinceMs = nowMs;
    }
    return nowMs - this.#aloneSinceMs >= LONE_AFTER_MS;
  }

  /** `user` has begun a request that it was allowed to begin, and took from `startedMs` until now. */
  used(user: TurnUser, startedMs: number): void {
    const nowMs = this.nowMs();
    user.debt.add(nowMs - startedMs, nowMs);
  }

  /** The connection is gone. */
  forget(user: TurnUser): void {
    user.debt.queue?.delete(user);
    user.debt.queue = null;
    if (this.#current === user) this.#current = null;
    if (this.#latest === user) this.#latest = null;
  }

  #queueFor(debtMs: number): Set<TurnUser> {
    let index = 0;
    while (index < QUEUE_DEBTS_MS.length && debtMs >= QUEUE_DEBTS_MS[index]!) index++;
    return this.#queues[index]!;
  }

  #start(nowMs: number): void {
    this.#startedMs = nowMs;
    this.#current = null;
    this.#nextTurn(() => this.#onNextTurn());
  }

  #onNextTurn(): void {
    this.#startedMs = -1;
    this.#resume(this.#queues[0]!, MAX_TURN_MS);
    const debtors = this.#someDebtors();
    if (debtors !== null) this.#resume(debtors, MAX_DEBTORS_MS);
  }

  /** Each queue that is not empty, in turn. */
  #someDebtors(): Set<TurnUser> | null {
    for (let count = 1; count < this.#queues.length; count++) {
      const queue = this.#queues[this.#nextDebtors]!;
      this.#nextDebtors = 1 + (this.#nextDebtors % (this.#queues.length - 1));
      if (queue.size > 0) return queue;
    }
    return null;
  }

  /** Until nobody is left, or until it has taken `maxMs`; another turn follows then. */
  #resume(queue: Set<TurnUser>, maxMs: number): void {
    const startedMs = this.nowMs();
    for (const user of queue) {
      queue.delete(user);
      user.debt.queue = null;
      this.#current = null;
      this.#resumed = user;
      // Whoever waits again stands behind the others, who come first.
      user.resumeReading();
      this.#resumed = null;
      if (this.nowMs() - startedMs >= maxMs) break;
    }
    if (this.#startedMs < 0 && this.#queues.some(({ size }) => size > 0)) this.#start(this.nowMs());
  }
}

function newQueue(): Set<TurnUser> {
  return new Set();
}
