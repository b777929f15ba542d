// Generated from schemas/describe-groups.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeGroupsResponse (key 15): versions 0 to 6, flexible from 5. */
export interface DescribeGroupsResponse {
  /** Versions 1+. */
  throttleTimeMs: number;
  groups: DescribeGroupsResponseDescribedGroup[];
}

/** Fields that are not given have their defaults. */
export function createDescribeGroupsResponse(
  init: Partial<DescribeGroupsResponse> = {},
): DescribeGroupsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    groups: init.groups ?? [],
  };
}

export interface DescribeGroupsResponseDescribedGroup {
  errorCode: number;
  /** Versions 6+. */
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  protocolType: string;
  protocolData: string;
  members: DescribeGroupsResponseDescribedGroupMember[];
  /** Versions 3+. */
  authorizedOperations: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeGroupsResponseDescribedGroup(
  init: Partial<DescribeGroupsResponseDescribedGroup> = {},
): DescribeGroupsResponseDescribedGroup {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    groupId: init.groupId ?? '',
    groupState: init.groupState ?? '',
    protocolType: init.protocolType ?? '',
    protocolData: init.protocolData ?? '',
    members: init.members ?? [],
    authorizedOperations: init.authorizedOperations ?? -2147483648,
  };
}

export interface DescribeGroupsResponseDescribedGroupMember {
  memberId: string;
  /** Versions 4+. */
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  memberMetadata: Buffer;
  memberAssignment: Buffer;
}

/** Fields that are not given have their defaults. */
export function createDescribeGroupsResponseDescribedGroupMember(
  init: Partial<DescribeGroupsResponseDescribedGroupMember> = {},
): DescribeGroupsResponseDescribedGroupMember {
  return {
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
    clientId: init.clientId ?? '',
    clientHost: init.clientHost ?? '',
    memberMetadata: init.memberMetadata ?? EMPTY_BYTES,
    memberAssignment: init.memberAssignment ?? EMPTY_BYTES,
  };
}

function encodeDescribeGroupsResponse(
  writer: Writer,
  message: Encodable<DescribeGroupsResponse>,
  version: number,
): void {
  const flexible = version >= 5;
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeArrayLength(message.groups.length, flexible);
  for (const element of message.groups) {
    encodeDescribeGroupsResponseDescribedGroup(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeGroupsResponse(reader: Reader, version: number): DescribeGroupsResponse {
  const flexible = version >= 5;
  const throttleTimeMs = version >= 1 ? reader.readInt32() : 0;
  const groupsLength = reader.readArrayLength(flexible, 12);
  const groups: DescribeGroupsResponseDescribedGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeDescribeGroupsResponseDescribedGroup(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    groups,
  };
}

function encodeDescribeGroupsResponseDescribedGroup(
  writer: Writer,
  message: DescribeGroupsResponseDescribedGroup,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeErrorCode(message.errorCode);
  if (version >= 6) {
    writer.writeNullableString(message.errorMessage, flexible);
  } else if (message.errorMessage !== null) {
    throw fieldNotInVersion('DescribeGroupsResponseDescribedGroup', 'errorMessage', version);
  }
  writer.writeString(message.groupId, flexible);
  writer.writeString(message.groupState, flexible);
  writer.writeString(message.protocolType, flexible);
  writer.writeString(message.protocolData, flexible);
  writer.writeArrayLength(message.members.length, flexible);
  for (const element of message.members) {
    encodeDescribeGroupsResponseDescribedGroupMember(writer, element, version);
  }
  if (version >= 3) {
    writer.writeInt32(message.authorizedOperations);
  } else if (message.authorizedOperations !== -2147483648) {
    throw fieldNotInVersion('DescribeGroupsResponseDescribedGroup', 'authorizedOperations', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeGroupsResponseDescribedGroup(
  reader: Reader,
  version: number,
): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5;
  const errorCode = reader.readInt16();
  const errorMessage = version >= 6 ? reader.readNullableString(flexible) : null;
  const groupId = reader.readString(flexible);
  const groupState = reader.readString(flexible);
  const protocolType = reader.readString(flexible);
  const protocolData = reader.readString(flexible);
  const membersLength = reader.readArrayLength(flexible, 7);
  const members: DescribeGroupsResponseDescribedGroupMember[] = [];
  for (let i = 0; i < membersLength; i++) {
    members.push(decodeDescribeGroupsResponseDescribedGroupMember(reader, version));
  }
  const authorizedOperations = version >= 3 ? reader.readInt32() : -2147483648;
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    protocolType,
    protocolData,
    members,
    authorizedOperations,
  };
}

function encodeDescribeGroupsResponseDescribedGroupMember(
  writer: Writer,
  message: DescribeGroupsResponseDescribedGroupMember,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeString(message.memberId, flexible);
  if (version >= 4) {
    writer.writeNullableString(message.groupInstanceId, flexible);
  }
  writer.writeString(message.clientId, flexible);
  writer.writeString(message.clientHost, flexible);
  writer.writeBytes(message.memberMetadata, flexible);
  writer.writeBytes(message.memberAssignment, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeGroupsResponseDescribedGroupMember(
  reader: Reader,
  version: number,
): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5;
  const memberId = reader.readString(flexible);
  const groupInstanceId = version >= 4 ? reader.readNullableString(flexible) : null;
  const clientId = reader.readString(flexible);
  const clientHost = reader.readString(flexible);
  const memberMetadata = reader.readBytes(flexible);
  const memberAssignment = reader.readBytes(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    memberMetadata,
    memberAssignment,
  };
}

export const DescribeGroupsResponse: MessageCodec<DescribeGroupsResponse> = {
  name: 'DescribeGroupsResponse',
  apiKey: 15,
  minVersion: 0,
  maxVersion: 6,
  flexibleVersion: 5,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToEncode('DescribeGroupsResponse', version, '0-6');
    }
    encodeDescribeGroupsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToDecode('DescribeGroupsResponse', version, '0-6', reader.offset);
    }
    return decodeDescribeGroupsResponse(reader, version);
  },
};
