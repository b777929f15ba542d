// Generated from schemas/describe-acls.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeAclsRequest (key 29): versions 1 to 3, flexible from 2. */
export interface DescribeAclsRequest {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeAclsRequest(
  init: Partial<DescribeAclsRequest> = {},
): DescribeAclsRequest {
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

function encodeDescribeAclsRequest(
  writer: Writer,
  message: DescribeAclsRequest,
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

function decodeDescribeAclsRequest(reader: Reader, version: number): DescribeAclsRequest {
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

export const DescribeAclsRequest: MessageCodec<DescribeAclsRequest> = {
  name: 'DescribeAclsRequest',
  apiKey: 29,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('DescribeAclsRequest', version, '1-3');
    }
    encodeDescribeAclsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('DescribeAclsRequest', version, '1-3', reader.offset);
    }
    return decodeDescribeAclsRequest(reader, version);
  },
};
