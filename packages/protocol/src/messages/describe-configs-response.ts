// Generated from schemas/describe-configs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeConfigsResponse (key 32): versions 1 to 4, flexible from 4. */
export interface DescribeConfigsResponse {
  throttleTimeMs: number;
  results: DescribeConfigsResponseDescribeConfigsResult[];
}

/** Fields that are not given have their defaults. */
export function createDescribeConfigsResponse(
  init: Partial<DescribeConfigsResponse> = {},
): DescribeConfigsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    results: init.results ?? [],
  };
}

export interface DescribeConfigsResponseDescribeConfigsResult {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  configs: DescribeConfigsResponseDescribeConfigsResourceResult[];
}

/** Fields that are not given have their defaults. */
export function createDescribeConfigsResponseDescribeConfigsResult(
  init: Partial<DescribeConfigsResponseDescribeConfigsResult> = {},
): DescribeConfigsResponseDescribeConfigsResult {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
    configs: init.configs ?? [],
  };
}

export interface DescribeConfigsResponseDescribeConfigsResourceResult {
  name: string;
  value: string | null;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
  synonyms: DescribeConfigsResponseDescribeConfigsSynonym[];
  /** Versions 3+. */
  configType: number;
  /** Versions 3+. */
  documentation: string | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeConfigsResponseDescribeConfigsResourceResult(
  init: Partial<DescribeConfigsResponseDescribeConfigsResourceResult> = {},
): DescribeConfigsResponseDescribeConfigsResourceResult {
  return {
    name: init.name ?? '',
    value: init.value !== undefined ? init.value : '',
    readOnly: init.readOnly ?? false,
    configSource: init.configSource ?? -1,
    isSensitive: init.isSensitive ?? false,
    synonyms: init.synonyms ?? [],
    configType: init.configType ?? 0,
    documentation: init.documentation !== undefined ? init.documentation : '',
  };
}

export interface DescribeConfigsResponseDescribeConfigsSynonym {
  name: string;
  value: string | null;
  source: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeConfigsResponseDescribeConfigsSynonym(
  init: Partial<DescribeConfigsResponseDescribeConfigsSynonym> = {},
): DescribeConfigsResponseDescribeConfigsSynonym {
  return {
    name: init.name ?? '',
    value: init.value !== undefined ? init.value : '',
    source: init.source ?? 0,
  };
}

function encodeDescribeConfigsResponse(
  writer: Writer,
  message: Encodable<DescribeConfigsResponse>,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.results.length, flexible);
  for (const element of message.results) {
    encodeDescribeConfigsResponseDescribeConfigsResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeConfigsResponse(reader: Reader, version: number): DescribeConfigsResponse {
  const flexible = version >= 4;
  const throttleTimeMs = reader.readInt32();
  const resultsLength = reader.readArrayLength(flexible, 7);
  const results: DescribeConfigsResponseDescribeConfigsResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeDescribeConfigsResponseDescribeConfigsResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    results,
  };
}

function encodeDescribeConfigsResponseDescribeConfigsResult(
  writer: Writer,
  message: DescribeConfigsResponseDescribeConfigsResult,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  writer.writeArrayLength(message.configs.length, flexible);
  for (const element of message.configs) {
    encodeDescribeConfigsResponseDescribeConfigsResourceResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeConfigsResponseDescribeConfigsResult(
  reader: Reader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResult {
  const flexible = version >= 4;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  const configsLength = reader.readArrayLength(flexible, 9);
  const configs: DescribeConfigsResponseDescribeConfigsResourceResult[] = [];
  for (let i = 0; i < configsLength; i++) {
    configs.push(decodeDescribeConfigsResponseDescribeConfigsResourceResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    configs,
  };
}

function encodeDescribeConfigsResponseDescribeConfigsResourceResult(
  writer: Writer,
  message: DescribeConfigsResponseDescribeConfigsResourceResult,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.name, flexible);
  writer.writeNullableString(message.value, flexible);
  writer.writeBoolean(message.readOnly);
  writer.writeInt8(message.configSource);
  writer.writeBoolean(message.isSensitive);
  writer.writeArrayLength(message.synonyms.length, flexible);
  for (const element of message.synonyms) {
    encodeDescribeConfigsResponseDescribeConfigsSynonym(writer, element, version);
  }
  if (version >= 3) {
    writer.writeInt8(message.configType);
  }
  if (version >= 3) {
    writer.writeNullableString(message.documentation, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeConfigsResponseDescribeConfigsResourceResult(
  reader: Reader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResourceResult {
  const flexible = version >= 4;
  const name = reader.readString(flexible);
  const value = reader.readNullableString(flexible);
  const readOnly = reader.readBoolean();
  const configSource = reader.readInt8();
  const isSensitive = reader.readBoolean();
  const synonymsLength = reader.readArrayLength(flexible, 4);
  const synonyms: DescribeConfigsResponseDescribeConfigsSynonym[] = [];
  for (let i = 0; i < synonymsLength; i++) {
    synonyms.push(decodeDescribeConfigsResponseDescribeConfigsSynonym(reader, version));
  }
  const configType = version >= 3 ? reader.readInt8() : 0;
  const documentation = version >= 3 ? reader.readNullableString(flexible) : '';
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    value,
    readOnly,
    configSource,
    isSensitive,
    synonyms,
    configType,
    documentation,
  };
}

function encodeDescribeConfigsResponseDescribeConfigsSynonym(
  writer: Writer,
  message: DescribeConfigsResponseDescribeConfigsSynonym,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeString(message.name, flexible);
  writer.writeNullableString(message.value, flexible);
  writer.writeInt8(message.source);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeConfigsResponseDescribeConfigsSynonym(
  reader: Reader,
  version: number,
): DescribeConfigsResponseDescribeConfigsSynonym {
  const flexible = version >= 4;
  const name = reader.readString(flexible);
  const value = reader.readNullableString(flexible);
  const source = reader.readInt8();
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    value,
    source,
  };
}

export const DescribeConfigsResponse: MessageCodec<DescribeConfigsResponse> = {
  name: 'DescribeConfigsResponse',
  apiKey: 32,
  minVersion: 1,
  maxVersion: 4,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 4)) {
      throw unknownVersionToEncode('DescribeConfigsResponse', version, '1-4');
    }
    encodeDescribeConfigsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 4)) {
      throw unknownVersionToDecode('DescribeConfigsResponse', version, '1-4', reader.offset);
    }
    return decodeDescribeConfigsResponse(reader, version);
  },
};
