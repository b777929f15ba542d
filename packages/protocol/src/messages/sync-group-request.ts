// Generated from schemas/sync-group.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** SyncGroupRequest (key 14): versions 0 to 5, flexible from 4. */
export interface SyncGroupRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  /** Versions 3+. */
  groupInstanceId: string | null;
  /** Versions 5+. */
  protocolType: string | null;
  /** Versions 5+. */
  protocolName: string | null;
  assignments: SyncGroupRequestAssignment[];
}

/** Fields that are not given have their defaults. */
export function createSyncGroupRequest(init: Partial<SyncGroupRequest> = {}): SyncGroupRequest {
  return {
    groupId: init.groupId ?? '',
    generationId: init.generationId ?? 0,
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
    protocolType: init.protocolType ?? null,
    protocolName: init.protocolName ?? null,
    assignments: init.assignments ?? [],
  };
}

export interface SyncGroupRequestAssignment {
  memberId: string;
  assignment: Buffer;
}

/** Fields that are not given have their defaults. */
export function createSyncGroupRequestAssignment(
  init: Partial<SyncGroupRequestAssignment> = {},
): SyncGroupRequestAssignment {
  return {
    memberId: init.memberId ?? '',
    assignment: init.assignment ?? EMPTY_BYTES,
  };
}

function encodeSyncGroupRequest(
  writer: Writer,
  message: Encodable<SyncGroupRequest>,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.groupId, flexible);
  writer.writeInt32(message.generationId);
  writer.writeString(message.memberId, flexible);
  if (version >= 3) {
    writer.writeNullableString(message.groupInstanceId, flexible);
  } else if (message.groupInstanceId !== null) {
    throw fieldNotInVersion('SyncGroupRequest', 'groupInstanceId', version);
  }
  if (version >= 5) {
    writer.writeNullableString(message.protocolType, flexible);
  }
  if (version >= 5) {
    writer.writeNullableString(message.protocolName, flexible);
  }
  writer.writeArrayLength(message.assignments.length, flexible);
  for (const element of message.assignments) {
    encodeSyncGroupRequestAssignment(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeSyncGroupRequest(reader: Reader, version: number): SyncGroupRequest {
  const flexible = version >= 4;
  const groupId = reader.readString(flexible);
  const generationId = reader.readInt32();
  const memberId = reader.readString(flexible);
  const groupInstanceId = version >= 3 ? reader.readNullableString(flexible) : null;
  const protocolType = version >= 5 ? reader.readNullableString(flexible) : null;
  const protocolName = version >= 5 ? reader.readNullableString(flexible) : null;
  const assignmentsLength = reader.readArrayLength(flexible, 3);
  const assignments: SyncGroupRequestAssignment[] = [];
  for (let i = 0; i < assignmentsLength; i++) {
    assignments.push(decodeSyncGroupRequestAssignment(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
    protocolType,
    protocolName,
    assignments,
  };
}

function encodeSyncGroupRequestAssignment(
  writer: Writer,
  message: SyncGroupRequestAssignment,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.memberId, flexible);
  writer.writeBytes(message.assignment, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeSyncGroupRequestAssignment(
  reader: Reader,
  version: number,
): SyncGroupRequestAssignment {
  const flexible = version >= 4;
  const memberId = reader.readString(flexible);
  const assignment = reader.readBytes(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    memberId,
    assignment,
  };
}

export const SyncGroupRequest: MessageCodec<SyncGroupRequest> = {
  name: 'SyncGroupRequest',
  apiKey: 14,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('SyncGroupRequest', version, '0-5');
    }
    encodeSyncGroupRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('SyncGroupRequest', version, '0-5', reader.offset);
    }
    return decodeSyncGroupRequest(reader, version);
  },
};
