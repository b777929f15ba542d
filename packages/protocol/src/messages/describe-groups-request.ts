// Generated from schemas/describe-groups.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeGroupsRequest (key 15): versions 0 to 6, flexible from 5. */
export interface DescribeGroupsRequest {
  groups: string[];
  /** Versions 3+. */
  includeAuthorizedOperations: boolean;
}

/** Fields that are not given have their defaults. */
export function createDescribeGroupsRequest(
  init: Partial<DescribeGroupsRequest> = {},
): DescribeGroupsRequest {
  return {
    groups: init.groups ?? [],
    includeAuthorizedOperations: init.includeAuthorizedOperations ?? false,
  };
}

function encodeDescribeGroupsRequest(
  writer: Writer,
  message: Encodable<DescribeGroupsRequest>,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeArrayLength(message.groups.length, flexible);
  for (const element of message.groups) {
    writer.writeString(element, flexible);
  }
  if (version >= 3) {
    writer.writeBoolean(message.includeAuthorizedOperations);
  } else if (message.includeAuthorizedOperations) {
    throw fieldNotInVersion('DescribeGroupsRequest', 'includeAuthorizedOperations', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeGroupsRequest(reader: Reader, version: number): DescribeGroupsRequest {
  const flexible = version >= 5;
  const groupsLength = reader.readArrayLength(flexible, 1);
  const groups: string[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(reader.readString(flexible));
  }
  const includeAuthorizedOperations = version >= 3 ? reader.readBoolean() : false;
  if (flexible) reader.skipTaggedFields();
  return {
    groups,
    includeAuthorizedOperations,
  };
}

export const DescribeGroupsRequest: MessageCodec<DescribeGroupsRequest> = {
  name: 'DescribeGroupsRequest',
  apiKey: 15,
  minVersion: 0,
  maxVersion: 6,
  flexibleVersion: 5,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToEncode('DescribeGroupsRequest', version, '0-6');
    }
    encodeDescribeGroupsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToDecode('DescribeGroupsRequest', version, '0-6', reader.offset);
    }
    return decodeDescribeGroupsRequest(reader, version);
  },
};
