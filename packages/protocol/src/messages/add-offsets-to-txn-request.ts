// Generated from schemas/add-offsets-to-txn.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AddOffsetsToTxnRequest (key 25): versions 0 to 4, flexible from 3. */
export interface AddOffsetsToTxnRequest {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  groupId: string;
}

/** Fields that are not given have their defaults. */
export function createAddOffsetsToTxnRequest(
  init: Partial<AddOffsetsToTxnRequest> = {},
): AddOffsetsToTxnRequest {
  return {
    transactionalId: init.transactionalId ?? '',
    producerId: init.producerId ?? 0,
    producerEpoch: init.producerEpoch ?? 0,
    groupId: init.groupId ?? '',
  };
}

function encodeAddOffsetsToTxnRequest(
  writer: Writer,
  message: AddOffsetsToTxnRequest,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeString(message.transactionalId, flexible);
  writer.writeInt64(message.producerId);
  writer.writeInt16(message.producerEpoch);
  writer.writeString(message.groupId, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAddOffsetsToTxnRequest(reader: Reader, version: number): AddOffsetsToTxnRequest {
  const flexible = version >= 3;
  const transactionalId = reader.readString(flexible);
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt16();
  const groupId = reader.readString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    transactionalId,
    producerId,
    producerEpoch,
    groupId,
  };
}

export const AddOffsetsToTxnRequest: MessageCodec<AddOffsetsToTxnRequest> = {
  name: 'AddOffsetsToTxnRequest',
  apiKey: 25,
  minVersion: 0,
  maxVersion: 4,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToEncode('AddOffsetsToTxnRequest', version, '0-4');
    }
    encodeAddOffsetsToTxnRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToDecode('AddOffsetsToTxnRequest', version, '0-4', reader.offset);
    }
    return decodeAddOffsetsToTxnRequest(reader, version);
  },
};
