// Generated from schemas/push-telemetry.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** PushTelemetryRequest (key 72): version 0, flexible from 0. */
export interface PushTelemetryRequest {
  clientInstanceId: string;
  subscriptionId: number;
  terminating: boolean;
  compressionType: number;
  /** A view on the frame when decoded. */
  metrics: Buffer;
}

/** Fields that are not given have their defaults. */
export function createPushTelemetryRequest(
  init: Partial<PushTelemetryRequest> = {},
): PushTelemetryRequest {
  return {
    clientInstanceId: init.clientInstanceId ?? ZERO_UUID,
    subscriptionId: init.subscriptionId ?? 0,
    terminating: init.terminating ?? false,
    compressionType: init.compressionType ?? 0,
    metrics: init.metrics ?? EMPTY_BYTES,
  };
}

function encodePushTelemetryRequest(writer: Writer, message: PushTelemetryRequest): void {
  writer.writeUuid(message.clientInstanceId);
  writer.writeInt32(message.subscriptionId);
  writer.writeBoolean(message.terminating);
  writer.writeInt8(message.compressionType);
  writer.writeBytes(message.metrics, true);
  writer.writeUnsignedVarint(0);
}

function decodePushTelemetryRequest(reader: Reader): PushTelemetryRequest {
  const clientInstanceId = reader.readUuid();
  const subscriptionId = reader.readInt32();
  const terminating = reader.readBoolean();
  const compressionType = reader.readInt8();
  const metrics = reader.readBytesView(true);
  reader.skipTaggedFields();
  return {
    clientInstanceId,
    subscriptionId,
    terminating,
    compressionType,
    metrics,
  };
}

export const PushTelemetryRequest: MessageCodec<PushTelemetryRequest> = {
  name: 'PushTelemetryRequest',
  apiKey: 72,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('PushTelemetryRequest', version, '0');
    }
    encodePushTelemetryRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('PushTelemetryRequest', version, '0', reader.offset);
    }
    return decodePushTelemetryRequest(reader);
  },
};
