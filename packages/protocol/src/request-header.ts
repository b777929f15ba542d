import { ApiKey, apiInfo } from './api-keys.ts';
import { MalformedError } from './malformed-error.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** What stands in front of every request. */
export interface RequestHeader {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
}

/** Header version of a request: 2 (with tagged fields) when its version is flexible, else 1. */
export function requestHeaderVersion(apiKey: number, apiVersion: number): number {
  return apiVersion >= (apiInfo(apiKey)?.flexibleVersion ?? Infinity) ? 2 : 1;
}

/**
 * Header version of a response: 1 (with tagged fields) when its version is flexible, else 0. ApiVersions always
 * answers with 0, since the client does not know yet what the broker speaks (KIP-511).
 */
export function responseHeaderVersion(apiKey: number, apiVersion: number): number {
  if (apiKey === ApiKey.ApiVersions) return 0;
  return apiVersion >= (apiInfo(apiKey)?.flexibleVersion ?? Infinity) ? 1 : 0;
}

/**
 * Reads the header of any request and leaves the reader at its body. The header of an API that the codec does not
 * know is read as version 1, so that the correlation id is there for an answer.
 */
export function decodeRequestHeader(reader: Reader): RequestHeader {
  const at = reader.offset;
  const apiKey = reader.readInt16();
  const apiVersion = reader.readInt16();
  if (apiKey < 0 || apiVersion < 0) {
    throw new MalformedError('api key and version', at, `${apiKey} and ${apiVersion}`);
  }
  const correlationId = reader.readInt32();
  // The client id keeps the old string form in all header versions (KIP-482).
  const clientId = reader.readNullableString(false);
  if (requestHeaderVersion(apiKey, apiVersion) >= 2) reader.skipTaggedFields();
  return { apiKey, apiVersion, correlationId, clientId };
}

export function encodeRequestHeader(writer: Writer, header: RequestHeader): void {
  writer.writeInt16(header.apiKey);
  writer.writeInt16(header.apiVersion);
  writer.writeInt32(header.correlationId);
  writer.writeNullableString(header.clientId, false);
  if (requestHeaderVersion(header.apiKey, header.apiVersion) >= 2) writer.writeUnsignedVarint(0);
}

/** Reads the header of the response to a request of this key and version; gives its correlation id. */
export function decodeResponseHeader(reader: Reader, apiKey: number, apiVersion: number): number {
  const correlationId = reader.readInt32();
  if (responseHeaderVersion(apiKey, apiVersion) >= 1) reader.skipTaggedFields();
  return correlationId;
}

export function encodeResponseHeader(
  writer: Writer,
  apiKey: number,
  apiVersion: number,
  correlationId: number,
): void {
  writer.writeInt32(correlationId);
  if (responseHeaderVersion(apiKey, apiVersion) >= 1) writer.writeUnsignedVarint(0);
}
