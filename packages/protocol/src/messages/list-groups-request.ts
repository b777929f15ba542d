// Generated from schemas/list-groups.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListGroupsRequest (key 16): versions 0 to 5, flexible from 3. */
export interface ListGroupsRequest {
  /** Versions 4+. */
  statesFilter: string[];
  /** Versions 5+. */
  typesFilter: string[];
}

/** Fields that are not given have their defaults. */
export function createListGroupsRequest(init: Partial<ListGroupsRequest> = {}): ListGroupsRequest {
  return {
    statesFilter: init.statesFilter ?? [],
    typesFilter: init.typesFilter ?? [],
  };
}

function encodeListGroupsRequest(
  writer: Writer,
  message: Encodable<ListGroupsRequest>,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 4) {
    writer.writeArrayLength(message.statesFilter.length, flexible);
    for (const element of message.statesFilter) {
      writer.writeString(element, flexible);
    }
  } else if (message.statesFilter.length !== 0) {
    throw fieldNotInVersion('ListGroupsRequest', 'statesFilter', version);
  }
  if (version >= 5) {
    writer.writeArrayLength(message.typesFilter.length, flexible);
    for (const element of message.typesFilter) {
      writer.writeString(element, flexible);
    }
  } else if (message.typesFilter.length !== 0) {
    throw fieldNotInVersion('ListGroupsRequest', 'typesFilter', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListGroupsRequest(reader: Reader, version: number): ListGroupsRequest {
  const flexible = version >= 3;
  const statesFilterLength = version >= 4 ? reader.readArrayLength(flexible, 1) : 0;
  const statesFilter: string[] = [];
  for (let i = 0; i < statesFilterLength; i++) {
    statesFilter.push(reader.readString(flexible));
  }
  const typesFilterLength = version >= 5 ? reader.readArrayLength(flexible, 1) : 0;
  const typesFilter: string[] = [];
  for (let i = 0; i < typesFilterLength; i++) {
    typesFilter.push(reader.readString(flexible));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    statesFilter,
    typesFilter,
  };
}

export const ListGroupsRequest: MessageCodec<ListGroupsRequest> = {
  name: 'ListGroupsRequest',
  apiKey: 16,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('ListGroupsRequest', version, '0-5');
    }
    encodeListGroupsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('ListGroupsRequest', version, '0-5', reader.offset);
    }
    return decodeListGroupsRequest(reader, version);
  },
};
