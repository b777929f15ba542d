// Generated from schemas/describe-transactions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeTransactionsRequest (key 65): version 0, flexible from 0. */
export interface DescribeTransactionsRequest {
  transactionalIds: string[];
}

/** Fields that are not given have their defaults. */
export function createDescribeTransactionsRequest(
  init: Partial<DescribeTransactionsRequest> = {},
): DescribeTransactionsRequest {
  return {
    transactionalIds: init.transactionalIds ?? [],
  };
}

function encodeDescribeTransactionsRequest(
  writer: Writer,
  message: Encodable<DescribeTransactionsRequest>,
): void {
  writer.writeArrayLength(message.transactionalIds.length, true);
  for (const element of message.transactionalIds) {
    writer.writeString(element, true);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeTransactionsRequest(reader: Reader): DescribeTransactionsRequest {
  const transactionalIdsLength = reader.readArrayLength(true, 1);
  const transactionalIds: string[] = [];
  for (let i = 0; i < transactionalIdsLength; i++) {
    transactionalIds.push(reader.readString(true));
  }
  reader.skipTaggedFields();
  return {
    transactionalIds,
  };
}

export const DescribeTransactionsRequest: MessageCodec<DescribeTransactionsRequest> = {
  name: 'DescribeTransactionsRequest',
  apiKey: 65,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeTransactionsRequest', version, '0');
    }
    encodeDescribeTransactionsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeTransactionsRequest', version, '0', reader.offset);
    }
    return decodeDescribeTransactionsRequest(reader);
  },
};
