// Generated from schemas/delete-groups.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteGroupsResponse (key 42): versions 0 to 2, flexible from 2. */
export interface DeleteGroupsResponse {
  throttleTimeMs: number;
  results: DeleteGroupsResponseDeletableGroupResult[];
}

/** Fields that are not given have their defaults. */
export function createDeleteGroupsResponse(
  init: Partial<DeleteGroupsResponse> = {},
): DeleteGroupsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    results: init.results ?? [],
  };
}

export interface DeleteGroupsResponseDeletableGroupResult {
  groupId: string;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteGroupsResponseDeletableGroupResult(
  init: Partial<DeleteGroupsResponseDeletableGroupResult> = {},
): DeleteGroupsResponseDeletableGroupResult {
  return {
    groupId: init.groupId ?? '',
    errorCode: init.errorCode ?? 0,
  };
}

function encodeDeleteGroupsResponse(
  writer: Writer,
  message: Encodable<DeleteGroupsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.results.length, flexible);
  for (const element of message.results) {
    encodeDeleteGroupsResponseDeletableGroupResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteGroupsResponse(reader: Reader, version: number): DeleteGroupsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const resultsLength = reader.readArrayLength(flexible, 4);
  const results: DeleteGroupsResponseDeletableGroupResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeDeleteGroupsResponseDeletableGroupResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    results,
  };
}

function encodeDeleteGroupsResponseDeletableGroupResult(
  writer: Writer,
  message: DeleteGroupsResponseDeletableGroupResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.groupId, flexible);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteGroupsResponseDeletableGroupResult(
  reader: Reader,
  version: number,
): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version >= 2;
  const groupId = reader.readString(flexible);
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    errorCode,
  };
}

export const DeleteGroupsResponse: MessageCodec<DeleteGroupsResponse> = {
  name: 'DeleteGroupsResponse',
  apiKey: 42,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DeleteGroupsResponse', version, '0-2');
    }
    encodeDeleteGroupsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DeleteGroupsResponse', version, '0-2', reader.offset);
    }
    return decodeDeleteGroupsResponse(reader, version);
  },
};
