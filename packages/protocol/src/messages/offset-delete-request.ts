// Generated from schemas/offset-delete.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetDeleteRequest (key 47): version 0, never flexible. */
export interface OffsetDeleteRequest {
  groupId: string;
  topics: OffsetDeleteRequestTopic[];
}

/** Fields that are not given have their defaults. */
export function createOffsetDeleteRequest(
  init: Partial<OffsetDeleteRequest> = {},
): OffsetDeleteRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface OffsetDeleteRequestTopic {
  name: string;
  partitions: OffsetDeleteRequestPartition[];
}

/** Fields that are not given have their defaults. */
export function createOffsetDeleteRequestTopic(
  init: Partial<OffsetDeleteRequestTopic> = {},
): OffsetDeleteRequestTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface OffsetDeleteRequestPartition {
  partitionIndex: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetDeleteRequestPartition(
  init: Partial<OffsetDeleteRequestPartition> = {},
): OffsetDeleteRequestPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
  };
}

function encodeOffsetDeleteRequest(writer: Writer, message: Encodable<OffsetDeleteRequest>): void {
  writer.writeString(message.groupId, false);
  writer.writeArrayLength(message.topics.length, false);
  for (const element of message.topics) {
    encodeOffsetDeleteRequestTopic(writer, element);
  }
}

function decodeOffsetDeleteRequest(reader: Reader): OffsetDeleteRequest {
  const groupId = reader.readString(false);
  const topicsLength = reader.readArrayLength(false, 6);
  const topics: OffsetDeleteRequestTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetDeleteRequestTopic(reader));
  }
  return {
    groupId,
    topics,
  };
}

function encodeOffsetDeleteRequestTopic(writer: Writer, message: OffsetDeleteRequestTopic): void {
  writer.writeString(message.name, false);
  writer.writeArrayLength(message.partitions.length, false);
  for (const element of message.partitions) {
    encodeOffsetDeleteRequestPartition(writer, element);
  }
}

function decodeOffsetDeleteRequestTopic(reader: Reader): OffsetDeleteRequestTopic {
  const name = reader.readString(false);
  const partitionsLength = reader.readArrayLength(false, 4);
  const partitions: OffsetDeleteRequestPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetDeleteRequestPartition(reader));
  }
  return {
    name,
    partitions,
  };
}

function encodeOffsetDeleteRequestPartition(
  writer: Writer,
  message: OffsetDeleteRequestPartition,
): void {
  writer.writeInt32(message.partitionIndex);
}

function decodeOffsetDeleteRequestPartition(reader: Reader): OffsetDeleteRequestPartition {
  const partitionIndex = reader.readInt32();
  return {
    partitionIndex,
  };
}

export const OffsetDeleteRequest: MessageCodec<OffsetDeleteRequest> = {
  name: 'OffsetDeleteRequest',
  apiKey: 47,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('OffsetDeleteRequest', version, '0');
    }
    encodeOffsetDeleteRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('OffsetDeleteRequest', version, '0', reader.offset);
    }
    return decodeOffsetDeleteRequest(reader);
  },
};
