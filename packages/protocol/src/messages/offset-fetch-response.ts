// Generated from schemas/offset-fetch.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetFetchResponse (key 9): versions 1 to 10, flexible from 6. */
export interface OffsetFetchResponse {
  /** Versions 3+. */
  throttleTimeMs: number;
  /** Versions 1 to 7. */
  topics: OffsetFetchResponseTopic[];
  /** Versions 2 to 7. */
  errorCode: number;
  /** Versions 8+. */
  groups: OffsetFetchResponseGroup[];
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchResponse(
  init: Partial<OffsetFetchResponse> = {},
): OffsetFetchResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
    errorCode: init.errorCode ?? 0,
    groups: init.groups ?? [],
  };
}

export interface OffsetFetchResponseTopic {
  name: string;
  partitions: OffsetFetchResponsePartition[];
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchResponseTopic(
  init: Partial<OffsetFetchResponseTopic> = {},
): OffsetFetchResponseTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface OffsetFetchResponsePartition {
  partitionIndex: number;
  committedOffset: number;
  /** Versions 5+. */
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchResponsePartition(
  init: Partial<OffsetFetchResponsePartition> = {},
): OffsetFetchResponsePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    committedOffset: init.committedOffset ?? 0,
    committedLeaderEpoch: init.committedLeaderEpoch ?? -1,
    metadata: init.metadata !== undefined ? init.metadata : '',
    errorCode: init.errorCode ?? 0,
  };
}

export interface OffsetFetchResponseGroup {
  groupId: string;
  topics: OffsetFetchResponseTopics[];
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchResponseGroup(
  init: Partial<OffsetFetchResponseGroup> = {},
): OffsetFetchResponseGroup {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics ?? [],
    errorCode: init.errorCode ?? 0,
  };
}

