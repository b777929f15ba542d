// Generated from schemas/alter-configs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterConfigsResponse (key 33): versions 0 to 2, flexible from 2. */
export interface AlterConfigsResponse {
  throttleTimeMs: number;
  responses: AlterConfigsResponseAlterConfigsResourceResponse[];
}

/** Fields that are not given have their defaults. */
export function createAlterConfigsResponse(
  init: Partial<AlterConfigsResponse> = {},
): AlterConfigsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    responses: init.responses ?? [],
  };
}

export interface AlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
}

/** Fields that are not given have their defaults. */
export function createAlterConfigsResponseAlterConfigsResourceResponse(
  init: Partial<AlterConfigsResponseAlterConfigsResourceResponse> = {},
): AlterConfigsResponseAlterConfigsResourceResponse {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
  };
}

function encodeAlterConfigsResponse(
  writer: Writer,
  message: Encodable<AlterConfigsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.responses.length, flexible);
  for (const element of message.responses) {
    encodeAlterConfigsResponseAlterConfigsResourceResponse(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterConfigsResponse(reader: Reader, version: number): AlterConfigsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const responsesLength = reader.readArrayLength(flexible, 6);
  const responses: AlterConfigsResponseAlterConfigsResourceResponse[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeAlterConfigsResponseAlterConfigsResourceResponse(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    responses,
  };
}

function encodeAlterConfigsResponseAlterConfigsResourceResponse(
  writer: Writer,
  message: AlterConfigsResponseAlterConfigsResourceResponse,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterConfigsResponseAlterConfigsResourceResponse(
  reader: Reader,
  version: number,
): AlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
  };
}

export const AlterConfigsResponse: MessageCodec<AlterConfigsResponse> = {
  name: 'AlterConfigsResponse',
  apiKey: 33,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('AlterConfigsResponse', version, '0-2');
    }
    encodeAlterConfigsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('AlterConfigsResponse', version, '0-2', reader.offset);
    }
    return decodeAlterConfigsResponse(reader, version);
  },
};
