import { both, type Condition, inVersions, isFlexible } from './conditions.ts';
import type { Field, FieldType, Message, Struct } from './schema.ts';
import type { SourceLines } from './source-lines.ts';
import { defaultValue, elementType, minElementBytes, tsType } from './types.ts';

type ElementType = Exclude<FieldType, { kind: 'array' }>;

/** Writes the type, the factory and the decoder of one struct; `EncoderCode` has the other direction. */
export class StructCode {
  readonly #lines: SourceLines;
  readonly #message: Message;
  readonly #struct: Struct;
  readonly #flexible: Condition;

  constructor(lines: SourceLines, message: Message, struct: Struct) {
    this.#lines = lines;
    this.#message = message;
    this.#struct = struct;
    this.#flexible = isFlexible(message, struct.versions);
  }

  writeInterface(): void {
    const { name, fields } = this.#struct;
    this.#lines.block(`export interface ${name} {`, () => {
      for (const field of fields) {
        const notes = fieldNotes(field, this.#struct);
        if (notes !== '') this.#lines.line(`/** ${notes} */`);
        this.#lines.line(`${field.name}: ${tsType(field)};`);
      }
    });
  }

  writeFactory(): void {
    const { name, fields } = this.#struct;
    const parameter = fields.length === 0 ? '_init' : 'init';
    const parameters = [`${parameter}: Partial<${name}> = {}`];
    this.#lines.line('/** Fields that are not given have their defaults. */');
    this.#lines.functionBlock(`export function create${name}`, parameters, name, () => {
      this.#object(fields, (field) => {
        const given = `init.${field.name}`;
        const otherwise = defaultValue(field);
        // Null is a value of its own where the default is another one.
        return field.nullable !== null && otherwise !== 'null'
          ? `${given} !== undefined ? ${given} : ${otherwise}`
          : `${given} ?? ${otherwise}`;
      });
    });
  }

  writeDecoder(): void {
    const { name, fields } = this.#struct;
    const parameters = ['reader: Reader'];
    if (needsVersion(this.#struct, this.#message)) parameters.push('version: number');
    this.#lines.functionBlock(`function decode${name}`, parameters, name, () => {
      if (typeof this.#flexible === 'string') {
        this.#lines.line(`const flexible = ${this.#flexible};`);
      }
      const tagged = fields.filter((field) => field.tag !== null);
      for (const field of fields) if (field.tag === null) this.#decodeField(field);
      this.#decodeTagged(tagged);
      this.#object(fields, localName);
    });
  }

  #object(fields: readonly Field[], value: (field: Field) => string): void {
    if (fields.length === 0) {
      this.#lines.line('return {};');
      return;
    }
    this.#lines.block(
      'return {',
      () => {
        for (const field of fields) {
          const text = value(field);
          this.#lines.line(text === field.name ? `${text},` : `${field.name}: ${text},`);
        }
      },
      '};',
    );
  }

  #decodeField(field: Field): void {
    const local = localName(field);
    const present = inVersions(field.versions, this.#struct.versions);
    if (field.type.kind === 'array') {
      this.#decodeLength(field, present);
      const empty = field.nullable === null ? '[]' : `${local}Length < 0 ? null : []`;
      this.#lines.line(`const ${local}: ${tsType(field)} = ${empty};`);
      this.#decodeElements(field, field.type.element);
    } else {
      const read = this.#readValue(field, field.type);
      const value = present === true ? read : `${present} ? ${read} : ${defaultValue(field)}`;
      this.#lines.line(`const ${local} = ${value};`);
    }
  }

  #decodeLength(field: Field, present: Condition): void {
    if (field.type.kind !== 'array') throw new Error(`${field.name} is not an array`);
    const least = minElementBytes(field.type.element, this.#message);
    const read = choose(
      inVersions(field.nullable, field.versions),
      `reader.readNullableArrayLength(${this.#flexibleText(field)}, ${least})`,
      `reader.readArrayLength(${this.#flexibleText(field)}, ${least})`,
    );
    const absent = field.default === null ? '-1' : '0';
    const length = present === true ? read : `${present} ? ${read} : ${absent}`;
    this.#lines.line(`const ${localName(field)}Length = ${length};`);
  }

  #decodeElements(field: Field, element: ElementType): void {
    const local = localName(field);
    const target = field.nullable === null ? local : `${local}!`;
    const read = this.#readElement(field, element);
    this.#lines.block(`for (let i = 0; i < ${local}Length; i++) {`, () => {
      this.#lines.line(`${target}.push(${read});`);
    });
  }

  #decodeTagged(tagged: readonly Field[]): void {
    if (this.#flexible === false) return;
    const guard = this.#flexible === true ? '' : 'if (flexible) ';
    if (tagged.length === 0) {
      this.#lines.line(`${guard}reader.skipTaggedFields();`);
      return;
    }
    for (const field of tagged) {
      this.#lines.line(`let ${localName(field)}: ${tsType(field)} = ${defaultValue(field)};`);
    }
    const head = 'for (let left = reader.readUnsignedVarint(); left > 0; left--) {';
    const loop = () => this.#lines.block(head, () => this.#decodeOneTagged(tagged));
    if (guard === '') loop();
    else this.#lines.block('if (flexible) {', loop);
  }

  #decodeOneTagged(tagged: readonly Field[]): void {
    this.#lines.line('const tag = reader.readUnsignedVarint();');
    this.#lines.line('const end = reader.readTaggedFieldEnd();');
    for (const [index, field] of tagged.entries()) {
      const known = both(`tag === ${field.tag}`, this.#presentWhenFlexible(field));
      const body = () => this.#decodeTaggedValue(field);
      if (index === 0) this.#lines.block(`if (${known}) {`, body);
      else this.#lines.otherwiseBlock(`else if (${known}) {`, body);
    }
    this.#lines.otherwiseBlock('else {', () =>
      this.#lines.line('reader.skip(end - reader.offset);'),
    );
    this.#lines.line('reader.endTaggedField(end);');
  }

  /** The condition of a tagged field's presence, given that the version is flexible. */
  #presentWhenFlexible(field: Field): Condition {
    const from = Math.max(this.#struct.versions.min, this.#message.flexibleVersion);
    return inVersions(field.versions, { min: from, max: this.#struct.versions.max });
  }

  #decodeTaggedValue(field: Field): void {
    const local = localName(field);
    if (field.type.kind !== 'array') {
      this.#lines.line(`${local} = ${this.#readValue(field, field.type)};`);
      return;
    }
    this.#decodeLength(field, true);
    this.#lines.line(
      `${local} = ${field.nullable === null ? '[]' : `${local}Length < 0 ? null : []`};`,
    );
    this.#decodeElements(field, field.type.element);
  }

  #readValue(field: Field, type: ElementType): string {
    const nullable = inVersions(field.nullable, field.versions);
    if (type.kind === 'struct') {
      const read = this.#readElement(field, type);
      return choose(nullable, `reader.readInt8() < 0 ? null : ${read}`, read);
    }
    const suffix = field.zeroCopy ? 'View' : '';
    const flexible = this.#flexibleText(field);
    switch (type.primitive) {
      case 'string':
        return choose(
          nullable,
          `reader.readNullableString(${flexible})`,
          `reader.readString(${flexible})`,
        );
      case 'bytes':
        return choose(
          nullable,
          `reader.readNullableBytes${suffix}(${flexible})`,
          `reader.readBytes${suffix}(${flexible})`,
        );
      case 'records':
        return choose(
          nullable,
          `reader.readRecords(${flexible})`,
          `reader.readBytesView(${flexible})`,
        );
      default:
        return this.#readElement(field, type);
    }
  }

  #readElement(field: Field, type: ElementType): string {
    if (type.kind === 'struct') {
      const version = needsVersion(type.struct, this.#message) ? ', version' : '';
      return `decode${elementType(type)}(reader${version})`;
    }
    switch (type.primitive) {
      case 'string':
        return `reader.readString(${this.#flexibleText(field)})`;
      case 'bytes':
        return `reader.readBytes(${this.#flexibleText(field)})`;
      case 'records':
        throw new Error(`${field.name}: an array of records is not in the protocol`);
      default:
        return `reader.${readers[type.primitive]}()`;
    }
  }

  #flexibleText(field: Field): string {
    return flexibleText(field, this.#flexible);
  }
}

