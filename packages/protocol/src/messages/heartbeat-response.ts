// Generated from schemas/heartbeat.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** HeartbeatResponse (key 12): versions 0 to 4, flexible from 4. */
export interface HeartbeatResponse {
  /** Versions 1+. */
  throttleTimeMs: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createHeartbeatResponse(init: Partial<HeartbeatResponse> = {}): HeartbeatResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeHeartbeatResponse(
  writer: Writer,
  message: HeartbeatResponse,
  version: number,
): void {
  const flexible = version >= 4;
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeHeartbeatResponse(reader: Reader, version: number): HeartbeatResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.readInt32() : 0;
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
  };
}

export const HeartbeatResponse: MessageCodec<HeartbeatResponse> = {
  name: 'HeartbeatResponse',
  apiKey: 12,
  minVersion: 0,
  maxVersion: 4,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToEncode('HeartbeatResponse', version, '0-4');
    }
    encodeHeartbeatResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToDecode('HeartbeatResponse', version, '0-4', reader.offset);
    }
    return decodeHeartbeatResponse(reader, version);
  },
};
