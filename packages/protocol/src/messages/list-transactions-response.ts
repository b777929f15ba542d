// Generated from schemas/list-transactions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListTransactionsResponse (key 66): versions 0 to 2, flexible from 0. */
export interface ListTransactionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownStateFilters: string[];
  transactionStates: ListTransactionsResponseTransactionState[];
}

/** Fields that are not given have their defaults. */
export function createListTransactionsResponse(
  init: Partial<ListTransactionsResponse> = {},
): ListTransactionsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    unknownStateFilters: init.unknownStateFilters ?? [],
    transactionStates: init.transactionStates ?? [],
  };
}

export interface ListTransactionsResponseTransactionState {
  transactionalId: string;
  producerId: number;
  transactionState: string;
}

/** Fields that are not given have their defaults. */
export function createListTransactionsResponseTransactionState(
  init: Partial<ListTransactionsResponseTransactionState> = {},
): ListTransactionsResponseTransactionState {
  return {
    transactionalId: init.transactionalId ?? '',
    producerId: init.producerId ?? 0,
    transactionState: init.transactionState ?? '',
  };
}

function encodeListTransactionsResponse(
  writer: Writer,
  message: Encodable<ListTransactionsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeArrayLength(message.unknownStateFilters.length, true);
  for (const element of message.unknownStateFilters) {
    writer.writeString(element, true);
  }
  writer.writeArrayLength(message.transactionStates.length, true);
  for (const element of message.transactionStates) {
    encodeListTransactionsResponseTransactionState(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListTransactionsResponse(reader: Reader): ListTransactionsResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const unknownStateFiltersLength = reader.readArrayLength(true, 1);
  const unknownStateFilters: string[] = [];
  for (let i = 0; i < unknownStateFiltersLength; i++) {
    unknownStateFilters.push(reader.readString(true));
  }
  const transactionStatesLength = reader.readArrayLength(true, 11);
  const transactionStates: ListTransactionsResponseTransactionState[] = [];
  for (let i = 0; i < transactionStatesLength; i++) {
    transactionStates.push(decodeListTransactionsResponseTransactionState(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    unknownStateFilters,
    transactionStates,
  };
}

function encodeListTransactionsResponseTransactionState(
  writer: Writer,
  message: ListTransactionsResponseTransactionState,
): void {
  writer.writeString(message.transactionalId, true);
  writer.writeInt64(message.producerId);
  writer.writeString(message.transactionState, true);
  writer.writeUnsignedVarint(0);
}

function decodeListTransactionsResponseTransactionState(
  reader: Reader,
): ListTransactionsResponseTransactionState {
  const transactionalId = reader.readString(true);
  const producerId = reader.readInt64();
  const transactionState = reader.readString(true);
  reader.skipTaggedFields();
  return {
    transactionalId,
    producerId,
    transactionState,
  };
}

export const ListTransactionsResponse: MessageCodec<ListTransactionsResponse> = {
  name: 'ListTransactionsResponse',
  apiKey: 66,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('ListTransactionsResponse', version, '0-2');
    }
    encodeListTransactionsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('ListTransactionsResponse', version, '0-2', reader.offset);
    }
    return decodeListTransactionsResponse(reader);
  },
};
