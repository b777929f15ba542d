// Generated from schemas/describe-log-dirs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeLogDirsRequest (key 35): versions 1 to 5, flexible from 2. */
export interface DescribeLogDirsRequest {
  topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeLogDirsRequest(
  init: Partial<DescribeLogDirsRequest> = {},
): DescribeLogDirsRequest {
  return {
    topics: init.topics !== undefined ? init.topics : [],
  };
}

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  topic: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createDescribeLogDirsRequestDescribableLogDirTopic(
  init: Partial<DescribeLogDirsRequestDescribableLogDirTopic> = {},
): DescribeLogDirsRequestDescribableLogDirTopic {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeDescribeLogDirsRequest(
  writer: Writer,
  message: DescribeLogDirsRequest,
  version: number,
): void {
  const flexible = version >= 2;
  if (message.topics === null) {
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.topics.length, flexible);
    for (const element of message.topics) {
      encodeDescribeLogDirsRequestDescribableLogDirTopic(writer, element, version);
    }
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeLogDirsRequest(reader: Reader, version: number): DescribeLogDirsRequest {
  const flexible = version >= 2;
  const topicsLength = reader.readNullableArrayLength(flexible, 3);
  const topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null = topicsLength < 0 ? null : [];
  for (let i = 0; i < topicsLength; i++) {
    topics!.push(decodeDescribeLogDirsRequestDescribableLogDirTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topics,
  };
}

function encodeDescribeLogDirsRequestDescribableLogDirTopic(
  writer: Writer,
  message: DescribeLogDirsRequestDescribableLogDirTopic,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.topic, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeLogDirsRequestDescribableLogDirTopic(
  reader: Reader,
  version: number,
): DescribeLogDirsRequestDescribableLogDirTopic {
  const flexible = version >= 2;
  const topic = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    partitions,
  };
}

export const DescribeLogDirsRequest: MessageCodec<DescribeLogDirsRequest> = {
  name: 'DescribeLogDirsRequest',
  apiKey: 35,
  minVersion: 1,
  maxVersion: 5,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 5)) {
      throw unknownVersionToEncode('DescribeLogDirsRequest', version, '1-5');
    }
    encodeDescribeLogDirsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 5)) {
      throw unknownVersionToDecode('DescribeLogDirsRequest', version, '1-5', reader.offset);
    }
    return decodeDescribeLogDirsRequest(reader, version);
  },
};
