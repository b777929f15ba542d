// Generated from schemas/list-partition-reassignments.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListPartitionReassignmentsResponse (key 46): version 0, flexible from 0. */
export interface ListPartitionReassignmentsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[];
}

/** Fields that are not given have their defaults. */
export function createListPartitionReassignmentsResponse(
  init: Partial<ListPartitionReassignmentsResponse> = {},
): ListPartitionReassignmentsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    topics: init.topics ?? [],
  };
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  name: string;
  partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[];
}

/** Fields that are not given have their defaults. */
export function createListPartitionReassignmentsResponseOngoingTopicReassignment(
  init: Partial<ListPartitionReassignmentsResponseOngoingTopicReassignment> = {},
): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  partitionIndex: number;
  replicas: number[];
  addingReplicas: number[];
  removingReplicas: number[];
}

/** Fields that are not given have their defaults. */
export function createListPartitionReassignmentsResponseOngoingPartitionReassignment(
  init: Partial<ListPartitionReassignmentsResponseOngoingPartitionReassignment> = {},
): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    replicas: init.replicas ?? [],
    addingReplicas: init.addingReplicas ?? [],
    removingReplicas: init.removingReplicas ?? [],
  };
}

function encodeListPartitionReassignmentsResponse(
  writer: Writer,
  message: Encodable<ListPartitionReassignmentsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeListPartitionReassignmentsResponseOngoingTopicReassignment(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListPartitionReassignmentsResponse(
  reader: Reader,
): ListPartitionReassignmentsResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeListPartitionReassignmentsResponseOngoingTopicReassignment(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    topics,
  };
}

function encodeListPartitionReassignmentsResponseOngoingTopicReassignment(
  writer: Writer,
  message: ListPartitionReassignmentsResponseOngoingTopicReassignment,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListPartitionReassignmentsResponseOngoingTopicReassignment(
  reader: Reader,
): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const name = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 8);
  const partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(
  writer: Writer,
  message: ListPartitionReassignmentsResponseOngoingPartitionReassignment,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeArrayLength(message.replicas.length, true);
  for (const element of message.replicas) {
    writer.writeInt32(element);
  }
  writer.writeArrayLength(message.addingReplicas.length, true);
  for (const element of message.addingReplicas) {
    writer.writeInt32(element);
  }
  writer.writeArrayLength(message.removingReplicas.length, true);
  for (const element of message.removingReplicas) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(
  reader: Reader,
): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const partitionIndex = reader.readInt32();
  const replicasLength = reader.readArrayLength(true, 4);
  const replicas: number[] = [];
  for (let i = 0; i < replicasLength; i++) {
    replicas.push(reader.readInt32());
  }
  const addingReplicasLength = reader.readArrayLength(true, 4);
  const addingReplicas: number[] = [];
  for (let i = 0; i < addingReplicasLength; i++) {
    addingReplicas.push(reader.readInt32());
  }
  const removingReplicasLength = reader.readArrayLength(true, 4);
  const removingReplicas: number[] = [];
  for (let i = 0; i < removingReplicasLength; i++) {
    removingReplicas.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    partitionIndex,
    replicas,
    addingReplicas,
    removingReplicas,
  };
}

export const ListPartitionReassignmentsResponse: MessageCodec<ListPartitionReassignmentsResponse> = {
  name: 'ListPartitionReassignmentsResponse',
  apiKey: 46,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('ListPartitionReassignmentsResponse', version, '0');
    }
    encodeListPartitionReassignmentsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('ListPartitionReassignmentsResponse', version, '0', reader.offset);
    }
    return decodeListPartitionReassignmentsResponse(reader);
  },
};
