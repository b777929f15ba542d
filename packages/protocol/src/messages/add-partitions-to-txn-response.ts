// Generated from schemas/add-partitions-to-txn.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AddPartitionsToTxnResponse (key 24): versions 0 to 5, flexible from 3. */
export interface AddPartitionsToTxnResponse {
  throttleTimeMs: number;
  /** Versions 4+. */
  errorCode: number;
  /** Versions 4+. */
  resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[];
  /** Versions 0 to 3. */
  resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createAddPartitionsToTxnResponse(
  init: Partial<AddPartitionsToTxnResponse> = {},
): AddPartitionsToTxnResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    resultsByTransaction: init.resultsByTransaction ?? [],
    resultsByTopicV3AndBelow: init.resultsByTopicV3AndBelow ?? [],
  };
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  transactionalId: string;
  topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createAddPartitionsToTxnResponseAddPartitionsToTxnResult(
  init: Partial<AddPartitionsToTxnResponseAddPartitionsToTxnResult> = {},
): AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  return {
    transactionalId: init.transactionalId ?? '',
    topicResults: init.topicResults ?? [],
  };
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  name: string;
  resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(
  init: Partial<AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult> = {},
): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  return {
    name: init.name ?? '',
    resultsByPartition: init.resultsByPartition ?? [],
  };
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  partitionIndex: number;
  partitionErrorCode: number;
}

/** Fields that are not given have their defaults. */
export function createAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(
  init: Partial<AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult> = {},
): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    partitionErrorCode: init.partitionErrorCode ?? 0,
  };
}

function encodeAddPartitionsToTxnResponse(
  writer: Writer,
  message: Encodable<AddPartitionsToTxnResponse>,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeInt32(message.throttleTimeMs);
  if (version >= 4) {
    writer.writeErrorCode(message.errorCode);
  }
  if (version >= 4) {
    writer.writeArrayLength(message.resultsByTransaction.length, flexible);
    for (const element of message.resultsByTransaction) {
      encodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(writer, element, version);
    }
  } else if (message.resultsByTransaction.length !== 0) {
    throw fieldNotInVersion('AddPartitionsToTxnResponse', 'resultsByTransaction', version);
  }
  if (version <= 3) {
    writer.writeArrayLength(message.resultsByTopicV3AndBelow.length, flexible);
    for (const element of message.resultsByTopicV3AndBelow) {
      encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, element, version);
    }
  } else if (message.resultsByTopicV3AndBelow.length !== 0) {
    throw fieldNotInVersion('AddPartitionsToTxnResponse', 'resultsByTopicV3AndBelow', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAddPartitionsToTxnResponse(
  reader: Reader,
  version: number,
): AddPartitionsToTxnResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.readInt32();
  const errorCode = version >= 4 ? reader.readInt16() : 0;
  const resultsByTransactionLength = version >= 4 ? reader.readArrayLength(flexible, 3) : 0;
  const resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = [];
  for (let i = 0; i < resultsByTransactionLength; i++) {
    resultsByTransaction.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(reader, version));
  }
  const resultsByTopicV3AndBelowLength = version <= 3 ? reader.readArrayLength(flexible, 3) : 0;
  const resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
  for (let i = 0; i < resultsByTopicV3AndBelowLength; i++) {
    resultsByTopicV3AndBelow.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    resultsByTransaction,
    resultsByTopicV3AndBelow,
  };
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(
  writer: Writer,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnResult,
  version: number,
): void {
  writer.writeString(message.transactionalId, true);
  writer.writeArrayLength(message.topicResults.length, true);
  for (const element of message.topicResults) {
    encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(
  reader: Reader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  const transactionalId = reader.readString(true);
  const topicResultsLength = reader.readArrayLength(true, 3);
  const topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = [];
  for (let i = 0; i < topicResultsLength; i++) {
    topicResults.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version));
  }
  reader.skipTaggedFields();
  return {
    transactionalId,
    topicResults,
  };
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(
  writer: Writer,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.resultsByPartition.length, flexible);
  for (const element of message.resultsByPartition) {
    encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(
  reader: Reader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  const flexible = version >= 3;
  const name = reader.readString(flexible);
  const resultsByPartitionLength = reader.readArrayLength(flexible, 6);
  const resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] = [];
  for (let i = 0; i < resultsByPartitionLength; i++) {
    resultsByPartition.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    resultsByPartition,
  };
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(
  writer: Writer,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeInt32(message.partitionIndex);
  writer.writeInt16(message.partitionErrorCode);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(
  reader: Reader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  const flexible = version >= 3;
  const partitionIndex = reader.readInt32();
  const partitionErrorCode = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    partitionErrorCode,
  };
}

export const AddPartitionsToTxnResponse: MessageCodec<AddPartitionsToTxnResponse> = {
  name: 'AddPartitionsToTxnResponse',
  apiKey: 24,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('AddPartitionsToTxnResponse', version, '0-5');
    }
    encodeAddPartitionsToTxnResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('AddPartitionsToTxnResponse', version, '0-5', reader.offset);
    }
    return decodeAddPartitionsToTxnResponse(reader, version);
  },
};
