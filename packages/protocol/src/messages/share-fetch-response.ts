// Generated from schemas/share-fetch.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader, ZERO_UUID } from '../reader.ts';
import type { Records } from '../record-bytes.ts';
import type { Writer } from '../writer.ts';

/** ShareFetchResponse (key 78): versions 1 to 2, flexible from 0. */
export interface ShareFetchResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  acquisitionLockTimeoutMs: number;
  responses: ShareFetchResponseShareFetchableTopicResponse[];
  nodeEndpoints: ShareFetchResponseNodeEndpoint[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchResponse(
  init: Partial<ShareFetchResponse> = {},
): ShareFetchResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    acquisitionLockTimeoutMs: init.acquisitionLockTimeoutMs ?? 0,
    responses: init.responses ?? [],
    nodeEndpoints: init.nodeEndpoints ?? [],
  };
}

export interface ShareFetchResponseShareFetchableTopicResponse {
  topicId: string;
  partitions: ShareFetchResponsePartitionData[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchResponseShareFetchableTopicResponse(
  init: Partial<ShareFetchResponseShareFetchableTopicResponse> = {},
): ShareFetchResponseShareFetchableTopicResponse {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ShareFetchResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  acknowledgeErrorCode: number;
  acknowledgeErrorMessage: string | null;
  currentLeader: ShareFetchResponseLeaderIdAndEpoch;
  records: Records;
  acquiredRecords: ShareFetchResponseAcquiredRecords[];
}

/** Fields that are not given have their defaults. */
export function createShareFetchResponsePartitionData(
  init: Partial<ShareFetchResponsePartitionData> = {},
): ShareFetchResponsePartitionData {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    acknowledgeErrorCode: init.acknowledgeErrorCode ?? 0,
    acknowledgeErrorMessage: init.acknowledgeErrorMessage ?? null,
    currentLeader: init.currentLeader ?? createShareFetchResponseLeaderIdAndEpoch(),
    records: init.records ?? EMPTY_BYTES,
    acquiredRecords: init.acquiredRecords ?? [],
  };
}

export interface ShareFetchResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createShareFetchResponseLeaderIdAndEpoch(
  init: Partial<ShareFetchResponseLeaderIdAndEpoch> = {},
): ShareFetchResponseLeaderIdAndEpoch {
  return {
    leaderId: init.leaderId ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
  };
}

export interface ShareFetchResponseAcquiredRecords {
  firstOffset: number;
  lastOffset: number;
  deliveryCount: number;
}

/** Fields that are not given have their defaults. */
export function createShareFetchResponseAcquiredRecords(
  init: Partial<ShareFetchResponseAcquiredRecords> = {},
): ShareFetchResponseAcquiredRecords {
  return {
    firstOffset: init.firstOffset ?? 0,
    lastOffset: init.lastOffset ?? 0,
    deliveryCount: init.deliveryCount ?? 0,
  };
}

export interface ShareFetchResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

/** Fields that are not given have their defaults. */
export function createShareFetchResponseNodeEndpoint(
  init: Partial<ShareFetchResponseNodeEndpoint> = {},
): ShareFetchResponseNodeEndpoint {
  return {
    nodeId: init.nodeId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    rack: init.rack ?? null,
  };
}

function encodeShareFetchResponse(writer: Writer, message: Encodable<ShareFetchResponse>): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeInt32(message.acquisitionLockTimeoutMs);
  writer.writeArrayLength(message.responses.length, true);
  for (const element of message.responses) {
    encodeShareFetchResponseShareFetchableTopicResponse(writer, element);
  }
  writer.writeArrayLength(message.nodeEndpoints.length, true);
  for (const element of message.nodeEndpoints) {
    encodeShareFetchResponseNodeEndpoint(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchResponse(reader: Reader): ShareFetchResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const acquisitionLockTimeoutMs = reader.readInt32();
  const responsesLength = reader.readArrayLength(true, 18);
  const responses: ShareFetchResponseShareFetchableTopicResponse[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeShareFetchResponseShareFetchableTopicResponse(reader));
  }
  const nodeEndpointsLength = reader.readArrayLength(true, 11);
  const nodeEndpoints: ShareFetchResponseNodeEndpoint[] = [];
  for (let i = 0; i < nodeEndpointsLength; i++) {
    nodeEndpoints.push(decodeShareFetchResponseNodeEndpoint(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    acquisitionLockTimeoutMs,
    responses,
    nodeEndpoints,
  };
}

function encodeShareFetchResponseShareFetchableTopicResponse(
  writer: Writer,
  message: ShareFetchResponseShareFetchableTopicResponse,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeShareFetchResponsePartitionData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchResponseShareFetchableTopicResponse(
  reader: Reader,
): ShareFetchResponseShareFetchableTopicResponse {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 22);
  const partitions: ShareFetchResponsePartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeShareFetchResponsePartitionData(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeShareFetchResponsePartitionData(
  writer: Writer,
  message: ShareFetchResponsePartitionData,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeInt16(message.acknowledgeErrorCode);
  writer.writeNullableString(message.acknowledgeErrorMessage, true);
  encodeShareFetchResponseLeaderIdAndEpoch(writer, message.currentLeader);
  writer.writeRecords(message.records, true);
  writer.writeArrayLength(message.acquiredRecords.length, true);
  for (const element of message.acquiredRecords) {
    encodeShareFetchResponseAcquiredRecords(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchResponsePartitionData(reader: Reader): ShareFetchResponsePartitionData {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const acknowledgeErrorCode = reader.readInt16();
  const acknowledgeErrorMessage = reader.readNullableString(true);
  const currentLeader = decodeShareFetchResponseLeaderIdAndEpoch(reader);
  const records = reader.readBytesView(true);
  const acquiredRecordsLength = reader.readArrayLength(true, 19);
  const acquiredRecords: ShareFetchResponseAcquiredRecords[] = [];
  for (let i = 0; i < acquiredRecordsLength; i++) {
    acquiredRecords.push(decodeShareFetchResponseAcquiredRecords(reader));
  }
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    acknowledgeErrorCode,
    acknowledgeErrorMessage,
    currentLeader,
    records,
    acquiredRecords,
  };
}

function encodeShareFetchResponseLeaderIdAndEpoch(
  writer: Writer,
  message: ShareFetchResponseLeaderIdAndEpoch,
): void {
  writer.writeInt32(message.leaderId);
  writer.writeInt32(message.leaderEpoch);
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchResponseLeaderIdAndEpoch(
  reader: Reader,
): ShareFetchResponseLeaderIdAndEpoch {
  const leaderId = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  reader.skipTaggedFields();
  return {
    leaderId,
    leaderEpoch,
  };
}

function encodeShareFetchResponseAcquiredRecords(
  writer: Writer,
  message: ShareFetchResponseAcquiredRecords,
): void {
  writer.writeInt64(message.firstOffset);
  writer.writeInt64(message.lastOffset);
  writer.writeInt16(message.deliveryCount);
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchResponseAcquiredRecords(
  reader: Reader,
): ShareFetchResponseAcquiredRecords {
  const firstOffset = reader.readInt64();
  const lastOffset = reader.readInt64();
  const deliveryCount = reader.readInt16();
  reader.skipTaggedFields();
  return {
    firstOffset,
    lastOffset,
    deliveryCount,
  };
}

function encodeShareFetchResponseNodeEndpoint(
  writer: Writer,
  message: ShareFetchResponseNodeEndpoint,
): void {
  writer.writeInt32(message.nodeId);
  writer.writeString(message.host, true);
  writer.writeInt32(message.port);
  writer.writeNullableString(message.rack, true);
  writer.writeUnsignedVarint(0);
}

function decodeShareFetchResponseNodeEndpoint(reader: Reader): ShareFetchResponseNodeEndpoint {
  const nodeId = reader.readInt32();
  const host = reader.readString(true);
  const port = reader.readInt32();
  const rack = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    nodeId,
    host,
    port,
    rack,
  };
}

export const ShareFetchResponse: MessageCodec<ShareFetchResponse> = {
  name: 'ShareFetchResponse',
  apiKey: 78,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('ShareFetchResponse', version, '1-2');
    }
    encodeShareFetchResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('ShareFetchResponse', version, '1-2', reader.offset);
    }
    return decodeShareFetchResponse(reader);
  },
};
