// Generated from schemas/push-telemetry.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** PushTelemetryResponse (key 72): version 0, flexible from 0. */
export interface PushTelemetryResponse {
  throttleTimeMs: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createPushTelemetryResponse(
  init: Partial<PushTelemetryResponse> = {},
): PushTelemetryResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodePushTelemetryResponse(writer: Writer, message: PushTelemetryResponse): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeUnsignedVarint(0);
}

function decodePushTelemetryResponse(reader: Reader): PushTelemetryResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
  };
}

export const PushTelemetryResponse: MessageCodec<PushTelemetryResponse> = {
  name: 'PushTelemetryResponse',
  apiKey: 72,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('PushTelemetryResponse', version, '0');
    }
    encodePushTelemetryResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('PushTelemetryResponse', version, '0', reader.offset);
    }
    return decodePushTelemetryResponse(reader);
  },
};
