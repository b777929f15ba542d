// xxHash32 with seed 0 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md), the checksum of the LZ4 frame format.

const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

/** The hash of the bytes from `start` up to `end`, as an unsigned 32-bit number. */
export function xxhash32(buffer: Buffer, start = 0, end = buffer.length): number {
  let at = start;
  let hash = PRIME_5;
  if (end - at >= 16) {
    let lane1 = (PRIME_1 + PRIME_2) | 0;
    let lane2 = PRIME_2 | 0;
    let lane3 = 0;
    let lane4 = -PRIME_1 | 0;
    for (; end - at >= 16; at += 16) {
      lane1 = round(lane1, buffer.readInt32LE(at));
      lane2 = round(lane2, buffer.readInt32LE(at + 4));
      lane3 = round(lane3, buffer.readInt32LE(at + 8));
      lane4 = round(lane4, buffer.readInt32LE(at + 12));
    }
    hash = rotate(lane1, 1) + rotate(lane2, 7) + rotate(lane3, 12) + rotate(lane4, 18);
  }
  hash = (hash + (end - start)) | 0;
  for (; end - at >= 4; at += 4) {
    const word = Math.imul(buffer.readInt32LE(at), PRIME_3);
    hash = Math.imul(rotate((hash + word) | 0, 17), PRIME_4);
  }
  for (; at < end; at++) {
    hash = Math.imul(rotate((hash + Math.imul(buffer[at]!, PRIME_5)) | 0, 11), PRIME_1);
  }
  return avalanche(hash);
}

function round(lane: number, word: number): number {
  return Math.imul(rotate((lane + Math.imul(word, PRIME_2)) | 0, 13), PRIME_1);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function avalanche(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  mixed = Math.imul(mixed ^ (mixed >>> 13), PRIME_3);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
