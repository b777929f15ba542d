// Generated from schemas/describe-share-group-offsets.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeShareGroupOffsetsRequest (key 90): versions 0 to 1, flexible from 0. */
export interface DescribeShareGroupOffsetsRequest {
  groups: DescribeShareGroupOffsetsRequestGroup[];
}

/** Fields that are not given have their defaults. */
export function createDescribeShareGroupOffsetsRequest(
  init: Partial<DescribeShareGroupOffsetsRequest> = {},
): DescribeShareGroupOffsetsRequest {
  return {
    groups: init.groups ?? [],
  };
}

export interface DescribeShareGroupOffsetsRequestGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsRequestTopic[] | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeShareGroupOffsetsRequestGroup(
  init: Partial<DescribeShareGroupOffsetsRequestGroup> = {},
): DescribeShareGroupOffsetsRequestGroup {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics !== undefined ? init.topics : [],
  };
}

export interface DescribeShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createDescribeShareGroupOffsetsRequestTopic(
  init: Partial<DescribeShareGroupOffsetsRequestTopic> = {},
): DescribeShareGroupOffsetsRequestTopic {
  return {
    topicName: init.topicName ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeDescribeShareGroupOffsetsRequest(
  writer: Writer,
  message: Encodable<DescribeShareGroupOffsetsRequest>,
): void {
  writer.writeArrayLength(message.groups.length, true);
  for (const element of message.groups) {
    encodeDescribeShareGroupOffsetsRequestGroup(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeShareGroupOffsetsRequest(reader: Reader): DescribeShareGroupOffsetsRequest {
  const groupsLength = reader.readArrayLength(true, 3);
  const groups: DescribeShareGroupOffsetsRequestGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeDescribeShareGroupOffsetsRequestGroup(reader));
  }
  reader.skipTaggedFields();
  return {
    groups,
  };
}

function encodeDescribeShareGroupOffsetsRequestGroup(
  writer: Writer,
  message: DescribeShareGroupOffsetsRequestGroup,
): void {
  writer.writeString(message.groupId, true);
  if (message.topics === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.topics.length, true);
    for (const element of message.topics) {
      encodeDescribeShareGroupOffsetsRequestTopic(writer, element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeShareGroupOffsetsRequestGroup(
  reader: Reader,
): DescribeShareGroupOffsetsRequestGroup {
  const groupId = reader.readString(true);
  const topicsLength = reader.readNullableArrayLength(true, 3);
  const topics: DescribeShareGroupOffsetsRequestTopic[] | null = topicsLength < 0 ? null : [];
  for (let i = 0; i < topicsLength; i++) {
    topics!.push(decodeDescribeShareGroupOffsetsRequestTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeDescribeShareGroupOffsetsRequestTopic(
  writer: Writer,
  message: DescribeShareGroupOffsetsRequestTopic,
): void {
  writer.writeString(message.topicName, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeShareGroupOffsetsRequestTopic(
  reader: Reader,
): DescribeShareGroupOffsetsRequestTopic {
  const topicName = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    topicName,
    partitions,
  };
}

export const DescribeShareGroupOffsetsRequest: MessageCodec<DescribeShareGroupOffsetsRequest> = {
  name: 'DescribeShareGroupOffsetsRequest',
  apiKey: 90,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('DescribeShareGroupOffsetsRequest', version, '0-1');
    }
    encodeDescribeShareGroupOffsetsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('DescribeShareGroupOffsetsRequest', version, '0-1', reader.offset);
    }
    return decodeDescribeShareGroupOffsetsRequest(reader);
  },
};