export interface OffsetFetchResponseTopics {
  /** Versions 8 to 9. */
  name: string;
  /** Versions 10+. */
  topicId: string;
  partitions: OffsetFetchResponsePartitions[];
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchResponseTopics(
  init: Partial<OffsetFetchResponseTopics> = {},
): OffsetFetchResponseTopics {
  return {
    name: init.name ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface OffsetFetchResponsePartitions {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  metadata: string | null;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchResponsePartitions(
  init: Partial<OffsetFetchResponsePartitions> = {},
): OffsetFetchResponsePartitions {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    committedOffset: init.committedOffset ?? 0,
    committedLeaderEpoch: init.committedLeaderEpoch ?? -1,
    metadata: init.metadata !== undefined ? init.metadata : '',
    errorCode: init.errorCode ?? 0,
  };
}

function encodeOffsetFetchResponse(
  writer: Writer,
  message: Encodable<OffsetFetchResponse>,
  version: number,
): void {
  const flexible = version >= 6;
  if (version >= 3) {
    writer.writeInt32(message.throttleTimeMs);
  }
  if (version <= 7) {
    writer.writeArrayLength(message.topics.length, flexible);
    for (const element of message.topics) {
      encodeOffsetFetchResponseTopic(writer, element, version);
    }
  } else if (message.topics.length !== 0) {
    throw fieldNotInVersion('OffsetFetchResponse', 'topics', version);
  }
  if (version >= 2 && version <= 7) {
    writer.writeErrorCode(message.errorCode);
  }
  if (version >= 8) {
    writer.writeArrayLength(message.groups.length, flexible);
    for (const element of message.groups) {
      encodeOffsetFetchResponseGroup(writer, element, version);
    }
  } else if (message.groups.length !== 0) {
    throw fieldNotInVersion('OffsetFetchResponse', 'groups', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchResponse(reader: Reader, version: number): OffsetFetchResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 3 ? reader.readInt32() : 0;
  const topicsLength = version <= 7 ? reader.readArrayLength(flexible, 3) : 0;
  const topics: OffsetFetchResponseTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetFetchResponseTopic(reader, version));
  }
  const errorCode = version >= 2 && version <= 7 ? reader.readInt16() : 0;
  const groupsLength = version >= 8 ? reader.readArrayLength(flexible, 5) : 0;
  const groups: OffsetFetchResponseGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeOffsetFetchResponseGroup(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
    errorCode,
    groups,
  };
}

function encodeOffsetFetchResponseTopic(
  writer: Writer,
  message: OffsetFetchResponseTopic,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeOffsetFetchResponsePartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchResponseTopic(reader: Reader, version: number): OffsetFetchResponseTopic {
  const flexible = version >= 6;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 16);
  const partitions: OffsetFetchResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetFetchResponsePartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeOffsetFetchResponsePartition(
  writer: Writer,
  message: OffsetFetchResponsePartition,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.committedOffset);
  if (version >= 5) {
    writer.writeInt32(message.committedLeaderEpoch);
  }
  writer.writeNullableString(message.metadata, flexible);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchResponsePartition(
  reader: Reader,
  version: number,
): OffsetFetchResponsePartition {
  const flexible = version >= 6;
  const partitionIndex = reader.readInt32();
  const committedOffset = reader.readInt64();
  const committedLeaderEpoch = version >= 5 ? reader.readInt32() : -1;
  const metadata = reader.readNullableString(flexible);
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
  };
}

function encodeOffsetFetchResponseGroup(
  writer: Writer,
  message: OffsetFetchResponseGroup,
  version: number,
): void {
  writer.writeString(message.groupId, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeOffsetFetchResponseTopics(writer, element, version);
  }
  writer.writeErrorCode(message.errorCode);
  writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchResponseGroup(reader: Reader, version: number): OffsetFetchResponseGroup {
  const groupId = reader.readString(true);
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: OffsetFetchResponseTopics[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetFetchResponseTopics(reader, version));
  }
  const errorCode = reader.readInt16();
  reader.skipTaggedFields();
  return {
    groupId,
    topics,
    errorCode,
  };
}

function encodeOffsetFetchResponseTopics(
  writer: Writer,
  message: OffsetFetchResponseTopics,
  version: number,
): void {
  if (version <= 9) {
    writer.writeString(message.name, true);
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeOffsetFetchResponsePartitions(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchResponseTopics(
  reader: Reader,
  version: number,
): OffsetFetchResponseTopics {
  const name = version <= 9 ? reader.readString(true) : '';
  const topicId = version >= 10 ? reader.readUuid() : ZERO_UUID;
  const partitionsLength = reader.readArrayLength(true, 20);
  const partitions: OffsetFetchResponsePartitions[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetFetchResponsePartitions(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    topicId,
    partitions,
  };
}

function encodeOffsetFetchResponsePartitions(
  writer: Writer,
  message: OffsetFetchResponsePartitions,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.committedOffset);
  writer.writeInt32(message.committedLeaderEpoch);
  writer.writeNullableString(message.metadata, true);
  writer.writeErrorCode(message.errorCode);
  writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchResponsePartitions(reader: Reader): OffsetFetchResponsePartitions {
  const partitionIndex = reader.readInt32();
  const committedOffset = reader.readInt64();
  const committedLeaderEpoch = reader.readInt32();
  const metadata = reader.readNullableString(true);
  const errorCode = reader.readInt16();
  reader.skipTaggedFields();
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
  };
}

export const OffsetFetchResponse: MessageCodec<OffsetFetchResponse> = {
  name: 'OffsetFetchResponse',
  apiKey: 9,
  minVersion: 1,
  maxVersion: 10,
  flexibleVersion: 6,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 10)) {
      throw unknownVersionToEncode('OffsetFetchResponse', version, '1-10');
    }
    encodeOffsetFetchResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 10)) {
      throw unknownVersionToDecode('OffsetFetchResponse', version, '1-10', reader.offset);
    }
    return decodeOffsetFetchResponse(reader, version);
  },
};
