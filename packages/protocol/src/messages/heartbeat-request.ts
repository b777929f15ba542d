// Generated from schemas/heartbeat.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** HeartbeatRequest (key 12): versions 0 to 4, flexible from 4. */
export interface HeartbeatRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  /** Versions 3+. */
  groupInstanceId: string | null;
}

/** Fields that are not given have their defaults. */
export function createHeartbeatRequest(init: Partial<HeartbeatRequest> = {}): HeartbeatRequest {
  return {
    groupId: init.groupId ?? '',
    generationId: init.generationId ?? 0,
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
  };
}

function encodeHeartbeatRequest(writer: Writer, message: HeartbeatRequest, version: number): void {
  const flexible = version >= 4;
  writer.writeString(message.groupId, flexible);
  writer.writeInt32(message.generationId);
  writer.writeString(message.memberId, flexible);
  if (version >= 3) {
    writer.writeNullableString(message.groupInstanceId, flexible);
  } else if (message.groupInstanceId !== null) {
    throw fieldNotInVersion('HeartbeatRequest', 'groupInstanceId', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeHeartbeatRequest(reader: Reader, version: number): HeartbeatRequest {
  const flexible = version >= 4;
  const groupId = reader.readString(flexible);
  const generationId = reader.readInt32();
  const memberId = reader.readString(flexible);
  const groupInstanceId = version >= 3 ? reader.readNullableString(flexible) : null;
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
  };
}

export const HeartbeatRequest: MessageCodec<HeartbeatRequest> = {
  name: 'HeartbeatRequest',
  apiKey: 12,
  minVersion: 0,
  maxVersion: 4,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToEncode('HeartbeatRequest', version, '0-4');
    }
    encodeHeartbeatRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToDecode('HeartbeatRequest', version, '0-4', reader.offset);
    }
    return decodeHeartbeatRequest(reader, version);
  },
};
