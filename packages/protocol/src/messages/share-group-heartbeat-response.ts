// Generated from schemas/share-group-heartbeat.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ShareGroupHeartbeatResponse (key 76): version 1, flexible from 0. */
export interface ShareGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: ShareGroupHeartbeatResponseAssignment | null;
}

/** Fields that are not given have their defaults. */
export function createShareGroupHeartbeatResponse(
  init: Partial<ShareGroupHeartbeatResponse> = {},
): ShareGroupHeartbeatResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    memberId: init.memberId ?? null,
    memberEpoch: init.memberEpoch ?? 0,
    heartbeatIntervalMs: init.heartbeatIntervalMs ?? 0,
    assignment: init.assignment ?? null,
  };
}

export interface ShareGroupHeartbeatResponseAssignment {
  topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[];
}

/** Fields that are not given have their defaults. */
export function createShareGroupHeartbeatResponseAssignment(
  init: Partial<ShareGroupHeartbeatResponseAssignment> = {},
): ShareGroupHeartbeatResponseAssignment {
  return {
    topicPartitions: init.topicPartitions ?? [],
  };
}

export interface ShareGroupHeartbeatResponseTopicPartitions {
  topicId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createShareGroupHeartbeatResponseTopicPartitions(
  init: Partial<ShareGroupHeartbeatResponseTopicPartitions> = {},
): ShareGroupHeartbeatResponseTopicPartitions {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

function encodeShareGroupHeartbeatResponse(
  writer: Writer,
  message: ShareGroupHeartbeatResponse,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeNullableString(message.memberId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeInt32(message.heartbeatIntervalMs);
  if (message.assignment === null) {
    writer.writeInt8(-1);
  } else {
    writer.writeInt8(1);
    encodeShareGroupHeartbeatResponseAssignment(writer, message.assignment);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupHeartbeatResponse(reader: Reader): ShareGroupHeartbeatResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const memberId = reader.readNullableString(true);
  const memberEpoch = reader.readInt32();
  const heartbeatIntervalMs = reader.readInt32();
  const assignment = reader.readInt8() < 0 ? null : decodeShareGroupHeartbeatResponseAssignment(reader);
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    assignment,
  };
}

function encodeShareGroupHeartbeatResponseAssignment(
  writer: Writer,
  message: ShareGroupHeartbeatResponseAssignment,
): void {
  writer.writeArrayLength(message.topicPartitions.length, true);
  for (const element of message.topicPartitions) {
    encodeShareGroupHeartbeatResponseTopicPartitions(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupHeartbeatResponseAssignment(
  reader: Reader,
): ShareGroupHeartbeatResponseAssignment {
  const topicPartitionsLength = reader.readArrayLength(true, 18);
  const topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[] = [];
  for (let i = 0; i < topicPartitionsLength; i++) {
    topicPartitions.push(decodeShareGroupHeartbeatResponseTopicPartitions(reader));
  }
  reader.skipTaggedFields();
  return {
    topicPartitions,
  };
}

function encodeShareGroupHeartbeatResponseTopicPartitions(
  writer: Writer,
  message: ShareGroupHeartbeatResponseTopicPartitions,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupHeartbeatResponseTopicPartitions(
  reader: Reader,
): ShareGroupHeartbeatResponseTopicPartitions {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

export const ShareGroupHeartbeatResponse: MessageCodec<ShareGroupHeartbeatResponse> = {
  name: 'ShareGroupHeartbeatResponse',
  apiKey: 76,
  minVersion: 1,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToEncode('ShareGroupHeartbeatResponse', version, '1');
    }
    encodeShareGroupHeartbeatResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToDecode('ShareGroupHeartbeatResponse', version, '1', reader.offset);
    }
    return decodeShareGroupHeartbeatResponse(reader);
  },
};
