// A request and its response by their generated codecs, and requests written with only the fields that matter.

import type { MessageCodec } from '@millrace/protocol';
import {
  type AnyMessage,
  allMessages,
  type KnownMessage,
} from '../../packages/protocol/test/all-messages.ts';

export interface Api<Request = AnyMessage, Response = AnyMessage> {
  /** Kafka's name of it, such as `CreateTopics`. */
  readonly name: string;
  readonly apiKey: number;
  readonly request: MessageCodec<Request>;
  readonly response: MessageCodec<Response>;
}

type Struct = KnownMessage['schema']['root'];
type FieldType = Struct['fields'][number]['type'];

/** A message of which any field may be left out, in the structs within as well. */
export type Sparse<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer Element)[]
    ? readonly Sparse<Element>[]
    : T extends object
      ? { readonly [Name in keyof T]?: Sparse<T[Name]> }
      : T;

const known: ReadonlyMap<string, KnownMessage> = new Map(
  allMessages.map((message) => [message.schema.name, message]),
);

export function api<Request, Response>(
  request: MessageCodec<Request>,
  response: MessageCodec<Response>,
): Api<Request, Response> {
  const name = request.name.replace(/Request$/, '');
  return { name, apiKey: request.apiKey, request, response };
}

/** The API of this key, without its types. */
export function apiOfKey(apiKey: number): Api {
  const ofKey = allMessages.filter(({ schema }) => schema.apiKey === apiKey);
  const request = ofKey.find(({ schema }) => schema.name.endsWith('Request'));
  const response = ofKey.find(({ schema }) => schema.name.endsWith('Response'));
  if (request === undefined || response === undefined) throw new Error(`no API ${apiKey} is known`);
  return api(request.codec, response.codec);
}

/** The request with Kafka's defaults in the fields left out. A field that it does not have is an error. */
export function complete<Request>(codec: MessageCodec<Request>, given: Sparse<Request>): Request {
  const message = known.get(codec.name)!;
  return completeStruct(message, message.schema.root, given as AnyMessage) as Request;
}

interface VersionRange {
  readonly minVersion: number;
  readonly maxVersion: number;
}

/** Every field that the request has in these versions, those of structs within as well: `Fetch.topics.partitions`. */
export function fieldsOf({ name, request }: Pick<Api, 'name' | 'request'>, range: VersionRange) {
  return fieldsOfStruct(known.get(request.name)!.schema.root, name, range);
}

function fieldsOfStruct(struct: Struct, path: string, range: VersionRange): string[] {
  return struct.fields.flatMap(({ name, type, versions }) => {
    if (versions.min > range.maxVersion || versions.max < range.minVersion) return [];
    const own = `${path}.${name}`;
    const element = type.kind === 'array' ? type.element : type;
    const within = element.kind === 'struct' ? fieldsOfStruct(element.struct, own, range) : [];
    return [own, ...within];
  });
}

function completeStruct(message: KnownMessage, struct: Struct, given: AnyMessage): AnyMessage {
  const value = message.create(struct.name);
  for (const [name, part] of Object.entries(given)) {
    const field = struct.fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new Error(`${struct.name} has no field ${name}`);
    value[name] = completeValue(message, field.type, part);
  }
  return value;
}

function completeValue(message: KnownMessage, type: FieldType, part: unknown): unknown {
  if (part === null || part === undefined || type.kind === 'primitive') return part;
  if (type.kind === 'struct') return completeStruct(message, type.struct, part as AnyMessage);
  return (part as readonly unknown[]).map((element) =>
    completeValue(message, type.element, element),
  );
}
