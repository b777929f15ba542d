// Generated from schemas/add-partitions-to-txn.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AddPartitionsToTxnRequest (key 24): versions 0 to 5, flexible from 3. */
export interface AddPartitionsToTxnRequest {
  /** Versions 4+. */
  transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[];
  /** Versions 0 to 3. */
  v3AndBelowTransactionalId: string;
  /** Versions 0 to 3. */
  v3AndBelowProducerId: number;
  /** Versions 0 to 3. */
  v3AndBelowProducerEpoch: number;
  /** Versions 0 to 3. */
  v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
}

/** Fields that are not given have their defaults. */
export function createAddPartitionsToTxnRequest(
  init: Partial<AddPartitionsToTxnRequest> = {},
): AddPartitionsToTxnRequest {
  return {
    transactions: init.transactions ?? [],
    v3AndBelowTransactionalId: init.v3AndBelowTransactionalId ?? '',
    v3AndBelowProducerId: init.v3AndBelowProducerId ?? 0,
    v3AndBelowProducerEpoch: init.v3AndBelowProducerEpoch ?? 0,
    v3AndBelowTopics: init.v3AndBelowTopics ?? [],
  };
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  verifyOnly: boolean;
  topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[];
}

/** Fields that are not given have their defaults. */
export function createAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(
  init: Partial<AddPartitionsToTxnRequestAddPartitionsToTxnTransaction> = {},
): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  return {
    transactionalId: init.transactionalId ?? '',
    producerId: init.producerId ?? 0,
    producerEpoch: init.producerEpoch ?? 0,
    verifyOnly: init.verifyOnly ?? false,
    topics: init.topics ?? [],
  };
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  name: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createAddPartitionsToTxnRequestAddPartitionsToTxnTopic(
  init: Partial<AddPartitionsToTxnRequestAddPartitionsToTxnTopic> = {},
): AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeAddPartitionsToTxnRequest(
  writer: Writer,
  message: Encodable<AddPartitionsToTxnRequest>,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 4) {
    writer.writeArrayLength(message.transactions.length, flexible);
    for (const element of message.transactions) {
      encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(writer, element, version);
    }
  } else if (message.transactions.length !== 0) {
    throw fieldNotInVersion('AddPartitionsToTxnRequest', 'transactions', version);
  }
  if (version <= 3) {
    writer.writeString(message.v3AndBelowTransactionalId, flexible);
  } else if (message.v3AndBelowTransactionalId !== '') {
    throw fieldNotInVersion('AddPartitionsToTxnRequest', 'v3AndBelowTransactionalId', version);
  }
  if (version <= 3) {
    writer.writeInt64(message.v3AndBelowProducerId);
  } else if (message.v3AndBelowProducerId !== 0) {
    throw fieldNotInVersion('AddPartitionsToTxnRequest', 'v3AndBelowProducerId', version);
  }
  if (version <= 3) {
    writer.writeInt16(message.v3AndBelowProducerEpoch);
  } else if (message.v3AndBelowProducerEpoch !== 0) {
    throw fieldNotInVersion('AddPartitionsToTxnRequest', 'v3AndBelowProducerEpoch', version);
  }
  if (version <= 3) {
    writer.writeArrayLength(message.v3AndBelowTopics.length, flexible);
    for (const element of message.v3AndBelowTopics) {
      encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, element, version);
    }
  } else if (message.v3AndBelowTopics.length !== 0) {
    throw fieldNotInVersion('AddPartitionsToTxnRequest', 'v3AndBelowTopics', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAddPartitionsToTxnRequest(
  reader: Reader,
  version: number,
): AddPartitionsToTxnRequest {
  const flexible = version >= 3;
  const transactionsLength = version >= 4 ? reader.readArrayLength(flexible, 14) : 0;
  const transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = [];
  for (let i = 0; i < transactionsLength; i++) {
    transactions.push(decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(reader, version));
  }
  const v3AndBelowTransactionalId = version <= 3 ? reader.readString(flexible) : '';
  const v3AndBelowProducerId = version <= 3 ? reader.readInt64() : 0;
  const v3AndBelowProducerEpoch = version <= 3 ? reader.readInt16() : 0;
  const v3AndBelowTopicsLength = version <= 3 ? reader.readArrayLength(flexible, 3) : 0;
  const v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
  for (let i = 0; i < v3AndBelowTopicsLength; i++) {
    v3AndBelowTopics.push(decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    transactions,
    v3AndBelowTransactionalId,
    v3AndBelowProducerId,
    v3AndBelowProducerEpoch,
    v3AndBelowTopics,
  };
}

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(
  writer: Writer,
  message: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction,
  version: number,
): void {
  writer.writeString(message.transactionalId, true);
  writer.writeInt64(message.producerId);
  writer.writeInt16(message.producerEpoch);
  writer.writeBoolean(message.verifyOnly);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(
  reader: Reader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  const transactionalId = reader.readString(true);
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt16();
  const verifyOnly = reader.readBoolean();
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version));
  }
  reader.skipTaggedFields();
  return {
    transactionalId,
    producerId,
    producerEpoch,
    verifyOnly,
    topics,
  };
}

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(
  writer: Writer,
  message: AddPartitionsToTxnRequestAddPartitionsToTxnTopic,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(
  reader: Reader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  const flexible = version >= 3;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

export const AddPartitionsToTxnRequest: MessageCodec<AddPartitionsToTxnRequest> = {
  name: 'AddPartitionsToTxnRequest',
  apiKey: 24,
  minVersion: 0,
  maxVersion: 5,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToEncode('AddPartitionsToTxnRequest', version, '0-5');
    }
    encodeAddPartitionsToTxnRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 5)) {
      throw unknownVersionToDecode('AddPartitionsToTxnRequest', version, '0-5', reader.offset);
    }
    return decodeAddPartitionsToTxnRequest(reader, version);
  },
};
