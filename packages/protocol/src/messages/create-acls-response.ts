// Generated from schemas/create-acls.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreateAclsResponse (key 30): versions 1 to 3, flexible from 2. */
export interface CreateAclsResponse {
  throttleTimeMs: number;
  results: CreateAclsResponseAclCreationResult[];
}

/** Fields that are not given have their defaults. */
export function createCreateAclsResponse(
  init: Partial<CreateAclsResponse> = {},
): CreateAclsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    results: init.results ?? [],
  };
}

export interface CreateAclsResponseAclCreationResult {
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createCreateAclsResponseAclCreationResult(
  init: Partial<CreateAclsResponseAclCreationResult> = {},
): CreateAclsResponseAclCreationResult {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
  };
}

function encodeCreateAclsResponse(
  writer: Writer,
  message: Encodable<CreateAclsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.results.length, flexible);
  for (const element of message.results) {
    encodeCreateAclsResponseAclCreationResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateAclsResponse(reader: Reader, version: number): CreateAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const resultsLength = reader.readArrayLength(flexible, 4);
  const results: CreateAclsResponseAclCreationResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeCreateAclsResponseAclCreationResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    results,
  };
}

function encodeCreateAclsResponseAclCreationResult(
  writer: Writer,
  message: CreateAclsResponseAclCreationResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateAclsResponseAclCreationResult(
  reader: Reader,
  version: number,
): CreateAclsResponseAclCreationResult {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
  };
}

export const CreateAclsResponse: MessageCodec<CreateAclsResponse> = {
  name: 'CreateAclsResponse',
  apiKey: 30,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('CreateAclsResponse', version, '1-3');
    }
    encodeCreateAclsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('CreateAclsResponse', version, '1-3', reader.offset);
    }
    return decodeCreateAclsResponse(reader, version);
  },
};
