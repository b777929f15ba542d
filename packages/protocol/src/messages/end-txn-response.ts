// Generated from schemas/end-txn.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** EndTxnResponse (key 26): versions 0 to 5, flexible from 3. */
export interface EndTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  /** Versions 5+. */
  producerId: number;
  /** Versions 5+. */
  producerEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createEndTxnResponse(init: Partial<EndTxnResponse> = {}): EndTxnResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    producerId: init.producerId ?? -1,
    producerEpoch: init.producerEpoch ?? -1,
  };
}

function encodeEndTxnResponse(writer: Writer, message: EndTxnResponse, version: number): void {
  const flexible = version >= 3;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  if (version >= 5) {
    writer.writeInt64(message.producerId);
  }
  if (version >= 5) {
    writer.writeInt16(message.producerEpoch);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeEndTxnResponse(reader: Reader, version: number): EndTxnResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const producerId = version >= 5 ? reader.readInt64() : -1;
  const producerEpoch = version >= 5 ? reader.readInt16() : -1;
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    producerId,
    producerEpoch,
  };
}

export const EndTxnResponse: MessageCodec<EndTxnResponse> = {
  name: 'EndTxnResponse',
  apiKey: 26,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('EndTxnResponse', version, '0-5');
    }
    encodeEndTxnResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('EndTxnResponse', version, '0-5', reader.offset);
    }
    return decodeEndTxnResponse(reader, version);
  },
};
