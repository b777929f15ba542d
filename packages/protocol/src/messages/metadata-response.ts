// Generated from schemas/metadata.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, nullNotAllowed, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** MetadataResponse (key 3): versions 0 to 13, flexible from 9. */
export interface MetadataResponse {
  /** Versions 3+. */
  throttleTimeMs: number;
  brokers: MetadataResponseBroker[];
  /** Versions 2+. */
  clusterId: string | null;
  /** Versions 1+. */
  controllerId: number;
  topics: MetadataResponseTopic[];
  /** Versions 8 to 10. */
  clusterAuthorizedOperations: number;
  /** Versions 13+. */
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createMetadataResponse(init: Partial<MetadataResponse> = {}): MetadataResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    brokers: init.brokers ?? [],
    clusterId: init.clusterId ?? null,
    controllerId: init.controllerId ?? -1,
    topics: init.topics ?? [],
    clusterAuthorizedOperations: init.clusterAuthorizedOperations ?? -2147483648,
    errorCode: init.errorCode ?? 0,
  };
}

export interface MetadataResponseBroker {
  nodeId: number;
  host: string;
  port: number;
  /** Versions 1+. */
  rack: string | null;
}

/** Fields that are not given have their defaults. */
export function createMetadataResponseBroker(
  init: Partial<MetadataResponseBroker> = {},
): MetadataResponseBroker {
  return {
    nodeId: init.nodeId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    rack: init.rack ?? null,
  };
}

export interface MetadataResponseTopic {
  errorCode: number;
  /** Null only in versions 12+. */
  name: string | null;
  /** Versions 10+. */
  topicId: string;
  /** Versions 1+. */
  isInternal: boolean;
  partitions: MetadataResponsePartition[];
  /** Versions 8+. */
  topicAuthorizedOperations: number;
}

/** Fields that are not given have their defaults. */
export function createMetadataResponseTopic(
  init: Partial<MetadataResponseTopic> = {},
): MetadataResponseTopic {
  return {
    errorCode: init.errorCode ?? 0,
    name: init.name !== undefined ? init.name : '',
    topicId: init.topicId ?? ZERO_UUID,
    isInternal: init.isInternal ?? false,
    partitions: init.partitions ?? [],
    topicAuthorizedOperations: init.topicAuthorizedOperations ?? -2147483648,
  };
}

export interface MetadataResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  /** Versions 7+. */
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  /** Versions 5+. */
  offlineReplicas: number[];
}

/** Fields that are not given have their defaults. */
export function createMetadataResponsePartition(
  init: Partial<MetadataResponsePartition> = {},
): MetadataResponsePartition {
  return {
    errorCode: init.errorCode ?? 0,
    partitionIndex: init.partitionIndex ?? 0,
    leaderId: init.leaderId ?? 0,
    leaderEpoch: init.leaderEpoch ?? -1,
    replicaNodes: init.replicaNodes ?? [],
    isrNodes: init.isrNodes ?? [],
    offlineReplicas: init.offlineReplicas ?? [],
  };
}

function encodeMetadataResponse(
  writer: Writer,
  message: Encodable<MetadataResponse>,
  version: number,
): void {
  const flexible = version >= 9;
  if (version >= 3) {
    writer.writeInt32(message.throttleTimeMs);
  }
  writer.writeArrayLength(message.brokers.length, flexible);
  for (const element of message.brokers) {
    encodeMetadataResponseBroker(writer, element, version);
  }
  if (version >= 2) {
    writer.writeNullableString(message.clusterId, flexible);
  }
  if (version >= 1) {
    writer.writeInt32(message.controllerId);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeMetadataResponseTopic(writer, element, version);
  }
  if (version >= 8 && version <= 10) {
    writer.writeInt32(message.clusterAuthorizedOperations);
  } else if (message.clusterAuthorizedOperations !== -2147483648) {
    throw fieldNotInVersion('MetadataResponse', 'clusterAuthorizedOperations', version);
  }
  if (version >= 13) {
    writer.writeErrorCode(message.errorCode);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeMetadataResponse(reader: Reader, version: number): MetadataResponse {
  const flexible = version >= 9;
  const throttleTimeMs = version >= 3 ? reader.readInt32() : 0;
  const brokersLength = reader.readArrayLength(flexible, 10);
  const brokers: MetadataResponseBroker[] = [];
  for (let i = 0; i < brokersLength; i++) {
    brokers.push(decodeMetadataResponseBroker(reader, version));
  }
  const clusterId = version >= 2 ? reader.readNullableString(flexible) : null;
  const controllerId = version >= 1 ? reader.readInt32() : -1;
  const topicsLength = reader.readArrayLength(flexible, 8);
  const topics: MetadataResponseTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeMetadataResponseTopic(reader, version));
  }
  const clusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.readInt32() : -2147483648;
  const errorCode = version >= 13 ? reader.readInt16() : 0;
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    brokers,
    clusterId,
    controllerId,
    topics,
    clusterAuthorizedOperations,
    errorCode,
  };
}

