// Generated from schemas/fetch.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Records } from '../record-bytes.ts';
import type { Writer } from '../writer.ts';

/** FetchResponse (key 1): versions 4 to 18, flexible from 12. */
export interface FetchResponse {
  throttleTimeMs: number;
  /** Versions 7+. */
  errorCode: number;
  /** Versions 7+. */
  sessionId: number;
  responses: FetchResponseFetchableTopicResponse[];
  /** Versions 16+. Tagged field 0. */
  nodeEndpoints: FetchResponseNodeEndpoint[];
}

/** Fields that are not given have their defaults. */
export function createFetchResponse(init: Partial<FetchResponse> = {}): FetchResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    sessionId: init.sessionId ?? 0,
    responses: init.responses ?? [],
    nodeEndpoints: init.nodeEndpoints ?? [],
  };
}

export interface FetchResponseFetchableTopicResponse {
  /** Versions 4 to 12. */
  topic: string;
  /** Versions 13+. */
  topicId: string;
  partitions: FetchResponsePartitionData[];
}

/** Fields that are not given have their defaults. */
export function createFetchResponseFetchableTopicResponse(
  init: Partial<FetchResponseFetchableTopicResponse> = {},
): FetchResponseFetchableTopicResponse {
  return {
    topic: init.topic ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface FetchResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  highWatermark: number;
  lastStableOffset: number;
  /** Versions 5+. */
  logStartOffset: number;
  /** Versions 12+. Tagged field 0. */
  divergingEpoch: FetchResponseEpochEndOffset;
  /** Versions 12+. Tagged field 1. */
  currentLeader: FetchResponseLeaderIdAndEpoch;
  /** Versions 12+. Tagged field 2. */
  snapshotId: FetchResponseSnapshotId;
  abortedTransactions: FetchResponseAbortedTransaction[] | null;
  /** Versions 11+. */
  preferredReadReplica: number;
  records: Records | null;
}

/** Fields that are not given have their defaults. */
export function createFetchResponsePartitionData(
  init: Partial<FetchResponsePartitionData> = {},
): FetchResponsePartitionData {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    highWatermark: init.highWatermark ?? 0,
    lastStableOffset: init.lastStableOffset ?? -1,
    logStartOffset: init.logStartOffset ?? -1,
    divergingEpoch: init.divergingEpoch ?? createFetchResponseEpochEndOffset(),
    currentLeader: init.currentLeader ?? createFetchResponseLeaderIdAndEpoch(),
    snapshotId: init.snapshotId ?? createFetchResponseSnapshotId(),
    abortedTransactions: init.abortedTransactions !== undefined ? init.abortedTransactions : [],
    preferredReadReplica: init.preferredReadReplica ?? -1,
    records: init.records ?? null,
  };
}

export interface FetchResponseEpochEndOffset {
  epoch: number;
  endOffset: number;
}

/** Fields that are not given have their defaults. */
export function createFetchResponseEpochEndOffset(
  init: Partial<FetchResponseEpochEndOffset> = {},
): FetchResponseEpochEndOffset {
  return {
    epoch: init.epoch ?? -1,
    endOffset: init.endOffset ?? -1,
  };
}

export interface FetchResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createFetchResponseLeaderIdAndEpoch(
  init: Partial<FetchResponseLeaderIdAndEpoch> = {},
): FetchResponseLeaderIdAndEpoch {
  return {
    leaderId: init.leaderId ?? -1,
    leaderEpoch: init.leaderEpoch ?? -1,
  };
}

export interface FetchResponseSnapshotId {
  endOffset: number;
  epoch: number;
}

/** Fields that are not given have their defaults. */
export function createFetchResponseSnapshotId(
  init: Partial<FetchResponseSnapshotId> = {},
): FetchResponseSnapshotId {
  return {
    endOffset: init.endOffset ?? -1,
    epoch: init.epoch ?? -1,
  };
}

export interface FetchResponseAbortedTransaction {
  producerId: number;
  firstOffset: number;
}

/** Fields that are not given have their defaults. */
export function createFetchResponseAbortedTransaction(
  init: Partial<FetchResponseAbortedTransaction> = {},
): FetchResponseAbortedTransaction {
  return {
    producerId: init.producerId ?? 0,
    firstOffset: init.firstOffset ?? 0,
  };
}

export interface FetchResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

/** Fields that are not given have their defaults. */
export function createFetchResponseNodeEndpoint(
  init: Partial<FetchResponseNodeEndpoint> = {},
): FetchResponseNodeEndpoint {
  return {
    nodeId: init.nodeId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    rack: init.rack ?? null,
  };
}

