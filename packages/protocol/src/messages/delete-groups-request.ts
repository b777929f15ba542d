// Generated from schemas/delete-groups.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteGroupsRequest (key 42): versions 0 to 2, flexible from 2. */
export interface DeleteGroupsRequest {
  groupsNames: string[];
}

/** Fields that are not given have their defaults. */
export function createDeleteGroupsRequest(
  init: Partial<DeleteGroupsRequest> = {},
): DeleteGroupsRequest {
  return {
    groupsNames: init.groupsNames ?? [],
  };
}

function encodeDeleteGroupsRequest(
  writer: Writer,
  message: Encodable<DeleteGroupsRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.groupsNames.length, flexible);
  for (const element of message.groupsNames) {
    writer.writeString(element, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteGroupsRequest(reader: Reader, version: number): DeleteGroupsRequest {
  const flexible = version >= 2;
  const groupsNamesLength = reader.readArrayLength(flexible, 1);
  const groupsNames: string[] = [];
  for (let i = 0; i < groupsNamesLength; i++) {
    groupsNames.push(reader.readString(flexible));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    groupsNames,
  };
}

export const DeleteGroupsRequest: MessageCodec<DeleteGroupsRequest> = {
  name: 'DeleteGroupsRequest',
  apiKey: 42,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DeleteGroupsRequest', version, '0-2');
    }
    encodeDeleteGroupsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DeleteGroupsRequest', version, '0-2', reader.offset);
    }
    return decodeDeleteGroupsRequest(reader, version);
  },
};
