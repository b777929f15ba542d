// Generated from schemas/list-offsets.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListOffsetsResponse (key 2): versions 1 to 11, flexible from 6. */
export interface ListOffsetsResponse {
  /** Versions 2+. */
  throttleTimeMs: number;
  topics: ListOffsetsResponseListOffsetsTopicResponse[];
}

/** Fields that are not given have their defaults. */
export function createListOffsetsResponse(
  init: Partial<ListOffsetsResponse> = {},
): ListOffsetsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface ListOffsetsResponseListOffsetsTopicResponse {
  name: string;
  partitions: ListOffsetsResponseListOffsetsPartitionResponse[];
}

/** Fields that are not given have their defaults. */
export function createListOffsetsResponseListOffsetsTopicResponse(
  init: Partial<ListOffsetsResponseListOffsetsTopicResponse> = {},
): ListOffsetsResponseListOffsetsTopicResponse {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface ListOffsetsResponseListOffsetsPartitionResponse {
  partitionIndex: number;
  errorCode: number;
  timestamp: number;
  offset: number;
  /** Versions 4+. */
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createListOffsetsResponseListOffsetsPartitionResponse(
  init: Partial<ListOffsetsResponseListOffsetsPartitionResponse> = {},
): ListOffsetsResponseListOffsetsPartitionResponse {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    timestamp: init.timestamp ?? -1,
    offset: init.offset ?? -1,
    leaderEpoch: init.leaderEpoch ?? -1,
  };
}

function encodeListOffsetsResponse(
  writer: Writer,
  message: Encodable<ListOffsetsResponse>,
  version: number,
): void {
  const flexible = version >= 6;
  if (version >= 2) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeListOffsetsResponseListOffsetsTopicResponse(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListOffsetsResponse(reader: Reader, version: number): ListOffsetsResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 2 ? reader.readInt32() : 0;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: ListOffsetsResponseListOffsetsTopicResponse[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeListOffsetsResponseListOffsetsTopicResponse(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
  };
}

function encodeListOffsetsResponseListOffsetsTopicResponse(
  writer: Writer,
  message: ListOffsetsResponseListOffsetsTopicResponse,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeListOffsetsResponseListOffsetsPartitionResponse(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListOffsetsResponseListOffsetsTopicResponse(
  reader: Reader,
  version: number,
): ListOffsetsResponseListOffsetsTopicResponse {
  const flexible = version >= 6;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 22);
  const partitions: ListOffsetsResponseListOffsetsPartitionResponse[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeListOffsetsResponseListOffsetsPartitionResponse(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeListOffsetsResponseListOffsetsPartitionResponse(
  writer: Writer,
  message: ListOffsetsResponseListOffsetsPartitionResponse,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeInt64(message.timestamp);
  writer.writeInt64(message.offset);
  if (version >= 4) {
    writer.writeInt32(message.leaderEpoch);
  } else if (message.leaderEpoch !== -1) {
    throw fieldNotInVersion('ListOffsetsResponseListOffsetsPartitionResponse', 'leaderEpoch', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListOffsetsResponseListOffsetsPartitionResponse(
  reader: Reader,
  version: number,
): ListOffsetsResponseListOffsetsPartitionResponse {
  const flexible = version >= 6;
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const timestamp = reader.readInt64();
  const offset = reader.readInt64();
  const leaderEpoch = version >= 4 ? reader.readInt32() : -1;
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    timestamp,
    offset,
    leaderEpoch,
  };
}

export const ListOffsetsResponse: MessageCodec<ListOffsetsResponse> = {
  name: 'ListOffsetsResponse',
  apiKey: 2,
  minVersion: 1,
  maxVersion: 11,
  flexibleVersion: 6,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 11)) {
      throw unknownVersionToEncode('ListOffsetsResponse', version, '1-11');
    }
    encodeListOffsetsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 11)) {
      throw unknownVersionToDecode('ListOffsetsResponse', version, '1-11', reader.offset);
    }
    return decodeListOffsetsResponse(reader, version);
  },
};
