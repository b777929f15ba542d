// Fetch, versions 4 to 18: sessions (KIP-227), long poll, epochs (KIP-320), topic ids (KIP-516).
// Left out: replicas that fetch (there are none in local mode; to Kafka's leader, too, one that no partition is assigned
// to is no follower), preferred read replicas, and the aborted-transaction list, which is empty until there are transactions.

import { ErrorCode } from '@millrace/protocol';
import {
  FetchRequest,
  type FetchRequestFetchTopic,
} from '@millrace/protocol/messages/fetch-request';
import { createFetchResponse, FetchResponse } from '@millrace/protocol/messages/fetch-response';
import type { Clock, LogStore, PartitionLog, ReadResult } from '@millrace/storage';
import { AdvanceWaiter } from '../advance-waiter.ts';
import type { EventSurface } from '../events.ts';
import {
  FETCH_TOPIC_ID_VERSION,
  type FetchOutcome,
  fetchAnswer,
  fetchFailure,
  NO_DIVERGENCE,
} from '../fetch-answer.ts';
import {
  type FetchPartition,
  type FetchScope,
  type FetchSessions,
  partitionKey,
  type SessionRequest,
} from '../fetch-sessions.ts';
import type { Handler, RequestContext } from '../handler.ts';
import { leaderEpochError } from '../leading-log.ts';
import type { AnswerMemory } from '../network/answer-memory.ts';
import type { Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';

export interface FetchDependencies {
  readonly topics: Topics;
  readonly logStore: LogStore;
  readonly placement: Placement;
  readonly sessions: FetchSessions;
  readonly clock: Clock;
  /** `fetch.max.bytes` */
  readonly maxBytes: number;
  readonly answerMemory: Pick<AnswerMemory, 'isScarce'>;
  readonly events: EventSurface;
}

/** From this version on a broker that fetches says so in a field of its own (KIP-903). */
const REPLICA_STATE_VERSION = 15;

type Isolation = 'read_uncommitted' | 'read_committed';

export function fetchHandler(
  dependencies: FetchDependencies,
): Handler<FetchRequest, FetchResponse> {
  return {
    apiKey: FetchRequest.apiKey,
    minVersion: 4,
    maxVersion: 18,
    request: FetchRequest,
    response: FetchResponse,
    handle(request, context) {
      if (request.isolationLevel !== 0 && request.isolationLevel !== 1) {
        return fetchFailure(request, ErrorCode.INVALID_REQUEST, context.apiVersion);
      }
      const scope = dependencies.sessions.begin(
        sessionRequest(request, context, dependencies.topics),
      );
      if (scope.error !== ErrorCode.NONE) return createFetchResponse({ errorCode: scope.error });
      const answer = (outcomes: Outcomes) => {
        tell(dependencies.events, outcomes);
        return fetchAnswer(scope, outcomes, request, context.apiVersion, dependencies.sessions);
      };
      const outcomes = new Fetch(dependencies, request, scope, context).run();
      return outcomes instanceof Promise ? outcomes.then(answer) : answer(outcomes);
    },
    failure(request, error, { apiVersion }) {
      return fetchFailure(request, error, apiVersion);
    },
  };
}

function sessionRequest(
  request: FetchRequest,
  context: RequestContext,
  topics: Topics,
): SessionRequest {
  const usesTopicIds = context.apiVersion >= FETCH_TOPIC_ID_VERSION;
  const partitions = request.topics.flatMap((topic) => partitionsOf(topic, usesTopicIds, topics));
  return {
    sessionId: request.sessionId,
    sessionEpoch: request.sessionEpoch,
    usesTopicIds,
    partitions: asksTwice(request, usesTopicIds)
      ? lastOfEach(partitions, usesTopicIds)
      : partitions,
    forgotten: request.forgottenTopicsData.flatMap((topic) =>
      topic.partitions.map((partition) =>
        partitionKey(usesTopicIds ? topic.topicId : topic.topic, partition),
      ),
    ),
  };
}

/** The half of the identity that the request left out is filled in; it stays empty when the topic is unknown. */
function partitionsOf(
  topic: FetchRequestFetchTopic,
  usesTopicIds: boolean,
  topics: Topics,
): FetchPartition[] {
  const known = usesTopicIds ? topics.byId(topic.topicId) : topics.byName(topic.topic);
  return topic.partitions.map((partition) => ({
    topic: usesTopicIds ? (known?.name ?? '') : topic.topic,
    topicId: usesTopicIds ? topic.topicId : (known?.topicId ?? ''),
    partition: partition.partition,
    // Here, as in Kafka, any negative epoch asks for no check.
    currentLeaderEpoch: Math.max(-1, partition.currentLeaderEpoch),
    fetchOffset: partition.fetchOffset,
    lastFetchedEpoch: partition.lastFetchedEpoch,
    maxBytes: partition.partitionMaxBytes,
    sentHighWatermark: -1,
    sentLogStartOffset: -1,
  }));
}

/** Whether a partition may be in the request twice, found out without making a key for each. */
function asksTwice({ topics }: FetchRequest, usesTopicIds: boolean): boolean {
  if (topics.length <= 1 && (topics[0]?.partitions.length ?? 0) <= 1) return false;
  const unique = new Set(topics.map(({ topic, topicId }) => (usesTopicIds ? topicId : topic)));
  if (unique.size < topics.length) return true;
  return topics.some(
    ({ partitions }) =>
      new Set(partitions.map(({ partition }) => partition)).size < partitions.length,
  );
}

/** A partition that is asked for twice counts once, as Kafka has it: in the place of the first, as the last says. */
function lastOfEach(
  partitions: readonly FetchPartition[],
  usesTopicIds: boolean,
): FetchPartition[] {
  const last = new Map<string, FetchPartition>();
  for (const one of partitions) {
    last.set(partitionKey(usesTopicIds ? one.topicId : one.topic, one.partition), one);
  }
  return [...last.values()];
}

/** What each partition gives, in the order of the request. */
type Outcomes = readonly FetchOutcome[];
/** Null: too little to answer with before the deadline. */
type Attempt = Outcomes | null;

/** What a read over all partitions has so far. */
class Gathered {
  readonly outcomes: FetchOutcome[] = [];
  leftBytes: number;
  isEmpty = true;

  constructor(maxBytes: number) {
    this.leftBytes = maxBytes;
  }

  add(outcome: FetchOutcome): void {
    this.outcomes.push(outcome);
    const sizeBytes = outcome.records?.sizeBytes ?? 0;
    if (sizeBytes > 0) this.isEmpty = false;
    this.leftBytes = Math.max(0, this.leftBytes - sizeBytes);
  }
}

/** One fetch: reads, and while there is too little, waits for an append or the deadline and reads again. */
class Fetch {
  readonly #dependencies: FetchDependencies;
  /** In the order they are read. */
  readonly #partitions: readonly FetchPartition[];
  /** How far that order is turned from the one in the request. */
  readonly #turn: number;
  readonly #usesTopicIds: boolean;
  /** Another broker asks, as a follower. */
  readonly #isReplica: boolean;
  readonly #isolation: Isolation;
  readonly #minBytes: number;
  readonly #maxBytes: number;
  readonly #deadlineMs: number;
  readonly #closed: AbortSignal;

  constructor(
    dependencies: FetchDependencies,
    request: FetchRequest,
    scope: FetchScope,
    context: RequestContext,
  ) {
    this.#dependencies = dependencies;
    this.#usesTopicIds = context.apiVersion >= FETCH_TOPIC_ID_VERSION;
    const replicaId =
      context.apiVersion < REPLICA_STATE_VERSION
        ? request.replicaId
        : request.replicaState.replicaId;
    this.#isReplica = replicaId >= 0;
    this.#isolation = request.isolationLevel === 1 ? 'read_committed' : 'read_uncommitted';
    this.#maxBytes = Math.min(Math.max(request.maxBytes, 0), dependencies.maxBytes);
    this.#minBytes = Math.min(request.minBytes, this.#maxBytes);
    this.#deadlineMs = dependencies.clock.nowMs() + Math.max(0, request.maxWaitMs);
    this.#closed = context.connection.closed;
    // A session rotates by itself. Outside one, clients mostly ask in the same order each time, so the start moves
    // with the correlation id.
    const { length } = scope.partitions;
    this.#turn =
      scope.session === null && length > 1 ? Math.abs(context.correlationId) % length : 0;
    this.#partitions = turned(scope.partitions, this.#turn);
  }

  /** A promise only where something has to be waited for: most fetches find what they want in memory. */
  run(): Outcomes | Promise<Outcomes> {
    const first = this.#attempt(this.#isLast(null));
    return first === null || first instanceof Promise ? this.#runOn(first) : first;
  }

  /** Attempt after attempt, each after an append; `first` was made before anything was waited for. */
  async #runOn(first: null | Promise<Attempt>): Promise<Outcomes> {
    let waiter: AdvanceWaiter | null = null;
    try {
      let outcomes = await first;
      while (outcomes === null) {
        if (waiter === null) {
          // Between the look above and this subscription an append may have come: look again before waiting.
          waiter = this.#subscribe();
        } else {
          await waiter.wait();
          waiter.reset();
        }
        outcomes = await this.#attempt(this.#isLast(waiter));
      }
      return outcomes;
    } finally {
      waiter?.close();
    }
  }

  #isLast(waiter: AdvanceWaiter | null): boolean {
    // Without partitions, as when a client only closes its session, there is nothing to wait for.
    if (this.#partitions.length === 0 || this.#closed.aborted) return true;
    return waiter?.isExpired === true || this.#dependencies.clock.nowMs() >= this.#deadlineMs;
  }

  /** Reads what there is, where that may do. */
  #attempt(isLast: boolean): Attempt | Promise<Attempt> {
    const mayDo =
      isLast || this.#minBytes <= 0 || this.#partitions.some((one) => this.#mayAnswer(one));
    if (!mayDo) return null;
    const outcomes = this.#readAll();
    return outcomes instanceof Promise
      ? outcomes.then((read) => this.#judge(read, isLast))
      : this.#judge(outcomes, isLast);
  }

  #judge(outcomes: Outcomes, isLast: boolean): Attempt {
    if (isLast || this.#isEnough(outcomes)) return turned(outcomes, outcomes.length - this.#turn);
    releaseAll(outcomes);
    return null;
  }

  #subscribe(): AdvanceWaiter {
    const logs = new Set<PartitionLog>();
    for (const partition of this.#partitions) {
      const log = this.#dependencies.logStore.get(partition.topicId, partition.partition);
      if (log !== undefined) logs.add(log);
    }
    return new AdvanceWaiter(logs, this.#deadlineMs, this.#dependencies.clock, this.#closed);
  }

  /** A look without a read: is there data past the offset, or an error to tell? */
  #mayAnswer(partition: FetchPartition): boolean {
    const log = this.#dependencies.logStore.get(partition.topicId, partition.partition);
    if (log === undefined || this.#isReplica) return true;
    if (partition.currentLeaderEpoch !== -1 && partition.currentLeaderEpoch !== log.leaderEpoch) {
      return true;
    }
    if (partition.lastFetchedEpoch !== -1 && partition.lastFetchedEpoch !== log.leaderEpoch) {
      return true;
    }
    const { fetchOffset } = partition;
    return (
      fetchOffset < readableEnd(log, this.#isolation) ||
      fetchOffset > log.logEndOffset ||
      fetchOffset < log.logStartOffset
    );
  }

  #isEnough(outcomes: readonly FetchOutcome[]): boolean {
    let sizeBytes = 0;
    for (const outcome of outcomes) {
      if (outcome.error !== ErrorCode.NONE || outcome.divergingEpoch !== NO_DIVERGENCE) return true;
      sizeBytes += outcome.records?.sizeBytes ?? 0;
    }
    return sizeBytes >= this.#minBytes;
  }

  #readAll(): Outcomes | Promise<Outcomes> {
    const gathered = new Gathered(this.#maxBytes);
    try {
      const reading = this.#readOn(gathered);
      return reading === null ? gathered.outcomes : this.#readRest(gathered, reading);
    } catch (error) {
      releaseAll(gathered.outcomes);
      throw error;
    }
  }

  async #readRest(gathered: Gathered, first: Promise<FetchOutcome>): Promise<Outcomes> {
    try {
      let reading: Promise<FetchOutcome> | null = first;
      while (reading !== null) {
        gathered.add(await reading);
        reading = this.#readOn(gathered);
      }
    } catch (error) {
      releaseAll(gathered.outcomes);
      throw error;
    }
    return gathered.outcomes;
  }

  /** Reads on to a partition that has to be waited for, and gives its promise; null when all are read. */
  #readOn(gathered: Gathered): Promise<FetchOutcome> | null {
    const { outcomes } = gathered;
    while (outcomes.length < this.#partitions.length) {
      const partition = this.#partitions[outcomes.length]!;
      const read = this.#read(partition, gathered.leftBytes, gathered.isEmpty);
      if (read instanceof Promise) return read;
      gathered.add(read);
    }
    return null;
  }

  #read(
    partition: FetchPartition,
    leftBytes: number,
    isFirst: boolean,
  ): FetchOutcome | Promise<FetchOutcome> {
    const { placement, logStore } = this.#dependencies;
    const leadership = placement.leadership(partition.topicId, partition.partition);
    if (leadership === null) {
      const unknown =
        this.#usesTopicIds && partition.topic === ''
          ? ErrorCode.UNKNOWN_TOPIC_ID
          : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      return withoutRecords(partition, unknown);
    }
    const log = logStore.get(partition.topicId, partition.partition);
    if (leadership.leaderId !== placement.nodeId || log === undefined || this.#isReplica) {
      const { leaderId, leaderEpoch } = leadership;
      return {
        ...withoutRecords(partition, ErrorCode.NOT_LEADER_OR_FOLLOWER),
        currentLeader: { leaderId, leaderEpoch },
      };
    }
    const epochError = leaderEpochError(partition.currentLeaderEpoch, log.leaderEpoch);
    if (epochError !== ErrorCode.NONE) return withoutRecords(partition, epochError, log);
    const diverging = divergenceOf(partition, log);
    if (diverging === 'unknown-epoch') {
      return withoutRecords(partition, ErrorCode.OFFSET_OUT_OF_RANGE);
    }
    if (diverging !== null) {
      return { ...withoutRecords(partition, ErrorCode.NONE, log), divergingEpoch: diverging };
    }
    return this.#readLog(partition, log, leftBytes, isFirst);
  }

  #readLog(
    partition: FetchPartition,
    log: PartitionLog,
    leftBytes: number,
    isFirst: boolean,
  ): FetchOutcome | Promise<FetchOutcome> {
    const { fetchOffset } = partition;
    const atTheEnd =
      fetchOffset >= readableEnd(log, this.#isolation) && fetchOffset <= log.logEndOffset;
    const maxBytes = Math.min(Math.max(partition.maxBytes, 0), leftBytes);
    const isInRange = fetchOffset >= log.logStartOffset && fetchOffset <= log.logEndOffset;
    if (atTheEnd || (isInRange && maxBytes === 0 && !isFirst)) {
      return withoutRecords(partition, ErrorCode.NONE, log);
    }
    return this.#readRecords(partition, log, maxBytes, isFirst);
  }

  #readRecords(
    partition: FetchPartition,
    log: PartitionLog,
    maxBytes: number,
    minOneBatch: boolean,
  ): FetchOutcome | Promise<FetchOutcome> {
    const result = log.read(partition.fetchOffset, maxBytes, {
      minOneBatch,
      isolation: this.#isolation,
      preferFile: this.#dependencies.answerMemory.isScarce,
    });
    return result instanceof Promise
      ? result.then((read) => outcomeOf(partition, read))
      : outcomeOf(partition, result);
  }
}

