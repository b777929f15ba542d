// Generated from schemas/alter-share-group-offsets.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterShareGroupOffsetsResponse (key 91): version 0, flexible from 0. */
export interface AlterShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: AlterShareGroupOffsetsResponseTopic[];
}

/** Fields that are not given have their defaults. */
export function createAlterShareGroupOffsetsResponse(
  init: Partial<AlterShareGroupOffsetsResponse> = {},
): AlterShareGroupOffsetsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    responses: init.responses ?? [],
  };
}

export interface AlterShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  partitions: AlterShareGroupOffsetsResponsePartition[];
}

/** Fields that are not given have their defaults. */
export function createAlterShareGroupOffsetsResponseTopic(
  init: Partial<AlterShareGroupOffsetsResponseTopic> = {},
): AlterShareGroupOffsetsResponseTopic {
  return {
    topicName: init.topicName ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface AlterShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createAlterShareGroupOffsetsResponsePartition(
  init: Partial<AlterShareGroupOffsetsResponsePartition> = {},
): AlterShareGroupOffsetsResponsePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeAlterShareGroupOffsetsResponse(
  writer: Writer,
  message: Encodable<AlterShareGroupOffsetsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeArrayLength(message.responses.length, true);
  for (const element of message.responses) {
    encodeAlterShareGroupOffsetsResponseTopic(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterShareGroupOffsetsResponse(reader: Reader): AlterShareGroupOffsetsResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const responsesLength = reader.readArrayLength(true, 19);
  const responses: AlterShareGroupOffsetsResponseTopic[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeAlterShareGroupOffsetsResponseTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
  };
}

function encodeAlterShareGroupOffsetsResponseTopic(
  writer: Writer,
  message: AlterShareGroupOffsetsResponseTopic,
): void {
  writer.writeString(message.topicName, true);
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeAlterShareGroupOffsetsResponsePartition(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterShareGroupOffsetsResponseTopic(
  reader: Reader,
): AlterShareGroupOffsetsResponseTopic {
  const topicName = reader.readString(true);
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 8);
  const partitions: AlterShareGroupOffsetsResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeAlterShareGroupOffsetsResponsePartition(reader));
  }
  reader.skipTaggedFields();
  return {
    topicName,
    topicId,
    partitions,
  };
}

function encodeAlterShareGroupOffsetsResponsePartition(
  writer: Writer,
  message: AlterShareGroupOffsetsResponsePartition,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeAlterShareGroupOffsetsResponsePartition(
  reader: Reader,
): AlterShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
  };
}

export const AlterShareGroupOffsetsResponse: MessageCodec<AlterShareGroupOffsetsResponse> = {
  name: 'AlterShareGroupOffsetsResponse',
  apiKey: 91,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('AlterShareGroupOffsetsResponse', version, '0');
    }
    encodeAlterShareGroupOffsetsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('AlterShareGroupOffsetsResponse', version, '0', reader.offset);
    }
    return decodeAlterShareGroupOffsetsResponse(reader);
  },
};
