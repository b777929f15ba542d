// Generated from schemas/read-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ReadShareGroupStateRequest (key 84): version 0, flexible from 0. */
export interface ReadShareGroupStateRequest {
  groupId: string;
  topics: ReadShareGroupStateRequestReadStateData[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateRequest(
  init: Partial<ReadShareGroupStateRequest> = {},
): ReadShareGroupStateRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface ReadShareGroupStateRequestReadStateData {
  topicId: string;
  partitions: ReadShareGroupStateRequestPartitionData[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateRequestReadStateData(
  init: Partial<ReadShareGroupStateRequestReadStateData> = {},
): ReadShareGroupStateRequestReadStateData {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ReadShareGroupStateRequestPartitionData {
  partition: number;
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateRequestPartitionData(
  init: Partial<ReadShareGroupStateRequestPartitionData> = {},
): ReadShareGroupStateRequestPartitionData {
  return {
    partition: init.partition ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
  };
}

function encodeReadShareGroupStateRequest(
  writer: Writer,
  message: Encodable<ReadShareGroupStateRequest>,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeReadShareGroupStateRequestReadStateData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateRequest(reader: Reader): ReadShareGroupStateRequest {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 18);
  const topics: ReadShareGroupStateRequestReadStateData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeReadShareGroupStateRequestReadStateData(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeReadShareGroupStateRequestReadStateData(
  writer: Writer,
  message: ReadShareGroupStateRequestReadStateData,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeReadShareGroupStateRequestPartitionData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateRequestReadStateData(
  reader: Reader,
): ReadShareGroupStateRequestReadStateData {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 9);
  const partitions: ReadShareGroupStateRequestPartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeReadShareGroupStateRequestPartitionData(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeReadShareGroupStateRequestPartitionData(
  writer: Writer,
  message: ReadShareGroupStateRequestPartitionData,
): void {
  writer.writeInt32(message.partition);
  writer.writeInt32(message.leaderEpoch);
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateRequestPartitionData(
  reader: Reader,
): ReadShareGroupStateRequestPartitionData {
  const partition = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  reader.skipTaggedFields();
  return {
    partition,
    leaderEpoch,
  };
}

export const ReadShareGroupStateRequest: MessageCodec<ReadShareGroupStateRequest> = {
  name: 'ReadShareGroupStateRequest',
  apiKey: 84,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('ReadShareGroupStateRequest', version, '0');
    }
    encodeReadShareGroupStateRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('ReadShareGroupStateRequest', version, '0', reader.offset);
    }
    return decodeReadShareGroupStateRequest(reader);
  },
};
