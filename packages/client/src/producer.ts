import { ErrorCode, type NewRecord } from '@millrace/protocol';
import {
  createInitProducerIdRequest,
  InitProducerIdRequest,
} from '@millrace/protocol/messages/init-producer-id-request';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id-response';
import { api } from './api.ts';
import type { Cluster } from './cluster.ts';
import type { TopicMetadata } from './cluster-metadata.ts';
import { KafkaError } from './kafka-error.ts';
import { PartitionQueue, type ProducerId } from './partition-queue.ts';
import { partitionOfKey, StickyPartitioner } from './partitioner.ts';
import { type Delivery, type DeliveryListener, recordSizeBytes } from './produce-batch.ts';
import {
  answerFor,
  type ProduceItem,
  produceApi,
  produceRequest,
  produceVersions,
  recordErrors,
} from './produce-request.ts';
import {
  type FullProducerOptions,
  type ProducerOptions,
  withDefaults,
} from './producer-options.ts';
import { backoffMs } from './retry.ts';
import { TopicCache } from './topic-cache.ts';

/** A record and where it goes. */
export interface ProducerRecord extends NewRecord {
  readonly topic: string;
  /** By the key where it is left out, and by chance where there is no key. */
  readonly partition?: number | undefined;
}

const initProducerIdApi = api(InitProducerIdRequest, InitProducerIdResponse);
const RETRY = { backoffMs: 100, maxBackoffMs: 1000 };
/** The broker's own time-out comes first, and says more. */
const ANSWER_GRACE_MS = 2000;
/** Calls of `enqueue` that wait for room; whoever does not wait for them is told so by an error. */
const MAX_WAITING = 100_000;
/** After these the records may be in the log all the same. */
const ambiguousCodes: ReadonlySet<number> = new Set([
  ErrorCode.REQUEST_TIMED_OUT,
  ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ErrorCode.UNKNOWN_SERVER_ERROR,
]);
/** The broker does not know the producer as this one knows itself: its state was deleted or lost. */
const lostSequenceCodes: ReadonlySet<string> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
]);

/**
 * Writes records to topics. They are gathered into a batch a partition, and batches into a request a broker. Records of
 * one partition keep their order; with `idempotent` (the default) a retry never writes one twice. Memory is bounded by
 * `bufferMemoryBytes`: `send` and `enqueue` wait for room.
 *
 *     const producer = new Producer(cluster, { compression: 'lz4' });
 *     const { partition, offset } = await producer.send({ topic: 'orders', timestampMs: Date.now(), value });
 *     await producer.close();
 */
export class Producer {
  readonly #cluster: Cluster;
  readonly #options: FullProducerOptions;
  readonly #topics: TopicCache;
  /** By topic and partition; as many as are written to. */
  readonly #queues = new Map<string, PartitionQueue>();
  readonly #sticky = new Map<string, StickyPartitioner>();
  /** Partitions with a batch to be sent at the end of this turn. */
  readonly #ready = new Set<PartitionQueue>();
  /** At most `MAX_WAITING`, first come, first served. */
  readonly #waiting: { readonly sizeBytes: number; readonly admit: () => void }[] = [];
  #bufferedBytes = 0;
  #isDrainScheduled = false;
  #isClosed = false;

  /** Throws RangeError for options that contradict each other. */
  constructor(cluster: Cluster, options: ProducerOptions = {}) {
    this.#cluster = cluster;
    this.#options = withDefaults(options);
    const { allowAutoTopicCreation, topicTimeoutMs: timeoutMs } = this.#options;
    this.#topics = new TopicCache(cluster, { allowAutoTopicCreation, timeoutMs });
  }

  /** Writes one record; resolves to its place, with offset −1 when the broker does not tell it. Rejects with KafkaError. */
  async send(record: ProducerRecord): Promise<Delivery & { readonly error: null }> {
    const { promise, resolve, reject } = Promise.withResolvers<Delivery & { error: null }>();
    await this.enqueue(record, (delivery) => {
      if (delivery.error === null) resolve(delivery);
      else reject(delivery.error);
    });
    return promise;
  }

