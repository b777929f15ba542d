// Generated from schemas/delete-topics.json by packages/protocol/generator; do not edit.

import { nullNotAllowed, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteTopicsResponse (key 20): versions 1 to 6, flexible from 4. */
export interface DeleteTopicsResponse {
  throttleTimeMs: number;
  responses: DeleteTopicsResponseDeletableTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createDeleteTopicsResponse(
  init: Partial<DeleteTopicsResponse> = {},
): DeleteTopicsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    responses: init.responses ?? [],
  };
}

export interface DeleteTopicsResponseDeletableTopicResult {
  /** Null only in versions 6+. */
  name: string | null;
  /** Versions 6+. */
  topicId: string;
  errorCode: number;
  /** Versions 5+. */
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createDeleteTopicsResponseDeletableTopicResult(
  init: Partial<DeleteTopicsResponseDeletableTopicResult> = {},
): DeleteTopicsResponseDeletableTopicResult {
  return {
    name: init.name !== undefined ? init.name : '',
    topicId: init.topicId ?? ZERO_UUID,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeDeleteTopicsResponse(
  writer: Writer,
  message: Encodable<DeleteTopicsResponse>,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.responses.length, flexible);
  for (const element of message.responses) {
    encodeDeleteTopicsResponseDeletableTopicResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteTopicsResponse(reader: Reader, version: number): DeleteTopicsResponse {
  const flexible = version >= 4;
  const throttleTimeMs = reader.readInt32();
  const responsesLength = reader.readArrayLength(flexible, 4);
  const responses: DeleteTopicsResponseDeletableTopicResult[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeDeleteTopicsResponseDeletableTopicResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    responses,
  };
}

function encodeDeleteTopicsResponseDeletableTopicResult(
  writer: Writer,
  message: DeleteTopicsResponseDeletableTopicResult,
  version: number,
): void {
  const flexible = version >= 4;
  if (message.name === null) {
    if (!(version >= 6)) throw nullNotAllowed('DeleteTopicsResponseDeletableTopicResult', 'name', version);
    writer.writeNullableString(null, flexible);
  } else {
    writer.writeString(message.name, flexible);
  }
  if (version >= 6) {
    writer.writeUuid(message.topicId);
  }
  writer.writeErrorCode(message.errorCode);
  if (version >= 5) {
    writer.writeNullableString(message.errorMessage, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteTopicsResponseDeletableTopicResult(
  reader: Reader,
  version: number,
): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4;
  const name = (version >= 6 ? reader.readNullableString(flexible) : reader.readString(flexible));
  const topicId = version >= 6 ? reader.readUuid() : ZERO_UUID;
  const errorCode = reader.readInt16();
  const errorMessage = version >= 5 ? reader.readNullableString(flexible) : null;
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    topicId,
    errorCode,
    errorMessage,
  };
}

export const DeleteTopicsResponse: MessageCodec<DeleteTopicsResponse> = {
  name: 'DeleteTopicsResponse',
  apiKey: 20,
  minVersion: 1,
  maxVersion: 6,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 6)) {
      throw unknownVersionToEncode('DeleteTopicsResponse', version, '1-6');
    }
    encodeDeleteTopicsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 6)) {
      throw unknownVersionToDecode('DeleteTopicsResponse', version, '1-6', reader.offset);
    }
    return decodeDeleteTopicsResponse(reader, version);
  },
};
