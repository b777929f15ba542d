import { Compression, type CompressionName, ErrorCode } from '@millrace/protocol';
import {
  createProduceRequest,
  createProduceRequestPartitionProduceData,
  createProduceRequestTopicProduceData,
  ProduceRequest,
} from '@millrace/protocol/messages/produce-request';
import {
  ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
} from '@millrace/protocol/messages/produce-response';
import { api } from './api.ts';
import { KafkaError } from './kafka-error.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { ProduceBatch } from './produce-batch.ts';

export const produceApi = api(ProduceRequest, ProduceResponse);

/** From this version on topics go by their id. */
const FIRST_WITH_TOPIC_IDS = 13;
/** zstd came with Kafka 2.1 (KIP-110). */
const FIRST_WITH_ZSTD = 7;

/** The first batch of a partition, and the id of its topic (null when the broker does not tell). */
export interface ProduceItem {
  readonly queue: PartitionQueue;
  readonly batch: ProduceBatch;
  readonly topicId: string | null;
}

/** The versions that can carry these batches. */
export function produceVersions(items: readonly ProduceItem[], compression: CompressionName) {
  const min = Compression[compression] === Compression.zstd ? FIRST_WITH_ZSTD : 0;
  const isKnownById = items.every(({ topicId }) => topicId !== null);
  return { min, max: isKnownById ? 0x7fff : FIRST_WITH_TOPIC_IDS - 1 };
}

export function produceRequest(
  items: readonly ProduceItem[],
  acks: number,
  timeoutMs: number,
  version: number,
): ProduceRequest {
  const topics = Map.groupBy(items, ({ queue }) => queue.topic);
  const topicData = [...topics].map(([name, ofTopic]) => {
    const partitionData = ofTopic.map(({ queue, batch }) =>
      createProduceRequestPartitionProduceData({ index: queue.partition, records: batch.bytes }),
    );
    return version >= FIRST_WITH_TOPIC_IDS
      ? createProduceRequestTopicProduceData({ topicId: ofTopic[0]!.topicId!, partitionData })
      : createProduceRequestTopicProduceData({ name, partitionData });
  });
  return createProduceRequest({ acks, timeoutMs, topicData });
}

/** What the broker answers about one batch; an error where it left it out. */
export function answerFor(
  response: ProduceResponse,
  { queue, topicId }: ProduceItem,
): ProduceResponsePartitionProduceResponse | KafkaError {
  const answers = response.responses.filter(
    ({ name, topicId: id }) => name === queue.topic || (name === '' && id === topicId),
  );
  const answer = answers
    .flatMap(({ partitionResponses }) => partitionResponses)
    .find(({ index }) => index === queue.partition);
  if (answer !== undefined) return answer;
  const where = `${queue.topic}-${queue.partition}`;
  return new KafkaError('MALFORMED_ANSWER', `The answer to Produce says nothing of ${where}.`, {
    mayHaveHappened: true,
  });
}

/** The errors of a batch that was refused, by record: a broker may say which of them it did not like (KIP-467). */
export function recordErrors(
  answer: ProduceResponsePartitionProduceResponse,
  { queue, batch }: ProduceItem,
): { readonly error: KafkaError; readonly errorOf: (index: number) => KafkaError } {
  const subject = `${queue.topic}-${queue.partition}`;
  const { errorCode, errorMessage } = answer;
  const error = KafkaError.ofBroker(errorCode, subject, errorMessage);
  const named = new Map(
    answer.recordErrors.map(({ batchIndex, batchIndexErrorMessage }) => [
      batchIndex,
      KafkaError.ofBroker(errorCode, subject, batchIndexErrorMessage ?? errorMessage),
    ]),
  );
  if (named.size === 0) return { error, errorOf: () => error };
  const other = KafkaError.ofBroker(
    ErrorCode.INVALID_RECORD,
    subject,
    `${named.size} of the ${batch.recordCount} records sent with it were refused: ${error.summary}`,
  );
  return { error, errorOf: (index) => named.get(index) ?? other };
}
