// Generated from schemas/alter-partition-reassignments.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterPartitionReassignmentsResponse (key 45): versions 0 to 1, flexible from 0. */
export interface AlterPartitionReassignmentsResponse {
  throttleTimeMs: number;
  /** Versions 1+. */
  allowReplicationFactorChange: boolean;
  errorCode: number;
  errorMessage: string | null;
  responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[];
}

/** Fields that are not given have their defaults. */
export function createAlterPartitionReassignmentsResponse(
  init: Partial<AlterPartitionReassignmentsResponse> = {},
): AlterPartitionReassignmentsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    allowReplicationFactorChange: init.allowReplicationFactorChange ?? true,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    responses: init.responses ?? [],
  };
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponse {
  name: string;
  partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[];
}

/** Fields that are not given have their defaults. */
export function createAlterPartitionReassignmentsResponseReassignableTopicResponse(
  init: Partial<AlterPartitionReassignmentsResponseReassignableTopicResponse> = {},
): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createAlterPartitionReassignmentsResponseReassignablePartitionResponse(
  init: Partial<AlterPartitionReassignmentsResponseReassignablePartitionResponse> = {},
): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  return {
    partitionIndex: init.partitionIndex ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
  };
}

function encodeAlterPartitionReassignmentsResponse(
  writer: Writer,
  message: Encodable<AlterPartitionReassignmentsResponse>,
  version: number,
): void {
  writer.writeInt32(message.throttleTimeMs);
  if (version >= 1) {
    writer.writeBoolean(message.allowReplicationFactorChange);
  }
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeArrayLength(message.responses.length, true);
  for (const element of message.responses) {
    encodeAlterPartitionReassignmentsResponseReassignableTopicResponse(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterPartitionReassignmentsResponse(
  reader: Reader,
  version: number,
): AlterPartitionReassignmentsResponse {
  const throttleTimeMs = reader.readInt32();
  const allowReplicationFactorChange = version >= 1 ? reader.readBoolean() : true;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const responsesLength = reader.readArrayLength(true, 3);
  const responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeAlterPartitionReassignmentsResponseReassignableTopicResponse(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    allowReplicationFactorChange,
    errorCode,
    errorMessage,
    responses,
  };
}

function encodeAlterPartitionReassignmentsResponseReassignableTopicResponse(
  writer: Writer,
  message: AlterPartitionReassignmentsResponseReassignableTopicResponse,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    encodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterPartitionReassignmentsResponseReassignableTopicResponse(
  reader: Reader,
): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  const name = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 8);
  const partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

function encodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(
  writer: Writer,
  message: AlterPartitionReassignmentsResponseReassignablePartitionResponse,
): void {
  writer.writeInt32(message.partitionIndex);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(
  reader: Reader,
): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  const partitionIndex = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
  };
}

export const AlterPartitionReassignmentsResponse: MessageCodec<AlterPartitionReassignmentsResponse> = {
  name: 'AlterPartitionReassignmentsResponse',
  apiKey: 45,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('AlterPartitionReassignmentsResponse', version, '0-1');
    }
    encodeAlterPartitionReassignmentsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('AlterPartitionReassignmentsResponse', version, '0-1', reader.offset);
    }
    return decodeAlterPartitionReassignmentsResponse(reader, version);
  },
};
