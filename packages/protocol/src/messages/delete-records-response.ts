// Generated from schemas/delete-records.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteRecordsResponse (key 21): versions 0 to 2, flexible from 2. */
export interface DeleteRecordsResponse {
  throttleTimeMs: number;
  topics: DeleteRecordsResponseDeleteRecordsTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createDeleteRecordsResponse(
  init: Partial<DeleteRecordsResponse> = {},
): DeleteRecordsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface DeleteRecordsResponseDeleteRecordsTopicResult {
  name: string;
  partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createDeleteRecordsResponseDeleteRecordsTopicResult(
  init: Partial<DeleteRecordsResponseDeleteRecordsTopicResult> = {},
): DeleteRecordsResponseDeleteRecordsTopicResult {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface DeleteRecordsResponseDeleteRecordsPartitionResult {
  partitionIndex: number;
  lowWatermark: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteRecordsResponseDeleteRecordsPartitionResult(
  init: Partial<DeleteRecordsResponseDeleteRecordsPartitionResult> = {},
): DeleteRecordsResponseDeleteRecordsPartitionResult {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    lowWatermark: init.lowWatermark ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeDeleteRecordsResponse(
  writer: Writer,
  message: Encodable<DeleteRecordsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeDeleteRecordsResponseDeleteRecordsTopicResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteRecordsResponse(reader: Reader, version: number): DeleteRecordsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: DeleteRecordsResponseDeleteRecordsTopicResult[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDeleteRecordsResponseDeleteRecordsTopicResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
  };
}

function encodeDeleteRecordsResponseDeleteRecordsTopicResult(
  writer: Writer,
  message: DeleteRecordsResponseDeleteRecordsTopicResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeDeleteRecordsResponseDeleteRecordsPartitionResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteRecordsResponseDeleteRecordsTopicResult(
  reader: Reader,
  version: number,
): DeleteRecordsResponseDeleteRecordsTopicResult {
  const flexible = version >= 2;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 14);
  const partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDeleteRecordsResponseDeleteRecordsPartitionResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeDeleteRecordsResponseDeleteRecordsPartitionResult(
  writer: Writer,
  message: DeleteRecordsResponseDeleteRecordsPartitionResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.lowWatermark);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteRecordsResponseDeleteRecordsPartitionResult(
  reader: Reader,
  version: number,
): DeleteRecordsResponseDeleteRecordsPartitionResult {
  const flexible = version >= 2;
  const partitionIndex = reader.readInt32();
  const lowWatermark = reader.readInt64();
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    lowWatermark,
    errorCode,
  };
}

export const DeleteRecordsResponse: MessageCodec<DeleteRecordsResponse> = {
  name: 'DeleteRecordsResponse',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DeleteRecordsResponse', version, '0-2');
    }
    encodeDeleteRecordsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DeleteRecordsResponse', version, '0-2', reader.offset);
    }
    return decodeDeleteRecordsResponse(reader, version);
  },
};
