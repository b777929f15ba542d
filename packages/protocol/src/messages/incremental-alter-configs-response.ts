// Generated from schemas/incremental-alter-configs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** IncrementalAlterConfigsResponse (key 44): versions 0 to 1, flexible from 1. */
export interface IncrementalAlterConfigsResponse {
  throttleTimeMs: number;
  responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[];
}

/** Fields that are not given have their defaults. */
export function createIncrementalAlterConfigsResponse(
  init: Partial<IncrementalAlterConfigsResponse> = {},
): IncrementalAlterConfigsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    responses: init.responses ?? [],
  };
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
}

/** Fields that are not given have their defaults. */
export function createIncrementalAlterConfigsResponseAlterConfigsResourceResponse(
  init: Partial<IncrementalAlterConfigsResponseAlterConfigsResourceResponse> = {},
): IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
  };
}

function encodeIncrementalAlterConfigsResponse(
  writer: Writer,
  message: Encodable<IncrementalAlterConfigsResponse>,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.responses.length, flexible);
  for (const element of message.responses) {
    encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeIncrementalAlterConfigsResponse(
  reader: Reader,
  version: number,
): IncrementalAlterConfigsResponse {
  const flexible = version >= 1;
  const throttleTimeMs = reader.readInt32();
  const responsesLength = reader.readArrayLength(flexible, 6);
  const responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    responses,
  };
}

function encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(
  writer: Writer,
  message: IncrementalAlterConfigsResponseAlterConfigsResourceResponse,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(
  reader: Reader,
  version: number,
): IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 1;
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

export const IncrementalAlterConfigsResponse: MessageCodec<IncrementalAlterConfigsResponse> = {
  name: 'IncrementalAlterConfigsResponse',
  apiKey: 44,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('IncrementalAlterConfigsResponse', version, '0-1');
    }
    encodeIncrementalAlterConfigsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('IncrementalAlterConfigsResponse', version, '0-1', reader.offset);
    }
    return decodeIncrementalAlterConfigsResponse(reader, version);
  },
};
