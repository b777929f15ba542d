// Generated from schemas/produce.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ProduceResponse (key 0): versions 3 to 13, flexible from 9. */
export interface ProduceResponse {
  responses: ProduceResponseTopicProduceResponse[];
  throttleTimeMs: number;
  /** Versions 10+. Tagged field 0. */
  nodeEndpoints: ProduceResponseNodeEndpoint[];
}

/** Fields that are not given have their defaults. */
export function createProduceResponse(init: Partial<ProduceResponse> = {}): ProduceResponse {
  return {
    responses: init.responses ?? [],
    throttleTimeMs: init.throttleTimeMs ?? 0,
    nodeEndpoints: init.nodeEndpoints ?? [],
  };
}

export interface ProduceResponseTopicProduceResponse {
  /** Versions 3 to 12. */
  name: string;
  /** Versions 13+. */
  topicId: string;
  partitionResponses: ProduceResponsePartitionProduceResponse[];
}

/** Fields that are not given have their defaults. */
export function createProduceResponseTopicProduceResponse(
  init: Partial<ProduceResponseTopicProduceResponse> = {},
): ProduceResponseTopicProduceResponse {
  return {
    name: init.name ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitionResponses: init.partitionResponses ?? [],
  };
}

export interface ProduceResponsePartitionProduceResponse {
  index: number;
  errorCode: number;
  baseOffset: number;
  logAppendTimeMs: number;
  /** Versions 5+. */
  logStartOffset: number;
  /** Versions 8+. */
  recordErrors: ProduceResponseBatchIndexAndErrorMessage[];
  /** Versions 8+. */
  errorMessage: string | null;
  /** Versions 10+. Tagged field 0. */
  currentLeader: ProduceResponseLeaderIdAndEpoch;
}

/** Fields that are not given have their defaults. */
export function createProduceResponsePartitionProduceResponse(
  init: Partial<ProduceResponsePartitionProduceResponse> = {},
): ProduceResponsePartitionProduceResponse {
  return {
    index: init.index ?? 0,
    errorCode: init.errorCode ?? 0,
    baseOffset: init.baseOffset ?? 0,
    logAppendTimeMs: init.logAppendTimeMs ?? -1,
    logStartOffset: init.logStartOffset ?? -1,
    recordErrors: init.recordErrors ?? [],
    errorMessage: init.errorMessage ?? null,
    currentLeader: init.currentLeader ?? createProduceResponseLeaderIdAndEpoch(),
  };
}

export interface ProduceResponseBatchIndexAndErrorMessage {
  batchIndex: number;
  batchIndexErrorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createProduceResponseBatchIndexAndErrorMessage(
  init: Partial<ProduceResponseBatchIndexAndErrorMessage> = {},
): ProduceResponseBatchIndexAndErrorMessage {
  return {
    batchIndex: init.batchIndex ?? 0,
    batchIndexErrorMessage: init.batchIndexErrorMessage ?? null,
  };
}

export interface ProduceResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createProduceResponseLeaderIdAndEpoch(
  init: Partial<ProduceResponseLeaderIdAndEpoch> = {},
): ProduceResponseLeaderIdAndEpoch {
  return {
    leaderId: init.leaderId ?? -1,
    leaderEpoch: init.leaderEpoch ?? -1,
  };
}

export interface ProduceResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

/** Fields that are not given have their defaults. */
export function createProduceResponseNodeEndpoint(
  init: Partial<ProduceResponseNodeEndpoint> = {},
): ProduceResponseNodeEndpoint {
  return {
    nodeId: init.nodeId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    rack: init.rack ?? null,
  };
}

function encodeProduceResponse(
  writer: Writer,
  message: Encodable<ProduceResponse>,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeArrayLength(message.responses.length, flexible);
  for (const element of message.responses) {
    encodeProduceResponseTopicProduceResponse(writer, element, version);
  }
  writer.writeInt32(message.throttleTimeMs);
  if (!(version >= 10)) {
    if (message.nodeEndpoints.length !== 0) {
      throw fieldNotInVersion('ProduceResponse', 'nodeEndpoints', version);
    }
  }
  if (flexible) {
    let tagCount = 0;
    const hasNodeEndpoints = version >= 10 && message.nodeEndpoints.length !== 0;
    if (hasNodeEndpoints) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasNodeEndpoints) {
      const mark = writer.startTaggedField(0);
      writer.writeArrayLength(message.nodeEndpoints.length, flexible);
      for (const element of message.nodeEndpoints) {
        encodeProduceResponseNodeEndpoint(writer, element);
      }
      writer.finishTaggedField(mark);
    }
  }
}

