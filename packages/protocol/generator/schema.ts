/** The message definitions of `packages/protocol/schemas/`, read and made explicit. */

/** Versions from `min` to `max`, both included. */
export interface Versions {
  readonly min: number;
  readonly max: number;
}

export type PrimitiveType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'string'
  | 'bytes'
  | 'records'
  | 'uuid';

export type FieldType =
  | { readonly kind: 'primitive'; readonly primitive: PrimitiveType }
  | { readonly kind: 'struct'; readonly struct: Struct }
  | { readonly kind: 'array'; readonly element: Exclude<FieldType, { kind: 'array' }> };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Versions that carry it, among those of the struct it is in. */
  readonly versions: Versions;
  /** Versions in which it may be null; null when there are none. */
  readonly nullable: Versions | null;
  /** Number of a tagged field, else null. */
  readonly tag: number | null;
  /** Value when absent: null, or of the field's type; `[]` and empty structs and bytes are undefined here. */
  readonly default: number | string | boolean | null | undefined;
  /** A value that a version has no place for is dropped, where else it is an error. */
  readonly ignorable: boolean;
  /** Decoded as a view on the frame. */
  readonly zeroCopy: boolean;
  /** Never in compact form, whatever the message's version. */
  readonly neverFlexible: boolean;
}

export interface Struct {
  /** TypeScript name, unique in its file. */
  readonly name: string;
  readonly versions: Versions;
  readonly fields: readonly Field[];
}

export interface Message {
  readonly name: string;
  /** −1 when it is not a request or response. */
  readonly apiKey: number;
  readonly versions: Versions;
  /** First version with compact types and tagged fields; `Infinity` when there is none. */
  readonly flexibleVersion: number;
  readonly latestVersionUnstable: boolean;
  readonly root: Struct;
  /** All structs, the root first. */
  readonly structs: readonly Struct[];
}

interface FieldJson {
  readonly name: string;
  readonly type: string;
  readonly versions?: string;
  readonly nullable?: true | string;
  readonly tag?: number;
  readonly default?: number | string | boolean | null;
  readonly ignorable?: true;
  readonly zeroCopy?: true;
  readonly flexible?: 'none';
  readonly fields?: readonly FieldJson[];
}

interface StructJson {
  readonly name: string;
  readonly fields: readonly FieldJson[];
}

interface BodyJson {
  readonly fields: readonly FieldJson[];
  /** Structs that more than one field uses. */
  readonly structs?: readonly StructJson[];
}

export interface SchemaJson extends Partial<BodyJson> {
  readonly name: string;
  readonly apiKey?: number;
  readonly versions: string;
  readonly flexible: string;
  readonly latestVersionUnstable?: true;
  readonly request?: BodyJson;
  readonly response?: BodyJson;
}

const primitives: ReadonlySet<string> = new Set<PrimitiveType>([
  'bool',
  'int8',
  'int16',
  'uint16',
  'int32',
  'int64',
  'float64',
  'string',
  'bytes',
  'records',
  'uuid',
]);

/** Reads one schema file: a request and its response, or one message that is neither. */
export function parseSchema(json: SchemaJson): Message[] {
  if (json.fields !== undefined) return [parseMessage(json, json.name, json as BodyJson)];
  return [
    parseMessage(json, `${json.name}Request`, json.request!),
    parseMessage(json, `${json.name}Response`, json.response!),
  ];
}

/** `"2-7"`, `"3"`, `"4+"` (up to the last version of `within`). */
export function parseVersions(text: string, within: Versions): Versions {
  const match = /^(\d+)(?:(\+)|-(\d+))?$/.exec(text);
  if (match === null) throw new Error(`${JSON.stringify(text)} is not a range of versions`);
  const min = Number(match[1]);
  const max = match[2] ? within.max : Number(match[3] ?? match[1]);
  if (min < within.min || max > within.max || min > max) {
    throw new Error(`versions ${text} are not within ${within.min}-${within.max}`);
  }
  return { min, max };
}

function parseMessage(json: SchemaJson, name: string, body: BodyJson): Message {
  const versions = parseVersions(json.versions, { min: 0, max: Infinity });
  const parser = new StructParser(name, versions, body.structs ?? []);
  const root = parser.parse(name, body.fields, versions);
  return {
    name,
    apiKey: json.apiKey ?? -1,
    versions,
    flexibleVersion: json.flexible === 'none' ? Infinity : Number.parseInt(json.flexible, 10),
    latestVersionUnstable: json.latestVersionUnstable ?? false,
    root,
    structs: parser.structs(),
  };
}

/** Resolves the struct types of one message. */
class StructParser {
  readonly #message: string;
  readonly #versions: Versions;
  readonly #shared: ReadonlyMap<string, StructJson>;
  readonly #structs = new Map<string, Struct>();

  constructor(message: string, versions: Versions, shared: readonly StructJson[]) {
    this.#message = message;
    this.#versions = versions;
    this.#shared = new Map(shared.map((struct) => [struct.name, struct]));
  }

  structs(): Struct[] {
    return [...this.#structs.values()];
  }

  parse(name: string, fields: readonly FieldJson[], versions: Versions): Struct {
    if (this.#structs.has(name)) throw new Error(`${name} is defined twice`);
    const parsed: Field[] = [];
    const struct = { name, versions, fields: parsed };
    this.#structs.set(name, struct);
    for (const field of fields) parsed.push(this.#parseField(field, versions));
    return struct;
  }

  #parseField(json: FieldJson, within: Versions): Field {
    const versions = json.versions === undefined ? within : parseVersions(json.versions, within);
    return {
      name: json.name,
      type: this.#parseType(json, versions),
      versions,
      nullable: parseNullable(json.nullable, versions),
      tag: json.tag ?? null,
      default: json.default,
      ignorable: json.ignorable ?? false,
      zeroCopy: json.zeroCopy ?? false,
      neverFlexible: json.flexible === 'none',
    };
  }

  #parseType(json: FieldJson, versions: Versions): FieldType {
    if (!json.type.startsWith('[]')) return this.#parseElement(json.type, json.fields, versions);
    const element = this.#parseElement(json.type.slice(2), json.fields, versions);
    return { kind: 'array', element };
  }

  #parseElement(
    type: string,
    fields: readonly FieldJson[] | undefined,
    versions: Versions,
  ): Exclude<FieldType, { kind: 'array' }> {
    if (primitives.has(type)) return { kind: 'primitive', primitive: type as PrimitiveType };
    const name = type.startsWith(this.#message) ? type : this.#message + type;
    if (fields !== undefined) return { kind: 'struct', struct: this.parse(name, fields, versions) };
    const known = this.#structs.get(name);
    if (known !== undefined) return { kind: 'struct', struct: known };
    const shared = this.#shared.get(type);
    if (shared === undefined) throw new Error(`${this.#message} has no struct ${type}`);
    return { kind: 'struct', struct: this.parse(name, shared.fields, this.#versions) };
  }
}

function parseNullable(text: true | string | undefined, within: Versions): Versions | null {
  if (text === undefined) return null;
  return text === true ? within : parseVersions(text, within);
}
