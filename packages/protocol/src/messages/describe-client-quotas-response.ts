// Generated from schemas/describe-client-quotas.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeClientQuotasResponse (key 48): versions 0 to 1, flexible from 1. */
export interface DescribeClientQuotasResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  entries: DescribeClientQuotasResponseEntryData[] | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeClientQuotasResponse(
  init: Partial<DescribeClientQuotasResponse> = {},
): DescribeClientQuotasResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    entries: init.entries !== undefined ? init.entries : [],
  };
}

export interface DescribeClientQuotasResponseEntryData {
  entity: DescribeClientQuotasResponseEntityData[];
  values: DescribeClientQuotasResponseValueData[];
}

/** Fields that are not given have their defaults. */
export function createDescribeClientQuotasResponseEntryData(
  init: Partial<DescribeClientQuotasResponseEntryData> = {},
): DescribeClientQuotasResponseEntryData {
  return {
    entity: init.entity ?? [],
    values: init.values ?? [],
  };
}

export interface DescribeClientQuotasResponseEntityData {
  entityType: string;
  entityName: string | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeClientQuotasResponseEntityData(
  init: Partial<DescribeClientQuotasResponseEntityData> = {},
): DescribeClientQuotasResponseEntityData {
  return {
    entityType: init.entityType ?? '',
    entityName: init.entityName !== undefined ? init.entityName : '',
  };
}

export interface DescribeClientQuotasResponseValueData {
  key: string;
  value: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeClientQuotasResponseValueData(
  init: Partial<DescribeClientQuotasResponseValueData> = {},
): DescribeClientQuotasResponseValueData {
  return {
    key: init.key ?? '',
    value: init.value ?? 0,
  };
}

function encodeDescribeClientQuotasResponse(
  writer: Writer,
  message: DescribeClientQuotasResponse,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  if (message.entries === null) {
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.entries.length, flexible);
    for (const element of message.entries) {
      encodeDescribeClientQuotasResponseEntryData(writer, element, version);
    }
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeClientQuotasResponse(
  reader: Reader,
  version: number,
): DescribeClientQuotasResponse {
  const flexible = version >= 1;
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const entriesLength = reader.readNullableArrayLength(flexible, 3);
  const entries: DescribeClientQuotasResponseEntryData[] | null = entriesLength < 0 ? null : [];
  for (let i = 0; i < entriesLength; i++) {
    entries!.push(decodeDescribeClientQuotasResponseEntryData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    entries,
  };
}

function encodeDescribeClientQuotasResponseEntryData(
  writer: Writer,
  message: DescribeClientQuotasResponseEntryData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeArrayLength(message.entity.length, flexible);
  for (const element of message.entity) {
    encodeDescribeClientQuotasResponseEntityData(writer, element, version);
  }
  writer.writeArrayLength(message.values.length, flexible);
  for (const element of message.values) {
    encodeDescribeClientQuotasResponseValueData(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeClientQuotasResponseEntryData(
  reader: Reader,
  version: number,
): DescribeClientQuotasResponseEntryData {
  const flexible = version >= 1;
  const entityLength = reader.readArrayLength(flexible, 3);
  const entity: DescribeClientQuotasResponseEntityData[] = [];
  for (let i = 0; i < entityLength; i++) {
    entity.push(decodeDescribeClientQuotasResponseEntityData(reader, version));
  }
  const valuesLength = reader.readArrayLength(flexible, 10);
  const values: DescribeClientQuotasResponseValueData[] = [];
  for (let i = 0; i < valuesLength; i++) {
    values.push(decodeDescribeClientQuotasResponseValueData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    entity,
    values,
  };
}

function encodeDescribeClientQuotasResponseEntityData(
  writer: Writer,
  message: DescribeClientQuotasResponseEntityData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeString(message.entityType, flexible);
  writer.writeNullableString(message.entityName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeClientQuotasResponseEntityData(
  reader: Reader,
  version: number,
): DescribeClientQuotasResponseEntityData {
  const flexible = version >= 1;
  const entityType = reader.readString(flexible);
  const entityName = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    entityType,
    entityName,
  };
}

function encodeDescribeClientQuotasResponseValueData(
  writer: Writer,
  message: DescribeClientQuotasResponseValueData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeString(message.key, flexible);
  writer.writeFloat64(message.value);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeClientQuotasResponseValueData(
  reader: Reader,
  version: number,
): DescribeClientQuotasResponseValueData {
  const flexible = version >= 1;
  const key = reader.readString(flexible);
  const value = reader.readFloat64();
  if (flexible) reader.skipTaggedFields();
  return {
    key,
    value,
  };
}

export const DescribeClientQuotasResponse: MessageCodec<DescribeClientQuotasResponse> = {
  name: 'DescribeClientQuotasResponse',
  apiKey: 48,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('DescribeClientQuotasResponse', version, '0-1');
    }
    encodeDescribeClientQuotasResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('DescribeClientQuotasResponse', version, '0-1', reader.offset);
    }
    return decodeDescribeClientQuotasResponse(reader, version);
  },
};
