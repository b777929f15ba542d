// Generated from schemas/describe-quorum.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeQuorumRequest (key 55): versions 0 to 2, flexible from 0. */
export interface DescribeQuorumRequest {
  topics: DescribeQuorumRequestTopicData[];
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumRequest(
  init: Partial<DescribeQuorumRequest> = {},
): DescribeQuorumRequest {
  return {
    topics: init.topics ?? [],
  };
}

export interface DescribeQuorumRequestTopicData {
  topicName: string;
  partitions: DescribeQuorumRequestPartitionData[];
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumRequestTopicData(
  init: Partial<DescribeQuorumRequestTopicData> = {},
): DescribeQuorumRequestTopicData {
  return {
    topicName: init.topicName ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface DescribeQuorumRequestPartitionData {
  partitionIndex: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumRequestPartitionData(
  init: Partial<DescribeQuorumRequestPartitionData> = {},
): DescribeQuorumRequestPartitionData {
  return {
    partitionIndex: init.partitionIndex ?? 0,
  };
}

function encodeDescribeQuorumRequest(
  writer: Writer,
  message: Encodable<DescribeQuorumRequest>,
): void {
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeQuorumRequestTopicData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumRequest(reader: Reader): DescribeQuorumRequest {
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: DescribeQuorumRequestTopicData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeQuorumRequestTopicData(reader));
  }
  reader.skipTaggedFields();
  return {
    topics,
  };
}

function encodeDescribeQuorumRequestTopicData(
  writer: Writer,
  message: DescribeQuorumRequestTopicData,
): void {
  writer.writeString(message.topicName, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeDescribeQuorumRequestPartitionData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumRequestTopicData(reader: Reader): DescribeQuorumRequestTopicData {
  const topicName = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 5);
  const partitions: DescribeQuorumRequestPartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDescribeQuorumRequestPartitionData(reader));
  }
  reader.skipTaggedFields();
  return {
    topicName,
    partitions,
  };
}

function encodeDescribeQuorumRequestPartitionData(
  writer: Writer,
  message: DescribeQuorumRequestPartitionData,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumRequestPartitionData(
  reader: Reader,
): DescribeQuorumRequestPartitionData {
  const partitionIndex = reader.readInt32();
  reader.skipTaggedFields();
  return {
    partitionIndex,
  };
}

export const DescribeQuorumRequest: MessageCodec<DescribeQuorumRequest> = {
  name: 'DescribeQuorumRequest',
  apiKey: 55,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DescribeQuorumRequest', version, '0-2');
    }
    encodeDescribeQuorumRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DescribeQuorumRequest', version, '0-2', reader.offset);
    }
    return decodeDescribeQuorumRequest(reader);
  },
};
