// Generated from schemas/consumer-protocol-assignment.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ConsumerProtocolAssignment: versions 0 to 3, never flexible. */
export interface ConsumerProtocolAssignment {
  assignedPartitions: ConsumerProtocolAssignmentTopicPartition[];
  /** A view on the frame when decoded. */
  userData: Buffer | null;
}

/** Fields that are not given have their defaults. */
export function createConsumerProtocolAssignment(
  init: Partial<ConsumerProtocolAssignment> = {},
): ConsumerProtocolAssignment {
  return {
    assignedPartitions: init.assignedPartitions ?? [],
    userData: init.userData ?? null,
  };
}

export interface ConsumerProtocolAssignmentTopicPartition {
  topic: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createConsumerProtocolAssignmentTopicPartition(
  init: Partial<ConsumerProtocolAssignmentTopicPartition> = {},
): ConsumerProtocolAssignmentTopicPartition {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeConsumerProtocolAssignment(
  writer: Writer,
  message: Encodable<ConsumerProtocolAssignment>,
): void {
  writer.writeArrayLength(message.assignedPartitions.length, false);
  for (const element of message.assignedPartitions) {
    encodeConsumerProtocolAssignmentTopicPartition(writer, element);
  }
  writer.writeNullableBytes(message.userData, false);
}

function decodeConsumerProtocolAssignment(reader: Reader): ConsumerProtocolAssignment {
  const assignedPartitionsLength = reader.readArrayLength(false, 6);
  const assignedPartitions: ConsumerProtocolAssignmentTopicPartition[] = [];
  for (let i = 0; i < assignedPartitionsLength; i++) {
    assignedPartitions.push(decodeConsumerProtocolAssignmentTopicPartition(reader));
  }
  const userData = reader.readNullableBytesView(false);
  return {
    assignedPartitions,
    userData,
  };
}

function encodeConsumerProtocolAssignmentTopicPartition(
  writer: Writer,
  message: ConsumerProtocolAssignmentTopicPartition,
): void {
  writer.writeString(message.topic, false);
  writer.writeArrayLength(message.partitions.length, false);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
}

function decodeConsumerProtocolAssignmentTopicPartition(
  reader: Reader,
): ConsumerProtocolAssignmentTopicPartition {
  const topic = reader.readString(false);
  const partitionsLength = reader.readArrayLength(false, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  return {
    topic,
    partitions,
  };
}

export const ConsumerProtocolAssignment: MessageCodec<ConsumerProtocolAssignment> = {
  name: 'ConsumerProtocolAssignment',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 3,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToEncode('ConsumerProtocolAssignment', version, '0-3');
    }
    encodeConsumerProtocolAssignment(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToDecode('ConsumerProtocolAssignment', version, '0-3', reader.offset);
    }
    return decodeConsumerProtocolAssignment(reader);
  },
};
