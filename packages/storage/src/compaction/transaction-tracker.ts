import { batchHeader, MalformedError, parseControlRecord, records } from '@millrace/protocol';

/** A transaction that was aborted, as a segment's transaction index names it. */
export interface AbortedTransaction {
  readonly producerId: number;
  /** Of its first record. */
  readonly firstOffset: number;
  /** Of its marker. */
  readonly lastOffset: number;
  /** Of the log when the marker was written. */
  readonly lastStableOffset: number;
}

/** A marker is one small record, whatever the batch says. */
const MAX_MARKER_BYTES = 64 * 1024;

/**
 * Follows transactions through the batches of a log, in order, and tells which batches compaction need not keep: the
 * records of aborted transactions, and markers of transactions of which no record is left (Kafka's
 * CleanedTransactionMetadata).
 *
 * Memory: the transactions that are open at one point, and the aborted ones of the range that is read.
 */
export class TransactionTracker {
  /** By first offset, ascending; those before `#next` have begun. */
  readonly #aborted: readonly AbortedTransaction[];
  #next = 0;
  /** By producer: aborted ones that have begun, and whether a batch of theirs was seen. */
  readonly #ongoingAborted = new Map<
    number,
    { transaction: AbortedTransaction; isSeen: boolean }
  >();
  /** By producer: first offset seen of transactions that are not among the aborted ones. */
  readonly #ongoing = new Map<number, number>();
  readonly #onAbortedKept: (transaction: AbortedTransaction) => void;

  /** `onAbortedKept` is told of every aborted transaction whose marker stays since records of it may, too. */
  constructor(
    aborted: readonly AbortedTransaction[],
    onAbortedKept: (transaction: AbortedTransaction) => void = () => {},
  ) {
    this.#aborted = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
    this.#onAbortedKept = onAbortedKept;
  }

  /** First offset of the earliest transaction that was seen and has no marker yet; null when there is none. */
  get firstOpenOffset(): number | null {
    let first: number | null = null;
    for (const offset of this.#ongoing.values()) first = Math.min(first ?? offset, offset);
    for (const { transaction, isSeen } of this.#ongoingAborted.values()) {
      if (isSeen) first = Math.min(first ?? transaction.firstOffset, transaction.firstOffset);
    }
    return first;
  }

  /** Whether the batch, which holds a client's records, belongs to an aborted transaction. */
  onDataBatch(buffer: Buffer, at: number): boolean {
    this.#begin(batchHeader.lastOffset(buffer, at));
    if (!batchHeader.isTransactional(batchHeader.attributes(buffer, at))) return false;
    const producerId = batchHeader.producerId(buffer, at);
    const aborted = this.#ongoingAborted.get(producerId);
    if (aborted !== undefined) {
      aborted.isSeen = true;
      return true;
    }
    if (!this.#ongoing.has(producerId)) {
      this.#ongoing.set(producerId, batchHeader.baseOffset(buffer, at));
    }
    return false;
  }

  /**
   * Whether the control batch may go: nothing of its transaction was seen. Throws MalformedError when it is not what a
   * control batch should be, or when an abort has records before it that the transaction index does not know of.
   */
  onControlBatch(buffer: Buffer, at: number): boolean {
    this.#begin(batchHeader.lastOffset(buffer, at));
    // What is empty was cleaned before.
    if (batchHeader.recordCount(buffer, at) === 0) return true;
    const [record] = records(buffer, at, MAX_MARKER_BYTES);
    const marker = parseControlRecord(record!);
    if (marker === null) return false;
    const producerId = batchHeader.producerId(buffer, at);
    const ongoing = this.#ongoing.get(producerId);
    this.#ongoing.delete(producerId);
    if (marker.result === 'commit') return ongoing === undefined;
    const aborted = this.#ongoingAborted.get(producerId);
    this.#ongoingAborted.delete(producerId);
    if (ongoing !== undefined) {
      const found = `an aborted transaction of producer ${producerId} from offset ${ongoing} on`;
      throw new MalformedError('transactions as the transaction index has them', 0, found);
    }
    if (aborted?.isSeen !== true) return true;
    this.#onAbortedKept(aborted.transaction);
    return false;
  }

  #begin(upTo: number): void {
    for (;;) {
      const transaction = this.#aborted[this.#next];
      if (transaction === undefined || transaction.firstOffset > upTo) return;
      this.#next++;
      const { producerId } = transaction;
      if (this.#ongoingAborted.has(producerId)) continue;
      this.#ongoingAborted.set(producerId, { transaction, isSeen: false });
    }
  }
}
