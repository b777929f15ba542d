// Generated from schemas/elect-leaders.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ElectLeadersResponse (key 43): versions 0 to 2, flexible from 2. */
export interface ElectLeadersResponse {
  throttleTimeMs: number;
  /** Versions 1+. */
  errorCode: number;
  replicaElectionResults: ElectLeadersResponseReplicaElectionResult[];
}

/** Fields that are not given have their defaults. */
export function createElectLeadersResponse(
  init: Partial<ElectLeadersResponse> = {},
): ElectLeadersResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    replicaElectionResults: init.replicaElectionResults ?? [],
  };
}

export interface ElectLeadersResponseReplicaElectionResult {
  topic: string;
  partitionResult: ElectLeadersResponsePartitionResult[];
}

/** Fields that are not given have their defaults. */
export function createElectLeadersResponseReplicaElectionResult(
  init: Partial<ElectLeadersResponseReplicaElectionResult> = {},
): ElectLeadersResponseReplicaElectionResult {
  return {
    topic: init.topic ?? '',
    partitionResult: init.partitionResult ?? [],
  };
}

export interface ElectLeadersResponsePartitionResult {
  partitionId: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createElectLeadersResponsePartitionResult(
  init: Partial<ElectLeadersResponsePartitionResult> = {},
): ElectLeadersResponsePartitionResult {
  return {
    partitionId: init.partitionId ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
  };
}

function encodeElectLeadersResponse(
  writer: Writer,
  message: Encodable<ElectLeadersResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.throttleTimeMs);
  if (version >= 1) {
    writer.writeErrorCode(message.errorCode);
  } else if (message.errorCode !== 0) {
    throw fieldNotInVersion('ElectLeadersResponse', 'errorCode', version);
  }
  writer.writeArrayLength(message.replicaElectionResults.length, flexible);
  for (const element of message.replicaElectionResults) {
    encodeElectLeadersResponseReplicaElectionResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeElectLeadersResponse(reader: Reader, version: number): ElectLeadersResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.readInt32();
  const errorCode = version >= 1 ? reader.readInt16() : 0;
  const replicaElectionResultsLength = reader.readArrayLength(flexible, 3);
  const replicaElectionResults: ElectLeadersResponseReplicaElectionResult[] = [];
  for (let i = 0; i < replicaElectionResultsLength; i++) {
    replicaElectionResults.push(decodeElectLeadersResponseReplicaElectionResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    replicaElectionResults,
  };
}

function encodeElectLeadersResponseReplicaElectionResult(
  writer: Writer,
  message: ElectLeadersResponseReplicaElectionResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.topic, flexible);
  writer.writeArrayLength(message.partitionResult.length, flexible);
  for (const element of message.partitionResult) {
    encodeElectLeadersResponsePartitionResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeElectLeadersResponseReplicaElectionResult(
  reader: Reader,
  version: number,
): ElectLeadersResponseReplicaElectionResult {
  const flexible = version >= 2;
  const topic = reader.readString(flexible);
  const partitionResultLength = reader.readArrayLength(flexible, 8);
  const partitionResult: ElectLeadersResponsePartitionResult[] = [];
  for (let i = 0; i < partitionResultLength; i++) {
    partitionResult.push(decodeElectLeadersResponsePartitionResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    partitionResult,
  };
}

function encodeElectLeadersResponsePartitionResult(
  writer: Writer,
  message: ElectLeadersResponsePartitionResult,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeInt32(message.partitionId);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeElectLeadersResponsePartitionResult(
  reader: Reader,
  version: number,
): ElectLeadersResponsePartitionResult {
  const flexible = version >= 2;
  const partitionId = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    partitionId,
    errorCode,
    errorMessage,
  };
}

export const ElectLeadersResponse: MessageCodec<ElectLeadersResponse> = {
  name: 'ElectLeadersResponse',
  apiKey: 43,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('ElectLeadersResponse', version, '0-2');
    }
    encodeElectLeadersResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('ElectLeadersResponse', version, '0-2', reader.offset);
    }
    return decodeElectLeadersResponse(reader, version);
  },
};
