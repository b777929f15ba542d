// Generated from schemas/renew-delegation-token.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** RenewDelegationTokenResponse (key 39): versions 1 to 2, flexible from 2. */
export interface RenewDelegationTokenResponse {
  errorCode: number;
  expiryTimestampMs: number;
  throttleTimeMs: number;
}

/** Fields that are not given have their defaults. */
export function createRenewDelegationTokenResponse(
  init: Partial<RenewDelegationTokenResponse> = {},
): RenewDelegationTokenResponse {
  return {
    errorCode: init.errorCode ?? 0,
    expiryTimestampMs: init.expiryTimestampMs ?? 0,
    throttleTimeMs: init.throttleTimeMs ?? 0,
  };
}

function encodeRenewDelegationTokenResponse(
  writer: Writer,
  message: RenewDelegationTokenResponse,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeInt64(message.expiryTimestampMs);
  writer.writeInt32(message.throttleTimeMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeRenewDelegationTokenResponse(
  reader: Reader,
  version: number,
): RenewDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const expiryTimestampMs = reader.readInt64();
  const throttleTimeMs = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    expiryTimestampMs,
    throttleTimeMs,
  };
}

export const RenewDelegationTokenResponse: MessageCodec<RenewDelegationTokenResponse> = {
  name: 'RenewDelegationTokenResponse',
  apiKey: 39,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('RenewDelegationTokenResponse', version, '1-2');
    }
    encodeRenewDelegationTokenResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('RenewDelegationTokenResponse', version, '1-2', reader.offset);
    }
    return decodeRenewDelegationTokenResponse(reader, version);
  },
};
