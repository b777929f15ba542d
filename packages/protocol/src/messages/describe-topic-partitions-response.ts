// Generated from schemas/describe-topic-partitions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeTopicPartitionsResponse (key 75): version 0, flexible from 0. */
export interface DescribeTopicPartitionsResponse {
  throttleTimeMs: number;
  topics: DescribeTopicPartitionsResponseTopic[];
  nextCursor: DescribeTopicPartitionsResponseCursor | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeTopicPartitionsResponse(
  init: Partial<DescribeTopicPartitionsResponse> = {},
): DescribeTopicPartitionsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
    nextCursor: init.nextCursor ?? null,
  };
}

export interface DescribeTopicPartitionsResponseTopic {
  errorCode: number;
  name: string | null;
  topicId: string;
  isInternal: boolean;
  partitions: DescribeTopicPartitionsResponsePartition[];
  topicAuthorizedOperations: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeTopicPartitionsResponseTopic(
  init: Partial<DescribeTopicPartitionsResponseTopic> = {},
): DescribeTopicPartitionsResponseTopic {
  return {
    errorCode: init.errorCode ?? 0,
    name: init.name !== undefined ? init.name : '',
    topicId: init.topicId ?? ZERO_UUID,
    isInternal: init.isInternal ?? false,
    partitions: init.partitions ?? [],
    topicAuthorizedOperations: init.topicAuthorizedOperations ?? -2147483648,
  };
}

export interface DescribeTopicPartitionsResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  offlineReplicas: number[];
}

/** Fields that are not given have their defaults. */
export function createDescribeTopicPartitionsResponsePartition(
  init: Partial<DescribeTopicPartitionsResponsePartition> = {},
): DescribeTopicPartitionsResponsePartition {
  return {
    errorCode: init.errorCode ?? 0,
    partitionIndex: init.partitionIndex ?? 0,
    leaderId: init.leaderId ?? 0,
    leaderEpoch: init.leaderEpoch ?? -1,
    replicaNodes: init.replicaNodes ?? [],
    isrNodes: init.isrNodes ?? [],
    eligibleLeaderReplicas: init.eligibleLeaderReplicas ?? null,
    lastKnownElr: init.lastKnownElr ?? null,
    offlineReplicas: init.offlineReplicas ?? [],
  };
}

export interface DescribeTopicPartitionsResponseCursor {
  topicName: string;
  partitionIndex: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeTopicPartitionsResponseCursor(
  init: Partial<DescribeTopicPartitionsResponseCursor> = {},
): DescribeTopicPartitionsResponseCursor {
  return {
    topicName: init.topicName ?? '',
    partitionIndex: init.partitionIndex ?? 0,
  };
}

function encodeDescribeTopicPartitionsResponse(
  writer: Writer,
  message: Encodable<DescribeTopicPartitionsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeTopicPartitionsResponseTopic(writer, element);
  }
  if (message.nextCursor === null) {
    writer.writeInt8(-1);
  } else {
    writer.writeInt8(1);
    encodeDescribeTopicPartitionsResponseCursor(writer, message.nextCursor);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTopicPartitionsResponse(reader: Reader): DescribeTopicPartitionsResponse {
  const throttleTimeMs = reader.readInt32();
  const topicsLength = reader.readArrayLength(true, 26);
  const topics: DescribeTopicPartitionsResponseTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeTopicPartitionsResponseTopic(reader));
  }
  const nextCursor = reader.readInt8() < 0 ? null : decodeDescribeTopicPartitionsResponseCursor(reader);
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
    nextCursor,
  };
}

function encodeDescribeTopicPartitionsResponseTopic(
  writer: Writer,
  message: DescribeTopicPartitionsResponseTopic,
): void {
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.name, true);
  writer.writeUuid(message.topicId);
  writer.writeBoolean(message.isInternal);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeDescribeTopicPartitionsResponsePartition(writer, element);
  }
  writer.writeInt32(message.topicAuthorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTopicPartitionsResponseTopic(
  reader: Reader,
): DescribeTopicPartitionsResponseTopic {
  const errorCode = reader.readInt16();
  const name = reader.readNullableString(true);
  const topicId = reader.readUuid();
  const isInternal = reader.readBoolean();
  const partitionsLength = reader.readArrayLength(true, 20);
  const partitions: DescribeTopicPartitionsResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDescribeTopicPartitionsResponsePartition(reader));
  }
  const topicAuthorizedOperations = reader.readInt32();
  reader.skipTaggedFields();
  return {
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
  };
}

