// Generated from schemas/leave-group.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** LeaveGroupRequest (key 13): versions 0 to 5, flexible from 4. */
export interface LeaveGroupRequest {
  groupId: string;
  /** Versions 0 to 2. */
  memberId: string;
  /** Versions 3+. */
  members: LeaveGroupRequestMemberIdentity[];
}

/** Fields that are not given have their defaults. */
export function createLeaveGroupRequest(init: Partial<LeaveGroupRequest> = {}): LeaveGroupRequest {
  return {
    groupId: init.groupId ?? '',
    memberId: init.memberId ?? '',
    members: init.members ?? [],
  };
}

export interface LeaveGroupRequestMemberIdentity {
  memberId: string;
  groupInstanceId: string | null;
  /** Versions 5+. */
  reason: string | null;
}

/** Fields that are not given have their defaults. */
export function createLeaveGroupRequestMemberIdentity(
  init: Partial<LeaveGroupRequestMemberIdentity> = {},
): LeaveGroupRequestMemberIdentity {
  return {
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
    reason: init.reason ?? null,
  };
}

function encodeLeaveGroupRequest(
  writer: Writer,
  message: Encodable<LeaveGroupRequest>,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.groupId, flexible);
  if (version <= 2) {
    writer.writeString(message.memberId, flexible);
  } else if (message.memberId !== '') {
    throw fieldNotInVersion('LeaveGroupRequest', 'memberId', version);
  }
  if (version >= 3) {
    writer.writeArrayLength(message.members.length, flexible);
    for (const element of message.members) {
      encodeLeaveGroupRequestMemberIdentity(writer, element, version);
    }
  } else if (message.members.length !== 0) {
    throw fieldNotInVersion('LeaveGroupRequest', 'members', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeLeaveGroupRequest(reader: Reader, version: number): LeaveGroupRequest {
  const flexible = version >= 4;
  const groupId = reader.readString(flexible);
  const memberId = version <= 2 ? reader.readString(flexible) : '';
  const membersLength = version >= 3 ? reader.readArrayLength(flexible, 3) : 0;
  const members: LeaveGroupRequestMemberIdentity[] = [];
  for (let i = 0; i < membersLength; i++) {
    members.push(decodeLeaveGroupRequestMemberIdentity(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    members,
  };
}

function encodeLeaveGroupRequestMemberIdentity(
  writer: Writer,
  message: LeaveGroupRequestMemberIdentity,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.memberId, flexible);
  writer.writeNullableString(message.groupInstanceId, flexible);
  if (version >= 5) {
    writer.writeNullableString(message.reason, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeLeaveGroupRequestMemberIdentity(
  reader: Reader,
  version: number,
): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4;
  const memberId = reader.readString(flexible);
  const groupInstanceId = reader.readNullableString(flexible);
  const reason = version >= 5 ? reader.readNullableString(flexible) : null;
  if (flexible) reader.skipTaggedFields();
  return {
    memberId,
    groupInstanceId,
    reason,
  };
}

export const LeaveGroupRequest: MessageCodec<LeaveGroupRequest> = {
  name: 'LeaveGroupRequest',
  apiKey: 13,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('LeaveGroupRequest', version, '0-5');
    }
    encodeLeaveGroupRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('LeaveGroupRequest', version, '0-5', reader.offset);
    }
    return decodeLeaveGroupRequest(reader, version);
  },
};
