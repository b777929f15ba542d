// Generated from schemas/read-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ReadShareGroupStateResponse (key 84): version 0, flexible from 0. */
export interface ReadShareGroupStateResponse {
  results: ReadShareGroupStateResponseReadStateResult[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateResponse(
  init: Partial<ReadShareGroupStateResponse> = {},
): ReadShareGroupStateResponse {
  return {
    results: init.results ?? [],
  };
}

export interface ReadShareGroupStateResponseReadStateResult {
  topicId: string;
  partitions: ReadShareGroupStateResponsePartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateResponseReadStateResult(
  init: Partial<ReadShareGroupStateResponseReadStateResult> = {},
): ReadShareGroupStateResponseReadStateResult {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ReadShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  startOffset: number;
  stateBatches: ReadShareGroupStateResponseStateBatch[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateResponsePartitionResult(
  init: Partial<ReadShareGroupStateResponsePartitionResult> = {},
): ReadShareGroupStateResponsePartitionResult {
  return {
    partition: init.partition ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    stateEpoch: init.stateEpoch ?? 0,
    startOffset: init.startOffset ?? 0,
    stateBatches: init.stateBatches ?? [],
  };
}

export interface ReadShareGroupStateResponseStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateResponseStateBatch(
  init: Partial<ReadShareGroupStateResponseStateBatch> = {},
): ReadShareGroupStateResponseStateBatch {
  return {
    firstOffset: init.firstOffset ?? 0,
    lastOffset: init.lastOffset ?? 0,
    deliveryState: init.deliveryState ?? 0,
    deliveryCount: init.deliveryCount ?? 0,
  };
}

function encodeReadShareGroupStateResponse(
  writer: Writer,
  message: Encodable<ReadShareGroupStateResponse>,
): void {
  writer.writeArrayLength(message.results.length, true);
  for (const element of message.results) {
    encodeReadShareGroupStateResponseReadStateResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateResponse(reader: Reader): ReadShareGroupStateResponse {
  const resultsLength = reader.readArrayLength(true, 18);
  const results: ReadShareGroupStateResponseReadStateResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeReadShareGroupStateResponseReadStateResult(reader));
  }
  reader.skipTaggedFields();
  return {
    results,
  };
}

function encodeReadShareGroupStateResponseReadStateResult(
  writer: Writer,
  message: ReadShareGroupStateResponseReadStateResult,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeReadShareGroupStateResponsePartitionResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateResponseReadStateResult(
  reader: Reader,
): ReadShareGroupStateResponseReadStateResult {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 21);
  const partitions: ReadShareGroupStateResponsePartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeReadShareGroupStateResponsePartitionResult(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeReadShareGroupStateResponsePartitionResult(
  writer: Writer,
  message: ReadShareGroupStateResponsePartitionResult,
): void {
  writer.writeInt32(message.partition);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeInt32(message.stateEpoch);
  writer.writeInt64(message.startOffset);
  writer.writeArrayLength(message.stateBatches.length, true);
  for (const element of message.stateBatches) {
    encodeReadShareGroupStateResponseStateBatch(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateResponsePartitionResult(
  reader: Reader,
): ReadShareGroupStateResponsePartitionResult {
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const stateEpoch = reader.readInt32();
  const startOffset = reader.readInt64();
  const stateBatchesLength = reader.readArrayLength(true, 20);
  const stateBatches: ReadShareGroupStateResponseStateBatch[] = [];
  for (let i = 0; i < stateBatchesLength; i++) {
    stateBatches.push(decodeReadShareGroupStateResponseStateBatch(reader));
  }
  reader.skipTaggedFields();
  return {
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    startOffset,
    stateBatches,
  };
}

function encodeReadShareGroupStateResponseStateBatch(
  writer: Writer,
  message: ReadShareGroupStateResponseStateBatch,
): void {
  writer.writeInt64(message.firstOffset);
  writer.writeInt64(message.lastOffset);
  writer.writeInt8(message.deliveryState);
  writer.writeInt16(message.deliveryCount);
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateResponseStateBatch(
  reader: Reader,
): ReadShareGroupStateResponseStateBatch {
  const firstOffset = reader.readInt64();
  const lastOffset = reader.readInt64();
  const deliveryState = reader.readInt8();
  const deliveryCount = reader.readInt16();
  reader.skipTaggedFields();
  return {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  };
}

export const ReadShareGroupStateResponse: MessageCodec<ReadShareGroupStateResponse> = {
  name: 'ReadShareGroupStateResponse',
  apiKey: 84,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('ReadShareGroupStateResponse', version, '0');
    }
    encodeReadShareGroupStateResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('ReadShareGroupStateResponse', version, '0', reader.offset);
    }
    return decodeReadShareGroupStateResponse(reader);
  },
};
