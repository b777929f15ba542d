// Generated from schemas/describe-log-dirs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeLogDirsResponse (key 35): versions 1 to 5, flexible from 2. */
export interface DescribeLogDirsResponse {
  throttleTimeMs: number;
  /** Versions 3+. */
  errorCode: number;
  results: DescribeLogDirsResponseDescribeLogDirsResult[];
}

/** Fields that are not given have their defaults. */
export function createDescribeLogDirsResponse(
  init: Partial<DescribeLogDirsResponse> = {},
): DescribeLogDirsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    results: init.results ?? [],
  };
}

export interface DescribeLogDirsResponseDescribeLogDirsResult {
  errorCode: number;
  logDir: string;
  topics: DescribeLogDirsResponseDescribeLogDirsTopic[];
  /** Versions 4+. */
  totalBytes: number;
  /** Versions 4+. */
  usableBytes: number;
  /** Versions 5+. */
  isCordoned: boolean;
}

/** Fields that are not given have their defaults. */
export function createDescribeLogDirsResponseDescribeLogDirsResult(
  init: Partial<DescribeLogDirsResponseDescribeLogDirsResult> = {},
): DescribeLogDirsResponseDescribeLogDirsResult {
  return {
    errorCode: init.errorCode ?? 0,
    logDir: init.logDir ?? '',
    topics: init.topics ?? [],
    totalBytes: init.totalBytes ?? -1,
    usableBytes: init.usableBytes ?? -1,
    isCordoned: init.isCordoned ?? false,
  };
}

export interface DescribeLogDirsResponseDescribeLogDirsTopic {
  name: string;
  partitions: DescribeLogDirsResponseDescribeLogDirsPartition[];
}

/** Fields that are not given have their defaults. */
export function createDescribeLogDirsResponseDescribeLogDirsTopic(
  init: Partial<DescribeLogDirsResponseDescribeLogDirsTopic> = {},
): DescribeLogDirsResponseDescribeLogDirsTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface DescribeLogDirsResponseDescribeLogDirsPartition {
  partitionIndex: number;
  partitionSize: number;
  offsetLag: number;
  isFutureKey: boolean;
}

/** Fields that are not given have their defaults. */
export function createDescribeLogDirsResponseDescribeLogDirsPartition(
  init: Partial<DescribeLogDirsResponseDescribeLogDirsPartition> = {},
): DescribeLogDirsResponseDescribeLogDirsPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    partitionSize: init.partitionSize ?? 0,
    offsetLag: init.offsetLag ?? 0,
    isFutureKey: init.isFutureKey ?? false,
  };
}

function encodeDescribeLogDirsResponse(
  writer: Writer,
  message: Encodable<DescribeLogDirsResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  if (version >= 3) {
    writer.writeErrorCode(message.errorCode);
  }
  writer.writeArrayLength(message.results.length, flexible);
  for (const element of message.results) {
    encodeDescribeLogDirsResponseDescribeLogDirsResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeLogDirsResponse(reader: Reader, version: number): DescribeLogDirsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const errorCode = version >= 3 ? reader.readInt16() : 0;
  const resultsLength = reader.readArrayLength(flexible, 5);
  const results: DescribeLogDirsResponseDescribeLogDirsResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeDescribeLogDirsResponseDescribeLogDirsResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    results,
  };
}

function encodeDescribeLogDirsResponseDescribeLogDirsResult(
  writer: Writer,
  message: DescribeLogDirsResponseDescribeLogDirsResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeString(message.logDir, flexible);
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeDescribeLogDirsResponseDescribeLogDirsTopic(writer, element, version);
  }
  if (version >= 4) {
    writer.writeInt64(message.totalBytes);
  }
  if (version >= 4) {
    writer.writeInt64(message.usableBytes);
  }
  if (version >= 5) {
    writer.writeBoolean(message.isCordoned);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeLogDirsResponseDescribeLogDirsResult(
  reader: Reader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsResult {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const logDir = reader.readString(flexible);
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: DescribeLogDirsResponseDescribeLogDirsTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDescribeLogDirsResponseDescribeLogDirsTopic(reader, version));
  }
  const totalBytes = version >= 4 ? reader.readInt64() : -1;
  const usableBytes = version >= 4 ? reader.readInt64() : -1;
  const isCordoned = version >= 5 ? reader.readBoolean() : false;
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    logDir,
    topics,
    totalBytes,
    usableBytes,
    isCordoned,
  };
}

function encodeDescribeLogDirsResponseDescribeLogDirsTopic(
  writer: Writer,
  message: DescribeLogDirsResponseDescribeLogDirsTopic,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeDescribeLogDirsResponseDescribeLogDirsPartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeLogDirsResponseDescribeLogDirsTopic(
  reader: Reader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsTopic {
  const flexible = version >= 2;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 21);
  const partitions: DescribeLogDirsResponseDescribeLogDirsPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeDescribeLogDirsResponseDescribeLogDirsPartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeDescribeLogDirsResponseDescribeLogDirsPartition(
  writer: Writer,
  message: DescribeLogDirsResponseDescribeLogDirsPartition,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.partitionSize);
  writer.writeInt64(message.offsetLag);
  writer.writeBoolean(message.isFutureKey);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeLogDirsResponseDescribeLogDirsPartition(
  reader: Reader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsPartition {
  const flexible = version >= 2;
  const partitionIndex = reader.readInt32();
  const partitionSize = reader.readInt64();
  const offsetLag = reader.readInt64();
  const isFutureKey = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    partitionSize,
    offsetLag,
    isFutureKey,
  };
}

export const DescribeLogDirsResponse: MessageCodec<DescribeLogDirsResponse> = {
  name: 'DescribeLogDirsResponse',
  apiKey: 35,
  minVersion: 1,
  maxVersion: 5,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 5)) {
      throw unknownVersionToEncode('DescribeLogDirsResponse', version, '1-5');
    }
    encodeDescribeLogDirsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 5)) {
      throw unknownVersionToDecode('DescribeLogDirsResponse', version, '1-5', reader.offset);
    }
    return decodeDescribeLogDirsResponse(reader, version);
  },
};
