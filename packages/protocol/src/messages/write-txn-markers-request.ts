// Generated from schemas/write-txn-markers.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** WriteTxnMarkersRequest (key 27): versions 1 to 2, flexible from 1. */
export interface WriteTxnMarkersRequest {
  markers: WriteTxnMarkersRequestWritableTxnMarker[];
}

/** Fields that are not given have their defaults. */
export function createWriteTxnMarkersRequest(
  init: Partial<WriteTxnMarkersRequest> = {},
): WriteTxnMarkersRequest {
  return {
    markers: init.markers ?? [],
  };
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  producerId: number;
  producerEpoch: number;
  transactionResult: boolean;
  topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[];
  coordinatorEpoch: number;
  /** Versions 2+. */
  transactionVersion: number;
}

/** Fields that are not given have their defaults. */
export function createWriteTxnMarkersRequestWritableTxnMarker(
  init: Partial<WriteTxnMarkersRequestWritableTxnMarker> = {},
): WriteTxnMarkersRequestWritableTxnMarker {
  return {
    producerId: init.producerId ?? 0,
    producerEpoch: init.producerEpoch ?? 0,
    transactionResult: init.transactionResult ?? false,
    topics: init.topics ?? [],
    coordinatorEpoch: init.coordinatorEpoch ?? 0,
    transactionVersion: init.transactionVersion ?? 0,
  };
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  name: string;
  partitionIndexes: number[];
}

/** Fields that are not given have their defaults. */
export function createWriteTxnMarkersRequestWritableTxnMarkerTopic(
  init: Partial<WriteTxnMarkersRequestWritableTxnMarkerTopic> = {},
): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  return {
    name: init.name ?? '',
    partitionIndexes: init.partitionIndexes ?? [],
  };
}

function encodeWriteTxnMarkersRequest(
  writer: Writer,
  message: Encodable<WriteTxnMarkersRequest>,
  version: number,
): void {
  writer.writeArrayLength(message.markers.length, true);
  for (const element of message.markers) {
    encodeWriteTxnMarkersRequestWritableTxnMarker(writer, element, version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteTxnMarkersRequest(reader: Reader, version: number): WriteTxnMarkersRequest {
  const markersLength = reader.readArrayLength(true, 17);
  const markers: WriteTxnMarkersRequestWritableTxnMarker[] = [];
  for (let i = 0; i < markersLength; i++) {
    markers.push(decodeWriteTxnMarkersRequestWritableTxnMarker(reader, version));
  }
  reader.skipTaggedFields();
  return {
    markers,
  };
}

function encodeWriteTxnMarkersRequestWritableTxnMarker(
  writer: Writer,
  message: WriteTxnMarkersRequestWritableTxnMarker,
  version: number,
): void {
  writer.writeInt64(message.producerId);
  writer.writeInt16(message.producerEpoch);
  writer.writeBoolean(message.transactionResult);
  writer.writeArrayLength(message.topics.length, true);
  for (const element of message.topics) {
    encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer, element);
  }
  writer.writeInt32(message.coordinatorEpoch);
  if (version >= 2) {
    writer.writeInt8(message.transactionVersion);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteTxnMarkersRequestWritableTxnMarker(
  reader: Reader,
  version: number,
): WriteTxnMarkersRequestWritableTxnMarker {
  const producerId = reader.readInt64();
  const producerEpoch = reader.readInt16();
  const transactionResult = reader.readBoolean();
  const topicsLength = reader.readArrayLength(true, 3);
  const topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(reader));
  }
  const coordinatorEpoch = reader.readInt32();
  const transactionVersion = version >= 2 ? reader.readInt8() : 0;
  reader.skipTaggedFields();
  return {
    producerId,
    producerEpoch,
    transactionResult,
    topics,
    coordinatorEpoch,
    transactionVersion,
  };
}

function encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(
  writer: Writer,
  message: WriteTxnMarkersRequestWritableTxnMarkerTopic,
): void {
  writer.writeString(message.name, true);
  writer.writeArrayLength(message.partitionIndexes.length, true);
  for (const element of message.partitionIndexes) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(
  reader: Reader,
): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  const name = reader.readString(true);
  const partitionIndexesLength = reader.readArrayLength(true, 4);
  const partitionIndexes: number[] = [];
  for (let i = 0; i < partitionIndexesLength; i++) {
    partitionIndexes.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    name,
    partitionIndexes,
  };
}

export const WriteTxnMarkersRequest: MessageCodec<WriteTxnMarkersRequest> = {
  name: 'WriteTxnMarkersRequest',
  apiKey: 27,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 1,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('WriteTxnMarkersRequest', version, '1-2');
    }
    encodeWriteTxnMarkersRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('WriteTxnMarkersRequest', version, '1-2', reader.offset);
    }
    return decodeWriteTxnMarkersRequest(reader, version);
  },
};
