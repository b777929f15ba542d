// Generated from schemas/create-topics.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreateTopicsRequest (key 19): versions 2 to 7, flexible from 5. */
export interface CreateTopicsRequest {
  topics: CreateTopicsRequestCreatableTopic[];
  timeoutMs: number;
  validateOnly: boolean;
}

/** Fields that are not given have their defaults. */
export function createCreateTopicsRequest(
  init: Partial<CreateTopicsRequest> = {},
): CreateTopicsRequest {
  return {
    topics: init.topics ?? [],
    timeoutMs: init.timeoutMs ?? 60000,
    validateOnly: init.validateOnly ?? false,
  };
}

export interface CreateTopicsRequestCreatableTopic {
  name: string;
  numPartitions: number;
  replicationFactor: number;
  assignments: CreateTopicsRequestCreatableReplicaAssignment[];
  configs: CreateTopicsRequestCreatableTopicConfig[];
}

/** Fields that are not given have their defaults. */
export function createCreateTopicsRequestCreatableTopic(
  init: Partial<CreateTopicsRequestCreatableTopic> = {},
): CreateTopicsRequestCreatableTopic {
  return {
    name: init.name ?? '',
    numPartitions: init.numPartitions ?? 0,
    replicationFactor: init.replicationFactor ?? 0,
    assignments: init.assignments ?? [],
    configs: init.configs ?? [],
  };
}

export interface CreateTopicsRequestCreatableReplicaAssignment {
  partitionIndex: number;
  brokerIds: number[];
}

/** Fields that are not given have their defaults. */
export function createCreateTopicsRequestCreatableReplicaAssignment(
  init: Partial<CreateTopicsRequestCreatableReplicaAssignment> = {},
): CreateTopicsRequestCreatableReplicaAssignment {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    brokerIds: init.brokerIds ?? [],
  };
}

export interface CreateTopicsRequestCreatableTopicConfig {
  name: string;
  value: string | null;
}

/** Fields that are not given have their defaults. */
export function createCreateTopicsRequestCreatableTopicConfig(
  init: Partial<CreateTopicsRequestCreatableTopicConfig> = {},
): CreateTopicsRequestCreatableTopicConfig {
  return {
    name: init.name ?? '',
    value: init.value !== undefined ? init.value : '',
  };
}

function encodeCreateTopicsRequest(
  writer: Writer,
  message: Encodable<CreateTopicsRequest>,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeCreateTopicsRequestCreatableTopic(writer, element, version);
  }
  writer.writeInt32(message.timeoutMs);
  writer.writeBoolean(message.validateOnly);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateTopicsRequest(reader: Reader, version: number): CreateTopicsRequest {
  const flexible = version >= 5;
  const topicsLength = reader.readArrayLength(flexible, 10);
  const topics: CreateTopicsRequestCreatableTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeCreateTopicsRequestCreatableTopic(reader, version));
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

function encodeCreateTopicsRequestCreatableTopic(
  writer: Writer,
  message: CreateTopicsRequestCreatableTopic,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeString(message.name, flexible);
  writer.writeInt32(message.numPartitions);
  writer.writeInt16(message.replicationFactor);
  writer.writeArrayLength(message.assignments.length, flexible);
  for (const element of message.assignments) {
    encodeCreateTopicsRequestCreatableReplicaAssignment(writer, element, version);
  }
  writer.writeArrayLength(message.configs.length, flexible);
  for (const element of message.configs) {
    encodeCreateTopicsRequestCreatableTopicConfig(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateTopicsRequestCreatableTopic(
  reader: Reader,
  version: number,
): CreateTopicsRequestCreatableTopic {
  const flexible = version >= 5;
  const name = reader.readString(flexible);
  const numPartitions = reader.readInt32();
  const replicationFactor = reader.readInt16();
  const assignmentsLength = reader.readArrayLength(flexible, 6);
  const assignments: CreateTopicsRequestCreatableReplicaAssignment[] = [];
  for (let i = 0; i < assignmentsLength; i++) {
    assignments.push(decodeCreateTopicsRequestCreatableReplicaAssignment(reader, version));
  }
  const configsLength = reader.readArrayLength(flexible, 3);
  const configs: CreateTopicsRequestCreatableTopicConfig[] = [];
  for (let i = 0; i < configsLength; i++) {
    configs.push(decodeCreateTopicsRequestCreatableTopicConfig(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    numPartitions,
    replicationFactor,
    assignments,
    configs,
  };
}

function encodeCreateTopicsRequestCreatableReplicaAssignment(
  writer: Writer,
  message: CreateTopicsRequestCreatableReplicaAssignment,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeInt32(message.partitionIndex);
  writer.writeArrayLength(message.brokerIds.length, flexible);
  for (const element of message.brokerIds) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateTopicsRequestCreatableReplicaAssignment(
  reader: Reader,
  version: number,
): CreateTopicsRequestCreatableReplicaAssignment {
  const flexible = version >= 5;
  const partitionIndex = reader.readInt32();
  const brokerIdsLength = reader.readArrayLength(flexible, 4);
  const brokerIds: number[] = [];
  for (let i = 0; i < brokerIdsLength; i++) {
    brokerIds.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    brokerIds,
  };
}

function encodeCreateTopicsRequestCreatableTopicConfig(
  writer: Writer,
  message: CreateTopicsRequestCreatableTopicConfig,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeString(message.name, flexible);
  writer.writeNullableString(message.value, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateTopicsRequestCreatableTopicConfig(
  reader: Reader,
  version: number,
): CreateTopicsRequestCreatableTopicConfig {
  const flexible = version >= 5;
  const name = reader.readString(flexible);
  const value = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    value,
  };
}

export const CreateTopicsRequest: MessageCodec<CreateTopicsRequest> = {
  name: 'CreateTopicsRequest',
  apiKey: 19,
  minVersion: 2,
  maxVersion: 7,
  flexibleVersion: 5,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 2 && version <= 7)) {
      throw unknownVersionToEncode('CreateTopicsRequest', version, '2-7');
    }
    encodeCreateTopicsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 2 && version <= 7)) {
      throw unknownVersionToDecode('CreateTopicsRequest', version, '2-7', reader.offset);
    }
    return decodeCreateTopicsRequest(reader, version);
  },
};
