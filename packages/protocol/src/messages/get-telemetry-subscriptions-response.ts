// Generated from schemas/get-telemetry-subscriptions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** GetTelemetrySubscriptionsResponse (key 71): version 0, flexible from 0. */
export interface GetTelemetrySubscriptionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  clientInstanceId: string;
  subscriptionId: number;
  acceptedCompressionTypes: number[];
  pushIntervalMs: number;
  telemetryMaxBytes: number;
  deltaTemporality: boolean;
  requestedMetrics: string[];
}

/** Fields that are not given have their defaults. */
export function createGetTelemetrySubscriptionsResponse(
  init: Partial<GetTelemetrySubscriptionsResponse> = {},
): GetTelemetrySubscriptionsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    clientInstanceId: init.clientInstanceId ?? ZERO_UUID,
    subscriptionId: init.subscriptionId ?? 0,
    acceptedCompressionTypes: init.acceptedCompressionTypes ?? [],
    pushIntervalMs: init.pushIntervalMs ?? 0,
    telemetryMaxBytes: init.telemetryMaxBytes ?? 0,
    deltaTemporality: init.deltaTemporality ?? false,
    requestedMetrics: init.requestedMetrics ?? [],
  };
}

function encodeGetTelemetrySubscriptionsResponse(
  writer: Writer,
  message: Encodable<GetTelemetrySubscriptionsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeUuid(message.clientInstanceId);
  writer.writeInt32(message.subscriptionId);
  writer.writeArrayLength(message.acceptedCompressionTypes.length, true);
  for (const element of message.acceptedCompressionTypes) {
    writer.writeInt8(element);
  }
  writer.writeInt32(message.pushIntervalMs);
  writer.writeInt32(message.telemetryMaxBytes);
  writer.writeBoolean(message.deltaTemporality);
  writer.writeArrayLength(message.requestedMetrics.length, true);
  for (const element of message.requestedMetrics) {
    writer.writeString(element, true);
  }
  writer.writeUnsignedVarint(0);
}

function decodeGetTelemetrySubscriptionsResponse(
  reader: Reader,
): GetTelemetrySubscriptionsResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const clientInstanceId = reader.readUuid();
  const subscriptionId = reader.readInt32();
  const acceptedCompressionTypesLength = reader.readArrayLength(true, 1);
  const acceptedCompressionTypes: number[] = [];
  for (let i = 0; i < acceptedCompressionTypesLength; i++) {
    acceptedCompressionTypes.push(reader.readInt8());
  }
  const pushIntervalMs = reader.readInt32();
  const telemetryMaxBytes = reader.readInt32();
  const deltaTemporality = reader.readBoolean();
  const requestedMetricsLength = reader.readArrayLength(true, 1);
  const requestedMetrics: string[] = [];
  for (let i = 0; i < requestedMetricsLength; i++) {
    requestedMetrics.push(reader.readString(true));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    clientInstanceId,
    subscriptionId,
    acceptedCompressionTypes,
    pushIntervalMs,
    telemetryMaxBytes,
    deltaTemporality,
    requestedMetrics,
  };
}

export const GetTelemetrySubscriptionsResponse: MessageCodec<GetTelemetrySubscriptionsResponse> = {
  name: 'GetTelemetrySubscriptionsResponse',
  apiKey: 71,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('GetTelemetrySubscriptionsResponse', version, '0');
    }
    encodeGetTelemetrySubscriptionsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('GetTelemetrySubscriptionsResponse', version, '0', reader.offset);
    }
    return decodeGetTelemetrySubscriptionsResponse(reader);
  },
};
