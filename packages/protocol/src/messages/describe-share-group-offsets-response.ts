// Generated from schemas/describe-share-group-offsets.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeShareGroupOffsetsResponse (key 90): versions 0 to 1, flexible from 0. */
export interface DescribeShareGroupOffsetsResponse {
  throttleTimeMs: number;
  groups: DescribeShareGroupOffsetsResponseGroup[];
}

/** Fields that are not given have their defaults. */
export function createDescribeShareGroupOffsetsResponse(
  init: Partial<DescribeShareGroupOffsetsResponse> = {},
): DescribeShareGroupOffsetsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    groups: init.groups ?? [],
  };
}

export interface DescribeShareGroupOffsetsResponseGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsResponseTopic[];
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeShareGroupOffsetsResponseGroup(
  init: Partial<DescribeShareGroupOffsetsResponseGroup> = {},
): DescribeShareGroupOffsetsResponseGroup {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

export interface DescribeShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  partitions: DescribeShareGroupOffsetsResponsePartition[];
}

/** Fields that are not given have their defaults. */
export function createDescribeShareGroupOffsetsResponseTopic(
  init: Partial<DescribeShareGroupOffsetsResponseTopic> = {},
): DescribeShareGroupOffsetsResponseTopic {
  return {
    topicName: init.topicName ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface DescribeShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  startOffset: number;
  leaderEpoch: number;
  /** Versions 1+. */
  lag: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeShareGroupOffsetsResponsePartition(
  init: Partial<DescribeShareGroupOffsetsResponsePartition> = {},
): DescribeShareGroupOffsetsResponsePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    startOffset: init.startOffset ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
    lag: init.lag ?? -1,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeDescribeShareGroupOffsetsResponse(
  writer: Writer,
  message: Encodable<DescribeShareGroupOffsetsResponse>,
  version: number,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.groups.length, true);
  for (const element of message.groups) {
    encodeDescribeShareGroupOffsetsResponseGroup(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeShareGroupOffsetsResponse(
  reader: Reader,
  version: number,
): DescribeShareGroupOffsetsResponse {
  const throttleTimeMs = reader.readInt32();
  const groupsLength = reader.readArrayLength(true, 6);
  const groups: DescribeShareGroupOffsetsResponseGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeDescribeShareGroupOffsetsResponseGroup(reader, version));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    groups,
  };
}

function encodeDescribeShareGroupOffsetsResponseGroup(
  writer: Writer,
  message: DescribeShareGroupOffsetsResponseGroup,
  version: number,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeShareGroupOffsetsResponseTopic(writer, element, version);
  }
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeShareGroupOffsetsResponseGroup(
  reader: Reader,
  version: number,
): DescribeShareGroupOffsetsResponseGroup {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 19);
  const topics: DescribeShareGroupOffsetsResponseTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeShareGroupOffsetsResponseTopic(reader, version));
  }
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
    errorCode,
    errorMessage,
  };
}

function encodeDescribeShareGroupOffsetsResponseTopic(
  writer: Writer,
  message: DescribeShareGroupOffsetsResponseTopic,
  version: number,
): void {
  writer.writeString(message.topicName, true);
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeDescribeShareGroupOffsetsResponsePartition(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeShareGroupOffsetsResponseTopic(
  reader: Reader,
  version: number,
): DescribeShareGroupOffsetsResponseTopic {
  const topicName = reader.readString(true);
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 20);
  const partitions: DescribeShareGroupOffsetsResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDescribeShareGroupOffsetsResponsePartition(reader, version));
  }
  reader.skipTaggedFields();
  return {
    topicName,
    topicId,
    partitions,
  };
}

function encodeDescribeShareGroupOffsetsResponsePartition(
  writer: Writer,
  message: DescribeShareGroupOffsetsResponsePartition,
  version: number,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.startOffset);
  writer.writeInt32(message.leaderEpoch);
  if (version >= 1) {
    writer.writeInt64(message.lag);
  }
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeShareGroupOffsetsResponsePartition(
  reader: Reader,
  version: number,
): DescribeShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.readInt32();
  const startOffset = reader.readInt64();
  const leaderEpoch = reader.readInt32();
  const lag = version >= 1 ? reader.readInt64() : -1;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    partitionIndex,
    startOffset,
    leaderEpoch,
    lag,
    errorCode,
    errorMessage,
  };
}

export const DescribeShareGroupOffsetsResponse: MessageCodec<DescribeShareGroupOffsetsResponse> = {
  name: 'DescribeShareGroupOffsetsResponse',
  apiKey: 90,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('DescribeShareGroupOffsetsResponse', version, '0-1');
    }
    encodeDescribeShareGroupOffsetsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('DescribeShareGroupOffsetsResponse', version, '0-1', reader.offset);
    }
    return decodeDescribeShareGroupOffsetsResponse(reader, version);
  },
};