const readers = {
  bool: 'readBoolean',
  int8: 'readInt8',
  int16: 'readInt16',
  uint16: 'readUint16',
  int32: 'readInt32',
  int64: 'readInt64',
  float64: 'readFloat64',
  uuid: 'readUuid',
} as const;

/** The `flexible` argument for a field of a struct. */
export function flexibleText(field: Field, flexible: Condition): string {
  if (field.neverFlexible || flexible === false) return 'false';
  return flexible === true ? 'true' : 'flexible';
}

/** Whether the code of a struct asks for the version at all. */
export function needsVersion(struct: Struct, message: Message): boolean {
  if (typeof isFlexible(message, struct.versions) === 'string') return true;
  return struct.fields.some((field) => {
    if (typeof inVersions(field.versions, struct.versions) === 'string') return true;
    if (typeof inVersions(field.nullable, field.versions) === 'string') return true;
    const type = field.type.kind === 'array' ? field.type.element : field.type;
    return type.kind === 'struct' && needsVersion(type.struct, message);
  });
}

/** Name of the local variable that holds a field while its struct is decoded. */
function localName(field: Field): string {
  return field.name === 'version' ? 'versionField' : field.name;
}

function choose(condition: Condition, then: string, otherwise: string): string {
  if (condition === true) return then;
  if (condition === false) return otherwise;
  return `(${condition} ? ${then} : ${otherwise})`;
}

/** What the docstring of a field says: the versions that carry it, unless all do. */
function fieldNotes(field: Field, struct: Struct): string {
  const notes: string[] = [];
  if (typeof inVersions(field.versions, struct.versions) === 'string') {
    notes.push(`Versions ${show(field.versions.min, field.versions.max, struct.versions.max)}.`);
  }
  if (typeof inVersions(field.nullable, field.versions) === 'string') {
    const { min, max } = field.nullable!;
    notes.push(`Null only in versions ${show(min, max, field.versions.max)}.`);
  }
  if (field.tag !== null) notes.push(`Tagged field ${field.tag}.`);
  if (field.zeroCopy) notes.push('A view on the frame when decoded.');
  return notes.join(' ');
}

function show(min: number, max: number, last: number): string {
  if (max === last) return `${min}+`;
  return min === max ? `${min}` : `${min} to ${max}`;
}
