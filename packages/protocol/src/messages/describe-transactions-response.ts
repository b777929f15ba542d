// Generated from schemas/describe-transactions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeTransactionsResponse (key 65): version 0, flexible from 0. */
export interface DescribeTransactionsResponse {
  throttleTimeMs: number;
  transactionStates: DescribeTransactionsResponseTransactionState[];
}

/** Fields that are not given have their defaults. */
export function createDescribeTransactionsResponse(
  init: Partial<DescribeTransactionsResponse> = {},
): DescribeTransactionsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    transactionStates: init.transactionStates ?? [],
  };
}

export interface DescribeTransactionsResponseTransactionState {
  errorCode: number;
  transactionalId: string;
  transactionState: string;
  transactionTimeoutMs: number;
  transactionStartTimeMs: number;
  producerId: number;
  producerEpoch: number;
  topics: DescribeTransactionsResponseTopicData[];
}

/** Fields that are not given have their defaults. */
export function createDescribeTransactionsResponseTransactionState(
  init: Partial<DescribeTransactionsResponseTransactionState> = {},
): DescribeTransactionsResponseTransactionState {
  return {
    errorCode: init.errorCode ?? 0,
    transactionalId: init.transactionalId ?? '',
    transactionState: init.transactionState ?? '',
    transactionTimeoutMs: init.transactionTimeoutMs ?? 0,
    transactionStartTimeMs: init.transactionStartTimeMs ?? 0,
    producerId: init.producerId ?? 0,
    producerEpoch: init.producerEpoch ?? 0,
    topics: init.topics ?? [],
  };
}

export interface DescribeTransactionsResponseTopicData {
  topic: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createDescribeTransactionsResponseTopicData(
  init: Partial<DescribeTransactionsResponseTopicData> = {},
): DescribeTransactionsResponseTopicData {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeDescribeTransactionsResponse(
  writer: Writer,
  message: Encodable<DescribeTransactionsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.transactionStates.length, true);
  for (const element of message.transactionStates) {
    encodeDescribeTransactionsResponseTransactionState(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTransactionsResponse(reader: Reader): DescribeTransactionsResponse {
  const throttleTimeMs = reader.readInt32();
  const transactionStatesLength = reader.readArrayLength(true, 28);
  const transactionStates: DescribeTransactionsResponseTransactionState[] = [];
  for (let i = 0; i < transactionStatesLength; i++) {
    transactionStates.push(decodeDescribeTransactionsResponseTransactionState(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    transactionStates,
  };
}

function encodeDescribeTransactionsResponseTransactionState(
  writer: Writer,
  message: DescribeTransactionsResponseTransactionState,
): void {
  writer.writeErrorCode(message.errorCode);
  writer.writeString(message.transactionalId, true);
  writer.writeString(message.transactionState, true);
  writer.writeInt32(message.transactionTimeoutMs);
  writer.writeInt64(message.transactionStartTimeMs);
  writer.writeInt64(message.producerId);
  writer.writeInt16(message.producerEpoch);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeDescribeTransactionsResponseTopicData(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTransactionsResponseTransactionState(
  reader: Reader,
): DescribeTransactionsResponseTransactionState {
  const errorCode = reader.readInt16();
  const transactionalId = reader.readString(true);
  const transactionState = reader.readString(true);
  const transactionTimeoutMs = reader.readInt32();
  const transactionStartTimeMs = reader.readInt64();
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt16();
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: DescribeTransactionsResponseTopicData[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeTransactionsResponseTopicData(reader));
  }
  reader.skipTaggedFields();
  return {
    errorCode,
    transactionalId,
    transactionState,
    transactionTimeoutMs,
    transactionStartTimeMs,
    producerId,
    producerEpoch,
    topics,
  };
}

function encodeDescribeTransactionsResponseTopicData(
  writer: Writer,
  message: DescribeTransactionsResponseTopicData,
): void {
  writer.writeString(message.topic, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTransactionsResponseTopicData(
  reader: Reader,
): DescribeTransactionsResponseTopicData {
  const topic = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    topic,
    partitions,
  };
}

export const DescribeTransactionsResponse: MessageCodec<DescribeTransactionsResponse> = {
  name: 'DescribeTransactionsResponse',
  apiKey: 65,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeTransactionsResponse', version, '0');
    }
    encodeDescribeTransactionsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeTransactionsResponse', version, '0', reader.offset);
    }
    return decodeDescribeTransactionsResponse(reader);
  },
};
