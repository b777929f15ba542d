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
  createProduceResponsePartitionProduceResponse,
  createProduceResponseTopicProduceResponse,
  ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
} from '@millrace/protocol/messages/produce-response';
import type { AppendResult, LogStore } from '@millrace/storage';
import type { BrokerConfig } from '../config/broker-configs.ts';
import { configNumber } from '../config/config-definition.ts';
import { topicConfigValue } from '../config/topic-configs.ts';
import type { EventSurface } from '../events.ts';
import type { Handler } from '../handler.ts';
import { ProtocolViolation } from '../network/dispatcher.ts';
import type { Placement } from '../placement.ts';
import type { Topics } from '../topics.ts';

const TOPIC_ID_VERSION = 13;
/** zstd came with this version; older requests may not carry it. */
const ZSTD_VERSION = 7;
const RECORD_BATCH_MAGIC = 2;

export interface ProduceDependencies {
  readonly topics: Topics;
  readonly logStore: LogStore;
  readonly placement: Placement;
  readonly config: BrokerConfig;
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
      // Appends start before the first await, so that requests of one connection are appended in their order.
      const answers = request.topicData.map((topic) =>
        appendTopic(dependencies, request, topic, context.apiVersion),
      );
      const response = createProduceResponse({});
      for (const [index, topic] of request.topicData.entries()) {
        response.responses.push(
          createProduceResponseTopicProduceResponse({
            name: topic.name,
            topicId: topic.topicId,
            partitionResponses: await Promise.all(answers[index]!),
          }),
        );
      }
      tellFailures(dependencies.events, response);
      if (request.acks !== 0) return response;
      closeOnError(response, context.clientId);
      return null;
    },
    failure(request, error) {
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
    },
  };
}

function tellProduced(events: EventSurface, topic: string, batch: Buffer): void {
  if (!events.hears('records-produced')) return;
  const records = batchHeader.recordCount(batch, 0);
  events.emit('records-produced', { topic, records, bytes: batch.length });
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
  const topicRefusal = refusalOfRequest(dependencies, request.acks, topic?.configs);
  return data.partitionData.map(({ index, records }) => {
    if (topicRefusal !== null) return refused(index, topicRefusal);
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
      answer.currentLeader.leaderId = leadership.leaderId;
      answer.currentLeader.leaderEpoch = leadership.leaderEpoch;
      return answer;
    }
    const recordsRefusal = refusalOfRecords(records, version);
    if (recordsRefusal !== null) return refused(index, recordsRefusal);
    const batch = records as Buffer;
    return log.append(batch).then((result) => {
      if (result.error === ErrorCode.NONE) tellProduced(dependencies.events, topic.name, batch);
      return answerOf(index, result);
    });
  });
}

function refusalOfRequest(
  dependencies: ProduceDependencies,
  acks: number,
  configs: ReadonlyMap<string, string> | undefined,
): Refusal | null {
  if (acks !== 0 && acks !== 1 && acks !== -1) {
    return new Refusal(
      ErrorCode.INVALID_REQUIRED_ACKS,
      `acks is ${acks}; it must be 0, 1 or -1 (all).`,
    );
  }
  if (acks !== -1 || configs === undefined) return null;
  const wanted = configNumber(
    topicConfigValue('min.insync.replicas', configs, dependencies.config),
  );
  if (wanted <= 1) return null;
  return new Refusal(
    ErrorCode.NOT_ENOUGH_REPLICAS,
    `min.insync.replicas is ${wanted}, and a single broker holds one replica.`,
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
    logStartOffset: hasLogStart(result.error) ? result.logStartOffset : -1,
    errorMessage: result.errorMessage,
  });
}

/** Kafka tells where the log starts to producers that lost their place, and to no others that fail. */
function hasLogStart(error: number): boolean {
  return (
    error === ErrorCode.NONE ||
    error === ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER ||
    error === ErrorCode.INVALID_PRODUCER_EPOCH
  );
}
