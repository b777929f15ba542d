// Generated from schemas/delete-records.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteRecordsRequest (key 21): versions 0 to 2, flexible from 2. */
export interface DeleteRecordsRequest {
  topics: DeleteRecordsRequestDeleteRecordsTopic[];
  timeoutMs: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteRecordsRequest(
  init: Partial<DeleteRecordsRequest> = {},
): DeleteRecordsRequest {
  return {
    topics: init.topics ?? [],
    timeoutMs: init.timeoutMs ?? 0,
  };
}

export interface DeleteRecordsRequestDeleteRecordsTopic {
  name: string;
  partitions: DeleteRecordsRequestDeleteRecordsPartition[];
}

/** Fields that are not given have their defaults. */
export function createDeleteRecordsRequestDeleteRecordsTopic(
  init: Partial<DeleteRecordsRequestDeleteRecordsTopic> = {},
): DeleteRecordsRequestDeleteRecordsTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface DeleteRecordsRequestDeleteRecordsPartition {
  partitionIndex: number;
  offset: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteRecordsRequestDeleteRecordsPartition(
  init: Partial<DeleteRecordsRequestDeleteRecordsPartition> = {},
): DeleteRecordsRequestDeleteRecordsPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    offset: init.offset ?? 0,
  };
}

function encodeDeleteRecordsRequest(
  writer: Writer,
  message: Encodable<DeleteRecordsRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeDeleteRecordsRequestDeleteRecordsTopic(writer, element, version);
  }
  writer.writeInt32(message.timeoutMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteRecordsRequest(reader: Reader, version: number): DeleteRecordsRequest {
  const flexible = version >= 2;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: DeleteRecordsRequestDeleteRecordsTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDeleteRecordsRequestDeleteRecordsTopic(reader, version));
  }
  const timeoutMs = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    topics,
    timeoutMs,
  };
}

function encodeDeleteRecordsRequestDeleteRecordsTopic(
  writer: Writer,
  message: DeleteRecordsRequestDeleteRecordsTopic,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeDeleteRecordsRequestDeleteRecordsPartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteRecordsRequestDeleteRecordsTopic(
  reader: Reader,
  version: number,
): DeleteRecordsRequestDeleteRecordsTopic {
  const flexible = version >= 2;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 12);
  const partitions: DeleteRecordsRequestDeleteRecordsPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDeleteRecordsRequestDeleteRecordsPartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeDeleteRecordsRequestDeleteRecordsPartition(
  writer: Writer,
  message: DeleteRecordsRequestDeleteRecordsPartition,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.offset);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteRecordsRequestDeleteRecordsPartition(
  reader: Reader,
  version: number,
): DeleteRecordsRequestDeleteRecordsPartition {
  const flexible = version >= 2;
  const partitionIndex = reader.readInt32();
  const offset = reader.readInt64();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    offset,
  };
}

export const DeleteRecordsRequest: MessageCodec<DeleteRecordsRequest> = {
  name: 'DeleteRecordsRequest',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DeleteRecordsRequest', version, '0-2');
    }
    encodeDeleteRecordsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DeleteRecordsRequest', version, '0-2', reader.offset);
    }
    return decodeDeleteRecordsRequest(reader, version);
  },
};
