// Generated from schemas/consumer-group-heartbeat.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ConsumerGroupHeartbeatRequest (key 68): versions 0 to 1, flexible from 0. */
export interface ConsumerGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  subscribedTopicNames: string[] | null;
  /** Versions 1+. */
  subscribedTopicRegex: string | null;
  serverAssignor: string | null;
  topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null;
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupHeartbeatRequest(
  init: Partial<ConsumerGroupHeartbeatRequest> = {},
): ConsumerGroupHeartbeatRequest {
  return {
    groupId: init.groupId ?? '',
    memberId: init.memberId ?? '',
    memberEpoch: init.memberEpoch ?? 0,
    instanceId: init.instanceId ?? null,
    rackId: init.rackId ?? null,
    rebalanceTimeoutMs: init.rebalanceTimeoutMs ?? -1,
    subscribedTopicNames: init.subscribedTopicNames ?? null,
    subscribedTopicRegex: init.subscribedTopicRegex ?? null,
    serverAssignor: init.serverAssignor ?? null,
    topicPartitions: init.topicPartitions ?? null,
  };
}

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  topicId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupHeartbeatRequestTopicPartitions(
  init: Partial<ConsumerGroupHeartbeatRequestTopicPartitions> = {},
): ConsumerGroupHeartbeatRequestTopicPartitions {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

function encodeConsumerGroupHeartbeatRequest(
  writer: Writer,
  message: ConsumerGroupHeartbeatRequest,
  version: number,
): void {
  writer.writeString(message.groupId, true);
  writer.writeString(message.memberId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeNullableString(message.instanceId, true);
  writer.writeNullableString(message.rackId, true);
  writer.writeInt32(message.rebalanceTimeoutMs);
  if (message.subscribedTopicNames === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.subscribedTopicNames.length, true);
    for (const element of message.subscribedTopicNames) {
      writer.writeString(element, true);
    }
  }
  if (version >= 1) {
    writer.writeNullableString(message.subscribedTopicRegex, true);
  } else if (message.subscribedTopicRegex !== null) {
    throw fieldNotInVersion('ConsumerGroupHeartbeatRequest', 'subscribedTopicRegex', version);
  }
  writer.writeNullableString(message.serverAssignor, true);
  if (message.topicPartitions === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.topicPartitions.length, true);
    for (const element of message.topicPartitions) {
      encodeConsumerGroupHeartbeatRequestTopicPartitions(writer, element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupHeartbeatRequest(
  reader: Reader,
  version: number,
): ConsumerGroupHeartbeatRequest {
  const groupId = reader.readString(true);
  const memberId = reader.readString(true);
  const memberEpoch = reader.readInt32();
  const instanceId = reader.readNullableString(true);
  const rackId = reader.readNullableString(true);
  const rebalanceTimeoutMs = reader.readInt32();
  const subscribedTopicNamesLength = reader.readNullableArrayLength(true, 1);
  const subscribedTopicNames: string[] | null = subscribedTopicNamesLength < 0 ? null : [];
  for (let i = 0; i < subscribedTopicNamesLength; i++) {
    subscribedTopicNames!.push(reader.readString(true));
  }
  const subscribedTopicRegex = version >= 1 ? reader.readNullableString(true) : null;
  const serverAssignor = reader.readNullableString(true);
  const topicPartitionsLength = reader.readNullableArrayLength(true, 18);
  const topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null = topicPartitionsLength < 0 ? null : [];
  for (let i = 0; i < topicPartitionsLength; i++) {
    topicPartitions!.push(decodeConsumerGroupHeartbeatRequestTopicPartitions(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    subscribedTopicNames,
    subscribedTopicRegex,
    serverAssignor,
    topicPartitions,
  };
}

function encodeConsumerGroupHeartbeatRequestTopicPartitions(
  writer: Writer,
  message: ConsumerGroupHeartbeatRequestTopicPartitions,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupHeartbeatRequestTopicPartitions(
  reader: Reader,
): ConsumerGroupHeartbeatRequestTopicPartitions {
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

export const ConsumerGroupHeartbeatRequest: MessageCodec<ConsumerGroupHeartbeatRequest> = {
  name: 'ConsumerGroupHeartbeatRequest',
  apiKey: 68,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ConsumerGroupHeartbeatRequest', version, '0-1');
    }
    encodeConsumerGroupHeartbeatRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ConsumerGroupHeartbeatRequest', version, '0-1', reader.offset);
    }
    return decodeConsumerGroupHeartbeatRequest(reader, version);
  },
};
