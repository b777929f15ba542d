// Generated from schemas/offset-for-leader-epoch.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetForLeaderEpochResponse (key 23): versions 2 to 4, flexible from 4. */
export interface OffsetForLeaderEpochResponse {
  throttleTimeMs: number;
  topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createOffsetForLeaderEpochResponse(
  init: Partial<OffsetForLeaderEpochResponse> = {},
): OffsetForLeaderEpochResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  topic: string;
  partitions: OffsetForLeaderEpochResponseEpochEndOffset[];
}

/** Fields that are not given have their defaults. */
export function createOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(
  init: Partial<OffsetForLeaderEpochResponseOffsetForLeaderTopicResult> = {},
): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  errorCode: number;
  partition: number;
  leaderEpoch: number;
  endOffset: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetForLeaderEpochResponseEpochEndOffset(
  init: Partial<OffsetForLeaderEpochResponseEpochEndOffset> = {},
): OffsetForLeaderEpochResponseEpochEndOffset {
  return {
    errorCode: init.errorCode ?? 0,
    partition: init.partition ?? 0,
    leaderEpoch: init.leaderEpoch ?? -1,
    endOffset: init.endOffset ?? -1,
  };
}

function encodeOffsetForLeaderEpochResponse(
  writer: Writer,
  message: Encodable<OffsetForLeaderEpochResponse>,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetForLeaderEpochResponse(
  reader: Reader,
  version: number,
): OffsetForLeaderEpochResponse {
  const flexible = version >= 4;
  const throttleTimeMs = reader.readInt32();
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
  };
}

function encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(
  writer: Writer,
  message: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.topic, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeOffsetForLeaderEpochResponseEpochEndOffset(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(
  reader: Reader,
  version: number,
): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version >= 4;
  const topic = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 18);
  const partitions: OffsetForLeaderEpochResponseEpochEndOffset[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetForLeaderEpochResponseEpochEndOffset(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    partitions,
  };
}

function encodeOffsetForLeaderEpochResponseEpochEndOffset(
  writer: Writer,
  message: OffsetForLeaderEpochResponseEpochEndOffset,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeErrorCode(message.errorCode);
  writer.writeInt32(message.partition);
  writer.writeInt32(message.leaderEpoch);
  writer.writeInt64(message.endOffset);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetForLeaderEpochResponseEpochEndOffset(
  reader: Reader,
  version: number,
): OffsetForLeaderEpochResponseEpochEndOffset {
  const flexible = version >= 4;
  const errorCode = reader.readInt16();
  const partition = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  const endOffset = reader.readInt64();
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    partition,
    leaderEpoch,
    endOffset,
  };
}

export const OffsetForLeaderEpochResponse: MessageCodec<OffsetForLeaderEpochResponse> = {
  name: 'OffsetForLeaderEpochResponse',
  apiKey: 23,
  minVersion: 2,
  maxVersion: 4,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 2 && version <= 4)) {
      throw unknownVersionToEncode('OffsetForLeaderEpochResponse', version, '2-4');
    }
    encodeOffsetForLeaderEpochResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 2 && version <= 4)) {
      throw unknownVersionToDecode('OffsetForLeaderEpochResponse', version, '2-4', reader.offset);
    }
    return decodeOffsetForLeaderEpochResponse(reader, version);
  },
};
