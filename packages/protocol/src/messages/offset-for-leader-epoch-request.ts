// Generated from schemas/offset-for-leader-epoch.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetForLeaderEpochRequest (key 23): versions 2 to 4, flexible from 4. */
export interface OffsetForLeaderEpochRequest {
  /** Versions 3+. */
  replicaId: number;
  topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[];
}

/** Fields that are not given have their defaults. */
export function createOffsetForLeaderEpochRequest(
  init: Partial<OffsetForLeaderEpochRequest> = {},
): OffsetForLeaderEpochRequest {
  return {
    replicaId: init.replicaId ?? -2,
    topics: init.topics ?? [],
  };
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  topic: string;
  partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[];
}

/** Fields that are not given have their defaults. */
export function createOffsetForLeaderEpochRequestOffsetForLeaderTopic(
  init: Partial<OffsetForLeaderEpochRequestOffsetForLeaderTopic> = {},
): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  partition: number;
  currentLeaderEpoch: number;
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetForLeaderEpochRequestOffsetForLeaderPartition(
  init: Partial<OffsetForLeaderEpochRequestOffsetForLeaderPartition> = {},
): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  return {
    partition: init.partition ?? 0,
    currentLeaderEpoch: init.currentLeaderEpoch ?? -1,
    leaderEpoch: init.leaderEpoch ?? 0,
  };
}

function encodeOffsetForLeaderEpochRequest(
  writer: Writer,
  message: Encodable<OffsetForLeaderEpochRequest>,
  version: number,
): void {
  const flexible = version >= 4;
  if (version >= 3) {
    writer.writeInt32(message.replicaId);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetForLeaderEpochRequest(
  reader: Reader,
  version: number,
): OffsetForLeaderEpochRequest {
  const flexible = version >= 4;
  const replicaId = version >= 3 ? reader.readInt32() : -2;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    replicaId,
    topics,
  };
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(
  writer: Writer,
  message: OffsetForLeaderEpochRequestOffsetForLeaderTopic,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.topic, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(
  reader: Reader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version >= 4;
  const topic = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 12);
  const partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    partitions,
  };
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(
  writer: Writer,
  message: OffsetForLeaderEpochRequestOffsetForLeaderPartition,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeInt32(message.partition);
  writer.writeInt32(message.currentLeaderEpoch);
  writer.writeInt32(message.leaderEpoch);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(
  reader: Reader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const flexible = version >= 4;
  const partition = reader.readInt32();
  const currentLeaderEpoch = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    partition,
    currentLeaderEpoch,
    leaderEpoch,
  };
}

export const OffsetForLeaderEpochRequest: MessageCodec<OffsetForLeaderEpochRequest> = {
  name: 'OffsetForLeaderEpochRequest',
  apiKey: 23,
  minVersion: 2,
  maxVersion: 4,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 2 && version <= 4)) {
      throw unknownVersionToEncode('OffsetForLeaderEpochRequest', version, '2-4');
    }
    encodeOffsetForLeaderEpochRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 2 && version <= 4)) {
      throw unknownVersionToDecode('OffsetForLeaderEpochRequest', version, '2-4', reader.offset);
    }
    return decodeOffsetForLeaderEpochRequest(reader, version);
  },
};
