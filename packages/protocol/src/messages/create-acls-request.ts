// Generated from schemas/create-acls.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreateAclsRequest (key 30): versions 1 to 3, flexible from 2. */
export interface CreateAclsRequest {
  creations: CreateAclsRequestAclCreation[];
}

/** Fields that are not given have their defaults. */
export function createCreateAclsRequest(init: Partial<CreateAclsRequest> = {}): CreateAclsRequest {
  return {
    creations: init.creations ?? [],
  };
}

export interface CreateAclsRequestAclCreation {
  resourceType: number;
  resourceName: string;
  resourcePatternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
}

/** Fields that are not given have their defaults. */
export function createCreateAclsRequestAclCreation(
  init: Partial<CreateAclsRequestAclCreation> = {},
): CreateAclsRequestAclCreation {
  return {
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
    resourcePatternType: init.resourcePatternType ?? 3,
    principal: init.principal ?? '',
    host: init.host ?? '',
    operation: init.operation ?? 0,
    permissionType: init.permissionType ?? 0,
  };
}

function encodeCreateAclsRequest(
  writer: Writer,
  message: Encodable<CreateAclsRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.creations.length, flexible);
  for (const element of message.creations) {
    encodeCreateAclsRequestAclCreation(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateAclsRequest(reader: Reader, version: number): CreateAclsRequest {
  const flexible = version >= 2;
  const creationsLength = reader.readArrayLength(flexible, 8);
  const creations: CreateAclsRequestAclCreation[] = [];
  for (let i = 0; i < creationsLength; i++) {
    creations.push(decodeCreateAclsRequestAclCreation(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    creations,
  };
}

function encodeCreateAclsRequestAclCreation(
  writer: Writer,
  message: CreateAclsRequestAclCreation,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  writer.writeInt8(message.resourcePatternType);
  writer.writeString(message.principal, flexible);
  writer.writeString(message.host, flexible);
  writer.writeInt8(message.operation);
  writer.writeInt8(message.permissionType);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateAclsRequestAclCreation(
  reader: Reader,
  version: number,
): CreateAclsRequestAclCreation {
  const flexible = version >= 2;
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  const resourcePatternType = reader.readInt8();
  const principal = reader.readString(flexible);
  const host = reader.readString(flexible);
  const operation = reader.readInt8();
  const permissionType = reader.readInt8();
  if (flexible) reader.skipTaggedFields();
  return {
    resourceType,
    resourceName,
    resourcePatternType,
    principal,
    host,
    operation,
    permissionType,
  };
}

export const CreateAclsRequest: MessageCodec<CreateAclsRequest> = {
  name: 'CreateAclsRequest',
  apiKey: 30,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('CreateAclsRequest', version, '1-3');
    }
    encodeCreateAclsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('CreateAclsRequest', version, '1-3', reader.offset);
    }
    return decodeCreateAclsRequest(reader, version);
  },
};
