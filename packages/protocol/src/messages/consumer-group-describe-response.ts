// Generated from schemas/consumer-group-describe.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ConsumerGroupDescribeResponse (key 69): versions 0 to 1, flexible from 0. */
export interface ConsumerGroupDescribeResponse {
  throttleTimeMs: number;
  groups: ConsumerGroupDescribeResponseDescribedGroup[];
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupDescribeResponse(
  init: Partial<ConsumerGroupDescribeResponse> = {},
): ConsumerGroupDescribeResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    groups: init.groups ?? [],
  };
}

export interface ConsumerGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  assignorName: string;
  members: ConsumerGroupDescribeResponseMember[];
  authorizedOperations: number;
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupDescribeResponseDescribedGroup(
  init: Partial<ConsumerGroupDescribeResponseDescribedGroup> = {},
): ConsumerGroupDescribeResponseDescribedGroup {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    groupId: init.groupId ?? '',
    groupState: init.groupState ?? '',
    groupEpoch: init.groupEpoch ?? 0,
    assignmentEpoch: init.assignmentEpoch ?? 0,
    assignorName: init.assignorName ?? '',
    members: init.members ?? [],
    authorizedOperations: init.authorizedOperations ?? -2147483648,
  };
}

export interface ConsumerGroupDescribeResponseMember {
  memberId: string;
  instanceId: string | null;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  subscribedTopicRegex: string | null;
  assignment: ConsumerGroupDescribeResponseAssignment;
  targetAssignment: ConsumerGroupDescribeResponseAssignment;
  /** Versions 1+. */
  memberType: number;
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupDescribeResponseMember(
  init: Partial<ConsumerGroupDescribeResponseMember> = {},
): ConsumerGroupDescribeResponseMember {
  return {
    memberId: init.memberId ?? '',
    instanceId: init.instanceId ?? null,
    rackId: init.rackId ?? null,
    memberEpoch: init.memberEpoch ?? 0,
    clientId: init.clientId ?? '',
    clientHost: init.clientHost ?? '',
    subscribedTopicNames: init.subscribedTopicNames ?? [],
    subscribedTopicRegex: init.subscribedTopicRegex ?? null,
    assignment: init.assignment ?? createConsumerGroupDescribeResponseAssignment(),
    targetAssignment: init.targetAssignment ?? createConsumerGroupDescribeResponseAssignment(),
    memberType: init.memberType ?? -1,
  };
}

export interface ConsumerGroupDescribeResponseAssignment {
  topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[];
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupDescribeResponseAssignment(
  init: Partial<ConsumerGroupDescribeResponseAssignment> = {},
): ConsumerGroupDescribeResponseAssignment {
  return {
    topicPartitions: init.topicPartitions ?? [],
  };
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  topicId: string;
  topicName: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupDescribeResponseTopicPartitions(
  init: Partial<ConsumerGroupDescribeResponseTopicPartitions> = {},
): ConsumerGroupDescribeResponseTopicPartitions {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    topicName: init.topicName ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeConsumerGroupDescribeResponse(
  writer: Writer,
  message: Encodable<ConsumerGroupDescribeResponse>,
  version: number,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.groups.length, true);
  for (const element of message.groups) {
    encodeConsumerGroupDescribeResponseDescribedGroup(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupDescribeResponse(
  reader: Reader,
  version: number,
): ConsumerGroupDescribeResponse {
  const throttleTimeMs = reader.readInt32();
  const groupsLength = reader.readArrayLength(true, 20);
  const groups: ConsumerGroupDescribeResponseDescribedGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeConsumerGroupDescribeResponseDescribedGroup(reader, version));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    groups,
  };
}

function encodeConsumerGroupDescribeResponseDescribedGroup(
  writer: Writer,
  message: ConsumerGroupDescribeResponseDescribedGroup,
  version: number,
): void {
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeString(message.groupId, true);
  writer.writeString(message.groupState, true);
  writer.writeInt32(message.groupEpoch);
  writer.writeInt32(message.assignmentEpoch);
  writer.writeString(message.assignorName, true);
  writer.writeArrayLength(message.members.length, true);
  for (const element of message.members) {
    encodeConsumerGroupDescribeResponseMember(writer, element, version);
  }
  writer.writeInt32(message.authorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupDescribeResponseDescribedGroup(
  reader: Reader,
  version: number,
): ConsumerGroupDescribeResponseDescribedGroup {
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const groupId = reader.readString(true);
  const groupState = reader.readString(true);
  const groupEpoch = reader.readInt32();
  const assignmentEpoch = reader.readInt32();
  const assignorName = reader.readString(true);
  const membersLength = reader.readArrayLength(true, 16);
  const members: ConsumerGroupDescribeResponseMember[] = [];
  for (let i = 0; i < membersLength; i++) {
    members.push(decodeConsumerGroupDescribeResponseMember(reader, version));
  }
  const authorizedOperations = reader.readInt32();
  reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    assignorName,
    members,
    authorizedOperations,
  };
}

function encodeConsumerGroupDescribeResponseMember(
  writer: Writer,
  message: ConsumerGroupDescribeResponseMember,
  version: number,
): void {
  writer.writeString(message.memberId, true);
  writer.writeNullableString(message.instanceId, true);
  writer.writeNullableString(message.rackId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeString(message.clientId, true);
  writer.writeString(message.clientHost, true);
  writer.writeArrayLength(message.subscribedTopicNames.length, true);
  for (const element of message.subscribedTopicNames) {
    writer.writeString(element, true);
  }
  writer.writeNullableString(message.subscribedTopicRegex, true);
  encodeConsumerGroupDescribeResponseAssignment(writer, message.assignment);
  encodeConsumerGroupDescribeResponseAssignment(writer, message.targetAssignment);
  if (version >= 1) {
    writer.writeInt8(message.memberType);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupDescribeResponseMember(
  reader: Reader,
  version: number,
): ConsumerGroupDescribeResponseMember {
  const memberId = reader.readString(true);
  const instanceId = reader.readNullableString(true);
  const rackId = reader.readNullableString(true);
  const memberEpoch = reader.readInt32();
  const clientId = reader.readString(true);
  const clientHost = reader.readString(true);
  const subscribedTopicNamesLength = reader.readArrayLength(true, 1);
  const subscribedTopicNames: string[] = [];
  for (let i = 0; i < subscribedTopicNamesLength; i++) {
    subscribedTopicNames.push(reader.readString(true));
  }
  const subscribedTopicRegex = reader.readNullableString(true);
  const assignment = decodeConsumerGroupDescribeResponseAssignment(reader);
  const targetAssignment = decodeConsumerGroupDescribeResponseAssignment(reader);
  const memberType = version >= 1 ? reader.readInt8() : -1;
  reader.skipTaggedFields();
  return {
    memberId,
    instanceId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    assignment,
    targetAssignment,
    memberType,
  };
}

function encodeConsumerGroupDescribeResponseAssignment(
  writer: Writer,
  message: ConsumerGroupDescribeResponseAssignment,
): void {
  writer.writeArrayLength(message.topicPartitions.length, true);
  for (const element of message.topicPartitions) {
    encodeConsumerGroupDescribeResponseTopicPartitions(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupDescribeResponseAssignment(
  reader: Reader,
): ConsumerGroupDescribeResponseAssignment {
  const topicPartitionsLength = reader.readArrayLength(true, 19);
  const topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[] = [];
  for (let i = 0; i < topicPartitionsLength; i++) {
    topicPartitions.push(decodeConsumerGroupDescribeResponseTopicPartitions(reader));
  }
  reader.skipTaggedFields();
  return {
    topicPartitions,
  };
}

function encodeConsumerGroupDescribeResponseTopicPartitions(
  writer: Writer,
  message: ConsumerGroupDescribeResponseTopicPartitions,
): void {
  writer.writeUuid(message.topicId);
  writer.writeString(message.topicName, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupDescribeResponseTopicPartitions(
  reader: Reader,
): ConsumerGroupDescribeResponseTopicPartitions {
  const topicId = reader.readUuid();
  const topicName = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    topicId,
    topicName,
    partitions,
  };
}

export const ConsumerGroupDescribeResponse: MessageCodec<ConsumerGroupDescribeResponse> = {
  name: 'ConsumerGroupDescribeResponse',
  apiKey: 69,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ConsumerGroupDescribeResponse', version, '0-1');
    }
    encodeConsumerGroupDescribeResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ConsumerGroupDescribeResponse', version, '0-1', reader.offset);
    }
    return decodeConsumerGroupDescribeResponse(reader, version);
  },
};
