// Generated from schemas/describe-acls.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeAclsResponse (key 29): versions 1 to 3, flexible from 2. */
export interface DescribeAclsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  resources: DescribeAclsResponseDescribeAclsResource[];
}

/** Fields that are not given have their defaults. */
export function createDescribeAclsResponse(
  init: Partial<DescribeAclsResponse> = {},
): DescribeAclsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    resources: init.resources ?? [],
  };
}

export interface DescribeAclsResponseDescribeAclsResource {
  resourceType: number;
  resourceName: string;
  patternType: number;
  acls: DescribeAclsResponseAclDescription[];
}

/** Fields that are not given have their defaults. */
export function createDescribeAclsResponseDescribeAclsResource(
  init: Partial<DescribeAclsResponseDescribeAclsResource> = {},
): DescribeAclsResponseDescribeAclsResource {
  return {
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
    patternType: init.patternType ?? 3,
    acls: init.acls ?? [],
  };
}

export interface DescribeAclsResponseAclDescription {
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeAclsResponseAclDescription(
  init: Partial<DescribeAclsResponseAclDescription> = {},
): DescribeAclsResponseAclDescription {
  return {
    principal: init.principal ?? '',
    host: init.host ?? '',
    operation: init.operation ?? 0,
    permissionType: init.permissionType ?? 0,
  };
}

function encodeDescribeAclsResponse(
  writer: Writer,
  message: Encodable<DescribeAclsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeArrayLength(message.resources.length, flexible);
  for (const element of message.resources) {
    encodeDescribeAclsResponseDescribeAclsResource(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeAclsResponse(reader: Reader, version: number): DescribeAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const resourcesLength = reader.readArrayLength(flexible, 5);
  const resources: DescribeAclsResponseDescribeAclsResource[] = [];
  for (let i = 0; i < resourcesLength; i++) {
    resources.push(decodeDescribeAclsResponseDescribeAclsResource(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    resources,
  };
}

function encodeDescribeAclsResponseDescribeAclsResource(
  writer: Writer,
  message: DescribeAclsResponseDescribeAclsResource,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  writer.writeInt8(message.patternType);
  writer.writeArrayLength(message.acls.length, flexible);
  for (const element of message.acls) {
    encodeDescribeAclsResponseAclDescription(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeAclsResponseDescribeAclsResource(
  reader: Reader,
  version: number,
): DescribeAclsResponseDescribeAclsResource {
  const flexible = version >= 2;
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  const patternType = reader.readInt8();
  const aclsLength = reader.readArrayLength(flexible, 5);
  const acls: DescribeAclsResponseAclDescription[] = [];
  for (let i = 0; i < aclsLength; i++) {
    acls.push(decodeDescribeAclsResponseAclDescription(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    resourceType,
    resourceName,
    patternType,
    acls,
  };
}

function encodeDescribeAclsResponseAclDescription(
  writer: Writer,
  message: DescribeAclsResponseAclDescription,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.principal, flexible);
  writer.writeString(message.host, flexible);
  writer.writeInt8(message.operation);
  writer.writeInt8(message.permissionType);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeAclsResponseAclDescription(
  reader: Reader,
  version: number,
): DescribeAclsResponseAclDescription {
  const flexible = version >= 2;
  const principal = reader.readString(flexible);
  const host = reader.readString(flexible);
  const operation = reader.readInt8();
  const permissionType = reader.readInt8();
  if (flexible) reader.skipTaggedFields();
  return {
    principal,
    host,
    operation,
    permissionType,
  };
}

export const DescribeAclsResponse: MessageCodec<DescribeAclsResponse> = {
  name: 'DescribeAclsResponse',
  apiKey: 29,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('DescribeAclsResponse', version, '1-3');
    }
    encodeDescribeAclsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('DescribeAclsResponse', version, '1-3', reader.offset);
    }
    return decodeDescribeAclsResponse(reader, version);
  },
};
