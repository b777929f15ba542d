// Generated from schemas/alter-replica-log-dirs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterReplicaLogDirsResponse (key 34): versions 1 to 2, flexible from 2. */
export interface AlterReplicaLogDirsResponse {
  throttleTimeMs: number;
  results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createAlterReplicaLogDirsResponse(
  init: Partial<AlterReplicaLogDirsResponse> = {},
): AlterReplicaLogDirsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    results: init.results ?? [],
  };
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  topicName: string;
  partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(
  init: Partial<AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult> = {},
): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  return {
    topicName: init.topicName ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  partitionIndex: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(
  init: Partial<AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult> = {},
): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeAlterReplicaLogDirsResponse(
  writer: Writer,
  message: Encodable<AlterReplicaLogDirsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.results.length, flexible);
  for (const element of message.results) {
    encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterReplicaLogDirsResponse(
  reader: Reader,
  version: number,
): AlterReplicaLogDirsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const resultsLength = reader.readArrayLength(flexible, 3);
  const results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    results,
  };
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(
  writer: Writer,
  message: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.topicName, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(
  reader: Reader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version >= 2;
  const topicName = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 6);
  const partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topicName,
    partitions,
  };
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(
  writer: Writer,
  message: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(
  reader: Reader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const flexible = version >= 2;
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
  };
}

export const AlterReplicaLogDirsResponse: MessageCodec<AlterReplicaLogDirsResponse> = {
  name: 'AlterReplicaLogDirsResponse',
  apiKey: 34,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('AlterReplicaLogDirsResponse', version, '1-2');
    }
    encodeAlterReplicaLogDirsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('AlterReplicaLogDirsResponse', version, '1-2', reader.offset);
    }
    return decodeAlterReplicaLogDirsResponse(reader, version);
  },
};
