// Generated from schemas/share-fetch.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ShareFetchRequest (key 78): versions 1 to 2, flexible from 0. */
export interface ShareFetchRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  maxRecords: number;
  batchSize: number;
  /** Versions 2+. */
  shareAcquireMode: number;
  /** Versions 2+. */
  isRenewAck: boolean;
  topics: ShareFetchRequestFetchTopic[];
  forgottenTopicsData: ShareFetchRequestForgottenTopic[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchRequest(init: Partial<ShareFetchRequest> = {}): ShareFetchRequest {
  return {
    groupId: init.groupId ?? null,
    memberId: init.memberId !== undefined ? init.memberId : '',
    shareSessionEpoch: init.shareSessionEpoch ?? 0,
    maxWaitMs: init.maxWaitMs ?? 0,
    minBytes: init.minBytes ?? 0,
    maxBytes: init.maxBytes ?? 2147483647,
    maxRecords: init.maxRecords ?? 0,
    batchSize: init.batchSize ?? 0,
    shareAcquireMode: init.shareAcquireMode ?? 0,
    isRenewAck: init.isRenewAck ?? false,
    topics: init.topics ?? [],
    forgottenTopicsData: init.forgottenTopicsData ?? [],
  };
}

export interface ShareFetchRequestFetchTopic {
  topicId: string;
  partitions: ShareFetchRequestFetchPartition[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchRequestFetchTopic(
  init: Partial<ShareFetchRequestFetchTopic> = {},
): ShareFetchRequestFetchTopic {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ShareFetchRequestFetchPartition {
  partitionIndex: number;
  acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchRequestFetchPartition(
  init: Partial<ShareFetchRequestFetchPartition> = {},
): ShareFetchRequestFetchPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    acknowledgementBatches: init.acknowledgementBatches ?? [],
  };
}

export interface ShareFetchRequestAcknowledgementBatch {
  firstOffset: number;
  lastOffset: number;
  acknowledgeTypes: number[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchRequestAcknowledgementBatch(
  init: Partial<ShareFetchRequestAcknowledgementBatch> = {},
): ShareFetchRequestAcknowledgementBatch {
  return {
    firstOffset: init.firstOffset ?? 0,
    lastOffset: init.lastOffset ?? 0,
    acknowledgeTypes: init.acknowledgeTypes ?? [],
  };
}

export interface ShareFetchRequestForgottenTopic {
  topicId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchRequestForgottenTopic(
  init: Partial<ShareFetchRequestForgottenTopic> = {},
): ShareFetchRequestForgottenTopic {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

function encodeShareFetchRequest(
  writer: Writer,
  message: Encodable<ShareFetchRequest>,
  version: number,
): void {
  writer.writeNullableString(message.groupId, true);
  writer.writeNullableString(message.memberId, true);
  writer.writeInt32(message.shareSessionEpoch);
  writer.writeInt32(message.maxWaitMs);
  writer.writeInt32(message.minBytes);
  writer.writeInt32(message.maxBytes);
  writer.writeInt32(message.maxRecords);
  writer.writeInt32(message.batchSize);
  if (version >= 2) {
    writer.writeInt8(message.shareAcquireMode);
  }
  if (version >= 2) {
    writer.writeBoolean(message.isRenewAck);
  } else if (message.isRenewAck) {
    throw fieldNotInVersion('ShareFetchRequest', 'isRenewAck', version);
  }
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeShareFetchRequestFetchTopic(writer, element);
  }
  writer.writeArrayLength(message.forgottenTopicsData.length, true);
  for (const element of message.forgottenTopicsData) {
    encodeShareFetchRequestForgottenTopic(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchRequest(reader: Reader, version: number): ShareFetchRequest {
  const groupId = reader.readNullableString(true);
  const memberId = reader.readNullableString(true);
  const shareSessionEpoch = reader.readInt32();
  const maxWaitMs = reader.readInt32();
  const minBytes = reader.readInt32();
  const maxBytes = reader.readInt32();
  const maxRecords = reader.readInt32();
  const batchSize = reader.readInt32();
  const shareAcquireMode = version >= 2 ? reader.readInt8() : 0;
  const isRenewAck = version >= 2 ? reader.readBoolean() : false;
  const topicsLength = reader.readArrayLength(true, 18);
  const topics: ShareFetchRequestFetchTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeShareFetchRequestFetchTopic(reader));
  }
  const forgottenTopicsDataLength = reader.readArrayLength(true, 18);
  const forgottenTopicsData: ShareFetchRequestForgottenTopic[] = [];
  for (let i = 0; i < forgottenTopicsDataLength; i++) {
    forgottenTopicsData.push(decodeShareFetchRequestForgottenTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    shareSessionEpoch,
    maxWaitMs,
    minBytes,
    maxBytes,
    maxRecords,
    batchSize,
    shareAcquireMode,
    isRenewAck,
    topics,
    forgottenTopicsData,
  };
}

function encodeShareFetchRequestFetchTopic(
  writer: Writer,
  message: ShareFetchRequestFetchTopic,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeShareFetchRequestFetchPartition(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchRequestFetchTopic(reader: Reader): ShareFetchRequestFetchTopic {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 6);
  const partitions: ShareFetchRequestFetchPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeShareFetchRequestFetchPartition(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeShareFetchRequestFetchPartition(
  writer: Writer,
  message: ShareFetchRequestFetchPartition,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeArrayLength(message.acknowledgementBatches.length, true);
  for (const element of message.acknowledgementBatches) {
    encodeShareFetchRequestAcknowledgementBatch(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchRequestFetchPartition(reader: Reader): ShareFetchRequestFetchPartition {
  const partitionIndex = reader.readInt32();
  const acknowledgementBatchesLength = reader.readArrayLength(true, 18);
  const acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[] = [];
  for (let i = 0; i < acknowledgementBatchesLength; i++) {
    acknowledgementBatches.push(decodeShareFetchRequestAcknowledgementBatch(reader));
  }
  reader.skipTaggedFields();
  return {
    partitionIndex,
    acknowledgementBatches,
  };
}

function encodeShareFetchRequestAcknowledgementBatch(
  writer: Writer,
  message: ShareFetchRequestAcknowledgementBatch,
): void {
  writer.writeInt64(message.firstOffset);
  writer.writeInt64(message.lastOffset);
  writer.writeArrayLength(message.acknowledgeTypes.length, true);
  for (const element of message.acknowledgeTypes) {
    writer.writeInt8(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchRequestAcknowledgementBatch(
  reader: Reader,
): ShareFetchRequestAcknowledgementBatch {
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

function encodeShareFetchRequestForgottenTopic(
  writer: Writer,
  message: ShareFetchRequestForgottenTopic,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchRequestForgottenTopic(reader: Reader): ShareFetchRequestForgottenTopic {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

export const ShareFetchRequest: MessageCodec<ShareFetchRequest> = {
  name: 'ShareFetchRequest',
  apiKey: 78,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('ShareFetchRequest', version, '1-2');
    }
    encodeShareFetchRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('ShareFetchRequest', version, '1-2', reader.offset);
    }
    return decodeShareFetchRequest(reader, version);
  },
};
