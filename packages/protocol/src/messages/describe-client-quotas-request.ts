// Generated from schemas/describe-client-quotas.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeClientQuotasRequest (key 48): versions 0 to 1, flexible from 1. */
export interface DescribeClientQuotasRequest {
  components: DescribeClientQuotasRequestComponentData[];
  strict: boolean;
}

/** Fields that are not given have their defaults. */
export function createDescribeClientQuotasRequest(
  init: Partial<DescribeClientQuotasRequest> = {},
): DescribeClientQuotasRequest {
  return {
    components: init.components ?? [],
    strict: init.strict ?? false,
  };
}

export interface DescribeClientQuotasRequestComponentData {
  entityType: string;
  matchType: number;
  match: string | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeClientQuotasRequestComponentData(
  init: Partial<DescribeClientQuotasRequestComponentData> = {},
): DescribeClientQuotasRequestComponentData {
  return {
    entityType: init.entityType ?? '',
    matchType: init.matchType ?? 0,
    match: init.match !== undefined ? init.match : '',
  };
}

function encodeDescribeClientQuotasRequest(
  writer: Writer,
  message: Encodable<DescribeClientQuotasRequest>,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeArrayLength(message.components.length, flexible);
  for (const element of message.components) {
    encodeDescribeClientQuotasRequestComponentData(writer, element, version);
  }
  writer.writeBoolean(message.strict);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeClientQuotasRequest(
  reader: Reader,
  version: number,
): DescribeClientQuotasRequest {
  const flexible = version >= 1;
  const componentsLength = reader.readArrayLength(flexible, 4);
  const components: DescribeClientQuotasRequestComponentData[] = [];
  for (let i = 0; i < componentsLength; i++) {
    components.push(decodeDescribeClientQuotasRequestComponentData(reader, version));
  }
  const strict = reader.readBoolean();
  if (flexible) reader.skipTaggedFields();
  return {
    components,
    strict,
  };
}

function encodeDescribeClientQuotasRequestComponentData(
  writer: Writer,
  message: DescribeClientQuotasRequestComponentData,
  version: number,
): void {
  const flexible = version >= 1;
  writer.writeString(message.entityType, flexible);
  writer.writeInt8(message.matchType);
  writer.writeNullableString(message.match, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeClientQuotasRequestComponentData(
  reader: Reader,
  version: number,
): DescribeClientQuotasRequestComponentData {
  const flexible = version >= 1;
  const entityType = reader.readString(flexible);
  const matchType = reader.readInt8();
  const match = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    entityType,
    matchType,
    match,
  };
}

export const DescribeClientQuotasRequest: MessageCodec<DescribeClientQuotasRequest> = {
  name: 'DescribeClientQuotasRequest',
  apiKey: 48,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('DescribeClientQuotasRequest', version, '0-1');
    }
    encodeDescribeClientQuotasRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('DescribeClientQuotasRequest', version, '0-1', reader.offset);
    }
    return decodeDescribeClientQuotasRequest(reader, version);
  },
};
