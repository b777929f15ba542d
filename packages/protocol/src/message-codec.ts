import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

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
  encode(writer: Writer, message: T, version: number): void;
  /** Throws `MalformedError` for an unknown version and for bytes that are not such a message. */
  decode(reader: Reader, version: number): T;
}
