// Generated from schemas/list-config-resources.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListConfigResourcesResponse (key 74): versions 0 to 1, flexible from 0. */
export interface ListConfigResourcesResponse {
  throttleTimeMs: number;
  errorCode: number;
  configResources: ListConfigResourcesResponseConfigResource[];
}

/** Fields that are not given have their defaults. */
export function createListConfigResourcesResponse(
  init: Partial<ListConfigResourcesResponse> = {},
): ListConfigResourcesResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    configResources: init.configResources ?? [],
  };
}

export interface ListConfigResourcesResponseConfigResource {
  resourceName: string;
  /** Versions 1+. */
  resourceType: number;
}

/** Fields that are not given have their defaults. */
export function createListConfigResourcesResponseConfigResource(
  init: Partial<ListConfigResourcesResponseConfigResource> = {},
): ListConfigResourcesResponseConfigResource {
  return {
    resourceName: init.resourceName ?? '',
    resourceType: init.resourceType ?? 16,
  };
}

function encodeListConfigResourcesResponse(
  writer: Writer,
  message: Encodable<ListConfigResourcesResponse>,
  version: number,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeArrayLength(message.configResources.length, true);
  for (const element of message.configResources) {
    encodeListConfigResourcesResponseConfigResource(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListConfigResourcesResponse(
  reader: Reader,
  version: number,
): ListConfigResourcesResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const configResourcesLength = reader.readArrayLength(true, 2);
  const configResources: ListConfigResourcesResponseConfigResource[] = [];
  for (let i = 0; i < configResourcesLength; i++) {
    configResources.push(decodeListConfigResourcesResponseConfigResource(reader, version));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    configResources,
  };
}

function encodeListConfigResourcesResponseConfigResource(
  writer: Writer,
  message: ListConfigResourcesResponseConfigResource,
  version: number,
): void {
  writer.writeString(message.resourceName, true);
  if (version >= 1) {
    writer.writeInt8(message.resourceType);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListConfigResourcesResponseConfigResource(
  reader: Reader,
  version: number,
): ListConfigResourcesResponseConfigResource {
  const resourceName = reader.readString(true);
  const resourceType = version >= 1 ? reader.readInt8() : 16;
  reader.skipTaggedFields();
  return {
    resourceName,
    resourceType,
  };
}

export const ListConfigResourcesResponse: MessageCodec<ListConfigResourcesResponse> = {
  name: 'ListConfigResourcesResponse',
  apiKey: 74,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ListConfigResourcesResponse', version, '0-1');
    }
    encodeListConfigResourcesResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ListConfigResourcesResponse', version, '0-1', reader.offset);
    }
    return decodeListConfigResourcesResponse(reader, version);
  },
};
