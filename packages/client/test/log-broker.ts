import {
  ApiKey,
  BatchBuilder,
  batchHeader,
  checkBatch,
  checkProducedBatch,
  ErrorCode,
  records,
} from '@millrace/protocol';
import { FetchRequest } from '@millrace/protocol/messages/fetch-request';
import {
  createFetchResponse,
  createFetchResponseFetchableTopicResponse,
  createFetchResponsePartitionData,
  FetchResponse,
} from '@millrace/protocol/messages/fetch-response';
import {
  createInitProducerIdResponse,
  InitProducerIdResponse,
} from '@millrace/protocol/messages/init-producer-id-response';
import { ListOffsetsRequest } from '@millrace/protocol/messages/list-offsets-request';
import {
  createListOffsetsResponse,
  createListOffsetsResponseListOffsetsPartitionResponse,
  ListOffsetsResponse,
} from '@millrace/protocol/messages/list-offsets-response';
import {
  createMetadataResponse,
  createMetadataResponseBroker,
  createMetadataResponsePartition,
  createMetadataResponseTopic,
  MetadataResponse,
} from '@millrace/protocol/messages/metadata-response';
import { ProduceRequest } from '@millrace/protocol/messages/produce-request';
import {
  createProduceResponse,
  createProduceResponsePartitionProduceResponse,
  createProduceResponseTopicProduceResponse,
  ProduceResponse,
} from '@millrace/protocol/messages/produce-response';
import { Cluster } from '../src/cluster.ts';
import { type Asked, answerTo, FakeNetwork, serving } from './fake-broker.ts';
import { ManualClock } from './manual-clock.ts';

const MAX_BATCH_BYTES = 2 ** 24;

/**
 * What becomes of one Produce or Fetch request: it is carried out, and answered 500 ms later, or lost before or after
 * that, or answered with an error.
 */
export type Fate =
  | 'done'
  | 'done and answered late'
  | 'lost'
  | 'done but not answered'
  | { readonly errorCode: number };

/**
 * One broker with the topic `t`, which keeps what is produced as a real one does: batches are checked, sequence numbers
 * must follow each other, a batch that comes again gets its first answer.
 */
export class LogBroker {
  readonly clock = new ManualClock();
  readonly network: FakeNetwork;
  readonly partitionCount: number;
  /** What happens to the next Produce and Fetch requests, in turn; then they are carried out. */
  readonly fates: Fate[] = [];
  /** Values by partition. */
  readonly logs: string[][];
  /** Batches in each produce request. */
  readonly requests: number[] = [];
  /** Where each fetch of partition 0 began. */
  readonly fetchOffsets: number[] = [];
  maxBatchRecords = Infinity;
  /** The first offset that is there. */
  startOffset = 0;
  producerIds = 0;
  readonly #sequences = new Map<string, number>();
  readonly #answers = new Map<string, number>();

  constructor(partitionCount = 1) {
    this.partitionCount = partitionCount;
    this.logs = Array.from({ length: partitionCount }, () => []);
    const versions = {
      [ApiKey.Metadata]: [4, 12],
      [ApiKey.InitProducerId]: [0, 4],
      [ApiKey.Produce]: [3, 12],
      [ApiKey.ListOffsets]: [1, 9],
      [ApiKey.Fetch]: [4, 12],
    } as const;
    this.network = new FakeNetwork({ 'a:1': serving(versions, (asked) => this.#answer(asked)) });
  }

  connect(): Promise<Cluster> {
    return Cluster.connect({
      bootstrap: 'a:1',
      clock: this.clock,
      openSocket: this.network.open,
      random: () => 0.5,
    });
  }

  /** Forgets all producers, as a broker does whose log was deleted. */
  forgetProducers(): void {
    this.#sequences.clear();
  }

  #answer(asked: Asked): Buffer | null {
    const { header } = asked;
    if (header.apiKey === ApiKey.Metadata) return this.#metadata(asked);
    if (header.apiKey === ApiKey.InitProducerId) {
      const producerId = ++this.producerIds;
      const response = createInitProducerIdResponse({ producerId, producerEpoch: 0 });
      return answerTo(header, InitProducerIdResponse, response);
    }
    if (header.apiKey === ApiKey.ListOffsets) return this.#listOffsets(asked);
    const fate = this.fates.shift() ?? 'done';
    if (fate === 'lost') {
      asked.socket.hangUp();
      return null;
    }
    const errorCode = typeof fate === 'object' ? fate.errorCode : null;
    const answer =
      header.apiKey === ApiKey.Fetch
        ? this.#fetch(asked, errorCode)
        : this.#produce(asked, errorCode);
    if (fate === 'done and answered late') return this.#answerLate(asked, answer);
    if (fate !== 'done but not answered') return answer;
    asked.socket.hangUp();
    return null;
  }

  #metadata({ header }: Asked): Buffer {
    const partitions = Array.from({ length: this.partitionCount }, (_, partitionIndex) =>
      createMetadataResponsePartition({ partitionIndex, leaderId: 1 }),
    );
    const response = createMetadataResponse({
      brokers: [createMetadataResponseBroker({ nodeId: 1, host: 'a', port: 1 })],
      topics: [createMetadataResponseTopic({ name: 't', partitions })],
    });
    return answerTo(header, MetadataResponse, response);
  }

  #produce({ header, body }: Asked, errorCode: number | null): Buffer | null {
    const request = ProduceRequest.decode(body, header.apiVersion);
    const partitions = request.topicData.flatMap(({ partitionData }) => partitionData);
    this.requests.push(partitions.length);
    const partitionResponses = partitions.map(({ index, records: bytes }) => {
      const [code, baseOffset] =
        errorCode === null ? this.#append(index, bytes as Buffer) : [errorCode, -1];
      return createProduceResponsePartitionProduceResponse({ index, errorCode: code, baseOffset });
    });
    if (request.acks === 0) return null;
    const topic = createProduceResponseTopicProduceResponse({ name: 't', partitionResponses });
    return answerTo(header, ProduceResponse, createProduceResponse({ responses: [topic] }));
  }

