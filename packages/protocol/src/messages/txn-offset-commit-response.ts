// Generated from schemas/txn-offset-commit.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** TxnOffsetCommitResponse (key 28): versions 0 to 5, flexible from 3. */
export interface TxnOffsetCommitResponse {
  throttleTimeMs: number;
  topics: TxnOffsetCommitResponseTopic[];
}

/** Fields that are not given have their defaults. */
export function createTxnOffsetCommitResponse(
  init: Partial<TxnOffsetCommitResponse> = {},
): TxnOffsetCommitResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface TxnOffsetCommitResponseTopic {
  name: string;
  partitions: TxnOffsetCommitResponsePartition[];
}

/** Fields that are not given have their defaults. */
export function createTxnOffsetCommitResponseTopic(
  init: Partial<TxnOffsetCommitResponseTopic> = {},
): TxnOffsetCommitResponseTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface TxnOffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

/** Fields that are not given have their defaults. */
export function createTxnOffsetCommitResponsePartition(
  init: Partial<TxnOffsetCommitResponsePartition> = {},
): TxnOffsetCommitResponsePartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
  };
}

function encodeTxnOffsetCommitResponse(
  writer: Writer,
  message: Encodable<TxnOffsetCommitResponse>,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeTxnOffsetCommitResponseTopic(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeTxnOffsetCommitResponse(reader: Reader, version: number): TxnOffsetCommitResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.readInt32();
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: TxnOffsetCommitResponseTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeTxnOffsetCommitResponseTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
  };
}

function encodeTxnOffsetCommitResponseTopic(
  writer: Writer,
  message: TxnOffsetCommitResponseTopic,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeTxnOffsetCommitResponsePartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeTxnOffsetCommitResponseTopic(
  reader: Reader,
  version: number,
): TxnOffsetCommitResponseTopic {
  const flexible = version >= 3;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 6);
  const partitions: TxnOffsetCommitResponsePartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeTxnOffsetCommitResponsePartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeTxnOffsetCommitResponsePartition(
  writer: Writer,
  message: TxnOffsetCommitResponsePartition,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeTxnOffsetCommitResponsePartition(
  reader: Reader,
  version: number,
): TxnOffsetCommitResponsePartition {
  const flexible = version >= 3;
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
  };
}

export const TxnOffsetCommitResponse: MessageCodec<TxnOffsetCommitResponse> = {
  name: 'TxnOffsetCommitResponse',
  apiKey: 28,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('TxnOffsetCommitResponse', version, '0-5');
    }
    encodeTxnOffsetCommitResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('TxnOffsetCommitResponse', version, '0-5', reader.offset);
    }
    return decodeTxnOffsetCommitResponse(reader, version);
  },
};
