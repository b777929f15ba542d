// Generated from schemas/read-share-group-state-summary.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ReadShareGroupStateSummaryRequest (key 87): versions 0 to 1, flexible from 0. */
export interface ReadShareGroupStateSummaryRequest {
  groupId: string;
  topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateSummaryRequest(
  init: Partial<ReadShareGroupStateSummaryRequest> = {},
): ReadShareGroupStateSummaryRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryData {
  topicId: string;
  partitions: ReadShareGroupStateSummaryRequestPartitionData[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateSummaryRequestReadStateSummaryData(
  init: Partial<ReadShareGroupStateSummaryRequestReadStateSummaryData> = {},
): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ReadShareGroupStateSummaryRequestPartitionData {
  partition: number;
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateSummaryRequestPartitionData(
  init: Partial<ReadShareGroupStateSummaryRequestPartitionData> = {},
): ReadShareGroupStateSummaryRequestPartitionData {
  return {
    partition: init.partition ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
  };
}

function encodeReadShareGroupStateSummaryRequest(
  writer: Writer,
  message: Encodable<ReadShareGroupStateSummaryRequest>,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeReadShareGroupStateSummaryRequestReadStateSummaryData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateSummaryRequest(
  reader: Reader,
): ReadShareGroupStateSummaryRequest {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 18);
  const topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeReadShareGroupStateSummaryRequestReadStateSummaryData(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeReadShareGroupStateSummaryRequestReadStateSummaryData(
  writer: Writer,
  message: ReadShareGroupStateSummaryRequestReadStateSummaryData,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeReadShareGroupStateSummaryRequestPartitionData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateSummaryRequestReadStateSummaryData(
  reader: Reader,
): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 9);
  const partitions: ReadShareGroupStateSummaryRequestPartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeReadShareGroupStateSummaryRequestPartitionData(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeReadShareGroupStateSummaryRequestPartitionData(
  writer: Writer,
  message: ReadShareGroupStateSummaryRequestPartitionData,
): void {
  writer.writeInt32(message.partition);
  writer.writeInt32(message.leaderEpoch);
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateSummaryRequestPartitionData(
  reader: Reader,
): ReadShareGroupStateSummaryRequestPartitionData {
  const partition = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  reader.skipTaggedFields();
  return {
    partition,
    leaderEpoch,
  };
}

export const ReadShareGroupStateSummaryRequest: MessageCodec<ReadShareGroupStateSummaryRequest> = {
  name: 'ReadShareGroupStateSummaryRequest',
  apiKey: 87,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ReadShareGroupStateSummaryRequest', version, '0-1');
    }
    encodeReadShareGroupStateSummaryRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ReadShareGroupStateSummaryRequest', version, '0-1', reader.offset);
    }
    return decodeReadShareGroupStateSummaryRequest(reader);
  },
};
