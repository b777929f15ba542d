// Generated from schemas/elect-leaders.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ElectLeadersRequest (key 43): versions 0 to 2, flexible from 2. */
export interface ElectLeadersRequest {
  /** Versions 1+. */
  electionType: number;
  topicPartitions: ElectLeadersRequestTopicPartitions[] | null;
  timeoutMs: number;
}

/** Fields that are not given have their defaults. */
export function createElectLeadersRequest(
  init: Partial<ElectLeadersRequest> = {},
): ElectLeadersRequest {
  return {
    electionType: init.electionType ?? 0,
    topicPartitions: init.topicPartitions !== undefined ? init.topicPartitions : [],
    timeoutMs: init.timeoutMs ?? 60000,
  };
}

export interface ElectLeadersRequestTopicPartitions {
  topic: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createElectLeadersRequestTopicPartitions(
  init: Partial<ElectLeadersRequestTopicPartitions> = {},
): ElectLeadersRequestTopicPartitions {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeElectLeadersRequest(
  writer: Writer,
  message: ElectLeadersRequest,
  version: number,
): void {
  const flexible = version >= 2;
  if (version >= 1) {
    writer.writeInt8(message.electionType);
  } else if (message.electionType !== 0) {
    throw fieldNotInVersion('ElectLeadersRequest', 'electionType', version);
  }
  if (message.topicPartitions === null) {
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.topicPartitions.length, flexible);
    for (const element of message.topicPartitions) {
      encodeElectLeadersRequestTopicPartitions(writer, element, version);
    }
  }
  writer.writeInt32(message.timeoutMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeElectLeadersRequest(reader: Reader, version: number): ElectLeadersRequest {
  const flexible = version >= 2;
  const electionType = version >= 1 ? reader.readInt8() : 0;
  const topicPartitionsLength = reader.readNullableArrayLength(flexible, 3);
  const topicPartitions: ElectLeadersRequestTopicPartitions[] | null = topicPartitionsLength < 0 ? null : [];
  for (let i = 0; i < topicPartitionsLength; i++) {
    topicPartitions!.push(decodeElectLeadersRequestTopicPartitions(reader, version));
  }
  const timeoutMs = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    electionType,
    topicPartitions,
    timeoutMs,
  };
}

function encodeElectLeadersRequestTopicPartitions(
  writer: Writer,
  message: ElectLeadersRequestTopicPartitions,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.topic, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeElectLeadersRequestTopicPartitions(
  reader: Reader,
  version: number,
): ElectLeadersRequestTopicPartitions {
  const flexible = version >= 2;
  const topic = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    partitions,
  };
}

export const ElectLeadersRequest: MessageCodec<ElectLeadersRequest> = {
  name: 'ElectLeadersRequest',
  apiKey: 43,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('ElectLeadersRequest', version, '0-2');
    }
    encodeElectLeadersRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('ElectLeadersRequest', version, '0-2', reader.offset);
    }
    return decodeElectLeadersRequest(reader, version);
  },
};
