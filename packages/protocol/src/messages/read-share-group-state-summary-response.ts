// Generated from schemas/read-share-group-state-summary.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ReadShareGroupStateSummaryResponse (key 87): versions 0 to 1, flexible from 0. */
export interface ReadShareGroupStateSummaryResponse {
  results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateSummaryResponse(
  init: Partial<ReadShareGroupStateSummaryResponse> = {},
): ReadShareGroupStateSummaryResponse {
  return {
    results: init.results ?? [],
  };
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  topicId: string;
  partitions: ReadShareGroupStateSummaryResponsePartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateSummaryResponseReadStateSummaryResult(
  init: Partial<ReadShareGroupStateSummaryResponseReadStateSummaryResult> = {},
): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface ReadShareGroupStateSummaryResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  /** Versions 1+. */
  deliveryCompleteCount: number;
}

/** Fields that are not given have their defaults. */
export function createReadShareGroupStateSummaryResponsePartitionResult(
  init: Partial<ReadShareGroupStateSummaryResponsePartitionResult> = {},
): ReadShareGroupStateSummaryResponsePartitionResult {
  return {
    partition: init.partition ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    stateEpoch: init.stateEpoch ?? 0,
    leaderEpoch: init.leaderEpoch ?? 0,
    startOffset: init.startOffset ?? 0,
    deliveryCompleteCount: init.deliveryCompleteCount ?? -1,
  };
}

function encodeReadShareGroupStateSummaryResponse(
  writer: Writer,
  message: Encodable<ReadShareGroupStateSummaryResponse>,
  version: number,
): void {
  writer.writeArrayLength(message.results.length, true);
  for (const element of message.results) {
    encodeReadShareGroupStateSummaryResponseReadStateSummaryResult(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateSummaryResponse(
  reader: Reader,
  version: number,
): ReadShareGroupStateSummaryResponse {
  const resultsLength = reader.readArrayLength(true, 18);
  const results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeReadShareGroupStateSummaryResponseReadStateSummaryResult(reader, version));
  }
  reader.skipTaggedFields();
  return {
    results,
  };
}

function encodeReadShareGroupStateSummaryResponseReadStateSummaryResult(
  writer: Writer,
  message: ReadShareGroupStateSummaryResponseReadStateSummaryResult,
  version: number,
): void {
  writer.writeUuid(message.topicId);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeReadShareGroupStateSummaryResponsePartitionResult(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateSummaryResponseReadStateSummaryResult(
  reader: Reader,
  version: number,
): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  const topicId = reader.readUuid();
  const partitionsLength = reader.readArrayLength(true, 24);
  const partitions: ReadShareGroupStateSummaryResponsePartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeReadShareGroupStateSummaryResponsePartitionResult(reader, version));
  }
  reader.skipTaggedFields();
  return {
    topicId,
    partitions,
  };
}

function encodeReadShareGroupStateSummaryResponsePartitionResult(
  writer: Writer,
  message: ReadShareGroupStateSummaryResponsePartitionResult,
  version: number,
): void {
  writer.writeInt32(message.partition);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeInt32(message.stateEpoch);
  writer.writeInt32(message.leaderEpoch);
  writer.writeInt64(message.startOffset);
  if (version >= 1) {
    writer.writeInt32(message.deliveryCompleteCount);
  }
  writer.writeUnsignedVarint(0);
}

function decodeReadShareGroupStateSummaryResponsePartitionResult(
  reader: Reader,
  version: number,
): ReadShareGroupStateSummaryResponsePartitionResult {
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const stateEpoch = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  const startOffset = reader.readInt64();
  const deliveryCompleteCount = version >= 1 ? reader.readInt32() : -1;
  reader.skipTaggedFields();
  return {
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
  };
}

export const ReadShareGroupStateSummaryResponse: MessageCodec<ReadShareGroupStateSummaryResponse> = {
  name: 'ReadShareGroupStateSummaryResponse',
  apiKey: 87,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('ReadShareGroupStateSummaryResponse', version, '0-1');
    }
    encodeReadShareGroupStateSummaryResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('ReadShareGroupStateSummaryResponse', version, '0-1', reader.offset);
    }
    return decodeReadShareGroupStateSummaryResponse(reader, version);
  },
};
