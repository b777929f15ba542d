import { isFlexible } from './conditions.ts';
import type { Field, FieldType, Message, PrimitiveType, Struct } from './schema.ts';

/** Default of an int64 field whose own default no number can hold: the largest that one can. */
const MAX_INT64 = 'Number.MAX_SAFE_INTEGER';

const tsTypes: Record<PrimitiveType, string> = {
  bool: 'boolean',
  int8: 'number',
  int16: 'number',
  uint16: 'number',
  int32: 'number',
  int64: 'number',
  float64: 'number',
  string: 'string',
  bytes: 'Buffer',
  records: 'Records',
  uuid: 'string',
};

/** TypeScript type of a field, null included. */
export function tsType(field: Field): string {
  const base =
    field.type.kind === 'array' ? `${elementType(field.type.element)}[]` : elementType(field.type);
  return field.nullable === null ? base : `${base} | null`;
}

export function elementType(type: Exclude<FieldType, { kind: 'array' }>): string {
  return type.kind === 'struct' ? type.struct.name : tsTypes[type.primitive];
}

/** Source text of the value that a field has when it is absent. */
export function defaultValue(field: Field): string {
  if (field.default === null) return 'null';
  if (field.type.kind === 'array') return '[]';
  if (field.type.kind === 'struct') return `create${field.type.struct.name}()`;
  const value = field.default;
  switch (field.type.primitive) {
    case 'bool':
      return String(value ?? false);
    case 'int64':
      return typeof value === 'string' ? MAX_INT64 : String(value ?? 0);
    case 'string':
      return quote(String(value ?? ''));
    case 'bytes':
      return 'EMPTY_BYTES';
    case 'records':
      return field.nullable === null ? 'EMPTY_BYTES' : 'null';
    case 'uuid':
      return 'ZERO_UUID';
    default:
      return String(value ?? 0);
  }
}

/** Source text of a condition: `value` differs from the field's default. */
export function differsFromDefault(field: Field, value: string): string {
  if (field.default === null) return `${value} !== null`;
  const orNull = field.nullable === null ? '' : `${value} === null || `;
  if (field.type.kind === 'array') return `${orNull}${value}.length !== 0`;
  if (field.type.kind === 'struct') {
    if (orNull !== '') throw new Error(`${field.name}: a nullable struct needs the default null`);
    return field.type.struct.fields
      .map((inner) => differsFromDefault(inner, `${value}.${inner.name}`))
      .join(' || ');
  }
  switch (field.type.primitive) {
    case 'bool':
      return field.default === true ? `!${value}` : value;
    case 'bytes':
      return `${orNull}${value}.length !== 0`;
    case 'records':
      throw new Error(`${field.name}: records must be in every version and untagged`);
    default:
      return `${value} !== ${defaultValue(field)}`;
  }
}

/** Fewest bytes that an element takes in any version. */
export function minElementBytes(
  type: Exclude<FieldType, { kind: 'array' }>,
  message: Message,
): number {
  if (type.kind === 'struct') return minStructBytes(type.struct, message);
  const { min, max } = message.versions;
  return Math.min(
    primitiveBytes(type.primitive, isFlexible(message, { min, max: min }) === true),
    primitiveBytes(type.primitive, isFlexible(message, { min: max, max }) === true),
  );
}

function minStructBytes(struct: Struct, message: Message): number {
  let least = Infinity;
  for (let version = struct.versions.min; version <= struct.versions.max; version++) {
    least = Math.min(least, structBytes(struct, message, version));
  }
  if (least < 1) throw new Error(`an array of ${struct.name} would have no bound`);
  return least;
}

function structBytes(struct: Struct, message: Message, version: number): number {
  const flexible = version >= message.flexibleVersion;
  let bytes = flexible ? 1 : 0;
  for (const field of struct.fields) {
    const { min, max } = field.versions;
    if (field.tag === null && version >= min && version <= max) {
      bytes += fieldBytes(field, message, version, flexible && !field.neverFlexible);
    }
  }
  return bytes;
}

function fieldBytes(field: Field, message: Message, version: number, flexible: boolean): number {
  if (field.type.kind === 'array') return flexible ? 1 : 4;
  if (field.type.kind === 'primitive') return primitiveBytes(field.type.primitive, flexible);
  return field.nullable === null ? structBytes(field.type.struct, message, version) : 1;
}

function primitiveBytes(type: PrimitiveType, flexible: boolean): number {
  switch (type) {
    case 'bool':
    case 'int8':
      return 1;
    case 'int16':
    case 'uint16':
      return 2;
    case 'int32':
      return 4;
    case 'int64':
    case 'float64':
      return 8;
    case 'uuid':
      return 16;
    case 'string':
      return flexible ? 1 : 2;
    case 'bytes':
    case 'records':
      return flexible ? 1 : 4;
  }
}

export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
