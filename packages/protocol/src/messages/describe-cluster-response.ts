// Generated from schemas/describe-cluster.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeClusterResponse (key 60): versions 0 to 2, flexible from 0. */
export interface DescribeClusterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  /** Versions 1+. */
  endpointType: number;
  clusterId: string;
  controllerId: number;
  brokers: DescribeClusterResponseDescribeClusterBroker[];
  clusterAuthorizedOperations: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeClusterResponse(
  init: Partial<DescribeClusterResponse> = {},
): DescribeClusterResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    endpointType: init.endpointType ?? 1,
    clusterId: init.clusterId ?? '',
    controllerId: init.controllerId ?? -1,
    brokers: init.brokers ?? [],
    clusterAuthorizedOperations: init.clusterAuthorizedOperations ?? -2147483648,
  };
}

export interface DescribeClusterResponseDescribeClusterBroker {
  brokerId: number;
  host: string;
  port: number;
  rack: string | null;
  /** Versions 2+. */
  isFenced: boolean;
}

/** Fields that are not given have their defaults. */
export function createDescribeClusterResponseDescribeClusterBroker(
  init: Partial<DescribeClusterResponseDescribeClusterBroker> = {},
): DescribeClusterResponseDescribeClusterBroker {
  return {
    brokerId: init.brokerId ?? 0,
    host: init.host ?? '',
    port: init.port ?? 0,
    rack: init.rack ?? null,
    isFenced: init.isFenced ?? false,
  };
}

function encodeDescribeClusterResponse(
  writer: Writer,
  message: Encodable<DescribeClusterResponse>,
  version: number,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  if (version >= 1) {
    writer.writeInt8(message.endpointType);
  } else if (message.endpointType !== 1) {
    throw fieldNotInVersion('DescribeClusterResponse', 'endpointType', version);
  }
  writer.writeString(message.clusterId, true);
  writer.writeInt32(message.controllerId);
  writer.writeArrayLength(message.brokers.length, true);
  for (const element of message.brokers) {
    encodeDescribeClusterResponseDescribeClusterBroker(writer, element, version);
  }
  writer.writeInt32(message.clusterAuthorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeClusterResponse(reader: Reader, version: number): DescribeClusterResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const endpointType = version >= 1 ? reader.readInt8() : 1;
  const clusterId = reader.readString(true);
  const controllerId = reader.readInt32();
  const brokersLength = reader.readArrayLength(true, 11);
  const brokers: DescribeClusterResponseDescribeClusterBroker[] = [];
  for (let i = 0; i < brokersLength; i++) {
    brokers.push(decodeDescribeClusterResponseDescribeClusterBroker(reader, version));
  }
  const clusterAuthorizedOperations = reader.readInt32();
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    endpointType,
    clusterId,
    controllerId,
    brokers,
    clusterAuthorizedOperations,
  };
}

function encodeDescribeClusterResponseDescribeClusterBroker(
  writer: Writer,
  message: DescribeClusterResponseDescribeClusterBroker,
  version: number,
): void {
  writer.writeInt32(message.brokerId);
  writer.writeString(message.host, true);
  writer.writeInt32(message.port);
  writer.writeNullableString(message.rack, true);
  if (version >= 2) {
    writer.writeBoolean(message.isFenced);
  } else if (message.isFenced) {
    throw fieldNotInVersion('DescribeClusterResponseDescribeClusterBroker', 'isFenced', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeClusterResponseDescribeClusterBroker(
  reader: Reader,
  version: number,
): DescribeClusterResponseDescribeClusterBroker {
  const brokerId = reader.readInt32();
  const host = reader.readString(true);
  const port = reader.readInt32();
  const rack = reader.readNullableString(true);
  const isFenced = version >= 2 ? reader.readBoolean() : false;
  reader.skipTaggedFields();
  return {
    brokerId,
    host,
    port,
    rack,
    isFenced,
  };
}

export const DescribeClusterResponse: MessageCodec<DescribeClusterResponse> = {
  name: 'DescribeClusterResponse',
  apiKey: 60,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DescribeClusterResponse', version, '0-2');
    }
    encodeDescribeClusterResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DescribeClusterResponse', version, '0-2', reader.offset);
    }
    return decodeDescribeClusterResponse(reader, version);
  },
};
