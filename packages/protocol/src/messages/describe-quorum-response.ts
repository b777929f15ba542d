// Generated from schemas/describe-quorum.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeQuorumResponse (key 55): versions 0 to 2, flexible from 0. */
export interface DescribeQuorumResponse {
  errorCode: number;
  /** Versions 2+. */
  errorMessage: string | null;
  topics: DescribeQuorumResponseTopicData[];
  /** Versions 2+. */
  nodes: DescribeQuorumResponseNode[];
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumResponse(
  init: Partial<DescribeQuorumResponse> = {},
): DescribeQuorumResponse {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    topics: init.topics ?? [],
    nodes: init.nodes ?? [],
  };
}

export interface DescribeQuorumResponseTopicData {
  topicName: string;
  partitions: DescribeQuorumResponsePartitionData[];
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumResponseTopicData(
  init: Partial<DescribeQuorumResponseTopicData> = {},
): DescribeQuorumResponseTopicData {
  return {
    topicName: init.topicName ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface DescribeQuorumResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  /** Versions 2+. */
  errorMessage: string | null;
  leaderId: number;
  leaderEpoch: number;
  highWatermark: number;
  currentVoters: DescribeQuorumResponseReplicaState[];
  observers: DescribeQuorumResponseReplicaState[];
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumResponsePartitionData(
  init: Partial<DescribeQuorumResponsePartitionData> = {},
): DescribeQuorumResponsePartitionData {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    leaderId: init.leaderId ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
    highWatermark: init.highWatermark ?? 0,
    currentVoters: init.currentVoters ?? [],
    observers: init.observers ?? [],
  };
}

export interface DescribeQuorumResponseReplicaState {
  replicaId: number;
  /** Versions 2+. */
  replicaDirectoryId: string;
  logEndOffset: number;
  /** Versions 1+. */
  lastFetchTimestamp: number;
  /** Versions 1+. */
  lastCaughtUpTimestamp: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumResponseReplicaState(
  init: Partial<DescribeQuorumResponseReplicaState> = {},
): DescribeQuorumResponseReplicaState {
  return {
    replicaId: init.replicaId ?? 0,
    replicaDirectoryId: init.replicaDirectoryId ?? ZERO_UUID,
    logEndOffset: init.logEndOffset ?? 0,
    lastFetchTimestamp: init.lastFetchTimestamp ?? -1,
    lastCaughtUpTimestamp: init.lastCaughtUpTimestamp ?? -1,
  };
}

export interface DescribeQuorumResponseNode {
  nodeId: number;
  listeners: DescribeQuorumResponseListener[];
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumResponseNode(
  init: Partial<DescribeQuorumResponseNode> = {},
): DescribeQuorumResponseNode {
  return {
    nodeId: init.nodeId ?? 0,
    listeners: init.listeners ?? [],
  };
}

export interface DescribeQuorumResponseListener {
  name: string;
  host: string;
  port: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeQuorumResponseListener(
  init: Partial<DescribeQuorumResponseListener> = {},
): DescribeQuorumResponseListener {
  return {
    name: init.name ?? '',
    host: init.host ?? '',
    port: init.port ?? 0,
  };
}

function encodeDescribeQuorumResponse(
  writer: Writer,
  message: Encodable<DescribeQuorumResponse>,
  version: number,
): void {
  writer.writeErrorCode(message.errorCode);
  if (version >= 2) {
    writer.writeNullableString(message.errorMessage, true);
  }
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeQuorumResponseTopicData(writer, element, version);
  }
  if (version >= 2) {
    writer.writeArrayLength(message.nodes.length, true);
    for (const element of message.nodes) {
      encodeDescribeQuorumResponseNode(writer, element);
    }
  } else if (message.nodes.length !== 0) {
    throw fieldNotInVersion('DescribeQuorumResponse', 'nodes', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumResponse(reader: Reader, version: number): DescribeQuorumResponse {
  const errorCode = reader.readInt16();
  const errorMessage = version >= 2 ? reader.readNullableString(true) : '';
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: DescribeQuorumResponseTopicData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeQuorumResponseTopicData(reader, version));
  }
  const nodesLength = version >= 2 ? reader.readArrayLength(true, 6) : 0;
  const nodes: DescribeQuorumResponseNode[] = [];
  for (let i = 0; i < nodesLength; i++) {
    nodes.push(decodeDescribeQuorumResponseNode(reader));
  }
  reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    topics,
    nodes,
  };
}

function encodeDescribeQuorumResponseTopicData(
  writer: Writer,
  message: DescribeQuorumResponseTopicData,
  version: number,
): void {
  writer.writeString(message.topicName, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeDescribeQuorumResponsePartitionData(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumResponseTopicData(
  reader: Reader,
  version: number,
): DescribeQuorumResponseTopicData {
  const topicName = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 25);
  const partitions: DescribeQuorumResponsePartitionData[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDescribeQuorumResponsePartitionData(reader, version));
  }
  reader.skipTaggedFields();
  return {
    topicName,
    partitions,
  };
}

function encodeDescribeQuorumResponsePartitionData(
  writer: Writer,
  message: DescribeQuorumResponsePartitionData,
  version: number,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  if (version >= 2) {
    writer.writeNullableString(message.errorMessage, true);
  }
  writer.writeInt32(message.leaderId);
  writer.writeInt32(message.leaderEpoch);
  writer.writeInt64(message.highWatermark);
  writer.writeArrayLength(message.currentVoters.length, true);
  for (const element of message.currentVoters) {
    encodeDescribeQuorumResponseReplicaState(writer, element, version);
  }
  writer.writeArrayLength(message.observers.length, true);
  for (const element of message.observers) {
    encodeDescribeQuorumResponseReplicaState(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumResponsePartitionData(
  reader: Reader,
  version: number,
): DescribeQuorumResponsePartitionData {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = version >= 2 ? reader.readNullableString(true) : '';
  const leaderId = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  const highWatermark = reader.readInt64();
  const currentVotersLength = reader.readArrayLength(true, 13);
  const currentVoters: DescribeQuorumResponseReplicaState[] = [];
  for (let i = 0; i < currentVotersLength; i++) {
    currentVoters.push(decodeDescribeQuorumResponseReplicaState(reader, version));
  }
  const observersLength = reader.readArrayLength(true, 13);
  const observers: DescribeQuorumResponseReplicaState[] = [];
  for (let i = 0; i < observersLength; i++) {
    observers.push(decodeDescribeQuorumResponseReplicaState(reader, version));
  }
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters,
    observers,
  };
}

function encodeDescribeQuorumResponseReplicaState(
  writer: Writer,
  message: DescribeQuorumResponseReplicaState,
  version: number,
): void {
  writer.writeInt32(message.replicaId);
  if (version >= 2) {
    writer.writeUuid(message.replicaDirectoryId);
  } else if (message.replicaDirectoryId !== ZERO_UUID) {
    throw fieldNotInVersion('DescribeQuorumResponseReplicaState', 'replicaDirectoryId', version);
  }
  writer.writeInt64(message.logEndOffset);
  if (version >= 1) {
    writer.writeInt64(message.lastFetchTimestamp);
  }
  if (version >= 1) {
    writer.writeInt64(message.lastCaughtUpTimestamp);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumResponseReplicaState(
  reader: Reader,
  version: number,
): DescribeQuorumResponseReplicaState {
  const replicaId = reader.readInt32();
  const replicaDirectoryId = version >= 2 ? reader.readUuid() : ZERO_UUID;
  const logEndOffset = reader.readInt64();
  const lastFetchTimestamp = version >= 1 ? reader.readInt64() : -1;
  const lastCaughtUpTimestamp = version >= 1 ? reader.readInt64() : -1;
  reader.skipTaggedFields();
  return {
    replicaId,
    replicaDirectoryId,
    logEndOffset,
    lastFetchTimestamp,
    lastCaughtUpTimestamp,
  };
}

function encodeDescribeQuorumResponseNode(
  writer: Writer,
  message: DescribeQuorumResponseNode,
): void {
  writer.writeInt32(message.nodeId);
  writer.writeArrayLength(message.listeners.length, true);
  for (const element of message.listeners) {
    encodeDescribeQuorumResponseListener(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumResponseNode(reader: Reader): DescribeQuorumResponseNode {
  const nodeId = reader.readInt32();
  const listenersLength = reader.readArrayLength(true, 5);
  const listeners: DescribeQuorumResponseListener[] = [];
  for (let i = 0; i < listenersLength; i++) {
    listeners.push(decodeDescribeQuorumResponseListener(reader));
  }
  reader.skipTaggedFields();
  return {
    nodeId,
    listeners,
  };
}

function encodeDescribeQuorumResponseListener(
  writer: Writer,
  message: DescribeQuorumResponseListener,
): void {
  writer.writeString(message.name, true);
  writer.writeString(message.host, true);
  writer.writeUint16(message.port);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeQuorumResponseListener(reader: Reader): DescribeQuorumResponseListener {
  const name = reader.readString(true);
  const host = reader.readString(true);
  const port = reader.readUint16();
  reader.skipTaggedFields();
  return {
    name,
    host,
    port,
  };
}

export const DescribeQuorumResponse: MessageCodec<DescribeQuorumResponse> = {
  name: 'DescribeQuorumResponse',
  apiKey: 55,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DescribeQuorumResponse', version, '0-2');
    }
    encodeDescribeQuorumResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DescribeQuorumResponse', version, '0-2', reader.offset);
    }
    return decodeDescribeQuorumResponse(reader, version);
  },
};
