// Generated from schemas/response-header.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ResponseHeader: versions 0 to 1, flexible from 1. */
export interface ResponseHeader {
  correlationId: number;
}

/** Fields that are not given have their defaults. */
export function createResponseHeader(init: Partial<ResponseHeader> = {}): ResponseHeader {
  return {
    correlationId: init.correlationId ?? 0,
  };
}

function encodeResponseHeader(writer: Writer, message: ResponseHeader, version: number): void {
  const flexible = version >= 1;
  writer.writeInt32(message.correlationId);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeResponseHeader(reader: Reader, version: number): ResponseHeader {
  const flexible = version >= 1;
  const correlationId = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    correlationId,
  };
}

export const ResponseHeader: MessageCodec<ResponseHeader> = {
  name: 'ResponseHeader',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ResponseHeader', version, '0-1');
    }
    encodeResponseHeader(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ResponseHeader', version, '0-1', reader.offset);
    }
    return decodeResponseHeader(reader, version);
  },
};
