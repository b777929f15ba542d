import { randomInt } from 'node:crypto';
import { ErrorCode } from '@millrace/protocol';

/** A session unused for this long may give its place to a new one, as in Kafka. */
const EVICTABLE_AFTER_MS = 120_000;
/** Partitions that all sessions together may remember. */
const MAX_PARTITIONS = 500_000;
const MAX_SESSION_ID = 2 ** 31 - 1;

/** One partition of a fetch, and, in a session, what the client was last told of it. */
export interface FetchPartition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  currentLeaderEpoch: number;
  fetchOffset: number;
  lastFetchedEpoch: number;
  maxBytes: number;
  /** −1 until the first answer. */
  sentHighWatermark: number;
  sentLogStartOffset: number;
}

export interface FetchSession {
  readonly id: number;
  /** Whether partitions are named by topic id (Fetch v13 and later). */
  readonly usesTopicIds: boolean;
  /** The epoch that the next request must carry. */
  nextEpoch: number;
  lastUsedMs: number;
  /** In the order they are served; those that gave data move to the end, so that none starves. */
  readonly partitions: Map<string, FetchPartition>;
}

/** What a fetch request asks of the sessions. */
export interface SessionRequest {
  readonly sessionId: number;
  readonly sessionEpoch: number;
  readonly usesTopicIds: boolean;
  readonly partitions: readonly FetchPartition[];
  readonly forgotten: readonly string[];
}

/** What one fetch serves. `session` is null for a fetch outside any session. */
export interface FetchScope {
  readonly error: number;
  readonly session: FetchSession | null;
  /** An incremental answer leaves out partitions with nothing new. */
  readonly incremental: boolean;
  readonly partitions: readonly FetchPartition[];
}

export function partitionKey(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}

/**
 * Fetch sessions (KIP-227): the broker remembers which partitions a consumer fetches, so that requests and answers
 * carry changes only. Bounds: `max.incremental.fetch.session.cache.slots`, and a number of partitions over all
 * sessions, since a client may name as many as it likes, also such as there are not.
 */
export class FetchSessions {
  readonly #maxSessions: number;
  readonly #nowMs: () => number;
  /** Least recently used first. */
  readonly #sessions = new Map<number, FetchSession>();
  /** The last of them: who comes again and again is not moved each time. */
  #newest: FetchSession | null = null;
  readonly #maxPartitions: number;
  #partitionCount = 0;

  constructor(maxSessions: number, nowMs: () => number, maxPartitions = MAX_PARTITIONS) {
    this.#maxSessions = maxSessions;
    this.#nowMs = nowMs;
    this.#maxPartitions = maxPartitions;
  }

  get size(): number {
    return this.#sessions.size;
  }

  begin(request: SessionRequest): FetchScope {
    if (request.sessionEpoch === 0 || request.sessionEpoch === -1) {
      // Both start anew; epoch −1 asks for no session, epoch 0 for a fresh one.
      this.#close(request.sessionId);
      const session = request.sessionEpoch === 0 ? this.#open(request) : null;
      return {
        error: ErrorCode.NONE,
        session,
        incremental: false,
        partitions: request.partitions,
      };
    }
    return this.#continue(request);
  }

  /** A partition that gave data goes behind the others. */
  rotate(session: FetchSession, partition: FetchPartition): void {
    if (session.partitions.size === 1) return;
    const key = keyOf(session.usesTopicIds, partition);
    if (session.partitions.delete(key)) session.partitions.set(key, partition);
  }

  #continue(request: SessionRequest): FetchScope {
    const session = this.#sessions.get(request.sessionId);
    if (session === undefined) return refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    if (session.nextEpoch !== request.sessionEpoch) {
      return refused(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
    }
    if (session.usesTopicIds !== request.usesTopicIds) {
      return refused(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    }
    session.nextEpoch = session.nextEpoch === MAX_SESSION_ID ? 1 : session.nextEpoch + 1;
    session.lastUsedMs = this.#nowMs();
    this.#makeNewest(session);
    const before = session.partitions.size;
    for (const update of request.partitions) applyUpdate(session, update);
    for (const key of request.forgotten) session.partitions.delete(key);
    this.#partitionCount += session.partitions.size - before;
    if (session.partitions.size > before && this.#partitionCount > this.#maxPartitions) {
      // The client goes on with a full fetch, for which there may be no session.
      this.#close(session.id);
      return refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    }
    if (session.partitions.size === 0) {
      // As in Kafka a session ends with its last partition.
      this.#close(session.id);
      return { error: ErrorCode.NONE, session: null, incremental: false, partitions: [] };
    }
    return {
      error: ErrorCode.NONE,
      session,
      incremental: true,
      partitions: [...session.partitions.values()],
    };
  }

  /** Null when there is no room: the client then goes on with full fetches. */
  #open(request: SessionRequest): FetchSession | null {
    if (!this.#makeRoom(request.partitions.length)) return null;
    let id = randomInt(1, MAX_SESSION_ID);
    while (this.#sessions.has(id)) id = randomInt(1, MAX_SESSION_ID);
    const session: FetchSession = {
      id,
      usesTopicIds: request.usesTopicIds,
      nextEpoch: 1,
      lastUsedMs: this.#nowMs(),
      partitions: new Map(),
    };
    for (const partition of request.partitions) applyUpdate(session, partition);
    this.#makeNewest(session);
    this.#partitionCount += session.partitions.size;
    return session;
  }

  #makeNewest(session: FetchSession): void {
    if (this.#newest === session) return;
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
    this.#newest = session;
  }

  #close(sessionId: number): void {
    this.#partitionCount -= this.#sessions.get(sessionId)?.partitions.size ?? 0;
    this.#sessions.delete(sessionId);
    if (this.#newest?.id === sessionId) this.#newest = null;
  }

  /** Lets go of sessions that are not used any more, as many as it takes. */
  #makeRoom(partitions: number): boolean {
    for (;;) {
      const hasSlot = this.#sessions.size < this.#maxSessions;
      if (hasSlot && this.#partitionCount + partitions <= this.#maxPartitions) return true;
      const [oldest] = this.#sessions.values();
      if (oldest === undefined) return false;
      if (this.#nowMs() - oldest.lastUsedMs < EVICTABLE_AFTER_MS) return false;
      this.#close(oldest.id);
    }
  }
}

function applyUpdate(session: FetchSession, update: FetchPartition): void {
  const key = keyOf(session.usesTopicIds, update);
  const known = session.partitions.get(key);
  if (known === undefined) {
    session.partitions.set(key, update);
    return;
  }
  known.currentLeaderEpoch = update.currentLeaderEpoch;
  known.fetchOffset = update.fetchOffset;
  known.lastFetchedEpoch = update.lastFetchedEpoch;
  known.maxBytes = update.maxBytes;
}

function keyOf(usesTopicIds: boolean, partition: FetchPartition): string {
  return partitionKey(usesTopicIds ? partition.topicId : partition.topic, partition.partition);
}

function refused(error: number): FetchScope {
  return { error, session: null, incremental: false, partitions: [] };
}
