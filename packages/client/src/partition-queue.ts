import { batchHeader, type NewRecord } from '@millrace/protocol';
import {
  type BatchCompression,
  type BatchIdentity,
  type DeliveryListener,
  ProduceBatch,
} from './produce-batch.ts';

/** A producer id as a broker gave it. */
export interface ProducerId {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/**
 * The batches of one partition, in order. One of them is on its way at a time, so that neither a retry nor an error can
 * change the order of records or leave a gap in their sequence numbers; what comes in meanwhile gathers in larger batches.
 */
export class PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  /** The first of `batches` is being sent. */
  isInFlight = false;
  /** The first of `batches` failed and waits for its next try. */
  isBackingOff = false;
  /** Ends the wait for more records; null when none waits. */
  cancelLinger: (() => void) | null = null;
  readonly #compression: BatchCompression;
  readonly #batchSizeBytes: number;
  /** Bounded by the memory of the producer. */
  readonly #batches: ProduceBatch[] = [];
  /** The last of `batches`, while it takes more records. */
  #open: ProduceBatch | null = null;
  #producer: ProducerId | null = null;
  #sequence = 0;

  constructor(
    topic: string,
    partition: number,
    compression: BatchCompression,
    batchSizeBytes: number,
  ) {
    this.topic = topic;
    this.partition = partition;
    this.#compression = compression;
    this.#batchSizeBytes = batchSizeBytes;
  }

  get head(): ProduceBatch | null {
    return this.#batches[0] ?? null;
  }

  get last(): ProduceBatch | null {
    return this.#batches.at(-1) ?? null;
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0;
  }

  /** Whether the first batch takes no more records, so that there is nothing to wait for. */
  get isHeadSealed(): boolean {
    return this.#batches.length > 0 && this.#batches[0] !== this.#open;
  }

  /** Adds a record to the batch that is open, or to a new one. Throws RangeError for one that no batch can hold. */
  add(record: NewRecord, sizeBytes: number, nowMs: number, listener: DeliveryListener): void {
    if (this.#open !== null && this.#open.sizeBytes + sizeBytes > this.#batchSizeBytes) this.seal();
    const batch = this.#open ?? new ProduceBatch(nowMs, this.#compression);
    batch.add(record, sizeBytes, listener);
    if (batch !== this.#open) this.#batches.push(batch);
    this.#open = batch.sizeBytes < this.#batchSizeBytes ? batch : null;
  }

  /** The batch that is open takes no more records. */
  seal(): void {
    this.#open = null;
  }

  get needsProducer(): boolean {
    return this.#producer === null;
  }

  /** Sequence numbers begin anew with a producer id. */
  setProducer(producer: ProducerId): void {
    this.#producer = producer;
    this.#sequence = 0;
  }

  /** What stands for the first batch: its sequence follows what was delivered last. */
  nextIdentity(): BatchIdentity {
    const { producerId, producerEpoch } = this.#producer!;
    return { producerId, producerEpoch, baseSequence: this.#sequence };
  }

  /**
   * Forgets the producer id: what the broker holds is not known, and a sequence number that is used twice or left out
   * would lose records. What was not sent yet goes out under a new id.
   */
  renewProducer(): void {
    this.#producer = null;
  }

  /** Removes the first batch, which was delivered. */
  delivered(): ProduceBatch {
    const batch = this.#batches.shift()!;
    this.#sequence = batchHeader.addToSequence(this.#sequence, batch.recordCount);
    return batch;
  }

  /** Removes the first batch, which failed for good. */
  failed(): ProduceBatch {
    return this.#batches.shift()!;
  }

  /** Puts batches in the place of the first one. */
  replaceHead(batches: readonly ProduceBatch[]): void {
    if (this.#batches[0] === this.#open) this.#open = null;
    this.#batches.splice(0, 1, ...batches);
  }
}
