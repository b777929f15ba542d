// Generated from schemas/offset-commit.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetCommitRequest (key 8): versions 2 to 10, flexible from 8. */
export interface OffsetCommitRequest {
  groupId: string;
  generationIdOrMemberEpoch: number;
  memberId: string;
  /** Versions 7+. */
  groupInstanceId: string | null;
  /** Versions 2 to 4. */
  retentionTimeMs: number;
  topics: OffsetCommitRequestTopic[];
}

/** Fields that are not given have their defaults. */
export function createOffsetCommitRequest(
  init: Partial<OffsetCommitRequest> = {},
): OffsetCommitRequest {
  return {
    groupId: init.groupId ?? '',
    generationIdOrMemberEpoch: init.generationIdOrMemberEpoch ?? -1,
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
    retentionTimeMs: init.retentionTimeMs ?? -1,
    topics: init.topics ?? [],
  };
}

export interface OffsetCommitRequestTopic {
  /** Versions 2 to 9. */
  name: string;
  /** Versions 10+. */
  topicId: string;
  partitions: OffsetCommitRequestPartition[];
}

/** Fields that are not given have their defaults. */
export function createOffsetCommitRequestTopic(
  init: Partial<OffsetCommitRequestTopic> = {},
): OffsetCommitRequestTopic {
  return {
    name: init.name ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface OffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: number;
  /** Versions 6+. */
  committedLeaderEpoch: number;
  committedMetadata: string | null;
}

/** Fields that are not given have their defaults. */
export function createOffsetCommitRequestPartition(
  init: Partial<OffsetCommitRequestPartition> = {},
): OffsetCommitRequestPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    committedOffset: init.committedOffset ?? 0,
    committedLeaderEpoch: init.committedLeaderEpoch ?? -1,
    committedMetadata: init.committedMetadata !== undefined ? init.committedMetadata : '',
  };
}

function encodeOffsetCommitRequest(
  writer: Writer,
  message: Encodable<OffsetCommitRequest>,
  version: number,
): void {
  const flexible = version >= 8;
  writer.writeString(message.groupId, flexible);
  writer.writeInt32(message.generationIdOrMemberEpoch);
  writer.writeString(message.memberId, flexible);
  if (version >= 7) {
    writer.writeNullableString(message.groupInstanceId, flexible);
  } else if (message.groupInstanceId !== null) {
    throw fieldNotInVersion('OffsetCommitRequest', 'groupInstanceId', version);
  }
  if (version <= 4) {
    writer.writeInt64(message.retentionTimeMs);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeOffsetCommitRequestTopic(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetCommitRequest(reader: Reader, version: number): OffsetCommitRequest {
  const flexible = version >= 8;
  const groupId = reader.readString(flexible);
  const generationIdOrMemberEpoch = reader.readInt32();
  const memberId = reader.readString(flexible);
  const groupInstanceId = version >= 7 ? reader.readNullableString(flexible) : null;
  const retentionTimeMs = version <= 4 ? reader.readInt64() : -1;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: OffsetCommitRequestTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeOffsetCommitRequestTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    generationIdOrMemberEpoch,
    memberId,
    groupInstanceId,
    retentionTimeMs,
    topics,
  };
}

function encodeOffsetCommitRequestTopic(
  writer: Writer,
  message: OffsetCommitRequestTopic,
  version: number,
): void {
  const flexible = version >= 8;
  if (version <= 9) {
    writer.writeString(message.name, flexible);
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeOffsetCommitRequestPartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetCommitRequestTopic(reader: Reader, version: number): OffsetCommitRequestTopic {
  const flexible = version >= 8;
  const name = version <= 9 ? reader.readString(flexible) : '';
  const topicId = version >= 10 ? reader.readUuid() : ZERO_UUID;
  const partitionsLength = reader.readArrayLength(flexible, 14);
  const partitions: OffsetCommitRequestPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeOffsetCommitRequestPartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    topicId,
    partitions,
  };
}

function encodeOffsetCommitRequestPartition(
  writer: Writer,
  message: OffsetCommitRequestPartition,
  version: number,
): void {
  const flexible = version >= 8;
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.committedOffset);
  if (version >= 6) {
    writer.writeInt32(message.committedLeaderEpoch);
  }
  writer.writeNullableString(message.committedMetadata, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetCommitRequestPartition(
  reader: Reader,
  version: number,
): OffsetCommitRequestPartition {
  const flexible = version >= 8;
  const partitionIndex = reader.readInt32();
  const committedOffset = reader.readInt64();
  const committedLeaderEpoch = version >= 6 ? reader.readInt32() : -1;
  const committedMetadata = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    committedMetadata,
  };
}

export const OffsetCommitRequest: MessageCodec<OffsetCommitRequest> = {
  name: 'OffsetCommitRequest',
  apiKey: 8,
  minVersion: 2,
  maxVersion: 10,
  flexibleVersion: 8,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 2 && version <= 10)) {
      throw unknownVersionToEncode('OffsetCommitRequest', version, '2-10');
    }
    encodeOffsetCommitRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 2 && version <= 10)) {
      throw unknownVersionToDecode('OffsetCommitRequest', version, '2-10', reader.offset);
    }
    return decodeOffsetCommitRequest(reader, version);
  },
};
