// Generated from schemas/delete-acls.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteAclsResponse (key 31): versions 1 to 3, flexible from 2. */
export interface DeleteAclsResponse {
  throttleTimeMs: number;
  filterResults: DeleteAclsResponseDeleteAclsFilterResult[];
}

/** Fields that are not given have their defaults. */
export function createDeleteAclsResponse(
  init: Partial<DeleteAclsResponse> = {},
): DeleteAclsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    filterResults: init.filterResults ?? [],
  };
}

export interface DeleteAclsResponseDeleteAclsFilterResult {
  errorCode: number;
  errorMessage: string | null;
  matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[];
}

/** Fields that are not given have their defaults. */
export function createDeleteAclsResponseDeleteAclsFilterResult(
  init: Partial<DeleteAclsResponseDeleteAclsFilterResult> = {},
): DeleteAclsResponseDeleteAclsFilterResult {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    matchingAcls: init.matchingAcls ?? [],
  };
}

export interface DeleteAclsResponseDeleteAclsMatchingAcl {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteAclsResponseDeleteAclsMatchingAcl(
  init: Partial<DeleteAclsResponseDeleteAclsMatchingAcl> = {},
): DeleteAclsResponseDeleteAclsMatchingAcl {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
    patternType: init.patternType ?? 3,
    principal: init.principal ?? '',
    host: init.host ?? '',
    operation: init.operation ?? 0,
    permissionType: init.permissionType ?? 0,
  };
}

function encodeDeleteAclsResponse(
  writer: Writer,
  message: Encodable<DeleteAclsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.filterResults.length, flexible);
  for (const element of message.filterResults) {
    encodeDeleteAclsResponseDeleteAclsFilterResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteAclsResponse(reader: Reader, version: number): DeleteAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const filterResultsLength = reader.readArrayLength(flexible, 5);
  const filterResults: DeleteAclsResponseDeleteAclsFilterResult[] = [];
  for (let i = 0; i < filterResultsLength; i++) {
    filterResults.push(decodeDeleteAclsResponseDeleteAclsFilterResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    filterResults,
  };
}

function encodeDeleteAclsResponseDeleteAclsFilterResult(
  writer: Writer,
  message: DeleteAclsResponseDeleteAclsFilterResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeArrayLength(message.matchingAcls.length, flexible);
  for (const element of message.matchingAcls) {
    encodeDeleteAclsResponseDeleteAclsMatchingAcl(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteAclsResponseDeleteAclsFilterResult(
  reader: Reader,
  version: number,
): DeleteAclsResponseDeleteAclsFilterResult {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const matchingAclsLength = reader.readArrayLength(flexible, 11);
  const matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[] = [];
  for (let i = 0; i < matchingAclsLength; i++) {
    matchingAcls.push(decodeDeleteAclsResponseDeleteAclsMatchingAcl(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    matchingAcls,
  };
}

function encodeDeleteAclsResponseDeleteAclsMatchingAcl(
  writer: Writer,
  message: DeleteAclsResponseDeleteAclsMatchingAcl,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  writer.writeInt8(message.patternType);
  writer.writeString(message.principal, flexible);
  writer.writeString(message.host, flexible);
  writer.writeInt8(message.operation);
  writer.writeInt8(message.permissionType);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteAclsResponseDeleteAclsMatchingAcl(
  reader: Reader,
  version: number,
): DeleteAclsResponseDeleteAclsMatchingAcl {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  const patternType = reader.readInt8();
  const principal = reader.readString(flexible);
  const host = reader.readString(flexible);
  const operation = reader.readInt8();
  const permissionType = reader.readInt8();
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  };
}

export const DeleteAclsResponse: MessageCodec<DeleteAclsResponse> = {
  name: 'DeleteAclsResponse',
  apiKey: 31,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('DeleteAclsResponse', version, '1-3');
    }
    encodeDeleteAclsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('DeleteAclsResponse', version, '1-3', reader.offset);
    }
    return decodeDeleteAclsResponse(reader, version);
  },
};
