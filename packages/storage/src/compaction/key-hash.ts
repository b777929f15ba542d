// HalfSipHash-2-4 with 64 bits of output (Aumasson, Bernstein: the 32-bit sibling of SipHash): keyed, so that nobody who
// does not know the key can make two record keys meet, and made of operations that JavaScript does fast.

/** Words of a `KeyHash`. */
export const HASH_WORDS = 4;

/**
 * A keyed hash of 128 bits: HalfSipHash under two independent keys. Compaction takes two record keys for the same when
 * their hashes are, as Kafka does with MD5: at 10^9 keys the odds of a mistake are below 10^-20.
 */
export class KeyHash {
  readonly #key: Uint32Array;
  /** Of the bytes last hashed. */
  readonly words = new Int32Array(HASH_WORDS);

  /** `key`: four random words. */
  constructor(key: Uint32Array) {
    this.#key = key;
  }

  update(bytes: Buffer, start: number, end: number): void {
    halfSipHash(bytes, start, end, this.#key[0]!, this.#key[1]!, this.words, 0);
    halfSipHash(bytes, start, end, this.#key[2]!, this.#key[3]!, this.words, 2);
  }
}

/** Writes the hash's two words, each as its four bytes in little-endian order read as int32, to `out` at `at`. */
export function halfSipHash(
  bytes: Buffer,
  start: number,
  end: number,
  key0: number,
  key1: number,
  out: Int32Array,
  at: number,
): void {
  let v0 = key0 | 0;
  let v1 = (key1 ^ 0xee) | 0;
  let v2 = 0x6c796765 ^ key0;
  let v3 = 0x74656462 ^ key1;
  const whole = start + ((end - start) & ~3);
  let position = start;
  let last = (end - start) << 24;
  // All words, then the rest with the length, then once for each word of the output: one loop, so that the rounds stand
  // here once.
  for (let stage = 0; ; ) {
    let word = 0;
    let rounds = 2;
    if (position < whole) {
      word =
        bytes[position]! |
        (bytes[position + 1]! << 8) |
        (bytes[position + 2]! << 16) |
        (bytes[position + 3]! << 24);
      position += 4;
    } else if (stage === 0) {
      for (let shift = 0; position < end; shift += 8) last |= bytes[position++]! << shift;
      word = last;
      stage = 1;
    } else {
      rounds = 4;
      if (stage === 1) v2 ^= 0xee;
      else v1 ^= 0xdd;
      stage++;
    }
    v3 ^= word;
    for (; rounds > 0; rounds--) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    v0 ^= word;
    if (stage === 2) out[at] = v1 ^ v3;
    if (stage === 3) {
      out[at + 1] = v1 ^ v3;
      return;
    }
  }
}