  /**
   * Puts a record on its way; resolves once it is in the buffer, which is at once unless that is full. `listener` is
   * called when it is delivered or failed for good, and must not throw. Rejects with KafkaError for a record that
   * cannot be sent at all, and then the listener is not called.
   */
  async enqueue(record: ProducerRecord, listener: DeliveryListener): Promise<void> {
    const sizeBytes = recordSizeBytes(record);
    if (sizeBytes > this.#options.maxRequestBytes) throw this.#tooLarge(record, sizeBytes);
    const topic = this.#topics.known(record.topic) ?? (await this.#topics.load(record.topic));
    if (this.#waiting.length > 0 || !this.#hasRoom(sizeBytes)) await this.#room(sizeBytes);
    else this.#bufferedBytes += sizeBytes;
    try {
      if (this.#isClosed) throw new KafkaError('CLIENT_CLOSED', 'The producer was closed.');
      const queue = this.#queue(record.topic, this.#partitionFor(topic, record, sizeBytes));
      queue.add(record, sizeBytes, this.#cluster.clock.nowMs(), listener);
      this.#consider(queue);
    } catch (error) {
      this.#release(sizeBytes);
      throw error;
    }
  }

  /** Sends what is there without waiting for more; resolves when all of it is delivered or failed. */
  async flush(): Promise<void> {
    const done: Promise<void>[] = [];
    for (const queue of this.#queues.values()) {
      const { last } = queue;
      if (last === null) continue;
      done.push(new Promise((resolve) => last.onDone.push(resolve)));
      queue.seal();
      this.#consider(queue);
    }
    await Promise.all(done);
  }

  /** Delivers what is there, and takes nothing more. */
  async close(): Promise<void> {
    await this.flush();
    this.#isClosed = true;
    for (const { sizeBytes, admit } of this.#waiting.splice(0)) {
      this.#bufferedBytes += sizeBytes;
      admit();
    }
  }

  #tooLarge(record: ProducerRecord, sizeBytes: number): KafkaError {
    const { maxRequestBytes } = this.#options;
    return new KafkaError(
      'MESSAGE_TOO_LARGE',
      `A record for ${record.topic} has about ${sizeBytes} bytes, and ${maxRequestBytes} are allowed.`,
      { hint: 'Raise maxRequestBytes, and max.message.bytes of the topic.' },
    );
  }

  #hasRoom(sizeBytes: number): boolean {
    if (this.#bufferedBytes === 0) return true;
    return this.#bufferedBytes + sizeBytes <= this.#options.bufferMemoryBytes;
  }

  /** Resolves with room for the record taken. */
  #room(sizeBytes: number): Promise<void> {
    if (this.#waiting.length >= MAX_WAITING) {
      throw new KafkaError(
        'TOO_MANY_REQUESTS',
        `${MAX_WAITING} records wait for room in the buffer already.`,
        { hint: 'Wait for each call to resolve before the next one.' },
      );
    }
    return new Promise((resolve) => this.#waiting.push({ sizeBytes, admit: resolve }));
  }

  #release(sizeBytes: number): void {
    this.#bufferedBytes -= sizeBytes;
    while (this.#waiting.length > 0 && this.#hasRoom(this.#waiting[0]!.sizeBytes)) {
      const { sizeBytes: taken, admit } = this.#waiting.shift()!;
      this.#bufferedBytes += taken;
      admit();
    }
  }

  #partitionFor(topic: TopicMetadata, record: ProducerRecord, sizeBytes: number): number {
    const { partitions } = topic;
    const { partition, key = null } = record;
    if (partition !== undefined) {
      if (partitions.some((candidate) => candidate.partition === partition)) return partition;
      throw new KafkaError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `${topic.name} has the partitions 0 to ${partitions.length - 1}, and none ${partition}.`,
      );
    }
    if (key !== null) return partitionOfKey(key, partitions.length);
    let sticky = this.#sticky.get(topic.name);
    if (sticky === undefined) {
      sticky = new StickyPartitioner(this.#options.batchSizeBytes, this.#options.random);
      this.#sticky.set(topic.name, sticky);
    }
    const led = partitions.filter(({ leaderId }) => leaderId >= 0);
    const candidates = led.length > 0 ? led : partitions;
    return sticky.next(
      candidates.map((candidate) => candidate.partition),
      sizeBytes,
    );
  }

  #queue(topic: string, partition: number): PartitionQueue {
    const key = `${topic}-${partition}`;
    let queue = this.#queues.get(key);
    if (queue === undefined) {
      queue = new PartitionQueue(topic, partition, this.#options, this.#options.batchSizeBytes);
      this.#queues.set(key, queue);
    }
    return queue;
  }

  /** Sends the first batch of the queue now, when it has waited long enough, or when the one before it is done. */
  #consider(queue: PartitionQueue): void {
    const { head } = queue;
    if (head === null || queue.isInFlight || queue.isBackingOff) return;
    const { clock } = this.#cluster;
    const lingerMs = head.createdMs + this.#options.lingerMs - clock.nowMs();
    if (queue.isHeadSealed || lingerMs <= 0) {
      queue.cancelLinger?.();
      queue.cancelLinger = null;
      this.#ready.add(queue);
      this.#scheduleDrain();
    } else {
      queue.cancelLinger ??= clock.schedule(lingerMs, () => {
        queue.cancelLinger = null;
        queue.seal();
        this.#consider(queue);
      });
    }
  }

