// Generated from schemas/describe-cluster.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeClusterRequest (key 60): versions 0 to 2, flexible from 0. */
export interface DescribeClusterRequest {
  includeClusterAuthorizedOperations: boolean;
  /** Versions 1+. */
  endpointType: number;
  /** Versions 2+. */
  includeFencedBrokers: boolean;
}

/** Fields that are not given have their defaults. */
export function createDescribeClusterRequest(
  init: Partial<DescribeClusterRequest> = {},
): DescribeClusterRequest {
  return {
    includeClusterAuthorizedOperations: init.includeClusterAuthorizedOperations ?? false,
    endpointType: init.endpointType ?? 1,
    includeFencedBrokers: init.includeFencedBrokers ?? false,
  };
}

function encodeDescribeClusterRequest(
  writer: Writer,
  message: DescribeClusterRequest,
  version: number,
): void {
  writer.writeBoolean(message.includeClusterAuthorizedOperations);
  if (version >= 1) {
    writer.writeInt8(message.endpointType);
  } else if (message.endpointType !== 1) {
    throw fieldNotInVersion('DescribeClusterRequest', 'endpointType', version);
  }
  if (version >= 2) {
    writer.writeBoolean(message.includeFencedBrokers);
  } else if (message.includeFencedBrokers) {
    throw fieldNotInVersion('DescribeClusterRequest', 'includeFencedBrokers', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeClusterRequest(reader: Reader, version: number): DescribeClusterRequest {
  const includeClusterAuthorizedOperations = reader.readBoolean();
  const endpointType = version >= 1 ? reader.readInt8() : 1;
  const includeFencedBrokers = version >= 2 ? reader.readBoolean() : false;
  reader.skipTaggedFields();
  return {
    includeClusterAuthorizedOperations,
    endpointType,
    includeFencedBrokers,
  };
}

export const DescribeClusterRequest: MessageCodec<DescribeClusterRequest> = {
  name: 'DescribeClusterRequest',
  apiKey: 60,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('DescribeClusterRequest', version, '0-2');
    }
    encodeDescribeClusterRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('DescribeClusterRequest', version, '0-2', reader.offset);
    }
    return decodeDescribeClusterRequest(reader, version);
  },
};
