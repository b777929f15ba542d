import { strict as assert } from 'node:assert';
import { MalformedError } from '../src/malformed-error.ts';
import { Reader } from '../src/reader.ts';
import { Writer } from '../src/writer.ts';
import { type AnyMessage, forEachVersion, type KnownMessage } from './all-messages.ts';
import { randomMessage } from './message-values.ts';
import { SeededRandom } from './seeded-random.ts';

/** Lengths and numbers that a decoder must not believe, as they look on the wire. */
const absurd: readonly Buffer[] = [
  'ffffffff',
  '7fffffff',
  '80000000',
  '7fff',
  'fffe',
  'ffffffff0f',
  'ffffffffff',
  'ffffff7f',
  '8080808000',
  '7fffffffffffffff',
  'fe',
].map((hex) => Buffer.from(hex, 'hex'));

/**
 * Decodes damaged bytes as every version of every message, `rounds` times each: cut short, with bits flipped, with
 * absurd lengths, with noise inserted, and noise alone. Only MalformedError may come of it; what lies behind the end
 * must not matter; and what could be decoded can be encoded again. Gives the count of inputs that were decoded.
 */
export function fuzzDecoders(seed: number, rounds: number): number {
  let inputs = 0;
  forEachVersion((message, version) => {
    for (let round = 0; round < rounds; round++) {
      // Each case has a seed of its own, so that a failure names all that is needed to see it again.
      const caseSeed = seed + round;
      const random = new SeededRandom(caseSeed);
      const damaged = damage(validBytes(message, version, random), random);
      try {
        decodeHostile(message, version, damaged);
      } catch (error) {
        const what = `${message.schema.name} version ${version}, seed ${caseSeed}`;
        throw new Error(`${what}: ${damaged.toString('hex')}`, { cause: error });
      }
      inputs++;
    }
  });
  return inputs;
}

function validBytes(message: KnownMessage, version: number, random: SeededRandom): Buffer {
  const writer = new Writer();
  message.codec.encode(writer, randomMessage(message, version, random), version);
  return writer.toBuffer();
}

function damage(valid: Buffer, random: SeededRandom): Buffer {
  const at = random.below(valid.length + 1);
  switch (random.below(5)) {
    case 0:
      return valid.subarray(0, at);
    case 1: {
      const flipped = Buffer.from(valid);
      for (let left = 1 + random.below(4); left > 0 && flipped.length > 0; left--) {
        flipped[random.below(flipped.length)]! ^= 1 << random.below(8);
      }
      return flipped;
    }
    case 2: {
      const value = random.pick(absurd);
      return Buffer.concat([valid.subarray(0, at), value, valid.subarray(at + value.length)]);
    }
    case 3:
      return Buffer.concat([
        valid.subarray(0, at),
        random.bytes(1 + random.below(6)),
        valid.subarray(at),
      ]);
    default:
      return random.bytes(random.below(64));
  }
}

function decodeHostile(message: KnownMessage, version: number, damaged: Buffer): void {
  const first = outcome(message, version, damaged, 0x00);
  const second = outcome(message, version, damaged, 0xff);
  assert.deepEqual(first, second, 'bytes outside of the range were read');
  if (typeof first === 'string') return;
  message.codec.encode(new Writer(), first, version);
}

/** The message, or the text of the error. The bytes stand in the middle of a buffer full of `surroundings`. */
function outcome(
  message: KnownMessage,
  version: number,
  damaged: Buffer,
  surroundings: number,
): AnyMessage | string {
  const margin = Buffer.alloc(32, surroundings);
  const buffer = Buffer.concat([margin, damaged, margin]);
  const end = margin.length + damaged.length;
  const reader = new Reader(buffer, margin.length, end);
  try {
    const decoded = message.codec.decode(reader, version);
    assert.ok(reader.offset <= end);
    return decoded;
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return error.message;
  }
}
