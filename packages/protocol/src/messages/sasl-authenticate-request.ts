// Generated from schemas/sasl-authenticate.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** SaslAuthenticateRequest (key 36): versions 0 to 2, flexible from 2. */
export interface SaslAuthenticateRequest {
  authBytes: Buffer;
}

/** Fields that are not given have their defaults. */
export function createSaslAuthenticateRequest(
  init: Partial<SaslAuthenticateRequest> = {},
): SaslAuthenticateRequest {
  return {
    authBytes: init.authBytes ?? EMPTY_BYTES,
  };
}

function encodeSaslAuthenticateRequest(
  writer: Writer,
  message: SaslAuthenticateRequest,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeBytes(message.authBytes, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeSaslAuthenticateRequest(reader: Reader, version: number): SaslAuthenticateRequest {
  const flexible = version >= 2;
  const authBytes = reader.readBytes(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    authBytes,
  };
}

export const SaslAuthenticateRequest: MessageCodec<SaslAuthenticateRequest> = {
  name: 'SaslAuthenticateRequest',
  apiKey: 36,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('SaslAuthenticateRequest', version, '0-2');
    }
    encodeSaslAuthenticateRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('SaslAuthenticateRequest', version, '0-2', reader.offset);
    }
    return decodeSaslAuthenticateRequest(reader, version);
  },
};
