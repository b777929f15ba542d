// Generated from schemas/alter-share-group-offsets.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterShareGroupOffsetsRequest (key 91): version 0, flexible from 0. */
export interface AlterShareGroupOffsetsRequest {
  groupId: string;
  topics: AlterShareGroupOffsetsRequestTopic[];
}

/** Fields that are not given have their defaults. */
export function createAlterShareGroupOffsetsRequest(
  init: Partial<AlterShareGroupOffsetsRequest> = {},
): AlterShareGroupOffsetsRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface AlterShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: AlterShareGroupOffsetsRequestPartition[];
}

/** Fields that are not given have their defaults. */
export function createAlterShareGroupOffsetsRequestTopic(
  init: Partial<AlterShareGroupOffsetsRequestTopic> = {},
): AlterShareGroupOffsetsRequestTopic {
  return {
    topicName: init.topicName ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface AlterShareGroupOffsetsRequestPartition {
  partitionIndex: number;
  startOffset: number;
}

/** Fields that are not given have their defaults. */
export function createAlterShareGroupOffsetsRequestPartition(
  init: Partial<AlterShareGroupOffsetsRequestPartition> = {},
): AlterShareGroupOffsetsRequestPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    startOffset: init.startOffset ?? 0,
  };
}

function encodeAlterShareGroupOffsetsRequest(
  writer: Writer,
  message: Encodable<AlterShareGroupOffsetsRequest>,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeAlterShareGroupOffsetsRequestTopic(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterShareGroupOffsetsRequest(reader: Reader): AlterShareGroupOffsetsRequest {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: AlterShareGroupOffsetsRequestTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeAlterShareGroupOffsetsRequestTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeAlterShareGroupOffsetsRequestTopic(
  writer: Writer,
  message: AlterShareGroupOffsetsRequestTopic,
): void {
  writer.writeString(message.topicName, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeAlterShareGroupOffsetsRequestPartition(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterShareGroupOffsetsRequestTopic(
  reader: Reader,
): AlterShareGroupOffsetsRequestTopic {
  const topicName = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 13);
  const partitions: AlterShareGroupOffsetsRequestPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeAlterShareGroupOffsetsRequestPartition(reader));
  }
  reader.skipTaggedFields();
  return {
    topicName,
    partitions,
  };
}

function encodeAlterShareGroupOffsetsRequestPartition(
  writer: Writer,
  message: AlterShareGroupOffsetsRequestPartition,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.startOffset);
  writer.writeUnsignedVarint(0);
}

function decodeAlterShareGroupOffsetsRequestPartition(
  reader: Reader,
): AlterShareGroupOffsetsRequestPartition {
  const partitionIndex = reader.readInt32();
  const startOffset = reader.readInt64();
  reader.skipTaggedFields();
  return {
    partitionIndex,
    startOffset,
  };
}

export const AlterShareGroupOffsetsRequest: MessageCodec<AlterShareGroupOffsetsRequest> = {
  name: 'AlterShareGroupOffsetsRequest',
  apiKey: 91,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('AlterShareGroupOffsetsRequest', version, '0');
    }
    encodeAlterShareGroupOffsetsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('AlterShareGroupOffsetsRequest', version, '0', reader.offset);
    }
    return decodeAlterShareGroupOffsetsRequest(reader);
  },
};
