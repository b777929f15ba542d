import type { CompressionName } from '@millrace/protocol';

export interface ProducerOptions {
  /** How many replicas must have a record: all in sync (−1), the leader (1), or none is waited for (0). −1 by default. */
  readonly acks?: -1 | 0 | 1;
  /** Kafka's `enable.idempotence`: a retry never writes twice. On by default with acks −1. */
  readonly idempotent?: boolean;
  /** Kafka's `compression.type`; none by default. */
  readonly compression?: CompressionName;
  readonly compressionLevel?: number;
  /** Kafka's `batch.size`; 16 KiB by default. */
  readonly batchSizeBytes?: number;
  /** Kafka's `linger.ms`: how long a batch waits for more records; 5 by default. */
  readonly lingerMs?: number;
  /** Kafka's `buffer.memory`: records that are not delivered yet, above which `send` waits; 32 MiB by default. */
  readonly bufferMemoryBytes?: number;
  /** Kafka's `max.request.size`, for a record and for a request; 1 MiB by default. */
  readonly maxRequestBytes?: number;
  /** Kafka's `request.timeout.ms` as the broker is told it; 30,000 by default. */
  readonly requestTimeoutMs?: number;
  /** Kafka's `delivery.timeout.ms`: a record that is not delivered by then fails; 120,000 by default. */
  readonly deliveryTimeoutMs?: number;
  /** How long a topic is waited for that is not there; 60,000 by default (`max.block.ms`). */
  readonly topicTimeoutMs?: number;
  /** Lets the broker make a topic that is not there; true by default, as with Kafka's producers. */
  readonly allowAutoTopicCreation?: boolean;
  /** Gives 0 to 1; chooses partitions for records without a key. */
  readonly random?: () => number;
}

export type FullProducerOptions = {
  readonly [Name in keyof Omit<ProducerOptions, 'compressionLevel'>]-?: Exclude<
    ProducerOptions[Name],
    undefined
  >;
} & { readonly compressionLevel: number | undefined };

/** Throws RangeError for options that contradict each other. */
export function withDefaults(options: ProducerOptions): FullProducerOptions {
  const { acks = -1 } = options;
  if (options.idempotent === true && acks !== -1) {
    throw new RangeError(`an idempotent producer needs acks all (-1), not ${acks}`);
  }
  return {
    acks,
    idempotent: options.idempotent ?? acks === -1,
    compression: options.compression ?? 'none',
    compressionLevel: options.compressionLevel,
    batchSizeBytes: options.batchSizeBytes ?? 16 * 1024,
    lingerMs: options.lingerMs ?? 5,
    bufferMemoryBytes: options.bufferMemoryBytes ?? 32 * 1024 * 1024,
    maxRequestBytes: options.maxRequestBytes ?? 1024 * 1024,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    deliveryTimeoutMs: options.deliveryTimeoutMs ?? 120_000,
    topicTimeoutMs: options.topicTimeoutMs ?? 60_000,
    allowAutoTopicCreation: options.allowAutoTopicCreation ?? true,
    random: options.random ?? Math.random,
  };
}
