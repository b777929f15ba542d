// Generated from schemas/list-offsets.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListOffsetsRequest (key 2): versions 1 to 11, flexible from 6. */
export interface ListOffsetsRequest {
  replicaId: number;
  /** Versions 2+. */
  isolationLevel: number;
  topics: ListOffsetsRequestListOffsetsTopic[];
  /** Versions 10+. */
  timeoutMs: number;
}

/** Fields that are not given have their defaults. */
export function createListOffsetsRequest(
  init: Partial<ListOffsetsRequest> = {},
): ListOffsetsRequest {
  return {
    replicaId: init.replicaId ?? 0,
    isolationLevel: init.isolationLevel ?? 0,
    topics: init.topics ?? [],
    timeoutMs: init.timeoutMs ?? 0,
  };
}

export interface ListOffsetsRequestListOffsetsTopic {
  name: string;
  partitions: ListOffsetsRequestListOffsetsPartition[];
}

/** Fields that are not given have their defaults. */
export function createListOffsetsRequestListOffsetsTopic(
  init: Partial<ListOffsetsRequestListOffsetsTopic> = {},
): ListOffsetsRequestListOffsetsTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface ListOffsetsRequestListOffsetsPartition {
  partitionIndex: number;
  /** Versions 4+. */
  currentLeaderEpoch: number;
  timestamp: number;
}

/** Fields that are not given have their defaults. */
export function createListOffsetsRequestListOffsetsPartition(
  init: Partial<ListOffsetsRequestListOffsetsPartition> = {},
): ListOffsetsRequestListOffsetsPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    currentLeaderEpoch: init.currentLeaderEpoch ?? -1,
    timestamp: init.timestamp ?? 0,
  };
}

function encodeListOffsetsRequest(
  writer: Writer,
  message: Encodable<ListOffsetsRequest>,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeInt32(message.replicaId);
  if (version >= 2) {
    writer.writeInt8(message.isolationLevel);
  } else if (message.isolationLevel !== 0) {
    throw fieldNotInVersion('ListOffsetsRequest', 'isolationLevel', version);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeListOffsetsRequestListOffsetsTopic(writer, element, version);
  }
  if (version >= 10) {
    writer.writeInt32(message.timeoutMs);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListOffsetsRequest(reader: Reader, version: number): ListOffsetsRequest {
  const flexible = version >= 6;
  const replicaId = reader.readInt32();
  const isolationLevel = version >= 2 ? reader.readInt8() : 0;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: ListOffsetsRequestListOffsetsTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeListOffsetsRequestListOffsetsTopic(reader, version));
  }
  const timeoutMs = version >= 10 ? reader.readInt32() : 0;
  if (flexible) reader.skipTaggedFields();
  return {
    replicaId,
    isolationLevel,
    topics,
    timeoutMs,
  };
}

function encodeListOffsetsRequestListOffsetsTopic(
  writer: Writer,
  message: ListOffsetsRequestListOffsetsTopic,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeListOffsetsRequestListOffsetsPartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListOffsetsRequestListOffsetsTopic(
  reader: Reader,
  version: number,
): ListOffsetsRequestListOffsetsTopic {
  const flexible = version >= 6;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 12);
  const partitions: ListOffsetsRequestListOffsetsPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeListOffsetsRequestListOffsetsPartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeListOffsetsRequestListOffsetsPartition(
  writer: Writer,
  message: ListOffsetsRequestListOffsetsPartition,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeInt32(message.partitionIndex);
  if (version >= 4) {
    writer.writeInt32(message.currentLeaderEpoch);
  }
  writer.writeInt64(message.timestamp);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeListOffsetsRequestListOffsetsPartition(
  reader: Reader,
  version: number,
): ListOffsetsRequestListOffsetsPartition {
  const flexible = version >= 6;
  const partitionIndex = reader.readInt32();
  const currentLeaderEpoch = version >= 4 ? reader.readInt32() : -1;
  const timestamp = reader.readInt64();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    currentLeaderEpoch,
    timestamp,
  };
}

export const ListOffsetsRequest: MessageCodec<ListOffsetsRequest> = {
  name: 'ListOffsetsRequest',
  apiKey: 2,
  minVersion: 1,
  maxVersion: 11,
  flexibleVersion: 6,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 11)) {
      throw unknownVersionToEncode('ListOffsetsRequest', version, '1-11');
    }
    encodeListOffsetsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 11)) {
      throw unknownVersionToDecode('ListOffsetsRequest', version, '1-11', reader.offset);
    }
    return decodeListOffsetsRequest(reader, version);
  },
};
