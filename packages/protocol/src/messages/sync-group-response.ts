// Generated from schemas/sync-group.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** SyncGroupResponse (key 14): versions 0 to 5, flexible from 4. */
export interface SyncGroupResponse {
  /** Versions 1+. */
  throttleTimeMs: number;
  errorCode: number;
  /** Versions 5+. */
  protocolType: string | null;
  /** Versions 5+. */
  protocolName: string | null;
  assignment: Buffer;
}

/** Fields that are not given have their defaults. */
export function createSyncGroupResponse(init: Partial<SyncGroupResponse> = {}): SyncGroupResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    protocolType: init.protocolType ?? null,
    protocolName: init.protocolName ?? null,
    assignment: init.assignment ?? EMPTY_BYTES,
  };
}

function encodeSyncGroupResponse(
  writer: Writer,
  message: SyncGroupResponse,
  version: number,
): void {
  const flexible = version >= 4;
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeErrorCode(message.errorCode);
  if (version >= 5) {
    writer.writeNullableString(message.protocolType, flexible);
  }
  if (version >= 5) {
    writer.writeNullableString(message.protocolName, flexible);
  }
  writer.writeBytes(message.assignment, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeSyncGroupResponse(reader: Reader, version: number): SyncGroupResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.readInt32() : 0;
  const errorCode = reader.readInt16();
  const protocolType = version >= 5 ? reader.readNullableString(flexible) : null;
  const protocolName = version >= 5 ? reader.readNullableString(flexible) : null;
  const assignment = reader.readBytes(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    protocolType,
    protocolName,
    assignment,
  };
}

export const SyncGroupResponse: MessageCodec<SyncGroupResponse> = {
  name: 'SyncGroupResponse',
  apiKey: 14,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('SyncGroupResponse', version, '0-5');
    }
    encodeSyncGroupResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('SyncGroupResponse', version, '0-5', reader.offset);
    }
    return decodeSyncGroupResponse(reader, version);
  },
};
