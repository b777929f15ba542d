// Generated from schemas/request-header.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** RequestHeader: versions 1 to 2, flexible from 2. */
export interface RequestHeader {
  requestApiKey: number;
  requestApiVersion: number;
  correlationId: number;
  clientId: string | null;
}

/** Fields that are not given have their defaults. */
export function createRequestHeader(init: Partial<RequestHeader> = {}): RequestHeader {
  return {
    requestApiKey: init.requestApiKey ?? 0,
    requestApiVersion: init.requestApiVersion ?? 0,
    correlationId: init.correlationId ?? 0,
    clientId: init.clientId !== undefined ? init.clientId : '',
  };
}

function encodeRequestHeader(writer: Writer, message: RequestHeader, version: number): void {
  const flexible = version >= 2;
  writer.writeInt16(message.requestApiKey);
  writer.writeInt16(message.requestApiVersion);
  writer.writeInt32(message.correlationId);
  writer.writeNullableString(message.clientId, false);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeRequestHeader(reader: Reader, version: number): RequestHeader {
  const flexible = version >= 2;
  const requestApiKey = reader.readInt16();
  const requestApiVersion = reader.readInt16();
  const correlationId = reader.readInt32();
  const clientId = reader.readNullableString(false);
  if (flexible) reader.skipTaggedFields();
  return {
    requestApiKey,
    requestApiVersion,
    correlationId,
    clientId,
  };
}

export const RequestHeader: MessageCodec<RequestHeader> = {
  name: 'RequestHeader',
  apiKey: -1,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('RequestHeader', version, '1-2');
    }
    encodeRequestHeader(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('RequestHeader', version, '1-2', reader.offset);
    }
    return decodeRequestHeader(reader, version);
  },
};