function decodeProduceResponse(reader: Reader, version: number): ProduceResponse {
  const flexible = version >= 9;
  const responsesLength = reader.readArrayLength(flexible, 3);
  const responses: ProduceResponseTopicProduceResponse[] = [];
  for (let i = 0; i < responsesLength; i++) {
    responses.push(decodeProduceResponseTopicProduceResponse(reader, version));
  }
  const throttleTimeMs = reader.readInt32();
  let nodeEndpoints: ProduceResponseNodeEndpoint[] = [];
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0 && version >= 10) {
        const nodeEndpointsLength = reader.readArrayLength(flexible, 11);
        nodeEndpoints = [];
        for (let i = 0; i < nodeEndpointsLength; i++) {
          nodeEndpoints.push(decodeProduceResponseNodeEndpoint(reader));
        }
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    responses,
    throttleTimeMs,
    nodeEndpoints,
  };
}

function encodeProduceResponseTopicProduceResponse(
  writer: Writer,
  message: ProduceResponseTopicProduceResponse,
  version: number,
): void {
  const flexible = version >= 9;
  if (version <= 12) {
    writer.writeString(message.name, flexible);
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitionResponses.length, flexible);
  for (const element of message.partitionResponses) {
    encodeProduceResponsePartitionProduceResponse(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeProduceResponseTopicProduceResponse(
  reader: Reader,
  version: number,
): ProduceResponseTopicProduceResponse {
  const flexible = version >= 9;
  const name = version <= 12 ? reader.readString(flexible) : '';
  const topicId = version >= 13 ? reader.readUuid() : ZERO_UUID;
  const partitionResponsesLength = reader.readArrayLength(flexible, 22);
  const partitionResponses: ProduceResponsePartitionProduceResponse[] = [];
  for (let i = 0; i < partitionResponsesLength; i++) {
    partitionResponses.push(decodeProduceResponsePartitionProduceResponse(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    topicId,
    partitionResponses,
  };
}

function encodeProduceResponsePartitionProduceResponse(
  writer: Writer,
  message: ProduceResponsePartitionProduceResponse,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeInt32(message.index);
  writer.writeErrorCode(message.errorCode);
  writer.writeInt64(message.baseOffset);
  writer.writeInt64(message.logAppendTimeMs);
  if (version >= 5) {
    writer.writeInt64(message.logStartOffset);
  }
  if (version >= 8) {
    writer.writeArrayLength(message.recordErrors.length, flexible);
    for (const element of message.recordErrors) {
      encodeProduceResponseBatchIndexAndErrorMessage(writer, element, version);
    }
  }
  if (version >= 8) {
    writer.writeNullableString(message.errorMessage, flexible);
  }
  if (!(version >= 10)) {
    if (message.currentLeader.leaderId !== -1 || message.currentLeader.leaderEpoch !== -1) {
      throw fieldNotInVersion('ProduceResponsePartitionProduceResponse', 'currentLeader', version);
    }
  }
  if (flexible) {
    let tagCount = 0;
    const hasCurrentLeader = version >= 10 && (message.currentLeader.leaderId !== -1 || message.currentLeader.leaderEpoch !== -1);
    if (hasCurrentLeader) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasCurrentLeader) {
      const mark = writer.startTaggedField(0);
      encodeProduceResponseLeaderIdAndEpoch(writer, message.currentLeader);
      writer.finishTaggedField(mark);
    }
  }
}

function decodeProduceResponsePartitionProduceResponse(
  reader: Reader,
  version: number,
): ProduceResponsePartitionProduceResponse {
  const flexible = version >= 9;
  const index = reader.readInt32();
  const errorCode = reader.readInt16();
  const baseOffset = reader.readInt64();
  const logAppendTimeMs = reader.readInt64();
  const logStartOffset = version >= 5 ? reader.readInt64() : -1;
  const recordErrorsLength = version >= 8 ? reader.readArrayLength(flexible, 6) : 0;
  const recordErrors: ProduceResponseBatchIndexAndErrorMessage[] = [];
  for (let i = 0; i < recordErrorsLength; i++) {
    recordErrors.push(decodeProduceResponseBatchIndexAndErrorMessage(reader, version));
  }
  const errorMessage = version >= 8 ? reader.readNullableString(flexible) : null;
  let currentLeader: ProduceResponseLeaderIdAndEpoch = createProduceResponseLeaderIdAndEpoch();
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0 && version >= 10) {
        currentLeader = decodeProduceResponseLeaderIdAndEpoch(reader);
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    index,
    errorCode,
    baseOffset,
    logAppendTimeMs,
    logStartOffset,
    recordErrors,
    errorMessage,
    currentLeader,
  };
}

function encodeProduceResponseBatchIndexAndErrorMessage(
  writer: Writer,
  message: ProduceResponseBatchIndexAndErrorMessage,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeInt32(message.batchIndex);
  writer.writeNullableString(message.batchIndexErrorMessage, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeProduceResponseBatchIndexAndErrorMessage(
  reader: Reader,
  version: number,
): ProduceResponseBatchIndexAndErrorMessage {
  const flexible = version >= 9;
  const batchIndex = reader.readInt32();
  const batchIndexErrorMessage = reader.readNullableString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    batchIndex,
    batchIndexErrorMessage,
  };
}

function encodeProduceResponseLeaderIdAndEpoch(
  writer: Writer,
  message: ProduceResponseLeaderIdAndEpoch,
): void {
  writer.writeInt32(message.leaderId);
  writer.writeInt32(message.leaderEpoch);
  writer.writeUnsignedVarint(0);
}

function decodeProduceResponseLeaderIdAndEpoch(reader: Reader): ProduceResponseLeaderIdAndEpoch {
  const leaderId = reader.readInt32();
  const leaderEpoch = reader.readInt32();
  reader.skipTaggedFields();
  return {
    leaderId,
    leaderEpoch,
  };
}

function encodeProduceResponseNodeEndpoint(
  writer: Writer,
  message: ProduceResponseNodeEndpoint,
): void {
  writer.writeInt32(message.nodeId);
  writer.writeString(message.host, true);
  writer.writeInt32(message.port);
  writer.writeNullableString(message.rack, true);
  writer.writeUnsignedVarint(0);
}

function decodeProduceResponseNodeEndpoint(reader: Reader): ProduceResponseNodeEndpoint {
  const nodeId = reader.readInt32();
  const host = reader.readString(true);
  const port = reader.readInt32();
  const rack = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    nodeId,
    host,
    port,
    rack,
  };
}

export const ProduceResponse: MessageCodec<ProduceResponse> = {
  name: 'ProduceResponse',
  apiKey: 0,
  minVersion: 3,
  maxVersion: 13,
  flexibleVersion: 9,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 3 && version <= 13)) {
      throw unknownVersionToEncode('ProduceResponse', version, '3-13');
    }
    encodeProduceResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 3 && version <= 13)) {
      throw unknownVersionToDecode('ProduceResponse', version, '3-13', reader.offset);
    }
    return decodeProduceResponse(reader, version);
  },
};
