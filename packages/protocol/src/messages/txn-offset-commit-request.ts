// Generated from schemas/txn-offset-commit.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** TxnOffsetCommitRequest (key 28): versions 0 to 5, flexible from 3. */
export interface TxnOffsetCommitRequest {
  transactionalId: string;
  groupId: string;
  producerId: number;
  producerEpoch: number;
  /** Versions 3+. */
  generationId: number;
  /** Versions 3+. */
  memberId: string;
  /** Versions 3+. */
  groupInstanceId: string | null;
  topics: TxnOffsetCommitRequestTopic[];
}

/** Fields that are not given have their defaults. */
export function createTxnOffsetCommitRequest(
  init: Partial<TxnOffsetCommitRequest> = {},
): TxnOffsetCommitRequest {
  return {
    transactionalId: init.transactionalId ?? '',
    groupId: init.groupId ?? '',
    producerId: init.producerId ?? 0,
    producerEpoch: init.producerEpoch ?? 0,
    generationId: init.generationId ?? -1,
    memberId: init.memberId ?? '',
    groupInstanceId: init.groupInstanceId ?? null,
    topics: init.topics ?? [],
  };
}

export interface TxnOffsetCommitRequestTopic {
  name: string;
  partitions: TxnOffsetCommitRequestPartition[];
}

/** Fields that are not given have their defaults. */
export function createTxnOffsetCommitRequestTopic(
  init: Partial<TxnOffsetCommitRequestTopic> = {},
): TxnOffsetCommitRequestTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface TxnOffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: number;
  /** Versions 2+. */
  committedLeaderEpoch: number;
  committedMetadata: string | null;
}

/** Fields that are not given have their defaults. */
export function createTxnOffsetCommitRequestPartition(
  init: Partial<TxnOffsetCommitRequestPartition> = {},
): TxnOffsetCommitRequestPartition {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    committedOffset: init.committedOffset ?? 0,
    committedLeaderEpoch: init.committedLeaderEpoch ?? -1,
    committedMetadata: init.committedMetadata !== undefined ? init.committedMetadata : '',
  };
}

function encodeTxnOffsetCommitRequest(
  writer: Writer,
  message: Encodable<TxnOffsetCommitRequest>,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeString(message.transactionalId, flexible);
  writer.writeString(message.groupId, flexible);
  writer.writeInt64(message.producerId);
  writer.writeInt16(message.producerEpoch);
  if (version >= 3) {
    writer.writeInt32(message.generationId);
  } else if (message.generationId !== -1) {
    throw fieldNotInVersion('TxnOffsetCommitRequest', 'generationId', version);
  }
  if (version >= 3) {
    writer.writeString(message.memberId, flexible);
  } else if (message.memberId !== '') {
    throw fieldNotInVersion('TxnOffsetCommitRequest', 'memberId', version);
  }
  if (version >= 3) {
    writer.writeNullableString(message.groupInstanceId, flexible);
  } else if (message.groupInstanceId !== null) {
    throw fieldNotInVersion('TxnOffsetCommitRequest', 'groupInstanceId', version);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeTxnOffsetCommitRequestTopic(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeTxnOffsetCommitRequest(reader: Reader, version: number): TxnOffsetCommitRequest {
  const flexible = version >= 3;
  const transactionalId = reader.readString(flexible);
  const groupId = reader.readString(flexible);
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt16();
  const generationId = version >= 3 ? reader.readInt32() : -1;
  const memberId = version >= 3 ? reader.readString(flexible) : '';
  const groupInstanceId = version >= 3 ? reader.readNullableString(flexible) : null;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: TxnOffsetCommitRequestTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeTxnOffsetCommitRequestTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    transactionalId,
    groupId,
    producerId,
    producerEpoch,
    generationId,
    memberId,
    groupInstanceId,
    topics,
  };
}

function encodeTxnOffsetCommitRequestTopic(
  writer: Writer,
  message: TxnOffsetCommitRequestTopic,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeTxnOffsetCommitRequestPartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeTxnOffsetCommitRequestTopic(
  reader: Reader,
  version: number,
): TxnOffsetCommitRequestTopic {
  const flexible = version >= 3;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 14);
  const partitions: TxnOffsetCommitRequestPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeTxnOffsetCommitRequestPartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeTxnOffsetCommitRequestPartition(
  writer: Writer,
  message: TxnOffsetCommitRequestPartition,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeInt32(message.partitionIndex);
  writer.writeInt64(message.committedOffset);
  if (version >= 2) {
    writer.writeInt32(message.committedLeaderEpoch);
  }
  writer.writeNullableString(message.committedMetadata, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeTxnOffsetCommitRequestPartition(
  reader: Reader,
  version: number,
): TxnOffsetCommitRequestPartition {
  const flexible = version >= 3;
  const partitionIndex = reader.readInt32();
  const committedOffset = reader.readInt64();
  const committedLeaderEpoch = version >= 2 ? reader.readInt32() : -1;
  const committedMetadata = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    committedMetadata,
  };
}

export const TxnOffsetCommitRequest: MessageCodec<TxnOffsetCommitRequest> = {
  name: 'TxnOffsetCommitRequest',
  apiKey: 28,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('TxnOffsetCommitRequest', version, '0-5');
    }
    encodeTxnOffsetCommitRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('TxnOffsetCommitRequest', version, '0-5', reader.offset);
    }
    return decodeTxnOffsetCommitRequest(reader, version);
  },
};
