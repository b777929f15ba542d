// Generated from schemas/alter-partition-reassignments.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterPartitionReassignmentsRequest (key 45): versions 0 to 1, flexible from 0. */
export interface AlterPartitionReassignmentsRequest {
  timeoutMs: number;
  /** Versions 1+. */
  allowReplicationFactorChange: boolean;
  topics: AlterPartitionReassignmentsRequestReassignableTopic[];
}

/** Fields that are not given have their defaults. */
export function createAlterPartitionReassignmentsRequest(
  init: Partial<AlterPartitionReassignmentsRequest> = {},
): AlterPartitionReassignmentsRequest {
  return {
    timeoutMs: init.timeoutMs ?? 60000,
    allowReplicationFactorChange: init.allowReplicationFactorChange ?? true,
    topics: init.topics ?? [],
  };
}

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  name: string;
  partitions: AlterPartitionReassignmentsRequestReassignablePartition[];
}

/** Fields that are not given have their defaults. */
export function createAlterPartitionReassignmentsRequestReassignableTopic(
  init: Partial<AlterPartitionReassignmentsRequestReassignableTopic> = {},
): AlterPartitionReassignmentsRequestReassignableTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  partitionIndex: number;
  replicas: number[] | null;
}

/** Fields that are not given have their defaults. */
export function createAlterPartitionReassignmentsRequestReassignablePartition(
  init: Partial<AlterPartitionReassignmentsRequestReassignablePartition> = {},
): AlterPartitionReassignmentsRequestReassignablePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    replicas: init.replicas ?? null,
  };
}

function encodeAlterPartitionReassignmentsRequest(
  writer: Writer,
  message: Encodable<AlterPartitionReassignmentsRequest>,
  version: number,
): void {
  writer.writeInt32(message.timeoutMs);
  if (version >= 1) {
    writer.writeBoolean(message.allowReplicationFactorChange);
  } else if (!message.allowReplicationFactorChange) {
    throw fieldNotInVersion('AlterPartitionReassignmentsRequest', 'allowReplicationFactorChange', version);
  }
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeAlterPartitionReassignmentsRequestReassignableTopic(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterPartitionReassignmentsRequest(
  reader: Reader,
  version: number,
): AlterPartitionReassignmentsRequest {
  const timeoutMs = reader.readInt32();
  const allowReplicationFactorChange = version >= 1 ? reader.readBoolean() : true;
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: AlterPartitionReassignmentsRequestReassignableTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeAlterPartitionReassignmentsRequestReassignableTopic(reader));
  }
  reader.skipTaggedFields();
  return {
    timeoutMs,
    allowReplicationFactorChange,
    topics,
  };
}

function encodeAlterPartitionReassignmentsRequestReassignableTopic(
  writer: Writer,
  message: AlterPartitionReassignmentsRequestReassignableTopic,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeAlterPartitionReassignmentsRequestReassignablePartition(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterPartitionReassignmentsRequestReassignableTopic(
  reader: Reader,
): AlterPartitionReassignmentsRequestReassignableTopic {
  const name = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 6);
  const partitions: AlterPartitionReassignmentsRequestReassignablePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeAlterPartitionReassignmentsRequestReassignablePartition(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeAlterPartitionReassignmentsRequestReassignablePartition(
  writer: Writer,
  message: AlterPartitionReassignmentsRequestReassignablePartition,
): void {
  writer.writeInt32(message.partitionIndex);
  if (message.replicas === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.replicas.length, true);
    for (const element of message.replicas) {
      writer.writeInt32(element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterPartitionReassignmentsRequestReassignablePartition(
  reader: Reader,
): AlterPartitionReassignmentsRequestReassignablePartition {
  const partitionIndex = reader.readInt32();
  const replicasLength = reader.readNullableArrayLength(true, 4);
  const replicas: number[] | null = replicasLength < 0 ? null : [];
  for (let i = 0; i < replicasLength; i++) {
    replicas!.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    partitionIndex,
    replicas,
  };
}

export const AlterPartitionReassignmentsRequest: MessageCodec<AlterPartitionReassignmentsRequest> = {
  name: 'AlterPartitionReassignmentsRequest',
  apiKey: 45,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('AlterPartitionReassignmentsRequest', version, '0-1');
    }
    encodeAlterPartitionReassignmentsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('AlterPartitionReassignmentsRequest', version, '0-1', reader.offset);
    }
    return decodeAlterPartitionReassignmentsRequest(reader, version);
  },
};
