// Generated from schemas/describe-producers.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeProducersRequest (key 61): version 0, flexible from 0. */
export interface DescribeProducersRequest {
  topics: DescribeProducersRequestTopicRequest[];
}

/** Fields that are not given have their defaults. */
export function createDescribeProducersRequest(
  init: Partial<DescribeProducersRequest> = {},
): DescribeProducersRequest {
  return {
    topics: init.topics ?? [],
  };
}

export interface DescribeProducersRequestTopicRequest {
  name: string;
  partitionIndexes: number[];
}

/** Fields that are not given have their defaults. */
export function createDescribeProducersRequestTopicRequest(
  init: Partial<DescribeProducersRequestTopicRequest> = {},
): DescribeProducersRequestTopicRequest {
  return {
    name: init.name ?? '',
    partitionIndexes: init.partitionIndexes ?? [],
  };
}

function encodeDescribeProducersRequest(
  writer: Writer,
  message: Encodable<DescribeProducersRequest>,
): void {
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeProducersRequestTopicRequest(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeProducersRequest(reader: Reader): DescribeProducersRequest {
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: DescribeProducersRequestTopicRequest[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeProducersRequestTopicRequest(reader));
  }
  reader.skipTaggedFields();
  return {
    topics,
  };
}

function encodeDescribeProducersRequestTopicRequest(
  writer: Writer,
  message: DescribeProducersRequestTopicRequest,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitionIndexes.length, true);
  for (const element of message.partitionIndexes) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeProducersRequestTopicRequest(
  reader: Reader,
): DescribeProducersRequestTopicRequest {
  const name = reader.readString(true);
  const partitionIndexesLength = reader.readArrayLength(true, 4);
  const partitionIndexes: number[] = [];
  for (let i = 0; i < partitionIndexesLength; i++) {
    partitionIndexes.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    name,
    partitionIndexes,
  };
}

export const DescribeProducersRequest: MessageCodec<DescribeProducersRequest> = {
  name: 'DescribeProducersRequest',
  apiKey: 61,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeProducersRequest', version, '0');
    }
    encodeDescribeProducersRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeProducersRequest', version, '0', reader.offset);
    }
    return decodeDescribeProducersRequest(reader);
  },
};
