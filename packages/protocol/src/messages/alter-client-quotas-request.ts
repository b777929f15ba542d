// Generated from schemas/alter-client-quotas.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterClientQuotasRequest (key 49): versions 0 to 1, flexible from 1. */
export interface AlterClientQuotasRequest {
  entries: AlterClientQuotasRequestEntryData[];
  validateOnly: boolean;
}

/** Fields that are not given have their defaults. */
export function createAlterClientQuotasRequest(
  init: Partial<AlterClientQuotasRequest> = {},
): AlterClientQuotasRequest {
  return {
    entries: init.entries ?? [],
    validateOnly: init.validateOnly ?? false,
  };
}

export interface AlterClientQuotasRequestEntryData {
  entity: AlterClientQuotasRequestEntityData[];
  ops: AlterClientQuotasRequestOpData[];
}

/** Fields that are not given have their defaults. */
export function createAlterClientQuotasRequestEntryData(
  init: Partial<AlterClientQuotasRequestEntryData> = {},
): AlterClientQuotasRequestEntryData {
  return {
    entity: init.entity ?? [],
    ops: init.ops ?? [],
  };
}

export interface AlterClientQuotasRequestEntityData {
  entityType: string;
  entityName: string | null;
}

/** Fields that are not given have their defaults. */
export function createAlterClientQuotasRequestEntityData(
  init: Partial<AlterClientQuotasRequestEntityData> = {},
): AlterClientQuotasRequestEntityData {
  return {
    entityType: init.entityType ?? '',
    entityName: init.entityName !== undefined ? init.entityName : '',
  };
}

export interface AlterClientQuotasRequestOpData {
  key: string;
  value: number;
  remove: boolean;
}

/** Fields that are not given have their defaults. */
export function createAlterClientQuotasRequestOpData(
  init: Partial<AlterClientQuotasRequestOpData> = {},
): AlterClientQuotasRequestOpData {
  return {
    key: init.key ?? '',
    value: init.value ?? 0,
    remove: init.remove ?? false,
  };
}

function encodeAlterClientQuotasRequest(
  writer: Writer,
  message: Encodable<AlterClientQuotasRequest>,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeArrayLength(message.entries.length, flexible);
  for (const element of message.entries) {
    encodeAlterClientQuotasRequestEntryData(writer, element, version);
  }
  writer.writeBoolean(message.validateOnly);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterClientQuotasRequest(reader: Reader, version: number): AlterClientQuotasRequest {
  const flexible = version >= 1;
  const entriesLength = reader.readArrayLength(flexible, 3);
  const entries: AlterClientQuotasRequestEntryData[] = [];
  for (let i = 0; i < entriesLength; i++) {
    entries.push(decodeAlterClientQuotasRequestEntryData(reader, version));
  }
  const validateOnly = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    entries,
    validateOnly,
  };
}

function encodeAlterClientQuotasRequestEntryData(
  writer: Writer,
  message: AlterClientQuotasRequestEntryData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeArrayLength(message.entity.length, flexible);
  for (const element of message.entity) {
    encodeAlterClientQuotasRequestEntityData(writer, element, version);
  }
  writer.writeArrayLength(message.ops.length, flexible);
  for (const element of message.ops) {
    encodeAlterClientQuotasRequestOpData(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterClientQuotasRequestEntryData(
  reader: Reader,
  version: number,
): AlterClientQuotasRequestEntryData {
  const flexible = version >= 1;
  const entityLength = reader.readArrayLength(flexible, 3);
  const entity: AlterClientQuotasRequestEntityData[] = [];
  for (let i = 0; i < entityLength; i++) {
    entity.push(decodeAlterClientQuotasRequestEntityData(reader, version));
  }
  const opsLength = reader.readArrayLength(flexible, 11);
  const ops: AlterClientQuotasRequestOpData[] = [];
  for (let i = 0; i < opsLength; i++) {
    ops.push(decodeAlterClientQuotasRequestOpData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    entity,
    ops,
  };
}

function encodeAlterClientQuotasRequestEntityData(
  writer: Writer,
  message: AlterClientQuotasRequestEntityData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeString(message.entityType, flexible);
  writer.writeNullableString(message.entityName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterClientQuotasRequestEntityData(
  reader: Reader,
  version: number,
): AlterClientQuotasRequestEntityData {
  const flexible = version >= 1;
  const entityType = reader.readString(flexible);
  const entityName = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    entityType,
    entityName,
  };
}

function encodeAlterClientQuotasRequestOpData(
  writer: Writer,
  message: AlterClientQuotasRequestOpData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeString(message.key, flexible);
  writer.writeFloat64(message.value);
  writer.writeBoolean(message.remove);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterClientQuotasRequestOpData(
  reader: Reader,
  version: number,
): AlterClientQuotasRequestOpData {
  const flexible = version >= 1;
  const key = reader.readString(flexible);
  const value = reader.readFloat64();
  const remove = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    key,
    value,
    remove,
  };
}

export const AlterClientQuotasRequest: MessageCodec<AlterClientQuotasRequest> = {
  name: 'AlterClientQuotasRequest',
  apiKey: 49,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('AlterClientQuotasRequest', version, '0-1');
    }
    encodeAlterClientQuotasRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('AlterClientQuotasRequest', version, '0-1', reader.offset);
    }
    return decodeAlterClientQuotasRequest(reader, version);
  },
};
