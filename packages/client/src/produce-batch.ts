import {
  BatchBuilder,
  batchHeader,
  Compression,
  type CompressionName,
  type NewRecord,
  records,
} from '@millrace/protocol';
import type { KafkaError } from './kafka-error.ts';

/** What came of one record. */
export type Delivery =
  | {
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
      readonly error: null;
    }
  | {
      readonly topic: string;
      readonly partition: number;
      readonly offset: null;
      readonly error: KafkaError;
    };

export type DeliveryListener = (delivery: Delivery) => void;

/** How batches are compressed. */
export interface BatchCompression {
  readonly compression: CompressionName;
  readonly compressionLevel?: number | undefined;
}

/** Who wrote a batch, for brokers that tell copies from new ones (KIP-98). */
export interface BatchIdentity {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
}

/** Bytes that a record takes beside its key, value and headers, at most. */
const RECORD_OVERHEAD_BYTES = 64;
const MAX_UNPACKED_BYTES = 0x7fffffff;

/** Room that a record is counted with, in batches and in the buffer. */
export function recordSizeBytes({ key, value, headers = [] }: NewRecord): number {
  let bytes = RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
  for (const header of headers) {
    bytes += 10 + Buffer.byteLength(header.key) + (header.value?.length ?? 0);
  }
  return bytes;
}

/** Records of one partition on their way. It is filled, then built once, and sent with the same bytes until it is done. */
export class ProduceBatch {
  readonly createdMs: number;
  /** What the records are counted with. */
  sizeBytes = 0;
  /** Whether a try ended without a clear answer, so that the broker may have the records. */
  isAmbiguous = false;
  failures = 0;
  identity: BatchIdentity | null = null;
  /** Called once the batch is done, delivered or not. */
  onDone: (() => void)[] = [];
  readonly #compression: BatchCompression;
  readonly #builder: BatchBuilder;
  readonly #listeners: DeliveryListener[] = [];
  #bytes: Buffer | null = null;

  constructor(createdMs: number, compression: BatchCompression) {
    this.createdMs = createdMs;
    this.#compression = compression;
    const { compression: name, compressionLevel: level } = compression;
    this.#builder = new BatchBuilder({ codec: Compression[name], level });
  }

  get recordCount(): number {
    return this.#listeners.length;
  }

  /** Throws RangeError, and adds nothing, for a record that no batch can hold. */
  add(record: NewRecord, sizeBytes: number, listener: DeliveryListener): void {
    this.#builder.add(record);
    this.#listeners.push(listener);
    this.sizeBytes += sizeBytes;
  }

  /** The batch as it is sent. */
  get bytes(): Buffer {
    this.#bytes ??= this.#builder.build();
    return this.#bytes;
  }

  /** Before the first try, or after one that is known to have had no effect. */
  identify(identity: BatchIdentity): void {
    this.identity = identity;
    const { producerId, producerEpoch, baseSequence } = identity;
    batchHeader.setProducer(this.bytes, 0, producerId, producerEpoch, baseSequence);
  }

  /** The same records in two batches, for a broker that refuses them in one. There are two records or more. */
  split(): readonly ProduceBatch[] {
    const half = Math.ceil(this.recordCount / 2);
    const halves = [0, 1].map(() => new ProduceBatch(this.createdMs, this.#compression));
    let index = 0;
    for (const record of records(this.bytes, 0, MAX_UNPACKED_BYTES)) {
      const batch = halves[index < half ? 0 : 1]!;
      batch.add(record, recordSizeBytes(record), this.#listeners[index]!);
      index++;
    }
    halves[1]!.onDone = this.onDone.splice(0);
    return halves;
  }

  /** Tells every record its offset; −1 where the broker did not give any. */
  succeed(topic: string, partition: number, baseOffset: number): void {
    for (const [index, listener] of this.#listeners.entries()) {
      const offset = baseOffset < 0 ? -1 : baseOffset + index;
      listener({ topic, partition, offset, error: null });
    }
    for (const done of this.onDone) done();
  }

  /** `errorOf` gives the error of the record at an index. */
  fail(topic: string, partition: number, errorOf: (index: number) => KafkaError): void {
    for (const [index, listener] of this.#listeners.entries()) {
      listener({ topic, partition, offset: null, error: errorOf(index) });
    }
    for (const done of this.onDone) done();
  }
}
