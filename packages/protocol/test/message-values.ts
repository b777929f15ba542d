import { inVersions } from '../generator/conditions.ts';
import type { Field, FieldType, PrimitiveType, Struct, Versions } from '../generator/schema.ts';
import type { AnyMessage, KnownMessage } from './all-messages.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A message of `version` with pseudo-random values in the fields that the version has, and defaults elsewhere. */
export function randomMessage(
  message: KnownMessage,
  version: number,
  random: SeededRandom,
): AnyMessage {
  return new MessageValues(message, version, random).struct(message.schema.root);
}

/**
 * For every field of `version`, nested ones too, a message in which it alone is set, besides the structs and arrays
 * that lead to it.
 */
export function messagesOfOneField(
  message: KnownMessage,
  version: number,
  random: SeededRandom,
): AnyMessage[] {
  return [...new MessageValues(message, version, random).structsOfOneField(message.schema.root)];
}

class MessageValues {
  readonly #message: KnownMessage;
  readonly #version: number;
  readonly #random: SeededRandom;

  constructor(message: KnownMessage, version: number, random: SeededRandom) {
    this.#message = message;
    this.#version = version;
    this.#random = random;
  }

  struct(struct: Struct): AnyMessage {
    const value = this.#message.create(struct.name);
    for (const field of struct.fields) {
      if (!this.#isIn(field.versions)) continue;
      // Tagged fields are left at their defaults now and then, since that leaves them out.
      if (field.tag !== null && this.#random.chance(0.3)) continue;
      value[field.name] = this.#field(field);
    }
    return value;
  }

  *structsOfOneField(struct: Struct): Generator<AnyMessage> {
    for (const field of struct.fields) {
      if (!this.#isIn(field.versions)) continue;
      const { type } = field;
      yield { ...this.#message.create(struct.name), [field.name]: this.#field(field) };
      const inner = type.kind === 'array' ? type.element : type;
      if (inner.kind !== 'struct') continue;
      for (const value of this.structsOfOneField(inner.struct)) {
        const set = type.kind === 'array' ? [value] : value;
        yield { ...this.#message.create(struct.name), [field.name]: set };
      }
    }
  }

  #isIn(versions: Versions | null): boolean {
    return inVersions(versions, { min: this.#version, max: this.#version }) === true;
  }

  #field(field: Field): unknown {
    if (this.#isIn(field.nullable) && this.#random.chance(0.2)) return null;
    if (field.type.kind !== 'array') return this.#value(field.type);
    const { element } = field.type;
    const length = this.#random.chance(0.02) ? 130 : this.#random.below(4);
    // A struct, which may hold arrays itself, is not repeated 130 times.
    const count = element.kind === 'struct' ? Math.min(length, 3) : length;
    return Array.from({ length: count }, () => this.#value(element));
  }

  #value(type: Exclude<FieldType, { kind: 'array' }>): unknown {
    return type.kind === 'struct'
      ? this.struct(type.struct)
      : randomPrimitive(type.primitive, this.#random);
  }
}

function randomPrimitive(type: PrimitiveType, random: SeededRandom): unknown {
  switch (type) {
    case 'bool':
      return random.chance(0.5);
    case 'int8':
      return random.pick([-128, -1, 0, 1, 127, random.below(256) - 128]);
    case 'int16':
      return random.pick([-32768, -1, 0, 1, 256, 32767, random.below(65536) - 32768]);
    case 'uint16':
      return random.pick([0, 1, 32768, 65535, random.below(65536)]);
    case 'int32':
      return random.pick([-(2 ** 31), -1, 0, 1, 2 ** 31 - 1, random.below(2 ** 32) - 2 ** 31]);
    case 'int64':
      return randomInt64(random);
    case 'float64':
      return random.pick([-1.5, 0, 1e300, Number.MIN_VALUE, Infinity, random.next()]);
    case 'string':
      return randomString(random);
    case 'bytes':
    case 'records':
      return random.bytes(random.pick([0, 1, random.below(40), 130]));
    case 'uuid':
      return random.bytes(16).toString('base64url');
  }
}

function randomInt64(random: SeededRandom): number {
  const any = (random.below(2 ** 32) - 2 ** 31) * 2 ** 21 + random.below(2 ** 21);
  return random.pick([
    Number.MIN_SAFE_INTEGER,
    -(2 ** 32) - 1,
    -1,
    0,
    1,
    2 ** 32,
    // Not the largest safe integer itself: it stands for Kafka's largest int64 as a default.
    Number.MAX_SAFE_INTEGER - 1,
    Math.max(any, Number.MIN_SAFE_INTEGER),
  ]);
}

function randomString(random: SeededRandom): string {
  const letters = ['a', 'Z', '0', '-', '.', '_', ' ', 'é', 'ß', '水', '🌊', '\u0000'];
  const length = random.pick([0, 1, 7, 20, 30, 45, 200]);
  const ascii = random.chance(0.6);
  return Array.from({ length }, () => letters[random.below(ascii ? 6 : letters.length)]).join('');
}