function encodeFetchResponse(
  writer: Writer,
  message: Encodable<FetchResponse>,
  version: number,
): void {
  const flexible = version >= 12;
  writer.writeInt32(message.throttleTimeMs);
  if (version >= 7) {
    writer.writeErrorCode(message.errorCode);
  }
  if (version >= 7) {
    writer.writeInt32(message.sessionId);
  } else if (message.sessionId !== 0) {
    throw fieldNotInVersion('FetchResponse', 'sessionId', version);
  }
  writer.writeArrayLength(message.responses.length, flexible);
  for (const element of message.responses) {
    encodeFetchResponseFetchableTopicResponse(writer, element, version);
  }
  if (!(version >= 16)) {
    if (message.nodeEndpoints.length !== 0) {
      throw fieldNotInVersion('FetchResponse', 'nodeEndpoints', version);
    }
  }
  if (flexible) {
    let tagCount = 0;
    const hasNodeEndpoints = version >= 16 && message.nodeEndpoints.length !== 0;
    if (hasNodeEndpoints) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasNodeEndpoints) {
      const mark = writer.startTaggedField(0);
      writer.writeArrayLength(message.nodeEndpoints.length, flexible);
      for (const element of message.nodeEndpoints) {
        encodeFetchResponseNodeEndpoint(writer, element);
      }
      writer.finishTaggedField(mark);
    }
  }
}

function decodeFetchResponse(reader: Reader, version: number): FetchResponse {
  const flexible = version >= 12;
  const throttleTimeMs = reader.readInt32();
  const errorCode = version >= 7 ? reader.readInt16() : 0;
  const sessionId = version >= 7 ? reader.readInt32() : 0;
  const responsesLength = reader.readArrayLength(flexible, 3);
  const responses: FetchResponseFetchableTopicResponse[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeFetchResponseFetchableTopicResponse(reader, version));
  }
  let nodeEndpoints: FetchResponseNodeEndpoint[] = [];
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0 && version >= 16) {
        const nodeEndpointsLength = reader.readArrayLength(flexible, 11);
        nodeEndpoints = [];
        for (let i = 0; i < nodeEndpointsLength; i++) {
          nodeEndpoints.push(decodeFetchResponseNodeEndpoint(reader));
        }
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    throttleTimeMs,
    errorCode,
    sessionId,
    responses,
    nodeEndpoints,
  };
}

function encodeFetchResponseFetchableTopicResponse(
  writer: Writer,
  message: FetchResponseFetchableTopicResponse,
  version: number,
): void {
  const flexible = version >= 12;
  if (version <= 12) {
    writer.writeString(message.topic, flexible);
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeFetchResponsePartitionData(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeFetchResponseFetchableTopicResponse(
  reader: Reader,
  version: number,
): FetchResponseFetchableTopicResponse {
  const flexible = version >= 12;
  const topic = version <= 12 ? reader.readString(flexible) : '';
  const topicId = version >= 13 ? reader.readUuid() : ZERO_UUID;
  const partitionsLength = reader.readArrayLength(flexible, 30);
  const partitions: FetchResponsePartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeFetchResponsePartitionData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    topicId,
    partitions,
  };
}

function encodeFetchResponsePartitionData(
  writer: Writer,
  message: FetchResponsePartitionData,
  version: number,
): void {
  const flexible = version >= 12;
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeInt64(message.highWatermark);
  writer.writeInt64(message.lastStableOffset);
  if (version >= 5) {
    writer.writeInt64(message.logStartOffset);
  }
  if (!(version >= 12)) {
    if (message.divergingEpoch.epoch !== -1 || message.divergingEpoch.endOffset !== -1) {
      throw fieldNotInVersion('FetchResponsePartitionData', 'divergingEpoch', version);
    }
  }
  if (!(version >= 12)) {
    if (message.currentLeader.leaderId !== -1 || message.currentLeader.leaderEpoch !== -1) {
      throw fieldNotInVersion('FetchResponsePartitionData', 'currentLeader', version);
    }
  }
  if (!(version >= 12)) {
    if (message.snapshotId.endOffset !== -1 || message.snapshotId.epoch !== -1) {
      throw fieldNotInVersion('FetchResponsePartitionData', 'snapshotId', version);
    }
  }
  if (message.abortedTransactions === null) {
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.abortedTransactions.length, flexible);
    for (const element of message.abortedTransactions) {
      encodeFetchResponseAbortedTransaction(writer, element, version);
    }
  }
  if (version >= 11) {
    writer.writeInt32(message.preferredReadReplica);
  } else if (message.preferredReadReplica !== -1) {
    throw fieldNotInVersion('FetchResponsePartitionData', 'preferredReadReplica', version);
  }
  writer.writeRecords(message.records, flexible);
  if (flexible) {
    let tagCount = 0;
    const hasDivergingEpoch = message.divergingEpoch.epoch !== -1 || message.divergingEpoch.endOffset !== -1;
    if (hasDivergingEpoch) tagCount++;
    const hasCurrentLeader = message.currentLeader.leaderId !== -1 || message.currentLeader.leaderEpoch !== -1;
    if (hasCurrentLeader) tagCount++;
    const hasSnapshotId = message.snapshotId.endOffset !== -1 || message.snapshotId.epoch !== -1;
    if (hasSnapshotId) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasDivergingEpoch) {
      const mark = writer.startTaggedField(0);
      encodeFetchResponseEpochEndOffset(writer, message.divergingEpoch);
      writer.finishTaggedField(mark);
    }
    if (hasCurrentLeader) {
      const mark = writer.startTaggedField(1);
      encodeFetchResponseLeaderIdAndEpoch(writer, message.currentLeader);
      writer.finishTaggedField(mark);
    }
    if (hasSnapshotId) {
      const mark = writer.startTaggedField(2);
      encodeFetchResponseSnapshotId(writer, message.snapshotId);
      writer.finishTaggedField(mark);
    }
  }
}

