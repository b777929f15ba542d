// Generated from schemas/join-group.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, nullNotAllowed, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** JoinGroupResponse (key 11): versions 0 to 9, flexible from 6. */
export interface JoinGroupResponse {
  /** Versions 2+. */
  throttleTimeMs: number;
  errorCode: number;
  generationId: number;
  /** Versions 7+. */
  protocolType: string | null;
  /** Null only in versions 7+. */
  protocolName: string | null;
  leader: string;
  /** Versions 9+. */
  skipAssignment: boolean;
  memberId: string;
  members: JoinGroupResponseMember[];
}

/** Fields that are not given have their defaults. */
export function createJoinGroupResponse(init: Partial<JoinGroupResponse> = {}): JoinGroupResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    generationId: init.generationId ?? -1,
    protocolType: init.protocolType ?? null,
    protocolName: init.protocolName !== undefined ? init.protocolName : '',
    leader: init.leader ?? '',
    skipAssignment: init.skipAssignment ?? false,
    memberId: init.memberId ?? '',
    members: init.members ?? [],
  };
}

export interface JoinGroupResponseMember {
  memberId: string;
  /** Versions 5+. */
  groupInstanceId: string | null;
  metadata: Buffer;
}

/** Fields that are not given have their defaults. */
export function createJoinGroupResponseMember(
  init: Partial<JoinGroupResponseMember> = {},
): JoinGroupResponseMember {
  return {
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
    metadata: init.metadata ?? EMPTY_BYTES,
  };
}

function encodeJoinGroupResponse(
  writer: Writer,
  message: Encodable<JoinGroupResponse>,
  version: number,
): void {
  const flexible = version >= 6;
  if (version >= 2) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeErrorCode(message.errorCode);
  writer.writeInt32(message.generationId);
  if (version >= 7) {
    writer.writeNullableString(message.protocolType, flexible);
  }
  if (message.protocolName === null) {
    if (!(version >= 7)) throw nullNotAllowed('JoinGroupResponse', 'protocolName', version);
    writer.writeNullableString(null, flexible);
  } else {
    writer.writeString(message.protocolName, flexible);
  }
  writer.writeString(message.leader, flexible);
  if (version >= 9) {
    writer.writeBoolean(message.skipAssignment);
  } else if (message.skipAssignment) {
    throw fieldNotInVersion('JoinGroupResponse', 'skipAssignment', version);
  }
  writer.writeString(message.memberId, flexible);
  writer.writeArrayLength(message.members.length, flexible);
  for (const element of message.members) {
    encodeJoinGroupResponseMember(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeJoinGroupResponse(reader: Reader, version: number): JoinGroupResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 2 ? reader.readInt32() : 0;
  const errorCode = reader.readInt16();
  const generationId = reader.readInt32();
  const protocolType = version >= 7 ? reader.readNullableString(flexible) : null;
  const protocolName = (version >= 7 ? reader.readNullableString(flexible) : reader.readString(flexible));
  const leader = reader.readString(flexible);
  const skipAssignment = version >= 9 ? reader.readBoolean() : false;
  const memberId = reader.readString(flexible);
  const membersLength = reader.readArrayLength(flexible, 4);
  const members: JoinGroupResponseMember[] = [];
  for (let i = 0; i < membersLength; i++) {
    members.push(decodeJoinGroupResponseMember(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    generationId,
    protocolType,
    protocolName,
    leader,
    skipAssignment,
    memberId,
    members,
  };
}

function encodeJoinGroupResponseMember(
  writer: Writer,
  message: JoinGroupResponseMember,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeString(message.memberId, flexible);
  if (version >= 5) {
    writer.writeNullableString(message.groupInstanceId, flexible);
  }
  writer.writeBytes(message.metadata, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeJoinGroupResponseMember(reader: Reader, version: number): JoinGroupResponseMember {
  const flexible = version >= 6;
  const memberId = reader.readString(flexible);
  const groupInstanceId = version >= 5 ? reader.readNullableString(flexible) : null;
  const metadata = reader.readBytes(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    memberId,
    groupInstanceId,
    metadata,
  };
}

export const JoinGroupResponse: MessageCodec<JoinGroupResponse> = {
  name: 'JoinGroupResponse',
  apiKey: 11,
  minVersion: 0,
  maxVersion: 9,
  flexibleVersion: 6,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 9)) {
      throw unknownVersionToEncode('JoinGroupResponse', version, '0-9');
    }
    encodeJoinGroupResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 9)) {
      throw unknownVersionToDecode('JoinGroupResponse', version, '0-9', reader.offset);
    }
    return decodeJoinGroupResponse(reader, version);
  },
};
