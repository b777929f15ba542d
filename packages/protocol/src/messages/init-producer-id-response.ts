// Generated from schemas/init-producer-id.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** InitProducerIdResponse (key 22): versions 0 to 6, flexible from 2; version 6 is unstable. */
export interface InitProducerIdResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerId: number;
  producerEpoch: number;
  /** Versions 6+. */
  ongoingTxnProducerId: number;
  /** Versions 6+. */
  ongoingTxnProducerEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createInitProducerIdResponse(
  init: Partial<InitProducerIdResponse> = {},
): InitProducerIdResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    producerId: init.producerId ?? -1,
    producerEpoch: init.producerEpoch ?? 0,
    ongoingTxnProducerId: init.ongoingTxnProducerId ?? -1,
    ongoingTxnProducerEpoch: init.ongoingTxnProducerEpoch ?? -1,
  };
}

function encodeInitProducerIdResponse(
  writer: Writer,
  message: InitProducerIdResponse,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeInt64(message.producerId);
  writer.writeInt16(message.producerEpoch);
  if (version >= 6) {
    writer.writeInt64(message.ongoingTxnProducerId);
  } else if (message.ongoingTxnProducerId !== -1) {
    throw fieldNotInVersion('InitProducerIdResponse', 'ongoingTxnProducerId', version);
  }
  if (version >= 6) {
    writer.writeInt16(message.ongoingTxnProducerEpoch);
  } else if (message.ongoingTxnProducerEpoch !== -1) {
    throw fieldNotInVersion('InitProducerIdResponse', 'ongoingTxnProducerEpoch', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeInitProducerIdResponse(reader: Reader, version: number): InitProducerIdResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt16();
  const ongoingTxnProducerId = version >= 6 ? reader.readInt64() : -1;
  const ongoingTxnProducerEpoch = version >= 6 ? reader.readInt16() : -1;
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    producerId,
    producerEpoch,
    ongoingTxnProducerId,
    ongoingTxnProducerEpoch,
  };
}

export const InitProducerIdResponse: MessageCodec<InitProducerIdResponse> = {
  name: 'InitProducerIdResponse',
  apiKey: 22,
  minVersion: 0,
  maxVersion: 6,
  flexibleVersion: 2,
  latestVersionUnstable: true,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToEncode('InitProducerIdResponse', version, '0-6');
    }
    encodeInitProducerIdResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToDecode('InitProducerIdResponse', version, '0-6', reader.offset);
    }
    return decodeInitProducerIdResponse(reader, version);
  },
};
