// Generated from schemas/initialize-share-group-state.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** InitializeShareGroupStateResponse (key 83): version 0, flexible from 0. */
export interface InitializeShareGroupStateResponse {
  results: InitializeShareGroupStateResponseInitializeStateResult[];
}

/** Fields that are not given have their defaults. */
export function createInitializeShareGroupStateResponse(
  init: Partial<InitializeShareGroupStateResponse> = {},
): InitializeShareGroupStateResponse {
  return {
    results: init.results ?? [],
  };
}

export interface InitializeShareGroupStateResponseInitializeStateResult {
  topicId: string;
  partitions: InitializeShareGroupStateResponsePartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createInitializeShareGroupStateResponseInitializeStateResult(
  init: Partial<InitializeShareGroupStateResponseInitializeStateResult> = {},
): InitializeShareGroupStateResponseInitializeStateResult {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface InitializeShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createInitializeShareGroupStateResponsePartitionResult(
  init: Partial<InitializeShareGroupStateResponsePartitionResult> = {},
): InitializeShareGroupStateResponsePartitionResult {
  return {
    partition: init.partition ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
  };
}

function encodeInitializeShareGroupStateResponse(
  writer: Writer,
  message: Encodable<InitializeShareGroupStateResponse>,
): void {
  writer.writeArrayLength(message.results.length, true);
  for (const element of message.results) {
    encodeInitializeShareGroupStateResponseInitializeStateResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeInitializeShareGroupStateResponse(
  reader: Reader,
): InitializeShareGroupStateResponse {
  const resultsLength = reader.readArrayLength(true, 18);
  const results: InitializeShareGroupStateResponseInitializeStateResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeInitializeShareGroupStateResponseInitializeStateResult(reader));
  }
  reader.skipTaggedFields();
  return {
    results,
  };
}

function encodeInitializeShareGroupStateResponseInitializeStateResult(
  writer: Writer,
  message: InitializeShareGroupStateResponseInitializeStateResult,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeInitializeShareGroupStateResponsePartitionResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeInitializeShareGroupStateResponseInitializeStateResult(
  reader: Reader,
): InitializeShareGroupStateResponseInitializeStateResult {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 8);
  const partitions: InitializeShareGroupStateResponsePartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeInitializeShareGroupStateResponsePartitionResult(reader));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeInitializeShareGroupStateResponsePartitionResult(
  writer: Writer,
  message: InitializeShareGroupStateResponsePartitionResult,
): void {
  writer.writeInt32(message.partition);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeInitializeShareGroupStateResponsePartitionResult(
  reader: Reader,
): InitializeShareGroupStateResponsePartitionResult {
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    partition,
    errorCode,
    errorMessage,
  };
}

export const InitializeShareGroupStateResponse: MessageCodec<InitializeShareGroupStateResponse> = {
  name: 'InitializeShareGroupStateResponse',
  apiKey: 83,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('InitializeShareGroupStateResponse', version, '0');
    }
    encodeInitializeShareGroupStateResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('InitializeShareGroupStateResponse', version, '0', reader.offset);
    }
    return decodeInitializeShareGroupStateResponse(reader);
  },
};
