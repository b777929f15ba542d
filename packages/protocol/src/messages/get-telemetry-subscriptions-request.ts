// Generated from schemas/get-telemetry-subscriptions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** GetTelemetrySubscriptionsRequest (key 71): version 0, flexible from 0. */
export interface GetTelemetrySubscriptionsRequest {
  clientInstanceId: string;
}

/** Fields that are not given have their defaults. */
export function createGetTelemetrySubscriptionsRequest(
  init: Partial<GetTelemetrySubscriptionsRequest> = {},
): GetTelemetrySubscriptionsRequest {
  return {
    clientInstanceId: init.clientInstanceId ?? ZERO_UUID,
  };
}

function encodeGetTelemetrySubscriptionsRequest(
  writer: Writer,
  message: GetTelemetrySubscriptionsRequest,
): void {
  writer.writeUuid(message.clientInstanceId);
  writer.writeUnsignedVarint(0);
}

function decodeGetTelemetrySubscriptionsRequest(reader: Reader): GetTelemetrySubscriptionsRequest {
  const clientInstanceId = reader.readUuid();
  reader.skipTaggedFields();
  return {
    clientInstanceId,
  };
}

export const GetTelemetrySubscriptionsRequest: MessageCodec<GetTelemetrySubscriptionsRequest> = {
  name: 'GetTelemetrySubscriptionsRequest',
  apiKey: 71,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('GetTelemetrySubscriptionsRequest', version, '0');
    }
    encodeGetTelemetrySubscriptionsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('GetTelemetrySubscriptionsRequest', version, '0', reader.offset);
    }
    return decodeGetTelemetrySubscriptionsRequest(reader);
  },
};
