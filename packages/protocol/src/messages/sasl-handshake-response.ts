// Generated from schemas/sasl-handshake.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** SaslHandshakeResponse (key 17): versions 0 to 1, never flexible. */
export interface SaslHandshakeResponse {
  errorCode: number;
  mechanisms: string[];
}

/** Fields that are not given have their defaults. */
export function createSaslHandshakeResponse(
  init: Partial<SaslHandshakeResponse> = {},
): SaslHandshakeResponse {
  return {
    errorCode: init.errorCode ?? 0,
    mechanisms: init.mechanisms ?? [],
  };
}

function encodeSaslHandshakeResponse(
  writer: Writer,
  message: Encodable<SaslHandshakeResponse>,
): void {
  writer.writeErrorCode(message.errorCode);
  writer.writeArrayLength(message.mechanisms.length, false);
  for (const element of message.mechanisms) {
    writer.writeString(element, false);
  }
}

function decodeSaslHandshakeResponse(reader: Reader): SaslHandshakeResponse {
  const errorCode = reader.readInt16();
  const mechanismsLength = reader.readArrayLength(false, 2);
  const mechanisms: string[] = [];
  for (let i = 0; i < mechanismsLength; i++) {
    mechanisms.push(reader.readString(false));
  }
  return {
    errorCode,
    mechanisms,
  };
}

export const SaslHandshakeResponse: MessageCodec<SaslHandshakeResponse> = {
  name: 'SaslHandshakeResponse',
  apiKey: 17,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('SaslHandshakeResponse', version, '0-1');
    }
    encodeSaslHandshakeResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('SaslHandshakeResponse', version, '0-1', reader.offset);
    }
    return decodeSaslHandshakeResponse(reader);
  },
};
