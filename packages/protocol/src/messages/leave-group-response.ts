// Generated from schemas/leave-group.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** LeaveGroupResponse (key 13): versions 0 to 5, flexible from 4. */
export interface LeaveGroupResponse {
  /** Versions 1+. */
  throttleTimeMs: number;
  errorCode: number;
  /** Versions 3+. */
  members: LeaveGroupResponseMemberResponse[];
}

/** Fields that are not given have their defaults. */
export function createLeaveGroupResponse(
  init: Partial<LeaveGroupResponse> = {},
): LeaveGroupResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    members: init.members ?? [],
  };
}

export interface LeaveGroupResponseMemberResponse {
  memberId: string;
  groupInstanceId: string | null;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createLeaveGroupResponseMemberResponse(
  init: Partial<LeaveGroupResponseMemberResponse> = {},
): LeaveGroupResponseMemberResponse {
  return {
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId !== undefined ? init.groupInstanceId : '',
    errorCode: init.errorCode ?? 0,
  };
}

function encodeLeaveGroupResponse(
  writer: Writer,
  message: Encodable<LeaveGroupResponse>,
  version: number,
): void {
  const flexible = version >= 4;
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeErrorCode(message.errorCode);
  if (version >= 3) {
    writer.writeArrayLength(message.members.length, flexible);
    for (const element of message.members) {
      encodeLeaveGroupResponseMemberResponse(writer, element, version);
    }
  } else if (message.members.length !== 0) {
    throw fieldNotInVersion('LeaveGroupResponse', 'members', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeLeaveGroupResponse(reader: Reader, version: number): LeaveGroupResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.readInt32() : 0;
  const errorCode = reader.readInt16();
  const membersLength = version >= 3 ? reader.readArrayLength(flexible, 5) : 0;
  const members: LeaveGroupResponseMemberResponse[] = [];
  for (let i = 0; i < membersLength; i++) {
    members.push(decodeLeaveGroupResponseMemberResponse(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    members,
  };
}

function encodeLeaveGroupResponseMemberResponse(
  writer: Writer,
  message: LeaveGroupResponseMemberResponse,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.memberId, flexible);
  writer.writeNullableString(message.groupInstanceId, flexible);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeLeaveGroupResponseMemberResponse(
  reader: Reader,
  version: number,
): LeaveGroupResponseMemberResponse {
  const flexible = version >= 4;
  const memberId = reader.readString(flexible);
  const groupInstanceId = reader.readNullableString(flexible);
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    memberId,
    groupInstanceId,
    errorCode,
  };
}

export const LeaveGroupResponse: MessageCodec<LeaveGroupResponse> = {
  name: 'LeaveGroupResponse',
  apiKey: 13,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('LeaveGroupResponse', version, '0-5');
    }
    encodeLeaveGroupResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('LeaveGroupResponse', version, '0-5', reader.offset);
    }
    return decodeLeaveGroupResponse(reader, version);
  },
};