  #scheduleDrain(): void {
    if (this.#isDrainScheduled) return;
    this.#isDrainScheduled = true;
    setImmediate(() => {
      this.#isDrainScheduled = false;
      this.#drain();
    });
  }

  /** One request a broker with the first batch of each partition that is ready, or several where they are large. */
  #drain(): void {
    const queues = [...this.#ready];
    this.#ready.clear();
    const byLeader = new Map<number, ProduceItem[]>();
    for (const queue of queues) {
      queue.seal();
      queue.isInFlight = true;
      const { topic, partition } = queue;
      const item = { queue, batch: queue.head!, topicId: this.#topics.known(topic)!.topicId };
      const leaderId = this.#topics.partition(topic, partition)?.leaderId ?? -1;
      if (leaderId < 0) {
        const subject = `${topic}-${partition}`;
        this.#failed(item, KafkaError.ofBroker(ErrorCode.LEADER_NOT_AVAILABLE, subject));
      } else {
        const items = byLeader.get(leaderId) ?? [];
        byLeader.set(leaderId, items);
        items.push(item);
      }
    }
    for (const [leaderId, items] of byLeader) {
      for (const request of this.#requests(items)) void this.#send(leaderId, request);
    }
  }

  #requests(items: readonly ProduceItem[]): ProduceItem[][] {
    const requests: ProduceItem[][] = [];
    let sizeBytes = Infinity;
    for (const item of items) {
      sizeBytes += item.batch.sizeBytes;
      if (sizeBytes > this.#options.maxRequestBytes) {
        requests.push([]);
        sizeBytes = item.batch.sizeBytes;
      }
      requests.at(-1)!.push(item);
    }
    return requests;
  }

  async #send(leaderId: number, items: readonly ProduceItem[]): Promise<void> {
    const { acks, requestTimeoutMs, compression } = this.#options;
    try {
      if (this.#options.idempotent) await this.#identify(items);
      const connection = await this.#cluster.connectionTo(leaderId);
      const body = (version: number) => produceRequest(items, acks, requestTimeoutMs, version);
      const versions = produceVersions(items, compression);
      if (acks === 0) {
        await connection.post(produceApi, body, { versions });
        for (const item of items) this.#delivered(item, -1);
        return;
      }
      const timeoutMs = requestTimeoutMs + ANSWER_GRACE_MS;
      const response = await connection.request(produceApi, body, { versions, timeoutMs });
      for (const item of items) this.#answered(item, answerFor(response, item));
    } catch (error) {
      const reason =
        error instanceof KafkaError
          ? error
          : new KafkaError('UNKNOWN_SERVER_ERROR', (error as Error).message, { cause: error });
      for (const item of items) if (item.queue.isInFlight) this.#failed(item, reason);
    }
  }

  /** Gives each batch the next sequence numbers of its partition; a partition that has no producer id gets one. */
  async #identify(items: readonly ProduceItem[]): Promise<void> {
    let producer: ProducerId | null = null;
    for (const { queue, batch } of items) {
      if (queue.needsProducer) {
        producer ??= await this.#newProducerId();
        queue.setProducer(producer);
      }
      const next = queue.nextIdentity();
      if (batch.identity?.producerId !== next.producerId) batch.identify(next);
    }
  }

