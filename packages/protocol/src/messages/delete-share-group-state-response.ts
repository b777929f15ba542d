// Generated from schemas/delete-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteShareGroupStateResponse (key 86): version 0, flexible from 0. */
export interface DeleteShareGroupStateResponse {
  results: DeleteShareGroupStateResponseDeleteStateResult[];
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupStateResponse(
  init: Partial<DeleteShareGroupStateResponse> = {},
): DeleteShareGroupStateResponse {
  return {
    results: init.results ?? [],
  };
}

export interface DeleteShareGroupStateResponseDeleteStateResult {
  topicId: string;
  partitions: DeleteShareGroupStateResponsePartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupStateResponseDeleteStateResult(
  init: Partial<DeleteShareGroupStateResponseDeleteStateResult> = {},
): DeleteShareGroupStateResponseDeleteStateResult {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface DeleteShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupStateResponsePartitionResult(
  init: Partial<DeleteShareGroupStateResponsePartitionResult> = {},
): DeleteShareGroupStateResponsePartitionResult {
  return {
    partition: init.partition ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeDeleteShareGroupStateResponse(
  writer: Writer,
  message: Encodable<DeleteShareGroupStateResponse>,
): void {
  writer.writeArrayLength(message.results.length, true);
  for (const element of message.results) {
    encodeDeleteShareGroupStateResponseDeleteStateResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupStateResponse(reader: Reader): DeleteShareGroupStateResponse {
  const resultsLength = reader.readArrayLength(true, 18);
  const results: DeleteShareGroupStateResponseDeleteStateResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeDeleteShareGroupStateResponseDeleteStateResult(reader));
  }
  reader.skipTaggedFields();
  return {
    results,
  };
}

function encodeDeleteShareGroupStateResponseDeleteStateResult(
  writer: Writer,
  message: DeleteShareGroupStateResponseDeleteStateResult,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeDeleteShareGroupStateResponsePartitionResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupStateResponseDeleteStateResult(
  reader: Reader,
): DeleteShareGroupStateResponseDeleteStateResult {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 8);
  const partitions: DeleteShareGroupStateResponsePartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDeleteShareGroupStateResponsePartitionResult(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeDeleteShareGroupStateResponsePartitionResult(
  writer: Writer,
  message: DeleteShareGroupStateResponsePartitionResult,
): void {
  writer.writeInt32(message.partition);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupStateResponsePartitionResult(
  reader: Reader,
): DeleteShareGroupStateResponsePartitionResult {
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    partition,
    errorCode,
    errorMessage,
  };
}

export const DeleteShareGroupStateResponse: MessageCodec<DeleteShareGroupStateResponse> = {
  name: 'DeleteShareGroupStateResponse',
  apiKey: 86,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DeleteShareGroupStateResponse', version, '0');
    }
    encodeDeleteShareGroupStateResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DeleteShareGroupStateResponse', version, '0', reader.offset);
    }
    return decodeDeleteShareGroupStateResponse(reader);
  },
};
