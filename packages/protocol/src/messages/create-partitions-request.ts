// Generated from schemas/create-partitions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreatePartitionsRequest (key 37): versions 0 to 3, flexible from 2. */
export interface CreatePartitionsRequest {
  topics: CreatePartitionsRequestCreatePartitionsTopic[];
  timeoutMs: number;
  validateOnly: boolean;
}

/** Fields that are not given have their defaults. */
export function createCreatePartitionsRequest(
  init: Partial<CreatePartitionsRequest> = {},
): CreatePartitionsRequest {
  return {
    topics: init.topics ?? [],
    timeoutMs: init.timeoutMs ?? 0,
    validateOnly: init.validateOnly ?? false,
  };
}

export interface CreatePartitionsRequestCreatePartitionsTopic {
  name: string;
  count: number;
  assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null;
}

/** Fields that are not given have their defaults. */
export function createCreatePartitionsRequestCreatePartitionsTopic(
  init: Partial<CreatePartitionsRequestCreatePartitionsTopic> = {},
): CreatePartitionsRequestCreatePartitionsTopic {
  return {
    name: init.name ?? '',
    count: init.count ?? 0,
    assignments: init.assignments !== undefined ? init.assignments : [],
  };
}

export interface CreatePartitionsRequestCreatePartitionsAssignment {
  brokerIds: number[];
}

/** Fields that are not given have their defaults. */
export function createCreatePartitionsRequestCreatePartitionsAssignment(
  init: Partial<CreatePartitionsRequestCreatePartitionsAssignment> = {},
): CreatePartitionsRequestCreatePartitionsAssignment {
  return {
    brokerIds: init.brokerIds ?? [],
  };
}

function encodeCreatePartitionsRequest(
  writer: Writer,
  message: Encodable<CreatePartitionsRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeCreatePartitionsRequestCreatePartitionsTopic(writer, element, version);
  }
  writer.writeInt32(message.timeoutMs);
  writer.writeBoolean(message.validateOnly);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreatePartitionsRequest(reader: Reader, version: number): CreatePartitionsRequest {
  const flexible = version >= 2;
  const topicsLength = reader.readArrayLength(flexible, 7);
  const topics: CreatePartitionsRequestCreatePartitionsTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeCreatePartitionsRequestCreatePartitionsTopic(reader, version));
  }
  const timeoutMs = reader.readInt32();
  const validateOnly = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    topics,
    timeoutMs,
    validateOnly,
  };
}

function encodeCreatePartitionsRequestCreatePartitionsTopic(
  writer: Writer,
  message: CreatePartitionsRequestCreatePartitionsTopic,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.name, flexible);
  writer.writeInt32(message.count);
  if (message.assignments === null) {
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.assignments.length, flexible);
    for (const element of message.assignments) {
      encodeCreatePartitionsRequestCreatePartitionsAssignment(writer, element, version);
    }
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreatePartitionsRequestCreatePartitionsTopic(
  reader: Reader,
  version: number,
): CreatePartitionsRequestCreatePartitionsTopic {
  const flexible = version >= 2;
  const name = reader.readString(flexible);
  const count = reader.readInt32();
  const assignmentsLength = reader.readNullableArrayLength(flexible, 2);
  const assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null = assignmentsLength < 0 ? null : [];
  for (let i = 0; i < assignmentsLength; i++) {
    assignments!.push(decodeCreatePartitionsRequestCreatePartitionsAssignment(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    count,
    assignments,
  };
}

function encodeCreatePartitionsRequestCreatePartitionsAssignment(
  writer: Writer,
  message: CreatePartitionsRequestCreatePartitionsAssignment,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.brokerIds.length, flexible);
  for (const element of message.brokerIds) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreatePartitionsRequestCreatePartitionsAssignment(
  reader: Reader,
  version: number,
): CreatePartitionsRequestCreatePartitionsAssignment {
  const flexible = version >= 2;
  const brokerIdsLength = reader.readArrayLength(flexible, 4);
  const brokerIds: number[] = [];
  for (let i = 0; i < brokerIdsLength; i++) {
    brokerIds.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    brokerIds,
  };
}

export const CreatePartitionsRequest: MessageCodec<CreatePartitionsRequest> = {
  name: 'CreatePartitionsRequest',
  apiKey: 37,
  minVersion: 0,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToEncode('CreatePartitionsRequest', version, '0-3');
    }
    encodeCreatePartitionsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToDecode('CreatePartitionsRequest', version, '0-3', reader.offset);
    }
    return decodeCreatePartitionsRequest(reader, version);
  },
};
