// Generated from schemas/offset-delete.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetDeleteResponse (key 47): version 0, never flexible. */
export interface OffsetDeleteResponse {
  errorCode: number;
  throttleTimeMs: number;
  topics: OffsetDeleteResponseTopic[];
}

/** Fields that are not given have their defaults. */
export function createOffsetDeleteResponse(
  init: Partial<OffsetDeleteResponse> = {},
): OffsetDeleteResponse {
  return {
    errorCode: init.errorCode ?? 0,
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface OffsetDeleteResponseTopic {
  name: string;
  partitions: OffsetDeleteResponsePartition[];
}

/** Fields that are not given have their defaults. */
export function createOffsetDeleteResponseTopic(
  init: Partial<OffsetDeleteResponseTopic> = {},
): OffsetDeleteResponseTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface OffsetDeleteResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetDeleteResponsePartition(
  init: Partial<OffsetDeleteResponsePartition> = {},
): OffsetDeleteResponsePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeOffsetDeleteResponse(
  writer: Writer,
  message: Encodable<OffsetDeleteResponse>,
): void {
  writer.writeErrorCode(message.errorCode);
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.topics.length, false);
  for (const element of message.topics) {
    encodeOffsetDeleteResponseTopic(writer, element);
  }
}

function decodeOffsetDeleteResponse(reader: Reader): OffsetDeleteResponse {
  const errorCode = reader.readInt16();
  const throttleTimeMs = reader.readInt32();
  const topicsLength = reader.readArrayLength(false, 6);
  const topics: OffsetDeleteResponseTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetDeleteResponseTopic(reader));
  }
  return {
    errorCode,
    throttleTimeMs,
    topics,
  };
}

function encodeOffsetDeleteResponseTopic(writer: Writer, message: OffsetDeleteResponseTopic): void {
  writer.writeString(message.name, false);
  writer.writeArrayLength(message.partitions.length, false);
  for (const element of message.partitions) {
    encodeOffsetDeleteResponsePartition(writer, element);
  }
}

function decodeOffsetDeleteResponseTopic(reader: Reader): OffsetDeleteResponseTopic {
  const name = reader.readString(false);
  const partitionsLength = reader.readArrayLength(false, 6);
  const partitions: OffsetDeleteResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetDeleteResponsePartition(reader));
  }
  return {
    name,
    partitions,
  };
}

function encodeOffsetDeleteResponsePartition(
  writer: Writer,
  message: OffsetDeleteResponsePartition,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
}

function decodeOffsetDeleteResponsePartition(reader: Reader): OffsetDeleteResponsePartition {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  return {
    partitionIndex,
    errorCode,
  };
}

export const OffsetDeleteResponse: MessageCodec<OffsetDeleteResponse> = {
  name: 'OffsetDeleteResponse',
  apiKey: 47,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('OffsetDeleteResponse', version, '0');
    }
    encodeOffsetDeleteResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('OffsetDeleteResponse', version, '0', reader.offset);
    }
    return decodeOffsetDeleteResponse(reader);
  },
};
