// Generated from schemas/expire-delegation-token.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ExpireDelegationTokenRequest (key 40): versions 1 to 2, flexible from 2. */
export interface ExpireDelegationTokenRequest {
  hmac: Buffer;
  expiryTimePeriodMs: number;
}

/** Fields that are not given have their defaults. */
export function createExpireDelegationTokenRequest(
  init: Partial<ExpireDelegationTokenRequest> = {},
): ExpireDelegationTokenRequest {
  return {
    hmac: init.hmac ?? EMPTY_BYTES,
    expiryTimePeriodMs: init.expiryTimePeriodMs ?? 0,
  };
}

function encodeExpireDelegationTokenRequest(
  writer: Writer,
  message: ExpireDelegationTokenRequest,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeBytes(message.hmac, flexible);
  writer.writeInt64(message.expiryTimePeriodMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeExpireDelegationTokenRequest(
  reader: Reader,
  version: number,
): ExpireDelegationTokenRequest {
  const flexible = version >= 2;
  const hmac = reader.readBytes(flexible);
  const expiryTimePeriodMs = reader.readInt64();
  if (flexible) reader.skipTaggedFields();
  return {
    hmac,
    expiryTimePeriodMs,
  };
}

export const ExpireDelegationTokenRequest: MessageCodec<ExpireDelegationTokenRequest> = {
  name: 'ExpireDelegationTokenRequest',
  apiKey: 40,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('ExpireDelegationTokenRequest', version, '1-2');
    }
    encodeExpireDelegationTokenRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('ExpireDelegationTokenRequest', version, '1-2', reader.offset);
    }
    return decodeExpireDelegationTokenRequest(reader, version);
  },
};
