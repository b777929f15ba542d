import { inVersions } from '../generator/conditions.ts';
import type { Field, FieldType, PrimitiveType, Struct } from '../generator/schema.ts';
import type { AnyMessage, KnownMessage } from './all-messages.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A message of `version` with pseudo-random values in every field that the version has, and defaults elsewhere. */
export function randomMessage(
  message: KnownMessage,
  version: number,
  random: SeededRandom,
): AnyMessage {
  return randomStruct(message.schema.root, message, version, random);
}

function randomStruct(
  struct: Struct,
  message: KnownMessage,
  version: number,
  random: SeededRandom,
): AnyMessage {
  const value = message.create(struct.name);
  const at = { min: version, max: version };
  for (const field of struct.fields) {
    const isPresent = inVersions(field.versions, at) === true;
    // Tagged fields are left at their defaults now and then, since that leaves them out.
    if (!isPresent || (field.tag !== null && random.chance(0.3))) continue;
    value[field.name] = randomField(field, message, version, random);
  }
  return value;
}

function randomField(
  field: Field,
  message: KnownMessage,
  version: number,
  random: SeededRandom,
): unknown {
  const mayBeNull = inVersions(field.nullable, { min: version, max: version }) === true;
  if (mayBeNull && random.chance(0.2)) return null;
  if (field.type.kind !== 'array') return randomValue(field.type, message, version, random);
  const { element } = field.type;
  const length = random.chance(0.02) ? 130 : random.below(4);
  // A struct that may be nested deeply is not repeated 130 times.
  const count = element.kind === 'struct' ? Math.min(length, 3) : length;
  return Array.from({ length: count }, () => randomValue(element, message, version, random));
}

function randomValue(
  type: Exclude<FieldType, { kind: 'array' }>,
  message: KnownMessage,
  version: number,
  random: SeededRandom,
): unknown {
  return type.kind === 'struct'
    ? randomStruct(type.struct, message, version, random)
    : randomPrimitive(type.primitive, random);
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
