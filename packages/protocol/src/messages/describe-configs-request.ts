// Generated from schemas/describe-configs.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeConfigsRequest (key 32): versions 1 to 4, flexible from 4. */
export interface DescribeConfigsRequest {
  resources: DescribeConfigsRequestDescribeConfigsResource[];
  includeSynonyms: boolean;
  /** Versions 3+. */
  includeDocumentation: boolean;
}

/** Fields that are not given have their defaults. */
export function createDescribeConfigsRequest(
  init: Partial<DescribeConfigsRequest> = {},
): DescribeConfigsRequest {
  return {
    resources: init.resources ?? [],
    includeSynonyms: init.includeSynonyms ?? false,
    includeDocumentation: init.includeDocumentation ?? false,
  };
}

export interface DescribeConfigsRequestDescribeConfigsResource {
  resourceType: number;
  resourceName: string;
  configurationKeys: string[] | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeConfigsRequestDescribeConfigsResource(
  init: Partial<DescribeConfigsRequestDescribeConfigsResource> = {},
): DescribeConfigsRequestDescribeConfigsResource {
  return {
    resourceType: init.resourceType ?? 0,
    resourceName: init.resourceName ?? '',
    configurationKeys: init.configurationKeys !== undefined ? init.configurationKeys : [],
  };
}

function encodeDescribeConfigsRequest(
  writer: Writer,
  message: Encodable<DescribeConfigsRequest>,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeArrayLength(message.resources.length, flexible);
  for (const element of message.resources) {
    encodeDescribeConfigsRequestDescribeConfigsResource(writer, element, version);
  }
  writer.writeBoolean(message.includeSynonyms);
  if (version >= 3) {
    writer.writeBoolean(message.includeDocumentation);
  } else if (message.includeDocumentation) {
    throw fieldNotInVersion('DescribeConfigsRequest', 'includeDocumentation', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeConfigsRequest(reader: Reader, version: number): DescribeConfigsRequest {
  const flexible = version >= 4;
  const resourcesLength = reader.readArrayLength(flexible, 4);
  const resources: DescribeConfigsRequestDescribeConfigsResource[] = [];
  for (let i = 0; i < resourcesLength; i++) {
    resources.push(decodeDescribeConfigsRequestDescribeConfigsResource(reader, version));
  }
  const includeSynonyms = reader.readBoolean();
  const includeDocumentation = version >= 3 ? reader.readBoolean() : false;
  if (flexible) reader.skipTaggedFields();
  return {
    resources,
    includeSynonyms,
    includeDocumentation,
  };
}

function encodeDescribeConfigsRequestDescribeConfigsResource(
  writer: Writer,
  message: DescribeConfigsRequestDescribeConfigsResource,
  version: number,
): void {
  const flexible = version >= 4;
  writer.writeInt8(message.resourceType);
  writer.writeString(message.resourceName, flexible);
  if (message.configurationKeys === null) {
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.configurationKeys.length, flexible);
    for (const element of message.configurationKeys) {
      writer.writeString(element, flexible);
    }
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeConfigsRequestDescribeConfigsResource(
  reader: Reader,
  version: number,
): DescribeConfigsRequestDescribeConfigsResource {
  const flexible = version >= 4;
  const resourceType = reader.readInt8();
  const resourceName = reader.readString(flexible);
  const configurationKeysLength = reader.readNullableArrayLength(flexible, 1);
  const configurationKeys: string[] | null = configurationKeysLength < 0 ? null : [];
  for (let i = 0; i < configurationKeysLength; i++) {
    configurationKeys!.push(reader.readString(flexible));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    resourceType,
    resourceName,
    configurationKeys,
  };
}

export const DescribeConfigsRequest: MessageCodec<DescribeConfigsRequest> = {
  name: 'DescribeConfigsRequest',
  apiKey: 32,
  minVersion: 1,
  maxVersion: 4,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 4)) {
      throw unknownVersionToEncode('DescribeConfigsRequest', version, '1-4');
    }
    encodeDescribeConfigsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 4)) {
      throw unknownVersionToDecode('DescribeConfigsRequest', version, '1-4', reader.offset);
    }
    return decodeDescribeConfigsRequest(reader, version);
  },
};
