// Generated from schemas/share-group-describe.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ShareGroupDescribeRequest (key 77): version 1, flexible from 0. */
export interface ShareGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
}

/** Fields that are not given have their defaults. */
export function createShareGroupDescribeRequest(
  init: Partial<ShareGroupDescribeRequest> = {},
): ShareGroupDescribeRequest {
  return {
    groupIds: init.groupIds ?? [],
    includeAuthorizedOperations: init.includeAuthorizedOperations ?? false,
  };
}

function encodeShareGroupDescribeRequest(
  writer: Writer,
  message: Encodable<ShareGroupDescribeRequest>,
): void {
  writer.writeArrayLength(message.groupIds.length, true);
  for (const element of message.groupIds) {
    writer.writeString(element, true);
  }
  writer.writeBoolean(message.includeAuthorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupDescribeRequest(reader: Reader): ShareGroupDescribeRequest {
  const groupIdsLength = reader.readArrayLength(true, 1);
  const groupIds: string[] = [];
  for (let i = 0; i < groupIdsLength; i++) {
    groupIds.push(reader.readString(true));
  }
  const includeAuthorizedOperations = reader.readBoolean();
  reader.skipTaggedFields();
  return {
    groupIds,
    includeAuthorizedOperations,
  };
}

export const ShareGroupDescribeRequest: MessageCodec<ShareGroupDescribeRequest> = {
  name: 'ShareGroupDescribeRequest',
  apiKey: 77,
  minVersion: 1,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToEncode('ShareGroupDescribeRequest', version, '1');
    }
    encodeShareGroupDescribeRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToDecode('ShareGroupDescribeRequest', version, '1', reader.offset);
    }
    return decodeShareGroupDescribeRequest(reader);
  },
};
