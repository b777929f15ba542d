import {
  type BatchRecord,
  batchHeader,
  CompressionError,
  checkBatch,
  checkBatchHeader,
  MalformedError,
  parseControlRecord,
  RecordCursor,
} from '@millrace/protocol';
import type { Isolation } from './isolation.ts';
import { KafkaError } from './kafka-error.ts';

/** A transaction that was aborted, as a fetch answer lists it. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

export interface FetchedPartitionInit {
  readonly topic: string;
  readonly partition: number;
  /** Where the fetch began; a batch may begin before it. */
  readonly fetchOffset: number;
  readonly highWatermark: number;
  readonly isolation: Isolation;
  readonly bytes: Buffer;
  readonly abortedTransactions: readonly AbortedTransaction[];
}

/** Where a batch of any format says which one it has. */
const MAGIC_AT = 16;
/** What one batch may unpack to. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/**
 * What one fetch brought of one partition. The records are unpacked as they are asked for, a batch at a time. Markers are
 * left out, and with read_committed the records of aborted transactions.
 */
export class FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly fetchOffset: number;
  /** Offset behind the last record that is acknowledged, when this was fetched. */
  readonly highWatermark: number;
  /** Where the next fetch begins: behind all batches that are here whole. */
  readonly nextOffset: number;
  readonly #init: FetchedPartitionInit;
  /** Starts of the whole batches; a cut one at the end is left to the next fetch. */
  readonly #batches: readonly number[];

  constructor(init: FetchedPartitionInit) {
    this.topic = init.topic;
    this.partition = init.partition;
    this.fetchOffset = init.fetchOffset;
    this.highWatermark = init.highWatermark;
    this.#init = init;
    const { bytes } = init;
    const batches: number[] = [];
    let nextOffset = init.fetchOffset;
    for (let at = 0; at < bytes.length; at += batchHeader.batchSizeBytes(bytes, at)) {
      const problem = wholeBatchProblem(bytes, at);
      if (problem === null) {
        batches.push(at);
        nextOffset = Math.max(nextOffset, batchHeader.lastOffset(bytes, at) + 1);
      } else if (batches.length === 0) {
        throw this.#damaged(nextOffset, problem);
      } else {
        // The next fetch begins with it.
        break;
      }
    }
    this.#batches = batches;
    this.nextOffset = nextOffset;
  }

  /** Records from `fetchOffset` on, in order. Throws KafkaError CORRUPT_MESSAGE at a batch that is damaged. */
  *records(): Generator<BatchRecord> {
    const { bytes, fetchOffset, isolation } = this.#init;
    const aborted = isolation === 'read_committed' ? this.#abortedBatches() : new Set<number>();
    for (const at of this.#batches) {
      const attributes = batchHeader.attributes(bytes, at);
      if (batchHeader.isControl(attributes) || aborted.has(at)) continue;
      if (batchHeader.lastOffset(bytes, at) < fetchOffset) continue;
      this.#check(at);
      yield* this.#recordsOf(at);
    }
  }

  *#recordsOf(at: number): Generator<BatchRecord> {
    const { bytes, fetchOffset } = this.#init;
    try {
      const cursor = new RecordCursor(bytes, at, MAX_UNPACKED_BYTES);
      while (cursor.next()) if (cursor.offset >= fetchOffset) yield cursor.read();
    } catch (error) {
      const isDamage = error instanceof MalformedError || error instanceof CompressionError;
      if (!isDamage) throw error;
      throw this.#damaged(batchHeader.baseOffset(bytes, at), error.message);
    }
  }

  /**
   * Batches of aborted transactions. The answer lists them by producer and first offset; each lasts until that
   * producer's next abort marker.
   */
  #abortedBatches(): ReadonlySet<number> {
    const { bytes, abortedTransactions } = this.#init;
    const upcoming = [...abortedTransactions].sort((a, b) => a.firstOffset - b.firstOffset);
    const producers = new Set<number>();
    const batches = new Set<number>();
    for (const at of this.#batches) {
      const lastOffset = batchHeader.lastOffset(bytes, at);
      while (upcoming.length > 0 && upcoming[0]!.firstOffset <= lastOffset) {
        producers.add(upcoming.shift()!.producerId);
      }
      const attributes = batchHeader.attributes(bytes, at);
      const producerId = batchHeader.producerId(bytes, at);
      if (batchHeader.isControl(attributes)) {
        if (producers.has(producerId) && this.#isAbort(at)) producers.delete(producerId);
      } else if (batchHeader.isTransactional(attributes) && producers.has(producerId)) {
        batches.add(at);
      }
    }
    return batches;
  }

  #isAbort(at: number): boolean {
    this.#check(at);
    const cursor = new RecordCursor(this.#init.bytes, at, MAX_UNPACKED_BYTES);
    return cursor.next() && parseControlRecord(cursor.read())?.result === 'abort';
  }

  #check(at: number): void {
    const { bytes } = this.#init;
    const problem = checkBatch(bytes, at, bytes.length);
    if (problem !== null) throw this.#damaged(batchHeader.baseOffset(bytes, at), problem);
  }

  #damaged(offset: number, reason: string): KafkaError {
    return new KafkaError(
      'CORRUPT_MESSAGE',
      `${this.topic}-${this.partition}: the batch at offset ${offset} cannot be read: ${reason.replace(/\.$/, '')}.`,
      { hint: `Reading can go on behind it, from a later offset.` },
    );
  }
}

/** What keeps a batch from being read; null when it is here whole. */
function wholeBatchProblem(bytes: Buffer, at: number): string | null {
  if (bytes.length - at > MAGIC_AT && batchHeader.magic(bytes, at) < 2) {
    return 'it has a format from before Kafka 0.11, which is not read here';
  }
  return checkBatchHeader(bytes, at, bytes.length);
}
