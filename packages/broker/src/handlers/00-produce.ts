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
import type { AppendResult, LogStore } from '@millrace/storage';
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

export function produceHandler(
  dependencies: ProduceDependencies,
): Handler<ProduceRequest, ProduceResponse> {
  return {
    apiKey: ProduceRequest.apiKey,
    minVersion: 0,
    maxVersion: 13,
    request: ProduceRequest,
    response: ProduceResponse,
    async handle(request, context) {
      if (hasTransactionWithoutId(request)) {
        return refusedWhole(request, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
      }
      // Appends start before the first await, so that requests of one connection are appended in their order.
      const answers = request.topicData.map((topic) =>
        appendTopic(dependencies, request, topic, context.apiVersion),
      );
      const response = await answerByTopic(request, answers);
      tellFailures(dependencies.events, response);
      if (request.acks !== 0) return response;
      closeOnError(response, context.clientId);
      return null;
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

/** As in Kafka a topic that is named twice is answered once, and one without partitions not at all. */
async function answerByTopic(
  { topicData }: ProduceRequest,
  answers: readonly (readonly (PartitionAnswer | Promise<PartitionAnswer>)[])[],
): Promise<ProduceResponse> {
  const byTopic = new Map<string, ProduceResponseTopicProduceResponse>();
  for (const [index, { name, topicId, partitionData }] of topicData.entries()) {
    if (partitionData.length === 0) continue;
    const partitionResponses = await Promise.all(answers[index]!);
    const key = `${topicId}/${name}`;
    const earlier = byTopic.get(key);
    if (earlier !== undefined) {
      for (const answer of partitionResponses) earlier.partitionResponses.push(answer);
      continue;
    }
    byTopic.set(
      key,
      createProduceResponseTopicProduceResponse({ name, topicId, partitionResponses }),
    );
  }
  return createProduceResponse({ responses: [...byTopic.values()] });
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
): (PartitionAnswer | Promise<PartitionAnswer>)[] {
  const byId = version >= TOPIC_ID_VERSION;
  const { topics, logStore, placement } = dependencies;
  const topic = byId ? topics.byId(data.topicId) : topics.byName(data.name);
  const acksRefusal = refusalOfAcks(request.acks);
  return data.partitionData.map(({ index, records }) => {
    if (acksRefusal !== null) return refused(index, acksRefusal);
    const leadership = topic === undefined ? null : placement.leadership(topic.topicId, index);
    if (topic === undefined || leadership === null) {
      const unknownId = byId && topic === undefined;
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
    const { events } = dependencies;
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
