// Generated from schemas/create-partitions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreatePartitionsResponse (key 37): versions 0 to 3, flexible from 2. */
export interface CreatePartitionsResponse {
  throttleTimeMs: number;
  results: CreatePartitionsResponseCreatePartitionsTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createCreatePartitionsResponse(
  init: Partial<CreatePartitionsResponse> = {},
): CreatePartitionsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    results: init.results ?? [],
  };
}

export interface CreatePartitionsResponseCreatePartitionsTopicResult {
  name: string;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createCreatePartitionsResponseCreatePartitionsTopicResult(
  init: Partial<CreatePartitionsResponseCreatePartitionsTopicResult> = {},
): CreatePartitionsResponseCreatePartitionsTopicResult {
  return {
    name: init.name ?? '',
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeCreatePartitionsResponse(
  writer: Writer,
  message: Encodable<CreatePartitionsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.results.length, flexible);
  for (const element of message.results) {
    encodeCreatePartitionsResponseCreatePartitionsTopicResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreatePartitionsResponse(reader: Reader, version: number): CreatePartitionsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const resultsLength = reader.readArrayLength(flexible, 5);
  const results: CreatePartitionsResponseCreatePartitionsTopicResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeCreatePartitionsResponseCreatePartitionsTopicResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    results,
  };
}

function encodeCreatePartitionsResponseCreatePartitionsTopicResult(
  writer: Writer,
  message: CreatePartitionsResponseCreatePartitionsTopicResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.name, flexible);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreatePartitionsResponseCreatePartitionsTopicResult(
  reader: Reader,
  version: number,
): CreatePartitionsResponseCreatePartitionsTopicResult {
  const flexible = version >= 2;
  const name = reader.readString(flexible);
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    errorCode,
    errorMessage,
  };
}

export const CreatePartitionsResponse: MessageCodec<CreatePartitionsResponse> = {
  name: 'CreatePartitionsResponse',
  apiKey: 37,
  minVersion: 0,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToEncode('CreatePartitionsResponse', version, '0-3');
    }
    encodeCreatePartitionsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToDecode('CreatePartitionsResponse', version, '0-3', reader.offset);
    }
    return decodeCreatePartitionsResponse(reader, version);
  },
};
