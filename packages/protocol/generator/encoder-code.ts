import { type Condition, inVersions, isFlexible } from './conditions.ts';
import type { Field, FieldType, Message, Struct } from './schema.ts';
import type { SourceLines } from './source-lines.ts';
import { flexibleText, needsVersion } from './struct-code.ts';
import { differsFromDefault, quote } from './types.ts';

type ElementType = Exclude<FieldType, { kind: 'array' }>;

/** Writes the encoder of one struct. */
export class EncoderCode {
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

  write(): void {
    const { name, fields } = this.#struct;
    const writer = this.#writesNothing() ? '_writer' : 'writer';
    const message = fields.length === 0 ? '_message' : 'message';
    const hasLists = fields.some(
      ({ type, nullable }) => type.kind === 'array' && nullable === null,
    );
    const isRoot = this.#struct === this.#message.root;
    const type = isRoot && hasLists ? `Encodable<${name}>` : name;
    const parameters = [`${writer}: Writer`, `${message}: ${type}`];
    if (needsVersion(this.#struct, this.#message)) parameters.push('version: number');
    this.#lines.functionBlock(`function encode${name}`, parameters, 'void', () => {
      if (typeof this.#flexible === 'string') {
        this.#lines.line(`const flexible = ${this.#flexible};`);
      }
      for (const field of fields) this.#encodeField(field);
      this.#encodeTagged(fields.filter((field) => field.tag !== null));
    });
  }

  #writesNothing(): boolean {
    return this.#flexible === false && this.#struct.fields.length === 0;
  }

  /** An untagged field, and the check of any field that it is not set in versions without it. */
  #encodeField(field: Field): void {
    const present = inVersions(field.versions, this.#struct.versions);
    if (present === true) {
      if (field.tag === null) this.#encodeValue(field);
      return;
    }
    if (field.tag === null) {
      this.#lines.block(`if (${present}) {`, () => this.#encodeValue(field));
      if (field.ignorable) return;
      const differs = differsFromDefault(field, `message.${field.name}`);
      this.#lines.otherwiseBlock(`else if (${differs}) {`, () => this.#refuse(field));
    } else if (!field.ignorable) {
      this.#lines.block(`if (!(${present})) {`, () => {
        const differs = differsFromDefault(field, `message.${field.name}`);
        this.#lines.block(`if (${differs}) {`, () => this.#refuse(field));
      });
    }
  }

  #refuse(field: Field): void {
    const names = `${quote(this.#struct.name)}, ${quote(field.name)}`;
    this.#lines.line(`throw fieldNotInVersion(${names}, version);`);
  }

  #encodeTagged(tagged: readonly Field[]): void {
    if (this.#flexible === false) return;
    const guard = this.#flexible === true ? '' : 'if (flexible) ';
    if (tagged.length === 0) {
      this.#lines.line(`${guard}writer.writeUnsignedVarint(0);`);
      return;
    }
    const body = () => this.#encodeTaggedSection(tagged);
    if (guard === '') body();
    else this.#lines.block('if (flexible) {', body);
  }

  #encodeTaggedSection(tagged: readonly Field[]): void {
    const sorted = tagged.toSorted((a, b) => a.tag! - b.tag!);
    this.#lines.line('let tagCount = 0;');
    for (const field of sorted) {
      this.#lines.line(`const has${capital(field.name)} = ${this.#isTagWritten(field)};`);
      this.#lines.line(`if (has${capital(field.name)}) tagCount++;`);
    }
    this.#lines.line('writer.writeUnsignedVarint(tagCount);');
    for (const field of sorted) {
      this.#lines.block(`if (has${capital(field.name)}) {`, () => {
        this.#lines.line(`const mark = writer.startTaggedField(${field.tag});`);
        this.#encodeValue(field);
        this.#lines.line('writer.finishTaggedField(mark);');
      });
    }
  }

  #isTagWritten(field: Field): string {
    const from = Math.max(this.#struct.versions.min, this.#message.flexibleVersion);
    const present = inVersions(field.versions, { min: from, max: this.#struct.versions.max });
    const differs = differsFromDefault(field, `message.${field.name}`);
    if (present === true) return differs;
    return `${present} && ${differs.includes('||') ? `(${differs})` : differs}`;
  }

  #encodeValue(field: Field): void {
    const value = `message.${field.name}`;
    const nullable = inVersions(field.nullable, field.versions);
    if (nullable === false && field.nullable === null) {
      this.#encodePresent(field, value);
      return;
    }
    if (nullable === true && field.type.kind === 'primitive') {
      this.#encodePrimitive(field, field.type, value, true);
      return;
    }
    this.#lines.block(`if (${value} === null) {`, () => this.#encodeNull(field, nullable));
    this.#lines.otherwiseBlock('else {', () => {
      if (field.type.kind === 'struct') this.#lines.line('writer.writeInt8(1);');
      this.#encodePresent(field, value);
    });
  }

  #encodeNull(field: Field, nullable: Condition): void {
    if (nullable !== true) {
      const names = `${quote(this.#struct.name)}, ${quote(field.name)}`;
      this.#lines.line(`if (!(${nullable})) throw nullNotAllowed(${names}, version);`);
    }
    if (field.type.kind === 'array')
      this.#lines.line(`writer.writeNullArray(${this.#flex(field)});`);
    else if (field.type.kind === 'struct') this.#lines.line('writer.writeInt8(-1);');
    else this.#encodePrimitive(field, field.type, 'null', true);
  }

  #encodePresent(field: Field, value: string): void {
    if (field.type.kind === 'array') {
      const element = field.type.element;
      this.#lines.line(`writer.writeArrayLength(${value}.length, ${this.#flex(field)});`);
      this.#lines.block(`for (const element of ${value}) {`, () => {
        if (element.kind === 'struct') this.#encodeStruct(element, 'element');
        else this.#encodePrimitive(field, element, 'element', false);
      });
    } else if (field.type.kind === 'struct') {
      this.#encodeStruct(field.type, value);
    } else {
      this.#encodePrimitive(field, field.type, value, false);
    }
  }

  #encodeStruct(type: ElementType & { kind: 'struct' }, value: string): void {
    const version = needsVersion(type.struct, this.#message) ? ', version' : '';
    this.#lines.line(`encode${type.struct.name}(writer, ${value}${version});`);
  }

  #encodePrimitive(
    field: Field,
    type: ElementType & { kind: 'primitive' },
    value: string,
    nullable: boolean,
  ): void {
    const prefix = nullable ? 'Nullable' : '';
    switch (type.primitive) {
      case 'string':
        this.#lines.line(`writer.write${prefix}String(${value}, ${this.#flex(field)});`);
        break;
      case 'bytes':
        this.#lines.line(`writer.write${prefix}Bytes(${value}, ${this.#flex(field)});`);
        break;
      case 'records':
        this.#lines.line(`writer.writeRecords(${value}, ${this.#flex(field)});`);
        break;
      case 'bool':
        this.#lines.line(`writer.writeBoolean(${value});`);
        break;
      default:
        if (nullable) throw new Error(`${field.name}: a nullable ${type.primitive} has no form`);
        this.#lines.line(
          `writer.write${capital(this.#numberForm(field, type.primitive))}(${value});`,
        );
    }
  }

  /** Error codes are numbers that the writer counts. */
  #numberForm(field: Field, primitive: string): string {
    return primitive === 'int16' && field.name === 'errorCode' ? 'errorCode' : primitive;
  }

  #flex(field: Field): string {
    return flexibleText(field, this.#flexible);
  }
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
