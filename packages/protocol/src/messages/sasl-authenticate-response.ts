// Generated from schemas/sasl-authenticate.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** SaslAuthenticateResponse (key 36): versions 0 to 2, flexible from 2. */
export interface SaslAuthenticateResponse {
  errorCode: number;
  errorMessage: string | null;
  authBytes: Buffer;
  /** Versions 1+. */
  sessionLifetimeMs: number;
}

/** Fields that are not given have their defaults. */
export function createSaslAuthenticateResponse(
  init: Partial<SaslAuthenticateResponse> = {},
): SaslAuthenticateResponse {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    authBytes: init.authBytes ?? EMPTY_BYTES,
    sessionLifetimeMs: init.sessionLifetimeMs ?? 0,
  };
}

function encodeSaslAuthenticateResponse(
  writer: Writer,
  message: SaslAuthenticateResponse,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeBytes(message.authBytes, flexible);
  if (version >= 1) {
    writer.writeInt64(message.sessionLifetimeMs);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeSaslAuthenticateResponse(reader: Reader, version: number): SaslAuthenticateResponse {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const authBytes = reader.readBytes(flexible);
  const sessionLifetimeMs = version >= 1 ? reader.readInt64() : 0;
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    authBytes,
    sessionLifetimeMs,
  };
}

export const SaslAuthenticateResponse: MessageCodec<SaslAuthenticateResponse> = {
  name: 'SaslAuthenticateResponse',
  apiKey: 36,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('SaslAuthenticateResponse', version, '0-2');
    }
    encodeSaslAuthenticateResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('SaslAuthenticateResponse', version, '0-2', reader.offset);
    }
    return decodeSaslAuthenticateResponse(reader, version);
  },
};
