// Generated from schemas/alter-configs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterConfigsRequest (key 33): versions 0 to 2, flexible from 2. */
export interface AlterConfigsRequest {
  resources: AlterConfigsRequestAlterConfigsResource[];
  validateOnly: boolean;
}

/** Fields that are not given have their defaults. */
export function createAlterConfigsRequest(
  init: Partial<AlterConfigsRequest> = {},
): AlterConfigsRequest {
  return {
    resources: init.resources ?? [],
    validateOnly: init.validateOnly ?? false,
  };
}

export interface AlterConfigsRequestAlterConfigsResource {
  resourceType: number;
  resourceName: string;
  configs: AlterConfigsRequestAlterableConfig[];
}

/** Fields that are not given have their defaults. */
export function createAlterConfigsRequestAlterConfigsResource(
  init: Partial<AlterConfigsRequestAlterConfigsResource> = {},
): AlterConfigsRequestAlterConfigsResource {
  return {
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
    configs: init.configs ?? [],
  };
}

export interface AlterConfigsRequestAlterableConfig {
  name: string;
  value: string | null;
}

/** Fields that are not given have their defaults. */
export function createAlterConfigsRequestAlterableConfig(
  init: Partial<AlterConfigsRequestAlterableConfig> = {},
): AlterConfigsRequestAlterableConfig {
  return {
    name: init.name ?? '',
    value: init.value !== undefined ? init.value : '',
  };
}

function encodeAlterConfigsRequest(
  writer: Writer,
  message: Encodable<AlterConfigsRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.resources.length, flexible);
  for (const element of message.resources) {
    encodeAlterConfigsRequestAlterConfigsResource(writer, element, version);
  }
  writer.writeBoolean(message.validateOnly);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterConfigsRequest(reader: Reader, version: number): AlterConfigsRequest {
  const flexible = version >= 2;
  const resourcesLength = reader.readArrayLength(flexible, 4);
  const resources: AlterConfigsRequestAlterConfigsResource[] = [];
  for (let i = 0; i < resourcesLength; i++) {
    resources.push(decodeAlterConfigsRequestAlterConfigsResource(reader, version));
  }
  const validateOnly = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    resources,
    validateOnly,
  };
}

function encodeAlterConfigsRequestAlterConfigsResource(
  writer: Writer,
  message: AlterConfigsRequestAlterConfigsResource,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  writer.writeArrayLength(message.configs.length, flexible);
  for (const element of message.configs) {
    encodeAlterConfigsRequestAlterableConfig(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterConfigsRequestAlterConfigsResource(
  reader: Reader,
  version: number,
): AlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 2;
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  const configsLength = reader.readArrayLength(flexible, 3);
  const configs: AlterConfigsRequestAlterableConfig[] = [];
  for (let i = 0; i < configsLength; i++) {
    configs.push(decodeAlterConfigsRequestAlterableConfig(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    resourceType,
    resourceName,
    configs,
  };
}

function encodeAlterConfigsRequestAlterableConfig(
  writer: Writer,
  message: AlterConfigsRequestAlterableConfig,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.name, flexible);
  writer.writeNullableString(message.value, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterConfigsRequestAlterableConfig(
  reader: Reader,
  version: number,
): AlterConfigsRequestAlterableConfig {
  const flexible = version >= 2;
  const name = reader.readString(flexible);
  const value = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    value,
  };
}

export const AlterConfigsRequest: MessageCodec<AlterConfigsRequest> = {
  name: 'AlterConfigsRequest',
  apiKey: 33,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('AlterConfigsRequest', version, '0-2');
    }
    encodeAlterConfigsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('AlterConfigsRequest', version, '0-2', reader.offset);
    }
    return decodeAlterConfigsRequest(reader, version);
  },
};
