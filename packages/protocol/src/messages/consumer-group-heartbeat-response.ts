// Generated from schemas/consumer-group-heartbeat.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ConsumerGroupHeartbeatResponse (key 68): versions 0 to 1, flexible from 0. */
export interface ConsumerGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: ConsumerGroupHeartbeatResponseAssignment | null;
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupHeartbeatResponse(
  init: Partial<ConsumerGroupHeartbeatResponse> = {},
): ConsumerGroupHeartbeatResponse {
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

export interface ConsumerGroupHeartbeatResponseAssignment {
  topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[];
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupHeartbeatResponseAssignment(
  init: Partial<ConsumerGroupHeartbeatResponseAssignment> = {},
): ConsumerGroupHeartbeatResponseAssignment {
  return {
    topicPartitions: init.topicPartitions ?? [],
  };
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  topicId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupHeartbeatResponseTopicPartitions(
  init: Partial<ConsumerGroupHeartbeatResponseTopicPartitions> = {},
): ConsumerGroupHeartbeatResponseTopicPartitions {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

function encodeConsumerGroupHeartbeatResponse(
  writer: Writer,
  message: ConsumerGroupHeartbeatResponse,
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
    encodeConsumerGroupHeartbeatResponseAssignment(writer, message.assignment);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupHeartbeatResponse(reader: Reader): ConsumerGroupHeartbeatResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const memberId = reader.readNullableString(true);
  const memberEpoch = reader.readInt32();
  const heartbeatIntervalMs = reader.readInt32();
  const assignment = reader.readInt8() < 0 ? null : decodeConsumerGroupHeartbeatResponseAssignment(reader);
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

function encodeConsumerGroupHeartbeatResponseAssignment(
  writer: Writer,
  message: ConsumerGroupHeartbeatResponseAssignment,
): void {
  writer.writeArrayLength(message.topicPartitions.length, true);
  for (const element of message.topicPartitions) {
    encodeConsumerGroupHeartbeatResponseTopicPartitions(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupHeartbeatResponseAssignment(
  reader: Reader,
): ConsumerGroupHeartbeatResponseAssignment {
  const topicPartitionsLength = reader.readArrayLength(true, 18);
  const topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[] = [];
  for (let i = 0; i < topicPartitionsLength; i++) {
    topicPartitions.push(decodeConsumerGroupHeartbeatResponseTopicPartitions(reader));
  }
  reader.skipTaggedFields();
  return {
    topicPartitions,
  };
}

function encodeConsumerGroupHeartbeatResponseTopicPartitions(
  writer: Writer,
  message: ConsumerGroupHeartbeatResponseTopicPartitions,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupHeartbeatResponseTopicPartitions(
  reader: Reader,
): ConsumerGroupHeartbeatResponseTopicPartitions {
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

export const ConsumerGroupHeartbeatResponse: MessageCodec<ConsumerGroupHeartbeatResponse> = {
  name: 'ConsumerGroupHeartbeatResponse',
  apiKey: 68,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ConsumerGroupHeartbeatResponse', version, '0-1');
    }
    encodeConsumerGroupHeartbeatResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ConsumerGroupHeartbeatResponse', version, '0-1', reader.offset);
    }
    return decodeConsumerGroupHeartbeatResponse(reader);
  },
};
