// Generated from schemas/sasl-handshake.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** SaslHandshakeRequest (key 17): versions 0 to 1, never flexible. */
export interface SaslHandshakeRequest {
  mechanism: string;
}

/** Fields that are not given have their defaults. */
export function createSaslHandshakeRequest(
  init: Partial<SaslHandshakeRequest> = {},
): SaslHandshakeRequest {
  return {
    mechanism: init.mechanism ?? '',
  };
}

function encodeSaslHandshakeRequest(writer: Writer, message: SaslHandshakeRequest): void {
  writer.writeString(message.mechanism, false);
}

function decodeSaslHandshakeRequest(reader: Reader): SaslHandshakeRequest {
  const mechanism = reader.readString(false);
  return {
    mechanism,
  };
}

export const SaslHandshakeRequest: MessageCodec<SaslHandshakeRequest> = {
  name: 'SaslHandshakeRequest',
  apiKey: 17,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('SaslHandshakeRequest', version, '0-1');
    }
    encodeSaslHandshakeRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('SaslHandshakeRequest', version, '0-1', reader.offset);
    }
    return decodeSaslHandshakeRequest(reader);
  },
};
