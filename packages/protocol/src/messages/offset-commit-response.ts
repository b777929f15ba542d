// Generated from schemas/offset-commit.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetCommitResponse (key 8): versions 2 to 10, flexible from 8. */
export interface OffsetCommitResponse {
  /** Versions 3+. */
  throttleTimeMs: number;
  topics: OffsetCommitResponseTopic[];
}

/** Fields that are not given have their defaults. */
export function createOffsetCommitResponse(
  init: Partial<OffsetCommitResponse> = {},
): OffsetCommitResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface OffsetCommitResponseTopic {
  /** Versions 2 to 9. */
  name: string;
  /** Versions 10+. */
  topicId: string;
  partitions: OffsetCommitResponsePartition[];
}

/** Fields that are not given have their defaults. */
export function createOffsetCommitResponseTopic(
  init: Partial<OffsetCommitResponseTopic> = {},
): OffsetCommitResponseTopic {
  return {
    name: init.name ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface OffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetCommitResponsePartition(
  init: Partial<OffsetCommitResponsePartition> = {},
): OffsetCommitResponsePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeOffsetCommitResponse(
  writer: Writer,
  message: Encodable<OffsetCommitResponse>,
  version: number,
): void {
  const flexible = version >= 8;
  if (version >= 3) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeOffsetCommitResponseTopic(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetCommitResponse(reader: Reader, version: number): OffsetCommitResponse {
  const flexible = version >= 8;
  const throttleTimeMs = version >= 3 ? reader.readInt32() : 0;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: OffsetCommitResponseTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetCommitResponseTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
  };
}

function encodeOffsetCommitResponseTopic(
  writer: Writer,
  message: OffsetCommitResponseTopic,
  version: number,
): void {
  const flexible = version >= 8;
  if (version <= 9) {
    writer.writeString(message.name, flexible);
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeOffsetCommitResponsePartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetCommitResponseTopic(
  reader: Reader,
  version: number,
): OffsetCommitResponseTopic {
  const flexible = version >= 8;
  const name = version <= 9 ? reader.readString(flexible) : '';
  const topicId = version >= 10 ? reader.readUuid() : ZERO_UUID;
  const partitionsLength = reader.readArrayLength(flexible, 6);
  const partitions: OffsetCommitResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetCommitResponsePartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    topicId,
    partitions,
  };
}

function encodeOffsetCommitResponsePartition(
  writer: Writer,
  message: OffsetCommitResponsePartition,
  version: number,
): void {
  const flexible = version >= 8;
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetCommitResponsePartition(
  reader: Reader,
  version: number,
): OffsetCommitResponsePartition {
  const flexible = version >= 8;
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
  };
}

export const OffsetCommitResponse: MessageCodec<OffsetCommitResponse> = {
  name: 'OffsetCommitResponse',
  apiKey: 8,
  minVersion: 2,
  maxVersion: 10,
  flexibleVersion: 8,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 2 && version <= 10)) {
      throw unknownVersionToEncode('OffsetCommitResponse', version, '2-10');
    }
    encodeOffsetCommitResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 2 && version <= 10)) {
      throw unknownVersionToDecode('OffsetCommitResponse', version, '2-10', reader.offset);
    }
    return decodeOffsetCommitResponse(reader, version);
  },
};
