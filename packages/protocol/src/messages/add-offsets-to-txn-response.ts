// Generated from schemas/add-offsets-to-txn.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AddOffsetsToTxnResponse (key 25): versions 0 to 4, flexible from 3. */
export interface AddOffsetsToTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createAddOffsetsToTxnResponse(
  init: Partial<AddOffsetsToTxnResponse> = {},
): AddOffsetsToTxnResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeAddOffsetsToTxnResponse(
  writer: Writer,
  message: AddOffsetsToTxnResponse,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAddOffsetsToTxnResponse(reader: Reader, version: number): AddOffsetsToTxnResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
  };
}

export const AddOffsetsToTxnResponse: MessageCodec<AddOffsetsToTxnResponse> = {
  name: 'AddOffsetsToTxnResponse',
  apiKey: 25,
  minVersion: 0,
  maxVersion: 4,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToEncode('AddOffsetsToTxnResponse', version, '0-4');
    }
    encodeAddOffsetsToTxnResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToDecode('AddOffsetsToTxnResponse', version, '0-4', reader.offset);
    }
    return decodeAddOffsetsToTxnResponse(reader, version);
  },
};
