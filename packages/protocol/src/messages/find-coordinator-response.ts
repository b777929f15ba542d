// Generated from schemas/find-coordinator.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** FindCoordinatorResponse (key 10): versions 0 to 6, flexible from 3. */
export interface FindCoordinatorResponse {
  /** Versions 1+. */
  throttleTimeMs: number;
  /** Versions 0 to 3. */
  errorCode: number;
  /** Versions 1 to 3. */
  errorMessage: string | null;
  /** Versions 0 to 3. */
  nodeId: number;
  /** Versions 0 to 3. */
  host: string;
  /** Versions 0 to 3. */
  port: number;
  /** Versions 4+. */
  coordinators: FindCoordinatorResponseCoordinator[];
}

/** Fields that are not given have their defaults. */
export function createFindCoordinatorResponse(
  init: Partial<FindCoordinatorResponse> = {},
): FindCoordinatorResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    nodeId: init.nodeId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    coordinators: init.coordinators ?? [],
  };
}

export interface FindCoordinatorResponseCoordinator {
  key: string;
  nodeId: number;
  host: string;
  port: number;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createFindCoordinatorResponseCoordinator(
  init: Partial<FindCoordinatorResponseCoordinator> = {},
): FindCoordinatorResponseCoordinator {
  return {
    key: init.key ?? '',
    nodeId: init.nodeId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
  };
}

function encodeFindCoordinatorResponse(
  writer: Writer,
  message: Encodable<FindCoordinatorResponse>,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs);
  }
  if (version <= 3) {
    writer.writeErrorCode(message.errorCode);
  } else if (message.errorCode !== 0) {
    throw fieldNotInVersion('FindCoordinatorResponse', 'errorCode', version);
  }
  if (version >= 1 && version <= 3) {
    writer.writeNullableString(message.errorMessage, flexible);
  }
  if (version <= 3) {
    writer.writeInt32(message.nodeId);
  } else if (message.nodeId !== 0) {
    throw fieldNotInVersion('FindCoordinatorResponse', 'nodeId', version);
  }
  if (version <= 3) {
    writer.writeString(message.host, flexible);
  } else if (message.host !== '') {
    throw fieldNotInVersion('FindCoordinatorResponse', 'host', version);
  }
  if (version <= 3) {
    writer.writeInt32(message.port);
  } else if (message.port !== 0) {
    throw fieldNotInVersion('FindCoordinatorResponse', 'port', version);
  }
  if (version >= 4) {
    writer.writeArrayLength(message.coordinators.length, flexible);
    for (const element of message.coordinators) {
      encodeFindCoordinatorResponseCoordinator(writer, element);
    }
  } else if (message.coordinators.length !== 0) {
    throw fieldNotInVersion('FindCoordinatorResponse', 'coordinators', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeFindCoordinatorResponse(reader: Reader, version: number): FindCoordinatorResponse {
  const flexible = version >= 3;
  const throttleTimeMs = version >= 1 ? reader.readInt32() : 0;
  const errorCode = version <= 3 ? reader.readInt16() : 0;
  const errorMessage = version >= 1 && version <= 3 ? reader.readNullableString(flexible) : '';
  const nodeId = version <= 3 ? reader.readInt32() : 0;
  const host = version <= 3 ? reader.readString(flexible) : '';
  const port = version <= 3 ? reader.readInt32() : 0;
  const coordinatorsLength = version >= 4 ? reader.readArrayLength(flexible, 14) : 0;
  const coordinators: FindCoordinatorResponseCoordinator[] = [];
  for (let i = 0; i < coordinatorsLength; i++) {
    coordinators.push(decodeFindCoordinatorResponseCoordinator(reader));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    nodeId,
    host,
    port,
    coordinators,
  };
}

function encodeFindCoordinatorResponseCoordinator(
  writer: Writer,
  message: FindCoordinatorResponseCoordinator,
): void {
  writer.writeString(message.key, true);
  writer.writeInt32(message.nodeId);
  writer.writeString(message.host, true);
  writer.writeInt32(message.port);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeFindCoordinatorResponseCoordinator(
  reader: Reader,
): FindCoordinatorResponseCoordinator {
  const key = reader.readString(true);
  const nodeId = reader.readInt32();
  const host = reader.readString(true);
  const port = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    key,
    nodeId,
    host,
    port,
    errorCode,
    errorMessage,
  };
}

export const FindCoordinatorResponse: MessageCodec<FindCoordinatorResponse> = {
  name: 'FindCoordinatorResponse',
  apiKey: 10,
  minVersion: 0,
  maxVersion: 6,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToEncode('FindCoordinatorResponse', version, '0-6');
    }
    encodeFindCoordinatorResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToDecode('FindCoordinatorResponse', version, '0-6', reader.offset);
    }
    return decodeFindCoordinatorResponse(reader, version);
  },
};
