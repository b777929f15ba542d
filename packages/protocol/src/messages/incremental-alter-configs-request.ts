// Generated from schemas/incremental-alter-configs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** IncrementalAlterConfigsRequest (key 44): versions 0 to 1, flexible from 1. */
export interface IncrementalAlterConfigsRequest {
  resources: IncrementalAlterConfigsRequestAlterConfigsResource[];
  validateOnly: boolean;
}

/** Fields that are not given have their defaults. */
export function createIncrementalAlterConfigsRequest(
  init: Partial<IncrementalAlterConfigsRequest> = {},
): IncrementalAlterConfigsRequest {
  return {
    resources: init.resources ?? [],
    validateOnly: init.validateOnly ?? false,
  };
}

export interface IncrementalAlterConfigsRequestAlterConfigsResource {
  resourceType: number;
  resourceName: string;
  configs: IncrementalAlterConfigsRequestAlterableConfig[];
}

/** Fields that are not given have their defaults. */
export function createIncrementalAlterConfigsRequestAlterConfigsResource(
  init: Partial<IncrementalAlterConfigsRequestAlterConfigsResource> = {},
): IncrementalAlterConfigsRequestAlterConfigsResource {
  return {
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
    configs: init.configs ?? [],
  };
}

export interface IncrementalAlterConfigsRequestAlterableConfig {
  name: string;
  configOperation: number;
  value: string | null;
}

/** Fields that are not given have their defaults. */
export function createIncrementalAlterConfigsRequestAlterableConfig(
  init: Partial<IncrementalAlterConfigsRequestAlterableConfig> = {},
): IncrementalAlterConfigsRequestAlterableConfig {
  return {
    name: init.name ?? '',
    configOperation: init.configOperation ?? 0,
    value: init.value !== undefined ? init.value : '',
  };
}

function encodeIncrementalAlterConfigsRequest(
  writer: Writer,
  message: Encodable<IncrementalAlterConfigsRequest>,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeArrayLength(message.resources.length, flexible);
  for (const element of message.resources) {
    encodeIncrementalAlterConfigsRequestAlterConfigsResource(writer, element, version);
  }
  writer.writeBoolean(message.validateOnly);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeIncrementalAlterConfigsRequest(
  reader: Reader,
  version: number,
): IncrementalAlterConfigsRequest {
  const flexible = version >= 1;
  const resourcesLength = reader.readArrayLength(flexible, 4);
  const resources: IncrementalAlterConfigsRequestAlterConfigsResource[] = [];
  for (let i = 0; i < resourcesLength; i++) {
    resources.push(decodeIncrementalAlterConfigsRequestAlterConfigsResource(reader, version));
  }
  const validateOnly = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    resources,
    validateOnly,
  };
}

function encodeIncrementalAlterConfigsRequestAlterConfigsResource(
  writer: Writer,
  message: IncrementalAlterConfigsRequestAlterConfigsResource,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  writer.writeArrayLength(message.configs.length, flexible);
  for (const element of message.configs) {
    encodeIncrementalAlterConfigsRequestAlterableConfig(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeIncrementalAlterConfigsRequestAlterConfigsResource(
  reader: Reader,
  version: number,
): IncrementalAlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 1;
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  const configsLength = reader.readArrayLength(flexible, 4);
  const configs: IncrementalAlterConfigsRequestAlterableConfig[] = [];
  for (let i = 0; i < configsLength; i++) {
    configs.push(decodeIncrementalAlterConfigsRequestAlterableConfig(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    resourceType,
    resourceName,
    configs,
  };
}

function encodeIncrementalAlterConfigsRequestAlterableConfig(
  writer: Writer,
  message: IncrementalAlterConfigsRequestAlterableConfig,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeString(message.name, flexible);
  writer.writeInt8(message.configOperation);
  writer.writeNullableString(message.value, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeIncrementalAlterConfigsRequestAlterableConfig(
  reader: Reader,
  version: number,
): IncrementalAlterConfigsRequestAlterableConfig {
  const flexible = version >= 1;
  const name = reader.readString(flexible);
  const configOperation = reader.readInt8();
  const value = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    configOperation,
    value,
  };
}

export const IncrementalAlterConfigsRequest: MessageCodec<IncrementalAlterConfigsRequest> = {
  name: 'IncrementalAlterConfigsRequest',
  apiKey: 44,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('IncrementalAlterConfigsRequest', version, '0-1');
    }
    encodeIncrementalAlterConfigsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('IncrementalAlterConfigsRequest', version, '0-1', reader.offset);
    }
    return decodeIncrementalAlterConfigsRequest(reader, version);
  },
};
