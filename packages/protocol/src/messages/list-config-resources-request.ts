// Generated from schemas/list-config-resources.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListConfigResourcesRequest (key 74): versions 0 to 1, flexible from 0. */
export interface ListConfigResourcesRequest {
  /** Versions 1+. */
  resourceTypes: number[];
}

/** Fields that are not given have their defaults. */
export function createListConfigResourcesRequest(
  init: Partial<ListConfigResourcesRequest> = {},
): ListConfigResourcesRequest {
  return {
    resourceTypes: init.resourceTypes ?? [],
  };
}

function encodeListConfigResourcesRequest(
  writer: Writer,
  message: Encodable<ListConfigResourcesRequest>,
  version: number,
): void {
  if (version >= 1) {
    writer.writeArrayLength(message.resourceTypes.length, true);
    for (const element of message.resourceTypes) {
      writer.writeInt8(element);
    }
  } else if (message.resourceTypes.length !== 0) {
    throw fieldNotInVersion('ListConfigResourcesRequest', 'resourceTypes', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListConfigResourcesRequest(
  reader: Reader,
  version: number,
): ListConfigResourcesRequest {
  const resourceTypesLength = version >= 1 ? reader.readArrayLength(true, 1) : 0;
  const resourceTypes: number[] = [];
  for (let i = 0; i < resourceTypesLength; i++) {
    resourceTypes.push(reader.readInt8());
  }
  reader.skipTaggedFields();
  return {
    resourceTypes,
  };
}

export const ListConfigResourcesRequest: MessageCodec<ListConfigResourcesRequest> = {
  name: 'ListConfigResourcesRequest',
  apiKey: 74,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ListConfigResourcesRequest', version, '0-1');
    }
    encodeListConfigResourcesRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ListConfigResourcesRequest', version, '0-1', reader.offset);
    }
    return decodeListConfigResourcesRequest(reader, version);
  },
};
