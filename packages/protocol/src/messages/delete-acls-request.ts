// Generated from schemas/delete-acls.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteAclsRequest (key 31): versions 1 to 3, flexible from 2. */
export interface DeleteAclsRequest {
  filters: DeleteAclsRequestDeleteAclsFilter[];
}

/** Fields that are not given have their defaults. */
export function createDeleteAclsRequest(init: Partial<DeleteAclsRequest> = {}): DeleteAclsRequest {
  return {
    filters: init.filters ?? [],
  };
}

export interface DeleteAclsRequestDeleteAclsFilter {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteAclsRequestDeleteAclsFilter(
  init: Partial<DeleteAclsRequestDeleteAclsFilter> = {},
): DeleteAclsRequestDeleteAclsFilter {
  return {
    resourceTypeFilter: init.resourceTypeFilter ?? 0,
    resourceNameFilter: init.resourceNameFilter !== undefined ? init.resourceNameFilter : '',
    patternTypeFilter: init.patternTypeFilter ?? 3,
    principalFilter: init.principalFilter !== undefined ? init.principalFilter : '',
    hostFilter: init.hostFilter !== undefined ? init.hostFilter : '',
    operation: init.operation ?? 0,
    permissionType: init.permissionType ?? 0,
  };
}

function encodeDeleteAclsRequest(
  writer: Writer,
  message: Encodable<DeleteAclsRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.filters.length, flexible);
  for (const element of message.filters) {
    encodeDeleteAclsRequestDeleteAclsFilter(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteAclsRequest(reader: Reader, version: number): DeleteAclsRequest {
  const flexible = version >= 2;
  const filtersLength = reader.readArrayLength(flexible, 8);
  const filters: DeleteAclsRequestDeleteAclsFilter[] = [];
  for (let i = 0; i < filtersLength; i++) {
    filters.push(decodeDeleteAclsRequestDeleteAclsFilter(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    filters,
  };
}

function encodeDeleteAclsRequestDeleteAclsFilter(
  writer: Writer,
  message: DeleteAclsRequestDeleteAclsFilter,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt8(message.resourceTypeFilter);
  writer.writeNullableString(message.resourceNameFilter, flexible);
  writer.writeInt8(message.patternTypeFilter);
  writer.writeNullableString(message.principalFilter, flexible);
  writer.writeNullableString(message.hostFilter, flexible);
  writer.writeInt8(message.operation);
  writer.writeInt8(message.permissionType);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteAclsRequestDeleteAclsFilter(
  reader: Reader,
  version: number,
): DeleteAclsRequestDeleteAclsFilter {
  const flexible = version >= 2;
  const resourceTypeFilter = reader.readInt8();
  const resourceNameFilter = reader.readNullableString(flexible);
  const patternTypeFilter = reader.readInt8();
  const principalFilter = reader.readNullableString(flexible);
  const hostFilter = reader.readNullableString(flexible);
  const operation = reader.readInt8();
  const permissionType = reader.readInt8();
  if (flexible) reader.skipTaggedFields();
  return {
    resourceTypeFilter,
    resourceNameFilter,
    patternTypeFilter,
    principalFilter,
    hostFilter,
    operation,
    permissionType,
  };
}

export const DeleteAclsRequest: MessageCodec<DeleteAclsRequest> = {
  name: 'DeleteAclsRequest',
  apiKey: 31,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('DeleteAclsRequest', version, '1-3');
    }
    encodeDeleteAclsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('DeleteAclsRequest', version, '1-3', reader.offset);
    }
    return decodeDeleteAclsRequest(reader, version);
  },
};