function decodeFetchResponsePartitionData(
  reader: Reader,
  version: number,
): FetchResponsePartitionData {
  const flexible = version >= 12;
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const highWatermark = reader.readInt64();
  const lastStableOffset = reader.readInt64();
  const logStartOffset = version >= 5 ? reader.readInt64() : -1;
  const abortedTransactionsLength = reader.readNullableArrayLength(flexible, 16);
  const abortedTransactions: FetchResponseAbortedTransaction[] | null = abortedTransactionsLength < 0 ? null : [];
  for (let i = 0; i < abortedTransactionsLength; i++) {
    abortedTransactions!.push(decodeFetchResponseAbortedTransaction(reader, version));
  }
  const preferredReadReplica = version >= 11 ? reader.readInt32() : -1;
  const records = reader.readRecords(flexible);
  let divergingEpoch: FetchResponseEpochEndOffset = createFetchResponseEpochEndOffset();
  let currentLeader: FetchResponseLeaderIdAndEpoch = createFetchResponseLeaderIdAndEpoch();
  let snapshotId: FetchResponseSnapshotId = createFetchResponseSnapshotId();
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0) {
        divergingEpoch = decodeFetchResponseEpochEndOffset(reader);
      } else if (tag === 1) {
        currentLeader = decodeFetchResponseLeaderIdAndEpoch(reader);
      } else if (tag === 2) {
        snapshotId = decodeFetchResponseSnapshotId(reader);
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    partitionIndex,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch,
    currentLeader,
    snapshotId,
    abortedTransactions,
    preferredReadReplica,
    records,
  };
}

function encodeFetchResponseEpochEndOffset(
  writer: Writer,
  message: FetchResponseEpochEndOffset,
): void {
  writer.writeInt32(message.epoch);
  writer.writeInt64(message.endOffset);
  writer.writeUnsignedVarint(0);
}

function decodeFetchResponseEpochEndOffset(reader: Reader): FetchResponseEpochEndOffset {
  const epoch = reader.readInt32();
  const endOffset = reader.readInt64();
  reader.skipTaggedFields();
  return {
    epoch,
    endOffset,
  };
}

function encodeFetchResponseLeaderIdAndEpoch(
  writer: Writer,
  message: FetchResponseLeaderIdAndEpoch,
): void {
  writer.writeInt32(message.leaderId);
  writer.writeInt32(message.leaderEpoch);
  writer.writeUnsignedVarint(0);
}

function decodeFetchResponseLeaderIdAndEpoch(reader: Reader): FetchResponseLeaderIdAndEpoch {
  const leaderId = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  reader.skipTaggedFields();
  return {
    leaderId,
    leaderEpoch,
  };
}

function encodeFetchResponseSnapshotId(writer: Writer, message: FetchResponseSnapshotId): void {
  writer.writeInt64(message.endOffset);
  writer.writeInt32(message.epoch);
  writer.writeUnsignedVarint(0);
}

function decodeFetchResponseSnapshotId(reader: Reader): FetchResponseSnapshotId {
  const endOffset = reader.readInt64();
  const epoch = reader.readInt32();
  reader.skipTaggedFields();
  return {
    endOffset,
    epoch,
  };
}

function encodeFetchResponseAbortedTransaction(
  writer: Writer,
  message: FetchResponseAbortedTransaction,
  version: number,
): void {
  const flexible = version >= 12;
  writer.writeInt64(message.producerId);
  writer.writeInt64(message.firstOffset);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeFetchResponseAbortedTransaction(
  reader: Reader,
  version: number,
): FetchResponseAbortedTransaction {
  const flexible = version >= 12;
  const producerId = reader.readInt64();
  const firstOffset = reader.readInt64();
  if (flexible) reader.skipTaggedFields();
  return {
    producerId,
    firstOffset,
  };
}

function encodeFetchResponseNodeEndpoint(writer: Writer, message: FetchResponseNodeEndpoint): void {
  writer.writeInt32(message.nodeId);
  writer.writeString(message.host, true);
  writer.writeInt32(message.port);
  writer.writeNullableString(message.rack, true);
  writer.writeUnsignedVarint(0);
}

function decodeFetchResponseNodeEndpoint(reader: Reader): FetchResponseNodeEndpoint {
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

export const FetchResponse: MessageCodec<FetchResponse> = {
  name: 'FetchResponse',
  apiKey: 1,
  minVersion: 4,
  maxVersion: 18,
  flexibleVersion: 12,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 4 && version <= 18)) {
      throw unknownVersionToEncode('FetchResponse', version, '4-18');
    }
    encodeFetchResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 4 && version <= 18)) {
      throw unknownVersionToDecode('FetchResponse', version, '4-18', reader.offset);
    }
    return decodeFetchResponse(reader, version);
  },
};
