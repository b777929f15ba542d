// Generated from schemas/list-partition-reassignments.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListPartitionReassignmentsRequest (key 46): version 0, flexible from 0. */
export interface ListPartitionReassignmentsRequest {
  timeoutMs: number;
  topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null;
}

/** Fields that are not given have their defaults. */
export function createListPartitionReassignmentsRequest(
  init: Partial<ListPartitionReassignmentsRequest> = {},
): ListPartitionReassignmentsRequest {
  return {
    timeoutMs: init.timeoutMs ?? 60000,
    topics: init.topics ?? null,
  };
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  name: string;
  partitionIndexes: number[];
}

/** Fields that are not given have their defaults. */
export function createListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
  init: Partial<ListPartitionReassignmentsRequestListPartitionReassignmentsTopics> = {},
): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  return {
    name: init.name ?? '',
    partitionIndexes: init.partitionIndexes ?? [],
  };
}

function encodeListPartitionReassignmentsRequest(
  writer: Writer,
  message: ListPartitionReassignmentsRequest,
): void {
  writer.writeInt32(message.timeoutMs);
  if (message.topics === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.topics.length, true);
    for (const element of message.topics) {
      encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(writer, element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeListPartitionReassignmentsRequest(
  reader: Reader,
): ListPartitionReassignmentsRequest {
  const timeoutMs = reader.readInt32();
  const topicsLength = reader.readNullableArrayLength(true, 3);
  const topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null = topicsLength < 0 ? null : [];
  for (let i = 0; i < topicsLength; i++) {
    topics!.push(decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(reader));
  }
  reader.skipTaggedFields();
  return {
    timeoutMs,
    topics,
  };
}

function encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
  writer: Writer,
  message: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitionIndexes.length, true);
  for (const element of message.partitionIndexes) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
  reader: Reader,
): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  const name = reader.readString(true);
  const partitionIndexesLength = reader.readArrayLength(true, 4);
  const partitionIndexes: number[] = [];
  for (let i = 0; i < partitionIndexesLength; i++) {
    partitionIndexes.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    name,
    partitionIndexes,
  };
}

export const ListPartitionReassignmentsRequest: MessageCodec<ListPartitionReassignmentsRequest> = {
  name: 'ListPartitionReassignmentsRequest',
  apiKey: 46,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('ListPartitionReassignmentsRequest', version, '0');
    }
    encodeListPartitionReassignmentsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('ListPartitionReassignmentsRequest', version, '0', reader.offset);
    }
    return decodeListPartitionReassignmentsRequest(reader);
  },
};
