// Generated from schemas/describe-topic-partitions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeTopicPartitionsRequest (key 75): version 0, flexible from 0. */
export interface DescribeTopicPartitionsRequest {
  topics: DescribeTopicPartitionsRequestTopicRequest[];
  responsePartitionLimit: number;
  cursor: DescribeTopicPartitionsRequestCursor | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeTopicPartitionsRequest(
  init: Partial<DescribeTopicPartitionsRequest> = {},
): DescribeTopicPartitionsRequest {
  return {
    topics: init.topics ?? [],
    responsePartitionLimit: init.responsePartitionLimit ?? 2000,
    cursor: init.cursor ?? null,
  };
}

export interface DescribeTopicPartitionsRequestTopicRequest {
  name: string;
}

/** Fields that are not given have their defaults. */
export function createDescribeTopicPartitionsRequestTopicRequest(
  init: Partial<DescribeTopicPartitionsRequestTopicRequest> = {},
): DescribeTopicPartitionsRequestTopicRequest {
  return {
    name: init.name ?? '',
  };
}

export interface DescribeTopicPartitionsRequestCursor {
  topicName: string;
  partitionIndex: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeTopicPartitionsRequestCursor(
  init: Partial<DescribeTopicPartitionsRequestCursor> = {},
): DescribeTopicPartitionsRequestCursor {
  return {
    topicName: init.topicName ?? '',
    partitionIndex: init.partitionIndex ?? 0,
  };
}

function encodeDescribeTopicPartitionsRequest(
  writer: Writer,
  message: Encodable<DescribeTopicPartitionsRequest>,
): void {
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeTopicPartitionsRequestTopicRequest(writer, element);
  }
  writer.writeInt32(message.responsePartitionLimit);
  if (message.cursor === null) {
    writer.writeInt8(-1);
  } else {
    writer.writeInt8(1);
    encodeDescribeTopicPartitionsRequestCursor(writer, message.cursor);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTopicPartitionsRequest(reader: Reader): DescribeTopicPartitionsRequest {
  const topicsLength = reader.readArrayLength(true, 2);
  const topics: DescribeTopicPartitionsRequestTopicRequest[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeTopicPartitionsRequestTopicRequest(reader));
  }
  const responsePartitionLimit = reader.readInt32();
  const cursor = reader.readInt8() < 0 ? null : decodeDescribeTopicPartitionsRequestCursor(reader);
  reader.skipTaggedFields();
  return {
    topics,
    responsePartitionLimit,
    cursor,
  };
}

function encodeDescribeTopicPartitionsRequestTopicRequest(
  writer: Writer,
  message: DescribeTopicPartitionsRequestTopicRequest,
): void {
  writer.writeString(message.name, true);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTopicPartitionsRequestTopicRequest(
  reader: Reader,
): DescribeTopicPartitionsRequestTopicRequest {
  const name = reader.readString(true);
  reader.skipTaggedFields();
  return {
    name,
  };
}

function encodeDescribeTopicPartitionsRequestCursor(
  writer: Writer,
  message: DescribeTopicPartitionsRequestCursor,
): void {
  writer.writeString(message.topicName, true);
  writer.writeInt32(message.partitionIndex);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTopicPartitionsRequestCursor(
  reader: Reader,
): DescribeTopicPartitionsRequestCursor {
  const topicName = reader.readString(true);
  const partitionIndex = reader.readInt32();
  reader.skipTaggedFields();
  return {
    topicName,
    partitionIndex,
  };
}

export const DescribeTopicPartitionsRequest: MessageCodec<DescribeTopicPartitionsRequest> = {
  name: 'DescribeTopicPartitionsRequest',
  apiKey: 75,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeTopicPartitionsRequest', version, '0');
    }
    encodeDescribeTopicPartitionsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeTopicPartitionsRequest', version, '0', reader.offset);
    }
    return decodeDescribeTopicPartitionsRequest(reader);
  },
};
