// Generated from schemas/join-group.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** JoinGroupRequest (key 11): versions 0 to 9, flexible from 6. */
export interface JoinGroupRequest {
  groupId: string;
  sessionTimeoutMs: number;
  /** Versions 1+. */
  rebalanceTimeoutMs: number;
  memberId: string;
  /** Versions 5+. */
  groupInstanceId: string | null;
  protocolType: string;
  protocols: JoinGroupRequestProtocol[];
  /** Versions 8+. */
  reason: string | null;
}

/** Fields that are not given have their defaults. */
export function createJoinGroupRequest(init: Partial<JoinGroupRequest> = {}): JoinGroupRequest {
  return {
    groupId: init.groupId ?? '',
    sessionTimeoutMs: init.sessionTimeoutMs ?? 0,
    rebalanceTimeoutMs: init.rebalanceTimeoutMs ?? -1,
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
    protocolType: init.protocolType ?? '',
    protocols: init.protocols ?? [],
    reason: init.reason ?? null,
  };
}

export interface JoinGroupRequestProtocol {
  name: string;
  metadata: Buffer;
}

/** Fields that are not given have their defaults. */
export function createJoinGroupRequestProtocol(
  init: Partial<JoinGroupRequestProtocol> = {},
): JoinGroupRequestProtocol {
  return {
    name: init.name ?? '',
    metadata: init.metadata ?? EMPTY_BYTES,
  };
}

function encodeJoinGroupRequest(
  writer: Writer,
  message: Encodable<JoinGroupRequest>,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeString(message.groupId, flexible);
  writer.writeInt32(message.sessionTimeoutMs);
  if (version >= 1) {
    writer.writeInt32(message.rebalanceTimeoutMs);
  }
  writer.writeString(message.memberId, flexible);
  if (version >= 5) {
    writer.writeNullableString(message.groupInstanceId, flexible);
  } else if (message.groupInstanceId !== null) {
    throw fieldNotInVersion('JoinGroupRequest', 'groupInstanceId', version);
  }
  writer.writeString(message.protocolType, flexible);
  writer.writeArrayLength(message.protocols.length, flexible);
  for (const element of message.protocols) {
    encodeJoinGroupRequestProtocol(writer, element, version);
  }
  if (version >= 8) {
    writer.writeNullableString(message.reason, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeJoinGroupRequest(reader: Reader, version: number): JoinGroupRequest {
  const flexible = version >= 6;
  const groupId = reader.readString(flexible);
  const sessionTimeoutMs = reader.readInt32();
  const rebalanceTimeoutMs = version >= 1 ? reader.readInt32() : -1;
  const memberId = reader.readString(flexible);
  const groupInstanceId = version >= 5 ? reader.readNullableString(flexible) : null;
  const protocolType = reader.readString(flexible);
  const protocolsLength = reader.readArrayLength(flexible, 3);
  const protocols: JoinGroupRequestProtocol[] = [];
  for (let i = 0; i < protocolsLength; i++) {
    protocols.push(decodeJoinGroupRequestProtocol(reader, version));
  }
  const reason = version >= 8 ? reader.readNullableString(flexible) : null;
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    memberId,
    groupInstanceId,
    protocolType,
    protocols,
    reason,
  };
}

function encodeJoinGroupRequestProtocol(
  writer: Writer,
  message: JoinGroupRequestProtocol,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeString(message.name, flexible);
  writer.writeBytes(message.metadata, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeJoinGroupRequestProtocol(reader: Reader, version: number): JoinGroupRequestProtocol {
  const flexible = version >= 6;
  const name = reader.readString(flexible);
  const metadata = reader.readBytes(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    metadata,
  };
}

export const JoinGroupRequest: MessageCodec<JoinGroupRequest> = {
  name: 'JoinGroupRequest',
  apiKey: 11,
  minVersion: 0,
  maxVersion: 9,
  flexibleVersion: 6,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 9)) {
      throw unknownVersionToEncode('JoinGroupRequest', version, '0-9');
    }
    encodeJoinGroupRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 9)) {
      throw unknownVersionToDecode('JoinGroupRequest', version, '0-9', reader.offset);
    }
    return decodeJoinGroupRequest(reader, version);
  },
};
