// Generated from schemas/write-txn-markers.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** WriteTxnMarkersResponse (key 27): versions 1 to 2, flexible from 1. */
export interface WriteTxnMarkersResponse {
  markers: WriteTxnMarkersResponseWritableTxnMarkerResult[];
}

/** Fields that are not given have their defaults. */
export function createWriteTxnMarkersResponse(
  init: Partial<WriteTxnMarkersResponse> = {},
): WriteTxnMarkersResponse {
  return {
    markers: init.markers ?? [],
  };
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  producerId: number;
  topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createWriteTxnMarkersResponseWritableTxnMarkerResult(
  init: Partial<WriteTxnMarkersResponseWritableTxnMarkerResult> = {},
): WriteTxnMarkersResponseWritableTxnMarkerResult {
  return {
    producerId: init.producerId ?? 0,
    topics: init.topics ?? [],
  };
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  name: string;
  partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createWriteTxnMarkersResponseWritableTxnMarkerTopicResult(
  init: Partial<WriteTxnMarkersResponseWritableTxnMarkerTopicResult> = {},
): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  partitionIndex: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(
  init: Partial<WriteTxnMarkersResponseWritableTxnMarkerPartitionResult> = {},
): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeWriteTxnMarkersResponse(
  writer: Writer,
  message: Encodable<WriteTxnMarkersResponse>,
): void {
  writer.writeArrayLength(message.markers.length, true);
  for (const element of message.markers) {
    encodeWriteTxnMarkersResponseWritableTxnMarkerResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteTxnMarkersResponse(reader: Reader): WriteTxnMarkersResponse {
  const markersLength = reader.readArrayLength(true, 10);
  const markers: WriteTxnMarkersResponseWritableTxnMarkerResult[] = [];
  for (let i = 0; i < markersLength; i++) {
    markers.push(decodeWriteTxnMarkersResponseWritableTxnMarkerResult(reader));
  }
  reader.skipTaggedFields();
  return {
    markers,
  };
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerResult(
  writer: Writer,
  message: WriteTxnMarkersResponseWritableTxnMarkerResult,
): void {
  writer.writeInt64(message.producerId);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerResult(
  reader: Reader,
): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const producerId = reader.readInt64();
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader));
  }
  reader.skipTaggedFields();
  return {
    producerId,
    topics,
  };
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(
  writer: Writer,
  message: WriteTxnMarkersResponseWritableTxnMarkerTopicResult,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(
  reader: Reader,
): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const name = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 7);
  const partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(
  writer: Writer,
  message: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeUnsignedVarint(0);
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(
  reader: Reader,
): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
  };
}

export const WriteTxnMarkersResponse: MessageCodec<WriteTxnMarkersResponse> = {
  name: 'WriteTxnMarkersResponse',
  apiKey: 27,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('WriteTxnMarkersResponse', version, '1-2');
    }
    encodeWriteTxnMarkersResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('WriteTxnMarkersResponse', version, '1-2', reader.offset);
    }
    return decodeWriteTxnMarkersResponse(reader);
  },
};
