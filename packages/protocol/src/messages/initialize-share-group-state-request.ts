// Generated from schemas/initialize-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** InitializeShareGroupStateRequest (key 83): version 0, flexible from 0. */
export interface InitializeShareGroupStateRequest {
  groupId: string;
  topics: InitializeShareGroupStateRequestInitializeStateData[];
}

/** Fields that are not given have their defaults. */
export function createInitializeShareGroupStateRequest(
  init: Partial<InitializeShareGroupStateRequest> = {},
): InitializeShareGroupStateRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface InitializeShareGroupStateRequestInitializeStateData {
  topicId: string;
  partitions: InitializeShareGroupStateRequestPartitionData[];
}

/** Fields that are not given have their defaults. */
export function createInitializeShareGroupStateRequestInitializeStateData(
  init: Partial<InitializeShareGroupStateRequestInitializeStateData> = {},
): InitializeShareGroupStateRequestInitializeStateData {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface InitializeShareGroupStateRequestPartitionData {
  partition: number;
  stateEpoch: number;
  startOffset: number;
}

/** Fields that are not given have their defaults. */
export function createInitializeShareGroupStateRequestPartitionData(
  init: Partial<InitializeShareGroupStateRequestPartitionData> = {},
): InitializeShareGroupStateRequestPartitionData {
  return {
    partition: init.partition ?? 0,
    stateEpoch: init.stateEpoch ?? 0,
    startOffset: init.startOffset ?? 0,
  };
}

function encodeInitializeShareGroupStateRequest(
  writer: Writer,
  message: Encodable<InitializeShareGroupStateRequest>,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeInitializeShareGroupStateRequestInitializeStateData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeInitializeShareGroupStateRequest(reader: Reader): InitializeShareGroupStateRequest {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 18);
  const topics: InitializeShareGroupStateRequestInitializeStateData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeInitializeShareGroupStateRequestInitializeStateData(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeInitializeShareGroupStateRequestInitializeStateData(
  writer: Writer,
  message: InitializeShareGroupStateRequestInitializeStateData,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeInitializeShareGroupStateRequestPartitionData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeInitializeShareGroupStateRequestInitializeStateData(
  reader: Reader,
): InitializeShareGroupStateRequestInitializeStateData {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 17);
  const partitions: InitializeShareGroupStateRequestPartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeInitializeShareGroupStateRequestPartitionData(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeInitializeShareGroupStateRequestPartitionData(
  writer: Writer,
  message: InitializeShareGroupStateRequestPartitionData,
): void {
  writer.writeInt32(message.partition);
  writer.writeInt32(message.stateEpoch);
  writer.writeInt64(message.startOffset);
  writer.writeUnsignedVarint(0);
}

function decodeInitializeShareGroupStateRequestPartitionData(
  reader: Reader,
): InitializeShareGroupStateRequestPartitionData {
  const partition = reader.readInt32();
  const stateEpoch = reader.readInt32();
  const startOffset = reader.readInt64();
  reader.skipTaggedFields();
  return {
    partition,
    stateEpoch,
    startOffset,
  };
}

export const InitializeShareGroupStateRequest: MessageCodec<InitializeShareGroupStateRequest> = {
  name: 'InitializeShareGroupStateRequest',
  apiKey: 83,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('InitializeShareGroupStateRequest', version, '0');
    }
    encodeInitializeShareGroupStateRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('InitializeShareGroupStateRequest', version, '0', reader.offset);
    }
    return decodeInitializeShareGroupStateRequest(reader);
  },
};
