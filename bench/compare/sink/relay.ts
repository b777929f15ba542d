import type { RecordSlice } from '@millrace/protocol';

/** Where the made-up records of a topic end, which nobody reaches, and those begin that producers write. */
export const END = 2 ** 50;

/** Of what a producer writes while somebody follows, one batch is kept: the last. */
interface FollowedTopic {
  nextOffset: number;
  batch: Buffer | null;
}

/**
 * Passes on what is written to topics of one partition, from memory and nothing else: the least that lies between a producer
 * and a consumer that waits for its record, as `kafka-e2e-latency` does with one at a time.
 */
export class Relay {
  /** Those whose end somebody asked for; bounded by what one run of the benchmark makes. */
  readonly #followed = new Map<string, FollowedTopic>();

  /** The end of the topic, whose batches are kept from now on. */
  follow(topic: string): number {
    const followed = this.#followed.get(topic) ?? { nextOffset: END, batch: null };
    this.#followed.set(topic, followed);
    return followed.nextOffset;
  }

  /** Takes a batch of one record, and gives its offset. What nobody follows is dropped. */
  write(topic: string, records: Buffer | null): number {
    const followed = this.#followed.get(topic);
    if (followed === undefined || records === null) return 0;
    followed.batch = Buffer.from(records);
    followed.batch.writeBigInt64BE(BigInt(followed.nextOffset), 0);
    return followed.nextOffset++;
  }

  /** The batch at that offset, or nothing when it was not written yet. */
  read(topic: string, offset: number): RecordSlice | null {
    const followed = this.#followed.get(topic);
    if (followed === undefined || offset !== followed.nextOffset - 1) return null;
    const { batch } = followed;
    return batch === null ? null : { sizeBytes: batch.length, parts: [batch], release: () => {} };
  }

  drop(topic: string): void {
    this.#followed.delete(topic);
  }
}
