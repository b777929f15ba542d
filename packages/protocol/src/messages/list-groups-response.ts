// Generated from schemas/list-groups.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListGroupsResponse (key 16): versions 0 to 5, flexible from 3. */
export interface ListGroupsResponse {
  /** Versions 1+. */
  throttleTimeMs: number;
  errorCode: number;
  groups: ListGroupsResponseListedGroup[];
}

/** Fields that are not given have their defaults. */
export function createListGroupsResponse(
  init: Partial<ListGroupsResponse> = {},
): ListGroupsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    groups: init.groups ?? [],
  };
}

export interface ListGroupsResponseListedGroup {
  groupId: string;
  protocolType: string;
  /** Versions 4+. */
  groupState: string;
  /** Versions 5+. */
  groupType: string;
}

/** Fields that are not given have their defaults. */
export function createListGroupsResponseListedGroup(
  init: Partial<ListGroupsResponseListedGroup> = {},
): ListGroupsResponseListedGroup {
  return {
    groupId: init.groupId ?? '',
    protocolType: init.protocolType ?? '',
    groupState: init.groupState ?? '',
    groupType: init.groupType ?? '',
  };
}

function encodeListGroupsResponse(
  writer: Writer,
  message: Encodable<ListGroupsResponse>,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeErrorCode(message.errorCode);
  writer.writeArrayLength(message.groups.length, flexible);
  for (const element of message.groups) {
    encodeListGroupsResponseListedGroup(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListGroupsResponse(reader: Reader, version: number): ListGroupsResponse {
  const flexible = version >= 3;
  const throttleTimeMs = version >= 1 ? reader.readInt32() : 0;
  const errorCode = reader.readInt16();
  const groupsLength = reader.readArrayLength(flexible, 3);
  const groups: ListGroupsResponseListedGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeListGroupsResponseListedGroup(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    groups,
  };
}

function encodeListGroupsResponseListedGroup(
  writer: Writer,
  message: ListGroupsResponseListedGroup,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeString(message.groupId, flexible);
  writer.writeString(message.protocolType, flexible);
  if (version >= 4) {
    writer.writeString(message.groupState, flexible);
  }
  if (version >= 5) {
    writer.writeString(message.groupType, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListGroupsResponseListedGroup(
  reader: Reader,
  version: number,
): ListGroupsResponseListedGroup {
  const flexible = version >= 3;
  const groupId = reader.readString(flexible);
  const protocolType = reader.readString(flexible);
  const groupState = version >= 4 ? reader.readString(flexible) : '';
  const groupType = version >= 5 ? reader.readString(flexible) : '';
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    protocolType,
    groupState,
    groupType,
  };
}

export const ListGroupsResponse: MessageCodec<ListGroupsResponse> = {
  name: 'ListGroupsResponse',
  apiKey: 16,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('ListGroupsResponse', version, '0-5');
    }
    encodeListGroupsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('ListGroupsResponse', version, '0-5', reader.offset);
    }
    return decodeListGroupsResponse(reader, version);
  },
};
