// Generated from schemas/share-group-describe.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ShareGroupDescribeResponse (key 77): version 1, flexible from 0. */
export interface ShareGroupDescribeResponse {
  throttleTimeMs: number;
  groups: ShareGroupDescribeResponseDescribedGroup[];
}

/** Fields that are not given have their defaults. */
export function createShareGroupDescribeResponse(
  init: Partial<ShareGroupDescribeResponse> = {},
): ShareGroupDescribeResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    groups: init.groups ?? [],
  };
}

export interface ShareGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  assignorName: string;
  members: ShareGroupDescribeResponseMember[];
  authorizedOperations: number;
}

/** Fields that are not given have their defaults. */
export function createShareGroupDescribeResponseDescribedGroup(
  init: Partial<ShareGroupDescribeResponseDescribedGroup> = {},
): ShareGroupDescribeResponseDescribedGroup {
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

export interface ShareGroupDescribeResponseMember {
  memberId: string;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  assignment: ShareGroupDescribeResponseAssignment;
}

/** Fields that are not given have their defaults. */
export function createShareGroupDescribeResponseMember(
  init: Partial<ShareGroupDescribeResponseMember> = {},
): ShareGroupDescribeResponseMember {
  return {
    memberId: init.memberId ?? '',
    rackId: init.rackId ?? null,
    memberEpoch: init.memberEpoch ?? 0,
    clientId: init.clientId ?? '',
    clientHost: init.clientHost ?? '',
    subscribedTopicNames: init.subscribedTopicNames ?? [],
    assignment: init.assignment ?? createShareGroupDescribeResponseAssignment(),
  };
}

export interface ShareGroupDescribeResponseAssignment {
  topicPartitions: ShareGroupDescribeResponseTopicPartitions[];
}

/** Fields that are not given have their defaults. */
export function createShareGroupDescribeResponseAssignment(
  init: Partial<ShareGroupDescribeResponseAssignment> = {},
): ShareGroupDescribeResponseAssignment {
  return {
    topicPartitions: init.topicPartitions ?? [],
  };
}

export interface ShareGroupDescribeResponseTopicPartitions {
  topicId: string;
  topicName: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createShareGroupDescribeResponseTopicPartitions(
  init: Partial<ShareGroupDescribeResponseTopicPartitions> = {},
): ShareGroupDescribeResponseTopicPartitions {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    topicName: init.topicName ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeShareGroupDescribeResponse(
  writer: Writer,
  message: Encodable<ShareGroupDescribeResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.groups.length, true);
  for (const element of message.groups) {
    encodeShareGroupDescribeResponseDescribedGroup(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupDescribeResponse(reader: Reader): ShareGroupDescribeResponse {
  const throttleTimeMs = reader.readInt32();
  const groupsLength = reader.readArrayLength(true, 20);
  const groups: ShareGroupDescribeResponseDescribedGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeShareGroupDescribeResponseDescribedGroup(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    groups,
  };
}

function encodeShareGroupDescribeResponseDescribedGroup(
  writer: Writer,
  message: ShareGroupDescribeResponseDescribedGroup,
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
    encodeShareGroupDescribeResponseMember(writer, element);
  }
  writer.writeInt32(message.authorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupDescribeResponseDescribedGroup(
  reader: Reader,
): ShareGroupDescribeResponseDescribedGroup {
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const groupId = reader.readString(true);
  const groupState = reader.readString(true);
  const groupEpoch = reader.readInt32();
  const assignmentEpoch = reader.readInt32();
  const assignorName = reader.readString(true);
  const membersLength = reader.readArrayLength(true, 12);
  const members: ShareGroupDescribeResponseMember[] = [];
  for (let i = 0; i < membersLength; i++) {
    members.push(decodeShareGroupDescribeResponseMember(reader));
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

function encodeShareGroupDescribeResponseMember(
  writer: Writer,
  message: ShareGroupDescribeResponseMember,
): void {
  writer.writeString(message.memberId, true);
  writer.writeNullableString(message.rackId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeString(message.clientId, true);
  writer.writeString(message.clientHost, true);
  writer.writeArrayLength(message.subscribedTopicNames.length, true);
  for (const element of message.subscribedTopicNames) {
    writer.writeString(element, true);
  }
  encodeShareGroupDescribeResponseAssignment(writer, message.assignment);
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupDescribeResponseMember(reader: Reader): ShareGroupDescribeResponseMember {
  const memberId = reader.readString(true);
  const rackId = reader.readNullableString(true);
  const memberEpoch = reader.readInt32();
  const clientId = reader.readString(true);
  const clientHost = reader.readString(true);
  const subscribedTopicNamesLength = reader.readArrayLength(true, 1);
  const subscribedTopicNames: string[] = [];
  for (let i = 0; i < subscribedTopicNamesLength; i++) {
    subscribedTopicNames.push(reader.readString(true));
  }
  const assignment = decodeShareGroupDescribeResponseAssignment(reader);
  reader.skipTaggedFields();
  return {
    memberId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    assignment,
  };
}

function encodeShareGroupDescribeResponseAssignment(
  writer: Writer,
  message: ShareGroupDescribeResponseAssignment,
): void {
  writer.writeArrayLength(message.topicPartitions.length, true);
  for (const element of message.topicPartitions) {
    encodeShareGroupDescribeResponseTopicPartitions(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupDescribeResponseAssignment(
  reader: Reader,
): ShareGroupDescribeResponseAssignment {
  const topicPartitionsLength = reader.readArrayLength(true, 19);
  const topicPartitions: ShareGroupDescribeResponseTopicPartitions[] = [];
  for (let i = 0; i < topicPartitionsLength; i++) {
    topicPartitions.push(decodeShareGroupDescribeResponseTopicPartitions(reader));
  }
  reader.skipTaggedFields();
  return {
    topicPartitions,
  };
}

function encodeShareGroupDescribeResponseTopicPartitions(
  writer: Writer,
  message: ShareGroupDescribeResponseTopicPartitions,
): void {
  writer.writeUuid(message.topicId);
  writer.writeString(message.topicName, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupDescribeResponseTopicPartitions(
  reader: Reader,
): ShareGroupDescribeResponseTopicPartitions {
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

export const ShareGroupDescribeResponse: MessageCodec<ShareGroupDescribeResponse> = {
  name: 'ShareGroupDescribeResponse',
  apiKey: 77,
  minVersion: 1,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToEncode('ShareGroupDescribeResponse', version, '1');
    }
    encodeShareGroupDescribeResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToDecode('ShareGroupDescribeResponse', version, '1', reader.offset);
    }
    return decodeShareGroupDescribeResponse(reader);
  },
};
