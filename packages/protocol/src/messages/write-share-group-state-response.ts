// Generated from schemas/write-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** WriteShareGroupStateResponse (key 85): versions 0 to 1, flexible from 0. */
export interface WriteShareGroupStateResponse {
  results: WriteShareGroupStateResponseWriteStateResult[];
}

/** Fields that are not given have their defaults. */
export function createWriteShareGroupStateResponse(
  init: Partial<WriteShareGroupStateResponse> = {},
): WriteShareGroupStateResponse {
  return {
    results: init.results ?? [],
  };
}

export interface WriteShareGroupStateResponseWriteStateResult {
  topicId: string;
  partitions: WriteShareGroupStateResponsePartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createWriteShareGroupStateResponseWriteStateResult(
  init: Partial<WriteShareGroupStateResponseWriteStateResult> = {},
): WriteShareGroupStateResponseWriteStateResult {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface WriteShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createWriteShareGroupStateResponsePartitionResult(
  init: Partial<WriteShareGroupStateResponsePartitionResult> = {},
): WriteShareGroupStateResponsePartitionResult {
  return {
    partition: init.partition ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeWriteShareGroupStateResponse(
  writer: Writer,
  message: Encodable<WriteShareGroupStateResponse>,
): void {
  writer.writeArrayLength(message.results.length, true);
  for (const element of message.results) {
    encodeWriteShareGroupStateResponseWriteStateResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteShareGroupStateResponse(reader: Reader): WriteShareGroupStateResponse {
  const resultsLength = reader.readArrayLength(true, 18);
  const results: WriteShareGroupStateResponseWriteStateResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeWriteShareGroupStateResponseWriteStateResult(reader));
  }
  reader.skipTaggedFields();
  return {
    results,
  };
}

function encodeWriteShareGroupStateResponseWriteStateResult(
  writer: Writer,
  message: WriteShareGroupStateResponseWriteStateResult,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeWriteShareGroupStateResponsePartitionResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteShareGroupStateResponseWriteStateResult(
  reader: Reader,
): WriteShareGroupStateResponseWriteStateResult {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 8);
  const partitions: WriteShareGroupStateResponsePartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeWriteShareGroupStateResponsePartitionResult(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeWriteShareGroupStateResponsePartitionResult(
  writer: Writer,
  message: WriteShareGroupStateResponsePartitionResult,
): void {
  writer.writeInt32(message.partition);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeWriteShareGroupStateResponsePartitionResult(
  reader: Reader,
): WriteShareGroupStateResponsePartitionResult {
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

export const WriteShareGroupStateResponse: MessageCodec<WriteShareGroupStateResponse> = {
  name: 'WriteShareGroupStateResponse',
  apiKey: 85,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('WriteShareGroupStateResponse', version, '0-1');
    }
    encodeWriteShareGroupStateResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('WriteShareGroupStateResponse', version, '0-1', reader.offset);
    }
    return decodeWriteShareGroupStateResponse(reader);
  },
};
