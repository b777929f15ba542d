// Produce, versions 3 to 13: acks 0, 1 and all, idempotent producers, topic ids (v13). Announced from 0 on, as Kafka
// does, because older librdkafka takes a higher minimum for a broker without compression (KAFKA-18659).
// Left out: transactions (INVALID_TXN_STATE). `timeoutMs` is not used: an append ends when the disk has answered.

import {
  BATCH_HEADER_BYTES,
  batchHeader,
  Compression,
  ErrorCode,
  errorMessage,
  errorName,
  type Records,
} from '@millrace/protocol';
import {
  ProduceRequest,
  type ProduceRequestTopicProduceData,
} from '@millrace/protocol/messages/produce-request';
import {
  createProduceResponse,
  createProduceResponseBatchIndexAndErrorMessage,
  createProduceResponsePartitionProduceResponse,
  createProduceResponseTopicProduceResponse,
  ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
  type ProduceResponseTopicProduceResponse,
} from '@millrace/protocol/messages/produce-response';
import type { AppendResult, LogStore, TopicRecord } from '@millrace/storage';
import type { EventSurface } from '../events.ts';
import type { Handler } from '../handler.ts';
import { ProtocolViolation } from '../network/dispatcher.ts';
import type { Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';

const TOPIC_ID_VERSION = 13;
/** From this version on a client is told who leads instead (KIP-951). */
const LEADER_HINT_VERSION = 10;
/** zstd came with this version; older requests may not carry it. */
const ZSTD_VERSION = 7;
const RECORD_BATCH_MAGIC = 2;

export interface ProduceDependencies {
  readonly topics: Topics;
  readonly logStore: LogStore;
  readonly placement: Placement;
  readonly events: EventSurface;
}

/** Why a partition's records are refused before they reach the log. */
class Refusal {
  readonly error: number;
  readonly message: string;
  constructor(error: number, message: string = errorMessage(error)) {
    this.error = error;
    this.message = message;
  }
}

type PartitionAnswer = ProduceResponsePartitionProduceResponse;

/** Stands where an append has not ended; nobody gets to see it. */
const NOT_ENDED: PartitionAnswer = createProduceResponsePartitionProduceResponse();

export function produceHandler(
  dependencies: ProduceDependencies,
): Handler<ProduceRequest, ProduceResponse> {
  return {
    apiKey: ProduceRequest.apiKey,
    minVersion: 0,
    maxVersion: 13,
    request: ProduceRequest,
    response: ProduceResponse,
    handle(request, context) {
      if (hasTransactionWithoutId(request)) {
        return refusedWhole(request, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
      }
      const answer = new GrowingAnswer(request.topicData.length);
      // Appends start here, before anything is waited for, so that requests of one connection are appended in their order.
      for (const topic of request.topicData) {
        appendTopic(dependencies, request, topic, context.apiVersion, answer);
      }
      const finish = (response: ProduceResponse): ProduceResponse | null => {
        tellFailures(dependencies.events, response);
        if (request.acks !== 0) return response;
        closeOnError(response, context.clientId);
        return null;
      };
      return answer.isWhole ? finish(answer.response) : answer.whole().then(finish);
    },
    failure: refusedWhole,
  };
}

/** Every partition carries the error. */
function refusedWhole(request: ProduceRequest, error: number): ProduceResponse {
  return createProduceResponse({
    responses: request.topicData.map((topic) =>
      createProduceResponseTopicProduceResponse({
        name: topic.name,
        topicId: topic.topicId,
        partitionResponses: topic.partitionData.map(({ index }) =>
          refused(index, new Refusal(error)),
        ),
      }),
    ),
  });
}

/** Kafka refuses such a request as a whole: nobody can be authorised for a transactional id that is not given. */
function hasTransactionWithoutId({ transactionalId, topicData }: ProduceRequest): boolean {
  if (transactionalId !== null) return false;
  return topicData.some(({ partitionData }) =>
    partitionData.some(
      ({ records }) =>
        Buffer.isBuffer(records) &&
        records.length >= BATCH_HEADER_BYTES &&
        batchHeader.magic(records, 0) === RECORD_BATCH_MAGIC &&
        batchHeader.isTransactional(batchHeader.attributes(records, 0)),
    ),
  );
}

/** What partition it is for is known at once, and filled in when its append has ended. */
class GrowingAnswer {
  readonly response = createProduceResponse();
  /** By id and name; null where only one topic is asked for. */
  readonly #topics: Map<string, ProduceResponseTopicProduceResponse> | null;
  #waiting = 0;
  #resolve: (response: ProduceResponse) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(topics: number) {
    this.#topics = topics > 1 ? new Map() : null;
  }

  get isWhole(): boolean {
    return this.#waiting === 0;
  }

  /** Called once, and only while appends are under way. */
  whole(): Promise<ProduceResponse> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Where the answers of a topic go: as in Kafka one that is named twice is answered once. */
  ofTopic(name: string, topicId: string): PartitionAnswer[] {
    const key = this.#topics === null ? '' : `${topicId}/${name}`;
    let topic = this.#topics?.get(key);
    if (topic === undefined) {
      topic = createProduceResponseTopicProduceResponse({ name, topicId });
      this.#topics?.set(key, topic);
      this.response.responses.push(topic);
    }
    return topic.partitionResponses;
  }

  /** Takes the next place in `list` now, for what the append comes to. */
  add(list: PartitionAnswer[], append: Promise<PartitionAnswer>): void {
    const place = list.length;
    list.push(NOT_ENDED);
    this.#waiting++;
    append.then(
      (answer) => {
        list[place] = answer;
        if (--this.#waiting === 0) this.#resolve(this.response);
      },
      (error: unknown) => this.#reject(error),
    );
  }
}

function tellFailures(events: EventSurface, response: ProduceResponse): void {
  if (!events.hears('partition-failed')) return;
  for (const { name, partitionResponses } of response.responses) {
    for (const { errorCode } of partitionResponses) {
      if (errorCode === ErrorCode.NONE) continue;
      events.emit('partition-failed', {
        apiKey: ProduceRequest.apiKey,
        topic: name,
        error: errorCode,
      });
    }
  }
}

/** A producer that asked for no answer learns of an error only by the end of its connection, as with Kafka. */
function closeOnError(response: ProduceResponse, clientId: string | null): void {
  for (const topic of response.responses) {
    for (const { errorCode, errorMessage: message, index } of topic.partitionResponses) {
      if (errorCode === ErrorCode.NONE) continue;
      throw new ProtocolViolation(
        `produce with acks=0 from client "${clientId}" failed for ${topic.name || topic.topicId}-${index}: ` +
          `${errorName(errorCode)}, ${message}`,
      );
    }
  }
}

function appendTopic(
  dependencies: ProduceDependencies,
  request: ProduceRequest,
  data: ProduceRequestTopicProduceData,
  version: number,
  answer: GrowingAnswer,
): void {
  // As in Kafka a topic without partitions is not answered.
  if (data.partitionData.length === 0) return;
  const { topics } = dependencies;
  const topic = version >= TOPIC_ID_VERSION ? topics.byId(data.topicId) : topics.byName(data.name);
  const answers = answer.ofTopic(data.name, data.topicId);
  const acksRefusal = refusalOfAcks(request.acks);
  for (const { index, records } of data.partitionData) {
    const appended =
      acksRefusal === null
        ? appendPartition(dependencies, topic, index, records, version)
        : refused(index, acksRefusal);
    if (appended instanceof Promise) answer.add(answers, appended);
    else answers.push(appended);
  }
}

function appendPartition(
  { placement, logStore, events }: ProduceDependencies,
  topic: TopicRecord | undefined,
  index: number,
  records: Records | null,
  version: number,
): PartitionAnswer | Promise<PartitionAnswer> {
  const leadership = topic === undefined ? null : placement.leadership(topic.topicId, index);
  if (topic === undefined || leadership === null) {
    const unknownId = topic === undefined && version >= TOPIC_ID_VERSION;
    return refused(
      index,
      new Refusal(unknownId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
    );
  }
  const log = logStore.get(topic.topicId, index);
  if (leadership.leaderId !== placement.nodeId || log === undefined) {
    const answer = refused(index, new Refusal(ErrorCode.NOT_LEADER_OR_FOLLOWER));
    if (version >= LEADER_HINT_VERSION) {
      answer.currentLeader.leaderId = leadership.leaderId;
      answer.currentLeader.leaderEpoch = leadership.leaderEpoch;
    }
    return answer;
  }
  const recordsRefusal = refusalOfRecords(records, version);
  if (recordsRefusal !== null) return refused(index, recordsRefusal);
  const batch = records as Buffer;
  const { length: bytes } = batch;
  const count = batchHeader.recordCount(batch, 0);
  // The request's memory is another's by the time of the answer.
  return log.append(batch).then((result) => {
    if (result.error === ErrorCode.NONE && events.hears('records-produced')) {
      events.emit('records-produced', { topic: topic.name, records: count, bytes });
    }
    return answerOf(index, result);
  });
}

function refusalOfAcks(acks: number): Refusal | null {
  if (acks === 0 || acks === 1 || acks === -1) return null;
  return new Refusal(
    ErrorCode.INVALID_REQUIRED_ACKS,
    `acks is ${acks}; it must be 0, 1 or -1 (all).`,
  );
}

/** Kafka takes exactly one whole batch of format 2 a partition. What is in it is the log's to check. */
function refusalOfRecords(records: Records | null, version: number): Refusal | null {
  const invalid = (found: string) =>
    new Refusal(
      ErrorCode.INVALID_RECORD,
      `Produce requests with version ${version} must carry exactly one whole record batch of magic 2 a partition; ` +
        `this has ${found}.`,
    );
  if (!Buffer.isBuffer(records) || records.length === 0) return invalid('none');
  if (records.length < BATCH_HEADER_BYTES) return invalid(`${records.length} bytes`);
  const magic = batchHeader.magic(records, 0);
  if (magic > RECORD_BATCH_MAGIC) {
    return new Refusal(ErrorCode.CORRUPT_MESSAGE, `There is no record batch of magic ${magic}.`);
  }
  if (magic < RECORD_BATCH_MAGIC) return invalid(`magic ${magic}`);
  const sizeBytes = batchHeader.batchSizeBytes(records, 0);
  if (sizeBytes > records.length) return invalid(`${records.length} of ${sizeBytes} bytes`);
  if (sizeBytes < records.length && sizeBytes >= BATCH_HEADER_BYTES) {
    return invalid(`${records.length - sizeBytes} bytes behind the first batch`);
  }
  const flags = batchHeader.attributes(records, 0);
  if (batchHeader.compressionCodec(flags) === Compression.zstd && version < ZSTD_VERSION) {
    return new Refusal(
      ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
      `zstd needs Produce version ${ZSTD_VERSION}; this request has version ${version}.`,
    );
  }
  if (batchHeader.isTransactional(flags)) {
    return new Refusal(ErrorCode.INVALID_TXN_STATE, 'Transactions are not served by this version.');
  }
  return null;
}

function refused(index: number, refusal: Refusal): PartitionAnswer {
  return createProduceResponsePartitionProduceResponse({
    index,
    errorCode: refusal.error,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
    errorMessage: refusal.message,
  });
}

function answerOf(index: number, result: AppendResult): PartitionAnswer {
  return createProduceResponsePartitionProduceResponse({
    index,
    errorCode: result.error,
    baseOffset: result.baseOffset,
    logAppendTimeMs: result.logAppendTimeMs,
    logStartOffset: WITHOUT_LOG_START.has(result.error) ? -1 : result.logStartOffset,
    recordErrors: (result.recordErrors ?? []).map(({ index: batchIndex, message }) =>
      createProduceResponseBatchIndexAndErrorMessage({
        batchIndex,
        batchIndexErrorMessage: message,
      }),
    ),
    errorMessage: result.errorMessage,
  });
}

/** Errors of the log with which Kafka does not tell where it starts. */
const WITHOUT_LOG_START: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.MESSAGE_TOO_LARGE,
  ErrorCode.RECORD_LIST_TOO_LARGE,
  ErrorCode.CORRUPT_MESSAGE,
  ErrorCode.KAFKA_STORAGE_ERROR,
]);