  #listOffsets({ header, body }: Asked): Buffer {
    const { topics } = ListOffsetsRequest.decode(body, header.apiVersion);
    const partitions = topics[0]!.partitions.map(({ partitionIndex, timestamp }) =>
      createListOffsetsResponseListOffsetsPartitionResponse({
        partitionIndex,
        offset: timestamp === -2 ? this.startOffset : this.logs[partitionIndex]!.length,
      }),
    );
    const topic = { name: 't', partitions };
    const response = createListOffsetsResponse({ topics: [topic] });
    return answerTo(header, ListOffsetsResponse, response);
  }

  /** One batch of all that is there; where there is nothing, the answer comes after 500 ms. */
  #fetch(asked: Asked, errorCode: number | null): Buffer | null {
    const { header, body } = asked;
    const { topics } = FetchRequest.decode(body, header.apiVersion);
    const partitions = topics[0]!.partitions.map(({ partition: partitionIndex, fetchOffset }) => {
      if (partitionIndex === 0) this.fetchOffsets.push(fetchOffset);
      const log = this.logs[partitionIndex]!;
      const isOut = fetchOffset < this.startOffset || fetchOffset > log.length;
      return createFetchResponsePartitionData({
        partitionIndex,
        errorCode: errorCode ?? (isOut ? ErrorCode.OFFSET_OUT_OF_RANGE : ErrorCode.NONE),
        highWatermark: log.length,
        records: errorCode === null && !isOut ? batchFrom(log, fetchOffset) : null,
      });
    });
    const topic = createFetchResponseFetchableTopicResponse({ topic: 't', partitions });
    const answer = answerTo(header, FetchResponse, createFetchResponse({ responses: [topic] }));
    const hasNews = partitions.some(({ errorCode: code, records: bytes }) => code !== 0 || bytes);
    return hasNews ? answer : this.#answerLate(asked, answer);
  }

  #answerLate({ socket }: Asked, answer: Buffer | null): null {
    this.clock.schedule(500, () => socket.push(answer));
    return null;
  }

  #append(partition: number, batch: Buffer): readonly [errorCode: number, baseOffset: number] {
    const problem = checkBatch(batch, 0, batch.length) ?? checkProducedBatch(batch, 0);
    if (problem !== null) throw new Error(problem);
    const count = batchHeader.recordCount(batch, 0);
    if (count > this.maxBatchRecords) return [ErrorCode.MESSAGE_TOO_LARGE, -1];
    const producer = `${partition} ${batchHeader.producerId(batch, 0)}`;
    const sequence = batchHeader.baseSequence(batch, 0);
    const log = this.logs[partition]!;
    const baseOffset = log.length;
    if (sequence >= 0) {
      const earlier = this.#answers.get(`${producer} ${sequence}`);
      if (earlier !== undefined) return [ErrorCode.NONE, earlier];
      const expected = this.#sequences.get(producer) ?? 0;
      if (sequence !== expected) return [ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, -1];
      this.#sequences.set(producer, expected + count);
      this.#answers.set(`${producer} ${sequence}`, baseOffset);
    }
    for (const { value } of records(batch, 0, MAX_BATCH_BYTES)) log.push(String(value));
    return [ErrorCode.NONE, baseOffset];
  }
}

function batchFrom(log: readonly string[], offset: number): Buffer | null {
  if (offset >= log.length) return null;
  const builder = new BatchBuilder({ baseOffset: offset });
  for (const value of log.slice(offset)) {
    builder.add({ timestampMs: 1000, value: Buffer.from(value) });
  }
  return builder.build();
}
