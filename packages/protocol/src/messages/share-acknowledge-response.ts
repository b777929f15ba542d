// Generated from schemas/share-acknowledge.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ShareAcknowledgeResponse (key 79): versions 1 to 2, flexible from 0. */
export interface ShareAcknowledgeResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  /** Versions 2+. */
  acquisitionLockTimeoutMs: number;
  responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[];
  nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[];
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeResponse(
  init: Partial<ShareAcknowledgeResponse> = {},
): ShareAcknowledgeResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    acquisitionLockTimeoutMs: init.acquisitionLockTimeoutMs ?? 0,
    responses: init.responses ?? [],
    nodeEndpoints: init.nodeEndpoints ?? [],
  };
}

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  topicId: string;
  partitions: ShareAcknowledgeResponsePartitionData[];
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeResponseShareAcknowledgeTopicResponse(
  init: Partial<ShareAcknowledgeResponseShareAcknowledgeTopicResponse> = {},
): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ShareAcknowledgeResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch;
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeResponsePartitionData(
  init: Partial<ShareAcknowledgeResponsePartitionData> = {},
): ShareAcknowledgeResponsePartitionData {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    currentLeader: init.currentLeader ?? createShareAcknowledgeResponseLeaderIdAndEpoch(),
  };
}

export interface ShareAcknowledgeResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeResponseLeaderIdAndEpoch(
  init: Partial<ShareAcknowledgeResponseLeaderIdAndEpoch> = {},
): ShareAcknowledgeResponseLeaderIdAndEpoch {
  return {
    leaderId: init.leaderId ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
  };
}

export interface ShareAcknowledgeResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

/** Fields that are not given have their defaults. */
export function createShareAcknowledgeResponseNodeEndpoint(
  init: Partial<ShareAcknowledgeResponseNodeEndpoint> = {},
): ShareAcknowledgeResponseNodeEndpoint {
  return {
    nodeId: init.nodeId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    rack: init.rack ?? null,
  };
}

function encodeShareAcknowledgeResponse(
  writer: Writer,
  message: Encodable<ShareAcknowledgeResponse>,
  version: number,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  if (version >= 2) {
    writer.writeInt32(message.acquisitionLockTimeoutMs);
  }
  writer.writeArrayLength(message.responses.length, true);
  for (const element of message.responses) {
    encodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(writer, element);
  }
  writer.writeArrayLength(message.nodeEndpoints.length, true);
  for (const element of message.nodeEndpoints) {
    encodeShareAcknowledgeResponseNodeEndpoint(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeResponse(reader: Reader, version: number): ShareAcknowledgeResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const acquisitionLockTimeoutMs = version >= 2 ? reader.readInt32() : 0;
  const responsesLength = reader.readArrayLength(true, 18);
  const responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(reader));
  }
  const nodeEndpointsLength = reader.readArrayLength(true, 11);
  const nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[] = [];
  for (let i = 0; i < nodeEndpointsLength; i++) {
    nodeEndpoints.push(decodeShareAcknowledgeResponseNodeEndpoint(reader));
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

function encodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(
  writer: Writer,
  message: ShareAcknowledgeResponseShareAcknowledgeTopicResponse,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeShareAcknowledgeResponsePartitionData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(
  reader: Reader,
): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 17);
  const partitions: ShareAcknowledgeResponsePartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeShareAcknowledgeResponsePartitionData(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeShareAcknowledgeResponsePartitionData(
  writer: Writer,
  message: ShareAcknowledgeResponsePartitionData,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  encodeShareAcknowledgeResponseLeaderIdAndEpoch(writer, message.currentLeader);
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeResponsePartitionData(
  reader: Reader,
): ShareAcknowledgeResponsePartitionData {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const currentLeader = decodeShareAcknowledgeResponseLeaderIdAndEpoch(reader);
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    currentLeader,
  };
}

function encodeShareAcknowledgeResponseLeaderIdAndEpoch(
  writer: Writer,
  message: ShareAcknowledgeResponseLeaderIdAndEpoch,
): void {
  writer.writeInt32(message.leaderId);
  writer.writeInt32(message.leaderEpoch);
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeResponseLeaderIdAndEpoch(
  reader: Reader,
): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const leaderId = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  reader.skipTaggedFields();
  return {
    leaderId,
    leaderEpoch,
  };
}

function encodeShareAcknowledgeResponseNodeEndpoint(
  writer: Writer,
  message: ShareAcknowledgeResponseNodeEndpoint,
): void {
  writer.writeInt32(message.nodeId);
  writer.writeString(message.host, true);
  writer.writeInt32(message.port);
  writer.writeNullableString(message.rack, true);
  writer.writeUnsignedVarint(0);
}

function decodeShareAcknowledgeResponseNodeEndpoint(
  reader: Reader,
): ShareAcknowledgeResponseNodeEndpoint {
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

export const ShareAcknowledgeResponse: MessageCodec<ShareAcknowledgeResponse> = {
  name: 'ShareAcknowledgeResponse',
  apiKey: 79,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('ShareAcknowledgeResponse', version, '1-2');
    }
    encodeShareAcknowledgeResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('ShareAcknowledgeResponse', version, '1-2', reader.offset);
    }
    return decodeShareAcknowledgeResponse(reader, version);
  },
};