function encodeDescribeTopicPartitionsResponsePartition(
  writer: Writer,
  message: DescribeTopicPartitionsResponsePartition,
): void {
  writer.writeErrorCode(message.errorCode);
  writer.writeInt32(message.partitionIndex);
  writer.writeInt32(message.leaderId);
  writer.writeInt32(message.leaderEpoch);
  writer.writeArrayLength(message.replicaNodes.length, true);
  for (const element of message.replicaNodes) {
    writer.writeInt32(element);
  }
  writer.writeArrayLength(message.isrNodes.length, true);
  for (const element of message.isrNodes) {
    writer.writeInt32(element);
  }
  if (message.eligibleLeaderReplicas === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.eligibleLeaderReplicas.length, true);
    for (const element of message.eligibleLeaderReplicas) {
      writer.writeInt32(element);
    }
  }
  if (message.lastKnownElr === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.lastKnownElr.length, true);
    for (const element of message.lastKnownElr) {
      writer.writeInt32(element);
    }
  }
  writer.writeArrayLength(message.offlineReplicas.length, true);
  for (const element of message.offlineReplicas) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTopicPartitionsResponsePartition(
  reader: Reader,
): DescribeTopicPartitionsResponsePartition {
  const errorCode = reader.readInt16();
  const partitionIndex = reader.readInt32();
  const leaderId = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  const replicaNodesLength = reader.readArrayLength(true, 4);
  const replicaNodes: number[] = [];
  for (let i = 0; i < replicaNodesLength; i++) {
    replicaNodes.push(reader.readInt32());
  }
  const isrNodesLength = reader.readArrayLength(true, 4);
  const isrNodes: number[] = [];
  for (let i = 0; i < isrNodesLength; i++) {
    isrNodes.push(reader.readInt32());
  }
  const eligibleLeaderReplicasLength = reader.readNullableArrayLength(true, 4);
  const eligibleLeaderReplicas: number[] | null = eligibleLeaderReplicasLength < 0 ? null : [];
  for (let i = 0; i < eligibleLeaderReplicasLength; i++) {
    eligibleLeaderReplicas!.push(reader.readInt32());
  }
  const lastKnownElrLength = reader.readNullableArrayLength(true, 4);
  const lastKnownElr: number[] | null = lastKnownElrLength < 0 ? null : [];
  for (let i = 0; i < lastKnownElrLength; i++) {
    lastKnownElr!.push(reader.readInt32());
  }
  const offlineReplicasLength = reader.readArrayLength(true, 4);
  const offlineReplicas: number[] = [];
  for (let i = 0; i < offlineReplicasLength; i++) {
    offlineReplicas.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    eligibleLeaderReplicas,
    lastKnownElr,
    offlineReplicas,
  };
}

function encodeDescribeTopicPartitionsResponseCursor(
  writer: Writer,
  message: DescribeTopicPartitionsResponseCursor,
): void {
  writer.writeString(message.topicName, true);
  writer.writeInt32(message.partitionIndex);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTopicPartitionsResponseCursor(
  reader: Reader,
): DescribeTopicPartitionsResponseCursor {
  const topicName = reader.readString(true);
  const partitionIndex = reader.readInt32();
  reader.skipTaggedFields();
  return {
    topicName,
    partitionIndex,
  };
}

export const DescribeTopicPartitionsResponse: MessageCodec<DescribeTopicPartitionsResponse> = {
  name: 'DescribeTopicPartitionsResponse',
  apiKey: 75,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeTopicPartitionsResponse', version, '0');
    }
    encodeDescribeTopicPartitionsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeTopicPartitionsResponse', version, '0', reader.offset);
    }
    return decodeDescribeTopicPartitionsResponse(reader);
  },
};