function releaseAll(outcomes: Outcomes): void {
  for (const { records } of outcomes) records?.release();
}

function outcomeOf(partition: FetchPartition, result: ReadResult): FetchOutcome {
  const isRead = result.error === ErrorCode.NONE;
  return {
    partition,
    error: result.error,
    highWatermark: isRead ? result.highWatermark : -1,
    lastStableOffset: isRead ? result.lastStableOffset : -1,
    logStartOffset: isRead ? result.logStartOffset : -1,
    divergingEpoch: NO_DIVERGENCE,
    currentLeader: null,
    records: result.records,
  };
}

function readableEnd(log: PartitionLog, isolation: Isolation): number {
  return isolation === 'read_committed' ? log.lastStableOffset : log.highWatermark;
}

/**
 * KIP-595: where the client's log and ours part, when what it fetched last is not what we hold. An epoch that this log
 * has never had tells nothing of where; Kafka answers OFFSET_OUT_OF_RANGE.
 */
function divergenceOf(
  partition: FetchPartition,
  log: PartitionLog,
): { epoch: number; endOffset: number } | 'unknown-epoch' | null {
  if (partition.lastFetchedEpoch < 0) return null;
  const end = log.endOffsetForEpoch(partition.lastFetchedEpoch);
  if (end.leaderEpoch < 0) return 'unknown-epoch';
  if (end.leaderEpoch < partition.lastFetchedEpoch || end.endOffset < partition.fetchOffset) {
    return { epoch: end.leaderEpoch, endOffset: end.endOffset };
  }
  return null;
}

function withoutRecords(
  partition: FetchPartition,
  error: number,
  log?: PartitionLog,
): FetchOutcome {
  const told = error === ErrorCode.NONE ? log : undefined;
  return {
    partition,
    error,
    highWatermark: told?.highWatermark ?? -1,
    lastStableOffset: told?.lastStableOffset ?? -1,
    logStartOffset: told?.logStartOffset ?? -1,
    divergingEpoch: NO_DIVERGENCE,
    currentLeader: null,
    records: null,
  };
}

function turned<T>(items: readonly T[], by: number): readonly T[] {
  return by === 0 ? items : [...items.slice(by), ...items.slice(0, by)];
}

function tell(events: EventSurface, outcomes: readonly FetchOutcome[]): void {
  if (!events.hears('records-fetched') && !events.hears('partition-failed')) return;
  for (const { partition, error, records } of outcomes) {
    const { topic } = partition;
    const bytes = records?.sizeBytes ?? 0;
    if (bytes > 0) events.emit('records-fetched', { topic, bytes });
    if (error !== ErrorCode.NONE) {
      events.emit('partition-failed', { apiKey: FetchRequest.apiKey, topic, error });
    }
  }
}
