import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** What a list must be to be encoded: its elements are taken once, in order, and may be made one at a time for that. */
export interface ElementList<Element> extends Iterable<Element> {
  readonly length: number;
}

/** A message whose own lists need not be arrays. */
export type Encodable<Message> = {
  readonly [Name in keyof Message]: Message[Name] extends readonly (infer Element)[]
    ? ElementList<Element>
    : Message[Name];
};

/** What a generated message module offers: one codec for all versions. */
export interface MessageCodec<T> {
  readonly name: string;
  /** −1 for what is not a request or response (headers, consumer protocol, control records). */
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** First version with compact types and tagged fields; `Infinity` when there is none. */
  readonly flexibleVersion: number;
  /** True when `maxVersion` may still change and is only offered on request (`unstable.api.versions.enable`). */
  readonly latestVersionUnstable: boolean;
  /** Throws `EncodeError` for an unknown version and for values that the version cannot carry. */
  encode(writer: Writer, message: T | Encodable<T>, version: number): void;
  /** Throws `MalformedError` for an unknown version and for bytes that are not such a message. */
  decode(reader: Reader, version: number): T;
}
