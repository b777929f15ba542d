// Generated from schemas/share-acknowledge.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ShareAcknowledgeRequest (key 79): versions 1 to 2, flexible from 0. */
export interface ShareAcknowledgeRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  /** Versions 2+. */
  isRenewAck: boolean;
  topics: ShareAcknowledgeRequestAcknowledgeTopic[];
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeRequest(
  init: Partial<ShareAcknowledgeRequest> = {},
): ShareAcknowledgeRequest {
  return {
    groupId: init.groupId ?? null,
    memberId: init.memberId !== undefined ? init.memberId : '',
    shareSessionEpoch: init.shareSessionEpoch ?? 0,
    isRenewAck: init.isRenewAck ?? false,
    topics: init.topics ?? [],
  };
}

export interface ShareAcknowledgeRequestAcknowledgeTopic {
  topicId: string;
  partitions: ShareAcknowledgeRequestAcknowledgePartition[];
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeRequestAcknowledgeTopic(
  init: Partial<ShareAcknowledgeRequestAcknowledgeTopic> = {},
): ShareAcknowledgeRequestAcknowledgeTopic {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ShareAcknowledgeRequestAcknowledgePartition {
  partitionIndex: number;
  acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[];
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeRequestAcknowledgePartition(
  init: Partial<ShareAcknowledgeRequestAcknowledgePartition> = {},
): ShareAcknowledgeRequestAcknowledgePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    acknowledgementBatches: init.acknowledgementBatches ?? [],
  };
}

export interface ShareAcknowledgeRequestAcknowledgementBatch {
  firstOffset: number;
  lastOffset: number;
  acknowledgeTypes: number[];
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeRequestAcknowledgementBatch(
  init: Partial<ShareAcknowledgeRequestAcknowledgementBatch> = {},
): ShareAcknowledgeRequestAcknowledgementBatch {
  return {
    firstOffset: init.firstOffset ?? 0,
    lastOffset: init.lastOffset ?? 0,
    acknowledgeTypes: init.acknowledgeTypes ?? [],
  };
}

function encodeShareAcknowledgeRequest(
  writer: Writer,
  message: Encodable<ShareAcknowledgeRequest>,
  version: number,
): void {
  writer.writeNullableString(message.groupId, true);
  writer.writeNullableString(message.memberId, true);
  writer.writeInt32(message.shareSessionEpoch);
  if (version >= 2) {
    writer.writeBoolean(message.isRenewAck);
  } else if (message.isRenewAck) {
    throw fieldNotInVersion('ShareAcknowledgeRequest', 'isRenewAck', version);
  }
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeShareAcknowledgeRequestAcknowledgeTopic(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeRequest(reader: Reader, version: number): ShareAcknowledgeRequest {
  const groupId = reader.readNullableString(true);
  const memberId = reader.readNullableString(true);
  const shareSessionEpoch = reader.readInt32();
  const isRenewAck = version >= 2 ? reader.readBoolean() : false;
  const topicsLength = reader.readArrayLength(true, 18);
  const topics: ShareAcknowledgeRequestAcknowledgeTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeShareAcknowledgeRequestAcknowledgeTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    shareSessionEpoch,
    isRenewAck,
    topics,
  };
}

function encodeShareAcknowledgeRequestAcknowledgeTopic(
  writer: Writer,
  message: ShareAcknowledgeRequestAcknowledgeTopic,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeShareAcknowledgeRequestAcknowledgePartition(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeRequestAcknowledgeTopic(
  reader: Reader,
): ShareAcknowledgeRequestAcknowledgeTopic {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 6);
  const partitions: ShareAcknowledgeRequestAcknowledgePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeShareAcknowledgeRequestAcknowledgePartition(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeShareAcknowledgeRequestAcknowledgePartition(
  writer: Writer,
  message: ShareAcknowledgeRequestAcknowledgePartition,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeArrayLength(message.acknowledgementBatches.length, true);
  for (const element of message.acknowledgementBatches) {
    encodeShareAcknowledgeRequestAcknowledgementBatch(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeRequestAcknowledgePartition(
  reader: Reader,
): ShareAcknowledgeRequestAcknowledgePartition {
  const partitionIndex = reader.readInt32();
  const acknowledgementBatchesLength = reader.readArrayLength(true, 18);
  const acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[] = [];
  for (let i = 0; i < acknowledgementBatchesLength; i++) {
    acknowledgementBatches.push(decodeShareAcknowledgeRequestAcknowledgementBatch(reader));
  }
  reader.skipTaggedFields();
  return {
    partitionIndex,
    acknowledgementBatches,
  };
}

function encodeShareAcknowledgeRequestAcknowledgementBatch(
  writer: Writer,
  message: ShareAcknowledgeRequestAcknowledgementBatch,
): void {
  writer.writeInt64(message.firstOffset);
  writer.writeInt64(message.lastOffset);
  writer.writeArrayLength(message.acknowledgeTypes.length, true);
  for (const element of message.acknowledgeTypes) {
    writer.writeInt8(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeRequestAcknowledgementBatch(
  reader: Reader,
): ShareAcknowledgeRequestAcknowledgementBatch {
  const firstOffset = reader.readInt64();
  const lastOffset = reader.readInt64();
  const acknowledgeTypesLength = reader.readArrayLength(true, 1);
  const acknowledgeTypes: number[] = [];
  for (let i = 0; i < acknowledgeTypesLength; i++) {
    acknowledgeTypes.push(reader.readInt8());
  }
  reader.skipTaggedFields();
  return {
    firstOffset,
    lastOffset,
    acknowledgeTypes,
  };
}

export const ShareAcknowledgeRequest: MessageCodec<ShareAcknowledgeRequest> = {
  name: 'ShareAcknowledgeRequest',
  apiKey: 79,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('ShareAcknowledgeRequest', version, '1-2');
    }
    encodeShareAcknowledgeRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('ShareAcknowledgeRequest', version, '1-2', reader.offset);
    }
    return decodeShareAcknowledgeRequest(reader, version);
  },
};
