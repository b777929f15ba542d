// Generated from schemas/delete-share-group-offsets.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteShareGroupOffsetsRequest (key 92): version 0, flexible from 0. */
export interface DeleteShareGroupOffsetsRequest {
  groupId: string;
  topics: DeleteShareGroupOffsetsRequestTopic[];
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupOffsetsRequest(
  init: Partial<DeleteShareGroupOffsetsRequest> = {},
): DeleteShareGroupOffsetsRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface DeleteShareGroupOffsetsRequestTopic {
  topicName: string;
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupOffsetsRequestTopic(
  init: Partial<DeleteShareGroupOffsetsRequestTopic> = {},
): DeleteShareGroupOffsetsRequestTopic {
  return {
    topicName: init.topicName ?? '',
  };
}

function encodeDeleteShareGroupOffsetsRequest(
  writer: Writer,
  message: Encodable<DeleteShareGroupOffsetsRequest>,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDeleteShareGroupOffsetsRequestTopic(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupOffsetsRequest(reader: Reader): DeleteShareGroupOffsetsRequest {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 2);
  const topics: DeleteShareGroupOffsetsRequestTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDeleteShareGroupOffsetsRequestTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeDeleteShareGroupOffsetsRequestTopic(
  writer: Writer,
  message: DeleteShareGroupOffsetsRequestTopic,
): void {
  writer.writeString(message.topicName, true);
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupOffsetsRequestTopic(
  reader: Reader,
): DeleteShareGroupOffsetsRequestTopic {
  const topicName = reader.readString(true);
  reader.skipTaggedFields();
  return {
    topicName,
  };
}

export const DeleteShareGroupOffsetsRequest: MessageCodec<DeleteShareGroupOffsetsRequest> = {
  name: 'DeleteShareGroupOffsetsRequest',
  apiKey: 92,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DeleteShareGroupOffsetsRequest', version, '0');
    }
    encodeDeleteShareGroupOffsetsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DeleteShareGroupOffsetsRequest', version, '0', reader.offset);
    }
    return decodeDeleteShareGroupOffsetsRequest(reader);
  },
};
