// Generated from schemas/describe-producers.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeProducersResponse (key 61): version 0, flexible from 0. */
export interface DescribeProducersResponse {
  throttleTimeMs: number;
  topics: DescribeProducersResponseTopicResponse[];
}

/** Fields that are not given have their defaults. */
export function createDescribeProducersResponse(
  init: Partial<DescribeProducersResponse> = {},
): DescribeProducersResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface DescribeProducersResponseTopicResponse {
  name: string;
  partitions: DescribeProducersResponsePartitionResponse[];
}

/** Fields that are not given have their defaults. */
export function createDescribeProducersResponseTopicResponse(
  init: Partial<DescribeProducersResponseTopicResponse> = {},
): DescribeProducersResponseTopicResponse {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface DescribeProducersResponsePartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  activeProducers: DescribeProducersResponseProducerState[];
}

/** Fields that are not given have their defaults. */
export function createDescribeProducersResponsePartitionResponse(
  init: Partial<DescribeProducersResponsePartitionResponse> = {},
): DescribeProducersResponsePartitionResponse {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    activeProducers: init.activeProducers ?? [],
  };
}

export interface DescribeProducersResponseProducerState {
  producerId: number;
  producerEpoch: number;
  lastSequence: number;
  lastTimestamp: number;
  coordinatorEpoch: number;
  currentTxnStartOffset: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeProducersResponseProducerState(
  init: Partial<DescribeProducersResponseProducerState> = {},
): DescribeProducersResponseProducerState {
  return {
    producerId: init.producerId ?? 0,
    producerEpoch: init.producerEpoch ?? 0,
    lastSequence: init.lastSequence ?? -1,
    lastTimestamp: init.lastTimestamp ?? -1,
    coordinatorEpoch: init.coordinatorEpoch ?? 0,
    currentTxnStartOffset: init.currentTxnStartOffset ?? -1,
  };
}

function encodeDescribeProducersResponse(
  writer: Writer,
  message: Encodable<DescribeProducersResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeProducersResponseTopicResponse(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeProducersResponse(reader: Reader): DescribeProducersResponse {
  const throttleTimeMs = reader.readInt32();
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: DescribeProducersResponseTopicResponse[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeProducersResponseTopicResponse(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
  };
}

function encodeDescribeProducersResponseTopicResponse(
  writer: Writer,
  message: DescribeProducersResponseTopicResponse,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeDescribeProducersResponsePartitionResponse(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeProducersResponseTopicResponse(
  reader: Reader,
): DescribeProducersResponseTopicResponse {
  const name = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 9);
  const partitions: DescribeProducersResponsePartitionResponse[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDescribeProducersResponsePartitionResponse(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeDescribeProducersResponsePartitionResponse(
  writer: Writer,
  message: DescribeProducersResponsePartitionResponse,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeArrayLength(message.activeProducers.length, true);
  for (const element of message.activeProducers) {
    encodeDescribeProducersResponseProducerState(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeProducersResponsePartitionResponse(
  reader: Reader,
): DescribeProducersResponsePartitionResponse {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const activeProducersLength = reader.readArrayLength(true, 37);
  const activeProducers: DescribeProducersResponseProducerState[] = [];
  for (let i = 0; i < activeProducersLength; i++) {
    activeProducers.push(decodeDescribeProducersResponseProducerState(reader));
  }
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    activeProducers,
  };
}

function encodeDescribeProducersResponseProducerState(
  writer: Writer,
  message: DescribeProducersResponseProducerState,
): void {
  writer.writeInt64(message.producerId);
  writer.writeInt32(message.producerEpoch);
  writer.writeInt32(message.lastSequence);
  writer.writeInt64(message.lastTimestamp);
  writer.writeInt32(message.coordinatorEpoch);
  writer.writeInt64(message.currentTxnStartOffset);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeProducersResponseProducerState(
  reader: Reader,
): DescribeProducersResponseProducerState {
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt32();
  const lastSequence = reader.readInt32();
  const lastTimestamp = reader.readInt64();
  const coordinatorEpoch = reader.readInt32();
  const currentTxnStartOffset = reader.readInt64();
  reader.skipTaggedFields();
  return {
    producerId,
    producerEpoch,
    lastSequence,
    lastTimestamp,
    coordinatorEpoch,
    currentTxnStartOffset,
  };
}

export const DescribeProducersResponse: MessageCodec<DescribeProducersResponse> = {
  name: 'DescribeProducersResponse',
  apiKey: 61,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeProducersResponse', version, '0');
    }
    encodeDescribeProducersResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeProducersResponse', version, '0', reader.offset);
    }
    return decodeDescribeProducersResponse(reader);
  },
};
