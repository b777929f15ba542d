// Generated from schemas/alter-client-quotas.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterClientQuotasResponse (key 49): versions 0 to 1, flexible from 1. */
export interface AlterClientQuotasResponse {
  throttleTimeMs: number;
  entries: AlterClientQuotasResponseEntryData[];
}

/** Fields that are not given have their defaults. */
export function createAlterClientQuotasResponse(
  init: Partial<AlterClientQuotasResponse> = {},
): AlterClientQuotasResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    entries: init.entries ?? [],
  };
}

export interface AlterClientQuotasResponseEntryData {
  errorCode: number;
  errorMessage: string | null;
  entity: AlterClientQuotasResponseEntityData[];
}

/** Fields that are not given have their defaults. */
export function createAlterClientQuotasResponseEntryData(
  init: Partial<AlterClientQuotasResponseEntryData> = {},
): AlterClientQuotasResponseEntryData {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    entity: init.entity ?? [],
  };
}

export interface AlterClientQuotasResponseEntityData {
  entityType: string;
  entityName: string | null;
}

/** Fields that are not given have their defaults. */
export function createAlterClientQuotasResponseEntityData(
  init: Partial<AlterClientQuotasResponseEntityData> = {},
): AlterClientQuotasResponseEntityData {
  return {
    entityType: init.entityType ?? '',
    entityName: init.entityName !== undefined ? init.entityName : '',
  };
}

function encodeAlterClientQuotasResponse(
  writer: Writer,
  message: Encodable<AlterClientQuotasResponse>,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.entries.length, flexible);
  for (const element of message.entries) {
    encodeAlterClientQuotasResponseEntryData(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterClientQuotasResponse(
  reader: Reader,
  version: number,
): AlterClientQuotasResponse {
  const flexible = version >= 1;
  const throttleTimeMs = reader.readInt32();
  const entriesLength = reader.readArrayLength(flexible, 5);
  const entries: AlterClientQuotasResponseEntryData[] = [];
  for (let i = 0; i < entriesLength; i++) {
    entries.push(decodeAlterClientQuotasResponseEntryData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    entries,
  };
}

function encodeAlterClientQuotasResponseEntryData(
  writer: Writer,
  message: AlterClientQuotasResponseEntryData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeArrayLength(message.entity.length, flexible);
  for (const element of message.entity) {
    encodeAlterClientQuotasResponseEntityData(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterClientQuotasResponseEntryData(
  reader: Reader,
  version: number,
): AlterClientQuotasResponseEntryData {
  const flexible = version >= 1;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const entityLength = reader.readArrayLength(flexible, 3);
  const entity: AlterClientQuotasResponseEntityData[] = [];
  for (let i = 0; i < entityLength; i++) {
    entity.push(decodeAlterClientQuotasResponseEntityData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    entity,
  };
}

function encodeAlterClientQuotasResponseEntityData(
  writer: Writer,
  message: AlterClientQuotasResponseEntityData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeString(message.entityType, flexible);
  writer.writeNullableString(message.entityName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterClientQuotasResponseEntityData(
  reader: Reader,
  version: number,
): AlterClientQuotasResponseEntityData {
  const flexible = version >= 1;
  const entityType = reader.readString(flexible);
  const entityName = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    entityType,
    entityName,
  };
}

export const AlterClientQuotasResponse: MessageCodec<AlterClientQuotasResponse> = {
  name: 'AlterClientQuotasResponse',
  apiKey: 49,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('AlterClientQuotasResponse', version, '0-1');
    }
    encodeAlterClientQuotasResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('AlterClientQuotasResponse', version, '0-1', reader.offset);
    }
    return decodeAlterClientQuotasResponse(reader, version);
  },
};
