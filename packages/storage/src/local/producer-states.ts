import { batchHeader } from '@millrace/protocol';

// What a log remembers of idempotent producers, with Kafka's rules (KIP-98, KIP-360; ProducerStateManager).

/** Kafka's window: a client has at most this many requests in flight. */
const MAX_BATCHES = 5;

/** One batch that a producer wrote. */
export interface ProducedBatch {
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** The batch's largest timestamp. */
  readonly timestampMs: number;
  /** Whether the broker set that timestamp. */
  readonly isLogAppendTime: boolean;
}

/** Never changed after it was made, so that an append can be undone by putting the earlier entry back. */
export interface ProducerEntry {
  readonly producerId: number;
  readonly epoch: number;
  /** The last batches in this epoch, oldest first, at most 5 and at least 1. */
  readonly batches: readonly ProducedBatch[];
  /** Broker time of the last append, for expiry. */
  readonly lastSeenMs: number;
}

export type SequenceCheck =
  | { readonly outcome: 'next' }
  | { readonly outcome: 'duplicate'; readonly original: ProducedBatch }
  | { readonly outcome: 'invalid-epoch' | 'out-of-order'; readonly message: string };

const NEXT: SequenceCheck = { outcome: 'next' };

/**
 * The producers that wrote to one log. Bounded by expiry: a producer is forgotten when it has not written for
 * `producer.id.expiration.ms`. Kafka counts from its last batch's timestamp, which forgets a producer of old
 * records at once; here the broker's time counts.
 */
export class ProducerStates {
  readonly #entries = new Map<number, ProducerEntry>();

  get size(): number {
    return this.#entries.size;
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId);
  }

  entries(): IterableIterator<ProducerEntry> {
    return this.#entries.values();
  }

  /** By producer id: the offset after which it has written nothing. */
  lastOffsets(): Map<number, number> {
    const offsets = new Map<number, number>();
    for (const { producerId, batches } of this.#entries.values()) {
      offsets.set(producerId, batches.at(-1)!.lastOffset);
    }
    return offsets;
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Judges the batch at `at`, which must have a producer id, by what its producer wrote before. */
  check(buffer: Buffer, at: number): SequenceCheck {
    const entry = this.#entries.get(batchHeader.producerId(buffer, at));
    // Of a producer that is not known (any more) every sequence is accepted: its batches may have been deleted.
    if (entry === undefined) return NEXT;
    const epoch = batchHeader.producerEpoch(buffer, at);
    const first = batchHeader.baseSequence(buffer, at);
    const last = batchHeader.lastSequence(buffer, at);
    const who = `Producer ${entry.producerId}`;
    if (epoch < entry.epoch) {
      return {
        outcome: 'invalid-epoch',
        message: `${who} wrote with epoch ${epoch}, but epoch ${entry.epoch} has been seen.`,
      };
    }
    if (epoch > entry.epoch) {
      if (first === 0) return NEXT;
      return {
        outcome: 'out-of-order',
        message: `${who} must start its new epoch ${epoch} with sequence 0, not ${first}.`,
      };
    }
    for (const original of entry.batches) {
      if (original.baseSequence === first && original.lastSequence === last) {
        return { outcome: 'duplicate', original };
      }
    }
    const expected = batchHeader.addToSequence(entry.batches.at(-1)!.lastSequence, 1);
    if (first === expected) return NEXT;
    return {
      outcome: 'out-of-order',
      message: `${who} wrote sequence ${first}, but ${expected} comes next.`,
    };
  }

  /** Takes notice of the batch at `at`, whose offsets are set. No check: it is, or will be, in the log. */
  add(buffer: Buffer, at: number, nowMs: number): void {
    const producerId = batchHeader.producerId(buffer, at);
    const epoch = batchHeader.producerEpoch(buffer, at);
    const previous = this.#entries.get(producerId);
    const batch: ProducedBatch = {
      baseSequence: batchHeader.baseSequence(buffer, at),
      lastSequence: batchHeader.lastSequence(buffer, at),
      baseOffset: batchHeader.baseOffset(buffer, at),
      lastOffset: batchHeader.lastOffset(buffer, at),
      timestampMs: batchHeader.maxTimestamp(buffer, at),
      isLogAppendTime: batchHeader.isLogAppendTime(batchHeader.attributes(buffer, at)),
    };
    const kept = previous?.epoch === epoch ? previous.batches.slice(1 - MAX_BATCHES) : [];
    this.#entries.set(producerId, {
      producerId,
      epoch,
      batches: [...kept, batch],
      lastSeenMs: nowMs,
    });
  }

  /** Puts back what `get` gave earlier: the entry, or nothing. */
  restore(entry: ProducerEntry | undefined, producerId: number): void {
    if (entry === undefined) this.#entries.delete(producerId);
    else this.#entries.set(producerId, entry);
  }

  /** Forgets producers that have not written for `expirationMs`. */
  expire(nowMs: number, expirationMs: number): void {
    for (const [producerId, entry] of this.#entries) {
      if (nowMs - entry.lastSeenMs >= expirationMs) this.#entries.delete(producerId);
    }
  }
}
