// Generated from schemas/write-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** WriteShareGroupStateRequest (key 85): versions 0 to 1, flexible from 0. */
export interface WriteShareGroupStateRequest {
  groupId: string;
  topics: WriteShareGroupStateRequestWriteStateData[];
}

/** Fields that are not given have their defaults. */
export function createWriteShareGroupStateRequest(
  init: Partial<WriteShareGroupStateRequest> = {},
): WriteShareGroupStateRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
  };
}

export interface WriteShareGroupStateRequestWriteStateData {
  topicId: string;
  partitions: WriteShareGroupStateRequestPartitionData[];
}

/** Fields that are not given have their defaults. */
export function createWriteShareGroupStateRequestWriteStateData(
  init: Partial<WriteShareGroupStateRequestWriteStateData> = {},
): WriteShareGroupStateRequestWriteStateData {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface WriteShareGroupStateRequestPartitionData {
  partition: number;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  /** Versions 1+. */
  deliveryCompleteCount: number;
  stateBatches: WriteShareGroupStateRequestStateBatch[];
}

/** Fields that are not given have their defaults. */
export function createWriteShareGroupStateRequestPartitionData(
  init: Partial<WriteShareGroupStateRequestPartitionData> = {},
): WriteShareGroupStateRequestPartitionData {
  return {
    partition: init.partition ?? 0,
    stateEpoch: init.stateEpoch ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
    startOffset: init.startOffset ?? 0,
    deliveryCompleteCount: init.deliveryCompleteCount ?? -1,
    stateBatches: init.stateBatches ?? [],
  };
}

export interface WriteShareGroupStateRequestStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
}

/** Fields that are not given have their defaults. */
export function createWriteShareGroupStateRequestStateBatch(
  init: Partial<WriteShareGroupStateRequestStateBatch> = {},
): WriteShareGroupStateRequestStateBatch {
  return {
    firstOffset: init.firstOffset ?? 0,
    lastOffset: init.lastOffset ?? 0,
    deliveryState: init.deliveryState ?? 0,
    deliveryCount: init.deliveryCount ?? 0,
  };
}

function encodeWriteShareGroupStateRequest(
  writer: Writer,
  message: Encodable<WriteShareGroupStateRequest>,
  version: number,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeWriteShareGroupStateRequestWriteStateData(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteShareGroupStateRequest(
  reader: Reader,
  version: number,
): WriteShareGroupStateRequest {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 18);
  const topics: WriteShareGroupStateRequestWriteStateData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeWriteShareGroupStateRequestWriteStateData(reader, version));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
  };
}

function encodeWriteShareGroupStateRequestWriteStateData(
  writer: Writer,
  message: WriteShareGroupStateRequestWriteStateData,
  version: number,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeWriteShareGroupStateRequestPartitionData(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteShareGroupStateRequestWriteStateData(
  reader: Reader,
  version: number,
): WriteShareGroupStateRequestWriteStateData {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 22);
  const partitions: WriteShareGroupStateRequestPartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeWriteShareGroupStateRequestPartitionData(reader, version));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeWriteShareGroupStateRequestPartitionData(
  writer: Writer,
  message: WriteShareGroupStateRequestPartitionData,
  version: number,
): void {
  writer.writeInt32(message.partition);
  writer.writeInt32(message.stateEpoch);
  writer.writeInt32(message.leaderEpoch);
  writer.writeInt64(message.startOffset);
  if (version >= 1) {
    writer.writeInt32(message.deliveryCompleteCount);
  }
  writer.writeArrayLength(message.stateBatches.length, true);
  for (const element of message.stateBatches) {
    encodeWriteShareGroupStateRequestStateBatch(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteShareGroupStateRequestPartitionData(
  reader: Reader,
  version: number,
): WriteShareGroupStateRequestPartitionData {
  const partition = reader.readInt32();
  const stateEpoch = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  const startOffset = reader.readInt64();
  const deliveryCompleteCount = version >= 1 ? reader.readInt32() : -1;
  const stateBatchesLength = reader.readArrayLength(true, 20);
  const stateBatches: WriteShareGroupStateRequestStateBatch[] = [];
  for (let i = 0; i < stateBatchesLength; i++) {
    stateBatches.push(decodeWriteShareGroupStateRequestStateBatch(reader));
  }
  reader.skipTaggedFields();
  return {
    partition,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches,
  };
}

function encodeWriteShareGroupStateRequestStateBatch(
  writer: Writer,
  message: WriteShareGroupStateRequestStateBatch,
): void {
  writer.writeInt64(message.firstOffset);
  writer.writeInt64(message.lastOffset);
  writer.writeInt8(message.deliveryState);
  writer.writeInt16(message.deliveryCount);
  writer.writeUnsignedVarint(0);
}

function decodeWriteShareGroupStateRequestStateBatch(
  reader: Reader,
): WriteShareGroupStateRequestStateBatch {
  const firstOffset = reader.readInt64();
  const lastOffset = reader.readInt64();
  const deliveryState = reader.readInt8();
  const deliveryCount = reader.readInt16();
  reader.skipTaggedFields();
  return {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  };
}

export const WriteShareGroupStateRequest: MessageCodec<WriteShareGroupStateRequest> = {
  name: 'WriteShareGroupStateRequest',
  apiKey: 85,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('WriteShareGroupStateRequest', version, '0-1');
    }
    encodeWriteShareGroupStateRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('WriteShareGroupStateRequest', version, '0-1', reader.offset);
    }
    return decodeWriteShareGroupStateRequest(reader, version);
  },
};
