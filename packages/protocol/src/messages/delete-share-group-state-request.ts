// Generated from schemas/delete-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteShareGroupStateRequest (key 86): version 0, flexible from 0. */
export interface DeleteShareGroupStateRequest {
  groupId: string;
  topics: DeleteShareGroupStateRequestDeleteStateData[];
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupStateRequest(
  init: Partial<DeleteShareGroupStateRequest> = {},
): DeleteShareGroupStateRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface DeleteShareGroupStateRequestDeleteStateData {
  topicId: string;
  partitions: DeleteShareGroupStateRequestPartitionData[];
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupStateRequestDeleteStateData(
  init: Partial<DeleteShareGroupStateRequestDeleteStateData> = {},
): DeleteShareGroupStateRequestDeleteStateData {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface DeleteShareGroupStateRequestPartitionData {
  partition: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteShareGroupStateRequestPartitionData(
  init: Partial<DeleteShareGroupStateRequestPartitionData> = {},
): DeleteShareGroupStateRequestPartitionData {
  return {
    partition: init.partition ?? 0,
  };
}

function encodeDeleteShareGroupStateRequest(
  writer: Writer,
  message: Encodable<DeleteShareGroupStateRequest>,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDeleteShareGroupStateRequestDeleteStateData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupStateRequest(reader: Reader): DeleteShareGroupStateRequest {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 18);
  const topics: DeleteShareGroupStateRequestDeleteStateData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDeleteShareGroupStateRequestDeleteStateData(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeDeleteShareGroupStateRequestDeleteStateData(
  writer: Writer,
  message: DeleteShareGroupStateRequestDeleteStateData,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeDeleteShareGroupStateRequestPartitionData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupStateRequestDeleteStateData(
  reader: Reader,
): DeleteShareGroupStateRequestDeleteStateData {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 5);
  const partitions: DeleteShareGroupStateRequestPartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDeleteShareGroupStateRequestPartitionData(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeDeleteShareGroupStateRequestPartitionData(
  writer: Writer,
  message: DeleteShareGroupStateRequestPartitionData,
): void {
  writer.writeInt32(message.partition);
  writer.writeUnsignedVarint(0);
}

function decodeDeleteShareGroupStateRequestPartitionData(
  reader: Reader,
): DeleteShareGroupStateRequestPartitionData {
  const partition = reader.readInt32();
  reader.skipTaggedFields();
  return {
    partition,
  };
}

export const DeleteShareGroupStateRequest: MessageCodec<DeleteShareGroupStateRequest> = {
  name: 'DeleteShareGroupStateRequest',
  apiKey: 86,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DeleteShareGroupStateRequest', version, '0');
    }
    encodeDeleteShareGroupStateRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DeleteShareGroupStateRequest', version, '0', reader.offset);
    }
    return decodeDeleteShareGroupStateRequest(reader);
  },
};
