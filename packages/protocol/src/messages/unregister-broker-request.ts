// Generated from schemas/unregister-broker.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** UnregisterBrokerRequest (key 64): version 0, flexible from 0. */
export interface UnregisterBrokerRequest {
  brokerId: number;
}

/** Fields that are not given have their defaults. */
export function createUnregisterBrokerRequest(
  init: Partial<UnregisterBrokerRequest> = {},
): UnregisterBrokerRequest {
  return {
    brokerId: init.brokerId ?? 0,
  };
}

function encodeUnregisterBrokerRequest(writer: Writer, message: UnregisterBrokerRequest): void {
  writer.writeInt32(message.brokerId);
  writer.writeUnsignedVarint(0);
}

function decodeUnregisterBrokerRequest(reader: Reader): UnregisterBrokerRequest {
  const brokerId = reader.readInt32();
  reader.skipTaggedFields();
  return {
    brokerId,
  };
}

export const UnregisterBrokerRequest: MessageCodec<UnregisterBrokerRequest> = {
  name: 'UnregisterBrokerRequest',
  apiKey: 64,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('UnregisterBrokerRequest', version, '0');
    }
    encodeUnregisterBrokerRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('UnregisterBrokerRequest', version, '0', reader.offset);
    }
    return decodeUnregisterBrokerRequest(reader);
  },
};
