// Generated from schemas/list-transactions.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ListTransactionsRequest (key 66): versions 0 to 2, flexible from 0. */
export interface ListTransactionsRequest {
  stateFilters: string[];
  producerIdFilters: number[];
  /** Versions 1+. */
  durationFilter: number;
  /** Versions 2+. */
  transactionalIdPattern: string | null;
}

/** Fields that are not given have their defaults. */
export function createListTransactionsRequest(
  init: Partial<ListTransactionsRequest> = {},
): ListTransactionsRequest {
  return {
    stateFilters: init.stateFilters ?? [],
    producerIdFilters: init.producerIdFilters ?? [],
    durationFilter: init.durationFilter ?? -1,
    transactionalIdPattern: init.transactionalIdPattern ?? null,
  };
}

function encodeListTransactionsRequest(
  writer: Writer,
  message: Encodable<ListTransactionsRequest>,
  version: number,
): void {
  writer.writeArrayLength(message.stateFilters.length, true);
  for (const element of message.stateFilters) {
    writer.writeString(element, true);
  }
  writer.writeArrayLength(message.producerIdFilters.length, true);
  for (const element of message.producerIdFilters) {
    writer.writeInt64(element);
  }
  if (version >= 1) {
    writer.writeInt64(message.durationFilter);
  } else if (message.durationFilter !== -1) {
    throw fieldNotInVersion('ListTransactionsRequest', 'durationFilter', version);
  }
  if (version >= 2) {
    writer.writeNullableString(message.transactionalIdPattern, true);
  } else if (message.transactionalIdPattern !== null) {
    throw fieldNotInVersion('ListTransactionsRequest', 'transactionalIdPattern', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeListTransactionsRequest(reader: Reader, version: number): ListTransactionsRequest {
  const stateFiltersLength = reader.readArrayLength(true, 1);
  const stateFilters: string[] = [];
  for (let i = 0; i < stateFiltersLength; i++) {
    stateFilters.push(reader.readString(true));
  }
  const producerIdFiltersLength = reader.readArrayLength(true, 8);
  const producerIdFilters: number[] = [];
  for (let i = 0; i < producerIdFiltersLength; i++) {
    producerIdFilters.push(reader.readInt64());
  }
  const durationFilter = version >= 1 ? reader.readInt64() : -1;
  const transactionalIdPattern = version >= 2 ? reader.readNullableString(true) : null;
  reader.skipTaggedFields();
  return {
    stateFilters,
    producerIdFilters,
    durationFilter,
    transactionalIdPattern,
  };
}

export const ListTransactionsRequest: MessageCodec<ListTransactionsRequest> = {
  name: 'ListTransactionsRequest',
  apiKey: 66,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('ListTransactionsRequest', version, '0-2');
    }
    encodeListTransactionsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('ListTransactionsRequest', version, '0-2', reader.offset);
    }
    return decodeListTransactionsRequest(reader, version);
  },
};