function encodeMetadataResponseBroker(
  writer: Writer,
  message: MetadataResponseBroker,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeInt32(message.nodeId);
  writer.writeString(message.host, flexible);
  writer.writeInt32(message.port);
  if (version >= 1) {
    writer.writeNullableString(message.rack, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeMetadataResponseBroker(reader: Reader, version: number): MetadataResponseBroker {
  const flexible = version >= 9;
  const nodeId = reader.readInt32();
  const host = reader.readString(flexible);
  const port = reader.readInt32();
  const rack = version >= 1 ? reader.readNullableString(flexible) : null;
  if (flexible) reader.skipTaggedFields();
  return {
    nodeId,
    host,
    port,
    rack,
  };
}

function encodeMetadataResponseTopic(
  writer: Writer,
  message: MetadataResponseTopic,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeErrorCode(message.errorCode);
  if (message.name === null) {
    if (!(version >= 12)) throw nullNotAllowed('MetadataResponseTopic', 'name', version);
    writer.writeNullableString(null, flexible);
  } else {
    writer.writeString(message.name, flexible);
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId);
  }
  if (version >= 1) {
    writer.writeBoolean(message.isInternal);
  }
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeMetadataResponsePartition(writer, element, version);
  }
  if (version >= 8) {
    writer.writeInt32(message.topicAuthorizedOperations);
  } else if (message.topicAuthorizedOperations !== -2147483648) {
    throw fieldNotInVersion('MetadataResponseTopic', 'topicAuthorizedOperations', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeMetadataResponseTopic(reader: Reader, version: number): MetadataResponseTopic {
  const flexible = version >= 9;
  const errorCode = reader.readInt16();
  const name = (version >= 12 ? reader.readNullableString(flexible) : reader.readString(flexible));
  const topicId = version >= 10 ? reader.readUuid() : ZERO_UUID;
  const isInternal = version >= 1 ? reader.readBoolean() : false;
  const partitionsLength = reader.readArrayLength(flexible, 18);
  const partitions: MetadataResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeMetadataResponsePartition(reader, version));
  }
  const topicAuthorizedOperations = version >= 8 ? reader.readInt32() : -2147483648;
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
  };
}

function encodeMetadataResponsePartition(
  writer: Writer,
  message: MetadataResponsePartition,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeErrorCode(message.errorCode);
  writer.writeInt32(message.partitionIndex);
  writer.writeInt32(message.leaderId);
  if (version >= 7) {
    writer.writeInt32(message.leaderEpoch);
  }
  writer.writeArrayLength(message.replicaNodes.length, flexible);
  for (const element of message.replicaNodes) {
    writer.writeInt32(element);
  }
  writer.writeArrayLength(message.isrNodes.length, flexible);
  for (const element of message.isrNodes) {
    writer.writeInt32(element);
  }
  if (version >= 5) {
    writer.writeArrayLength(message.offlineReplicas.length, flexible);
    for (const element of message.offlineReplicas) {
      writer.writeInt32(element);
    }
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeMetadataResponsePartition(
  reader: Reader,
  version: number,
): MetadataResponsePartition {
  const flexible = version >= 9;
  const errorCode = reader.readInt16();
  const partitionIndex = reader.readInt32();
  const leaderId = reader.readInt32();
  const leaderEpoch = version >= 7 ? reader.readInt32() : -1;
  const replicaNodesLength = reader.readArrayLength(flexible, 4);
  const replicaNodes: number[] = [];
  for (let i = 0; i < replicaNodesLength; i++) {
    replicaNodes.push(reader.readInt32());
  }
  const isrNodesLength = reader.readArrayLength(flexible, 4);
  const isrNodes: number[] = [];
  for (let i = 0; i < isrNodesLength; i++) {
    isrNodes.push(reader.readInt32());
  }
  const offlineReplicasLength = version >= 5 ? reader.readArrayLength(flexible, 4) : 0;
  const offlineReplicas: number[] = [];
  for (let i = 0; i < offlineReplicasLength; i++) {
    offlineReplicas.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    offlineReplicas,
  };
}

export const MetadataResponse: MessageCodec<MetadataResponse> = {
  name: 'MetadataResponse',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 13,
  flexibleVersion: 9,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 13)) {
      throw unknownVersionToEncode('MetadataResponse', version, '0-13');
    }
    encodeMetadataResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 13)) {
      throw unknownVersionToDecode('MetadataResponse', version, '0-13', reader.offset);
    }
    return decodeMetadataResponse(reader, version);
  },
};
