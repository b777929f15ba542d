// Generated from schemas/end-txn.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** EndTxnRequest (key 26): versions 0 to 5, flexible from 3. */
export interface EndTxnRequest {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  committed: boolean;
}

/** Fields that are not given have their defaults. */
export function createEndTxnRequest(init: Partial<EndTxnRequest> = {}): EndTxnRequest {
  return {
    transactionalId: init.transactionalId ?? '',
    producerId: init.producerId ?? 0,
    producerEpoch: init.producerEpoch ?? 0,
    committed: init.committed ?? false,
  };
}

function encodeEndTxnRequest(writer: Writer, message: EndTxnRequest, version: number): void {
  const flexible = version >= 3;
  writer.writeString(message.transactionalId, flexible);
  writer.writeInt64(message.producerId);
  writer.writeInt16(message.producerEpoch);
  writer.writeBoolean(message.committed);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeEndTxnRequest(reader: Reader, version: number): EndTxnRequest {
  const flexible = version >= 3;
  const transactionalId = reader.readString(flexible);
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt16();
  const committed = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    transactionalId,
    producerId,
    producerEpoch,
    committed,
  };
}

export const EndTxnRequest: MessageCodec<EndTxnRequest> = {
  name: 'EndTxnRequest',
  apiKey: 26,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('EndTxnRequest', version, '0-5');
    }
    encodeEndTxnRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('EndTxnRequest', version, '0-5', reader.offset);
    }
    return decodeEndTxnRequest(reader, version);
  },
};
