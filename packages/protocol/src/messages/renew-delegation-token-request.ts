// Generated from schemas/renew-delegation-token.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** RenewDelegationTokenRequest (key 39): versions 1 to 2, flexible from 2. */
export interface RenewDelegationTokenRequest {
  hmac: Buffer;
  renewPeriodMs: number;
}

/** Fields that are not given have their defaults. */
export function createRenewDelegationTokenRequest(
  init: Partial<RenewDelegationTokenRequest> = {},
): RenewDelegationTokenRequest {
  return {
    hmac: init.hmac ?? EMPTY_BYTES,
    renewPeriodMs: init.renewPeriodMs ?? 0,
  };
}

function encodeRenewDelegationTokenRequest(
  writer: Writer,
  message: RenewDelegationTokenRequest,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeBytes(message.hmac, flexible);
  writer.writeInt64(message.renewPeriodMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeRenewDelegationTokenRequest(
  reader: Reader,
  version: number,
): RenewDelegationTokenRequest {
  const flexible = version >= 2;
  const hmac = reader.readBytes(flexible);
  const renewPeriodMs = reader.readInt64();
  if (flexible) reader.skipTaggedFields();
  return {
    hmac,
    renewPeriodMs,
  };
}

export const RenewDelegationTokenRequest: MessageCodec<RenewDelegationTokenRequest> = {
  name: 'RenewDelegationTokenRequest',
  apiKey: 39,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('RenewDelegationTokenRequest', version, '1-2');
    }
    encodeRenewDelegationTokenRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('RenewDelegationTokenRequest', version, '1-2', reader.offset);
    }
    return decodeRenewDelegationTokenRequest(reader, version);
  },
};
