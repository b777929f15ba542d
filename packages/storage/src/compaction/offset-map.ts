import { HASH_WORDS, KeyHash } from './key-hash.ts';

/** The hash, and the offset in two words, the upper one plus 1: 0 there is an empty slot. */
const SLOT_WORDS = HASH_WORDS + 2;
export const SLOT_BYTES = SLOT_WORDS * 4;

const TWO_32 = 0x1_0000_0000;

/**
 * The last offset of each key in the part of a log that is being compacted (Kafka's SkimpyOffsetMap): keys are held as
 * their hashes only, so memory is `slots` × 24 bytes whatever keys there are, all of it taken at the start.
 */
export class OffsetMap {
  readonly slots: number;
  readonly #hash: KeyHash;
  readonly #maxSize: number;
  readonly #table: Int32Array;
  /** Keys in it. */
  size = 0;

  /** `loadFactor`: share of the slots that may be used. */
  constructor(slots: number, loadFactor: number, hashKey: Uint32Array) {
    this.slots = slots;
    // One slot stays empty, so that every look-up ends.
    this.#maxSize = Math.min(slots - 1, Math.floor(slots * loadFactor));
    this.#hash = new KeyHash(hashKey);
    this.#table = new Int32Array(slots * SLOT_WORDS);
  }

  /** Notes that the key in `bytes` was written at `offset`, later than before. False, and nothing noted, when it is full. */
  put(bytes: Buffer, start: number, end: number, offset: number): boolean {
    const at = this.#find(bytes, start, end);
    const table = this.#table;
    if (table[at + HASH_WORDS] === 0) {
      if (this.size >= this.#maxSize) return false;
      this.size++;
      table.set(this.#hash.words, at);
    }
    table[at + HASH_WORDS] = Math.floor(offset / TWO_32) + 1;
    table[at + HASH_WORDS + 1] = offset | 0;
    return true;
  }

  /** −1 when the key is not known. */
  get(bytes: Buffer, start: number, end: number): number {
    const at = this.#find(bytes, start, end);
    const upper = this.#table[at + HASH_WORDS]!;
    if (upper === 0) return -1;
    return (upper - 1) * TWO_32 + (this.#table[at + HASH_WORDS + 1]! >>> 0);
  }

  /** Where the key's slot begins, or the empty one that it would get. */
  #find(bytes: Buffer, start: number, end: number): number {
    const { words } = this.#hash;
    this.#hash.update(bytes, start, end);
    const first = words[0]!;
    const second = words[1]!;
    const third = words[2]!;
    const fourth = words[3]!;
    const table = this.#table;
    let slot = (first >>> 0) % this.slots;
    for (;;) {
      const at = slot * SLOT_WORDS;
      if (table[at + HASH_WORDS] === 0) return at;
      if (
        table[at] === first &&
        table[at + 1] === second &&
        table[at + 2] === third &&
        table[at + 3] === fourth
      ) {
        return at;
      }
      slot = slot + 1 === this.slots ? 0 : slot + 1;
    }
  }
}