  async #newProducerId(): Promise<ProducerId> {
    return this.#cluster.send(
      initProducerIdApi,
      createInitProducerIdRequest({ transactionalId: null, transactionTimeoutMs: 0x7fffffff }),
      { errorCode: (answer) => answer.errorCode, subject: 'producer id', repeat: true },
    );
  }

  #answered(item: ProduceItem, answer: ReturnType<typeof answerFor>): void {
    if (answer instanceof KafkaError) {
      this.#failed(item, answer);
      return;
    }
    const { errorCode, baseOffset } = answer;
    if (errorCode === ErrorCode.NONE) this.#delivered(item, baseOffset);
    // Written by an earlier try, so long ago that the broker does not know the offset any more.
    else if (errorCode === ErrorCode.DUPLICATE_SEQUENCE_NUMBER) this.#delivered(item, -1);
    else {
      if (ambiguousCodes.has(errorCode)) item.batch.isAmbiguous = true;
      const { error, errorOf } = recordErrors(answer, item);
      this.#failed(item, error, errorOf);
    }
  }

  #delivered({ queue }: ProduceItem, baseOffset: number): void {
    queue.isInFlight = false;
    const batch = queue.delivered();
    batch.succeed(queue.topic, queue.partition, baseOffset);
    this.#release(batch.sizeBytes);
    this.#consider(queue);
  }

  /** One try failed: the batch is sent again, in two, under a new producer id, or given up. */
  #failed(
    { queue, batch }: ProduceItem,
    error: KafkaError,
    errorOf: (index: number) => KafkaError = () => error,
  ): void {
    queue.isInFlight = false;
    if (error.mayHaveHappened) batch.isAmbiguous = true;
    batch.failures++;
    const isTooLarge = error.code === 'MESSAGE_TOO_LARGE' || error.code === 'RECORD_LIST_TOO_LARGE';
    if (isTooLarge && batch.recordCount > 1 && !batch.isAmbiguous) {
      queue.replaceHead(batch.split());
      this.#consider(queue);
      return;
    }
    const isLost = lostSequenceCodes.has(error.code) && !batch.isAmbiguous;
    if (isLost) queue.renewProducer();
    if ((error.isRetriable || isLost) && this.#backOff(queue)) return;
    queue.failed();
    if (batch.isAmbiguous) queue.renewProducer();
    batch.fail(queue.topic, queue.partition, errorOf);
    this.#release(batch.sizeBytes);
    this.#consider(queue);
  }

  /** Plans another try of the first batch; false when it would come too late. */
  #backOff(queue: PartitionQueue): boolean {
    const { head } = queue;
    const { clock, closing } = this.#cluster;
    const waitMs = backoffMs(RETRY, head!.failures, this.#options.random);
    const deadlineMs = head!.createdMs + this.#options.deliveryTimeoutMs;
    if (closing.aborted || clock.nowMs() + waitMs > deadlineMs) return false;
    queue.isBackingOff = true;
    clock.schedule(waitMs, () => {
      void this.#topics.refresh().finally(() => {
        queue.isBackingOff = false;
        this.#consider(queue);
      });
    });
    return true;
  }
}
