// Generated from schemas/streams-group-describe.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** StreamsGroupDescribeRequest (key 89): version 0, flexible from 0. */
export interface StreamsGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeRequest(
  init: Partial<StreamsGroupDescribeRequest> = {},
): StreamsGroupDescribeRequest {
  return {
    groupIds: init.groupIds ?? [],
    includeAuthorizedOperations: init.includeAuthorizedOperations ?? false,
  };
}

function encodeStreamsGroupDescribeRequest(
  writer: Writer,
  message: Encodable<StreamsGroupDescribeRequest>,
): void {
  writer.writeArrayLength(message.groupIds.length, true);
  for (const element of message.groupIds) {
    writer.writeString(element, true);
  }
  writer.writeBoolean(message.includeAuthorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeRequest(reader: Reader): StreamsGroupDescribeRequest {
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

export const StreamsGroupDescribeRequest: MessageCodec<StreamsGroupDescribeRequest> = {
  name: 'StreamsGroupDescribeRequest',
  apiKey: 89,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('StreamsGroupDescribeRequest', version, '0');
    }
    encodeStreamsGroupDescribeRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('StreamsGroupDescribeRequest', version, '0', reader.offset);
    }
    return decodeStreamsGroupDescribeRequest(reader);
  },
};
