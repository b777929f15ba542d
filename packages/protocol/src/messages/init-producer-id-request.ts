// Generated from schemas/init-producer-id.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** InitProducerIdRequest (key 22): versions 0 to 6, flexible from 2; version 6 is unstable. */
export interface InitProducerIdRequest {
  transactionalId: string | null;
  transactionTimeoutMs: number;
  /** Versions 3+. */
  producerId: number;
  /** Versions 3+. */
  producerEpoch: number;
  /** Versions 6+. */
  enable2Pc: boolean;
  /** Versions 6+. */
  keepPreparedTxn: boolean;
}

/** Fields that are not given have their defaults. */
export function createInitProducerIdRequest(
  init: Partial<InitProducerIdRequest> = {},
): InitProducerIdRequest {
  return {
    transactionalId: init.transactionalId !== undefined ? init.transactionalId : '',
    transactionTimeoutMs: init.transactionTimeoutMs ?? 0,
    producerId: init.producerId ?? -1,
    producerEpoch: init.producerEpoch ?? -1,
    enable2Pc: init.enable2Pc ?? false,
    keepPreparedTxn: init.keepPreparedTxn ?? false,
  };
}

function encodeInitProducerIdRequest(
  writer: Writer,
  message: InitProducerIdRequest,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeNullableString(message.transactionalId, flexible);
  writer.writeInt32(message.transactionTimeoutMs);
  if (version >= 3) {
    writer.writeInt64(message.producerId);
  } else if (message.producerId !== -1) {
    throw fieldNotInVersion('InitProducerIdRequest', 'producerId', version);
  }
  if (version >= 3) {
    writer.writeInt16(message.producerEpoch);
  } else if (message.producerEpoch !== -1) {
    throw fieldNotInVersion('InitProducerIdRequest', 'producerEpoch', version);
  }
  if (version >= 6) {
    writer.writeBoolean(message.enable2Pc);
  } else if (message.enable2Pc) {
    throw fieldNotInVersion('InitProducerIdRequest', 'enable2Pc', version);
  }
  if (version >= 6) {
    writer.writeBoolean(message.keepPreparedTxn);
  } else if (message.keepPreparedTxn) {
    throw fieldNotInVersion('InitProducerIdRequest', 'keepPreparedTxn', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeInitProducerIdRequest(reader: Reader, version: number): InitProducerIdRequest {
  const flexible = version >= 2;
  const transactionalId = reader.readNullableString(flexible);
  const transactionTimeoutMs = reader.readInt32();
  const producerId = version >= 3 ? reader.readInt64() : -1;
  const producerEpoch = version >= 3 ? reader.readInt16() : -1;
  const enable2Pc = version >= 6 ? reader.readBoolean() : false;
  const keepPreparedTxn = version >= 6 ? reader.readBoolean() : false;
  if (flexible) reader.skipTaggedFields();
  return {
    transactionalId,
    transactionTimeoutMs,
    producerId,
    producerEpoch,
    enable2Pc,
    keepPreparedTxn,
  };
}

export const InitProducerIdRequest: MessageCodec<InitProducerIdRequest> = {
  name: 'InitProducerIdRequest',
  apiKey: 22,
  minVersion: 0,
  maxVersion: 6,
  flexibleVersion: 2,
  latestVersionUnstable: true,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToEncode('InitProducerIdRequest', version, '0-6');
    }
    encodeInitProducerIdRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToDecode('InitProducerIdRequest', version, '0-6', reader.offset);
    }
    return decodeInitProducerIdRequest(reader, version);
  },
};
