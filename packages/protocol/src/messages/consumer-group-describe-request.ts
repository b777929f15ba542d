// Generated from schemas/consumer-group-describe.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ConsumerGroupDescribeRequest (key 69): versions 0 to 1, flexible from 0. */
export interface ConsumerGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
}

/** Fields that are not given have their defaults. */
export function createConsumerGroupDescribeRequest(
  init: Partial<ConsumerGroupDescribeRequest> = {},
): ConsumerGroupDescribeRequest {
  return {
    groupIds: init.groupIds ?? [],
    includeAuthorizedOperations: init.includeAuthorizedOperations ?? false,
  };
}

function encodeConsumerGroupDescribeRequest(
  writer: Writer,
  message: Encodable<ConsumerGroupDescribeRequest>,
): void {
  writer.writeArrayLength(message.groupIds.length, true);
  for (const element of message.groupIds) {
    writer.writeString(element, true);
  }
  writer.writeBoolean(message.includeAuthorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeConsumerGroupDescribeRequest(reader: Reader): ConsumerGroupDescribeRequest {
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

export const ConsumerGroupDescribeRequest: MessageCodec<ConsumerGroupDescribeRequest> = {
  name: 'ConsumerGroupDescribeRequest',
  apiKey: 69,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ConsumerGroupDescribeRequest', version, '0-1');
    }
    encodeConsumerGroupDescribeRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ConsumerGroupDescribeRequest', version, '0-1', reader.offset);
    }
    return decodeConsumerGroupDescribeRequest(reader);
  },
};
