// Generated from schemas/produce.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Records } from '../record-bytes.ts';
import type { Writer } from '../writer.ts';

/** ProduceRequest (key 0): versions 3 to 13, flexible from 9. */
export interface ProduceRequest {
  transactionalId: string | null;
  acks: number;
  timeoutMs: number;
  topicData: ProduceRequestTopicProduceData[];
}

/** Fields that are not given have their defaults. */
export function createProduceRequest(init: Partial<ProduceRequest> = {}): ProduceRequest {
  return {
    transactionalId: init.transactionalId ?? null,
    acks: init.acks ?? 0,
    timeoutMs: init.timeoutMs ?? 0,
    topicData: init.topicData ?? [],
  };
}

export interface ProduceRequestTopicProduceData {
  /** Versions 3 to 12. */
  name: string;
  /** Versions 13+. */
  topicId: string;
  partitionData: ProduceRequestPartitionProduceData[];
}

/** Fields that are not given have their defaults. */
export function createProduceRequestTopicProduceData(
  init: Partial<ProduceRequestTopicProduceData> = {},
): ProduceRequestTopicProduceData {
  return {
    name: init.name ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitionData: init.partitionData ?? [],
  };
}

export interface ProduceRequestPartitionProduceData {
  index: number;
  records: Records | null;
}

/** Fields that are not given have their defaults. */
export function createProduceRequestPartitionProduceData(
  init: Partial<ProduceRequestPartitionProduceData> = {},
): ProduceRequestPartitionProduceData {
  return {
    index: init.index ?? 0,
    records: init.records ?? null,
  };
}

function encodeProduceRequest(
  writer: Writer,
  message: Encodable<ProduceRequest>,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeNullableString(message.transactionalId, flexible);
  writer.writeInt16(message.acks);
  writer.writeInt32(message.timeoutMs);
  writer.writeArrayLength(message.topicData.length, flexible);
  for (const element of message.topicData) {
    encodeProduceRequestTopicProduceData(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeProduceRequest(reader: Reader, version: number): ProduceRequest {
  const flexible = version >= 9;
  const transactionalId = reader.readNullableString(flexible);
  const acks = reader.readInt16();
  const timeoutMs = reader.readInt32();
  const topicDataLength = reader.readArrayLength(flexible, 3);
  const topicData: ProduceRequestTopicProduceData[] = [];
  for (let i = 0; i < topicDataLength; i++) {
    topicData.push(decodeProduceRequestTopicProduceData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    transactionalId,
    acks,
    timeoutMs,
    topicData,
  };
}

function encodeProduceRequestTopicProduceData(
  writer: Writer,
  message: ProduceRequestTopicProduceData,
  version: number,
): void {
  const flexible = version >= 9;
  if (version <= 12) {
    writer.writeString(message.name, flexible);
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitionData.length, flexible);
  for (const element of message.partitionData) {
    encodeProduceRequestPartitionProduceData(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeProduceRequestTopicProduceData(
  reader: Reader,
  version: number,
): ProduceRequestTopicProduceData {
  const flexible = version >= 9;
  const name = version <= 12 ? reader.readString(flexible) : '';
  const topicId = version >= 13 ? reader.readUuid() : ZERO_UUID;
  const partitionDataLength = reader.readArrayLength(flexible, 6);
  const partitionData: ProduceRequestPartitionProduceData[] = [];
  for (let i = 0; i < partitionDataLength; i++) {
    partitionData.push(decodeProduceRequestPartitionProduceData(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    topicId,
    partitionData,
  };
}

function encodeProduceRequestPartitionProduceData(
  writer: Writer,
  message: ProduceRequestPartitionProduceData,
  version: number,
): void {
  const flexible = version >= 9;
  writer.writeInt32(message.index);
  writer.writeRecords(message.records, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeProduceRequestPartitionProduceData(
  reader: Reader,
  version: number,
): ProduceRequestPartitionProduceData {
  const flexible = version >= 9;
  const index = reader.readInt32();
  const records = reader.readRecords(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    index,
    records,
  };
}

export const ProduceRequest: MessageCodec<ProduceRequest> = {
  name: 'ProduceRequest',
  apiKey: 0,
  minVersion: 3,
  maxVersion: 13,
  flexibleVersion: 9,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 3 && version <= 13)) {
      throw unknownVersionToEncode('ProduceRequest', version, '3-13');
    }
    encodeProduceRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 3 && version <= 13)) {
      throw unknownVersionToDecode('ProduceRequest', version, '3-13', reader.offset);
    }
    return decodeProduceRequest(reader, version);
  },
};
