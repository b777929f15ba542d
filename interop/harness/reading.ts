// Checks a reading of any size in one pass: it keeps a number a partition and two a key, never the records.

/** The records of each key in their order, as one number that changes with any of them. */
export class KeyChains {
  readonly #chains = new Map<string, number>();
  count = 0;

  add(key: string, value: string): void {
    const chain = this.#chains.get(key) ?? 0;
    this.#chains.set(key, mix(chain, value));
    this.count += 1;
  }

  /** Keys whose records differ from `other`'s in content, number or order; at most ten, for the message. */
  differences(other: KeyChains): string[] {
    const keys = new Set([...this.#chains.keys(), ...other.#chains.keys()]);
    return [...keys].filter((key) => this.#chains.get(key) !== other.#chains.get(key)).slice(0, 10);
  }
}

/**
 * Follows one topic as a group reads it. After a broker was killed a group may be given records again that it had not
 * committed: those are counted and passed over; a gap is an error.
 */
export class TopicReading {
  readonly chains = new KeyChains();
  readonly #next = new Map<number, number>();
  readonly #fromStart: boolean;
  repeated = 0;

  /** With `fromStart` every partition must begin at offset 0, else wherever it begins. */
  constructor(fromStart: boolean) {
    this.#fromStart = fromStart;
  }

  get count(): number {
    return this.chains.count;
  }

  take(partition: number, offset: number, key: string, value: string): void {
    const expected = this.#next.get(partition) ?? (this.#fromStart ? 0 : offset);
    if (offset < expected) {
      this.repeated += 1;
      return;
    }
    if (offset > expected) {
      throw new Error(`partition ${partition} goes on at ${offset} instead of ${expected}`);
    }
    this.#next.set(partition, offset + 1);
    this.chains.add(key, value);
  }
}

/** Chains a text onto a hash: FNV-1a's step over its UTF-16 units, widened to 52 bits by a second lane. */
function mix(chain: number, text: string): number {
  let low = (chain ^ 0x811c9dc5) | 0;
  let high = Math.floor(chain / 0x1_0000_0000) | 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x0100_0193);
    high = Math.imul(high ^ unit, 0x85eb_ca6b) + (low >>> 15);
  }
  return (high >>> 12) * 0x1_0000_0000 + (low >>> 0);
}
