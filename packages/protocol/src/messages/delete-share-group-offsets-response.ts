// Generated from schemas/delete-share-group-offsets.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteShareGroupOffsetsResponse (key 92): version 0, flexible from 0. */
export interface DeleteShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: DeleteShareGroupOffsetsResponseTopic[];
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupOffsetsResponse(
  init: Partial<DeleteShareGroupOffsetsResponse> = {},
): DeleteShareGroupOffsetsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    responses: init.responses ?? [],
  };
}

export interface DeleteShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupOffsetsResponseTopic(
  init: Partial<DeleteShareGroupOffsetsResponseTopic> = {},
): DeleteShareGroupOffsetsResponseTopic {
  return {
    topicName: init.topicName ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeDeleteShareGroupOffsetsResponse(
  writer: Writer,
  message: Encodable<DeleteShareGroupOffsetsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeArrayLength(message.responses.length, true);
  for (const element of message.responses) {
    encodeDeleteShareGroupOffsetsResponseTopic(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupOffsetsResponse(reader: Reader): DeleteShareGroupOffsetsResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const responsesLength = reader.readArrayLength(true, 21);
  const responses: DeleteShareGroupOffsetsResponseTopic[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeDeleteShareGroupOffsetsResponseTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
  };
}

function encodeDeleteShareGroupOffsetsResponseTopic(
  writer: Writer,
  message: DeleteShareGroupOffsetsResponseTopic,
): void {
  writer.writeString(message.topicName, true);
  writer.writeUuid(message.topicId);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupOffsetsResponseTopic(
  reader: Reader,
): DeleteShareGroupOffsetsResponseTopic {
  const topicName = reader.readString(true);
  const topicId = reader.readUuid();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    topicName,
    topicId,
    errorCode,
    errorMessage,
  };
}

export const DeleteShareGroupOffsetsResponse: MessageCodec<DeleteShareGroupOffsetsResponse> = {
  name: 'DeleteShareGroupOffsetsResponse',
  apiKey: 92,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DeleteShareGroupOffsetsResponse', version, '0');
    }
    encodeDeleteShareGroupOffsetsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DeleteShareGroupOffsetsResponse', version, '0', reader.offset);
    }
    return decodeDeleteShareGroupOffsetsResponse(reader);
  },
};
