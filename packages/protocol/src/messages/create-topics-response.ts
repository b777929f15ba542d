// Generated from schemas/create-topics.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreateTopicsResponse (key 19): versions 2 to 7, flexible from 5. */
export interface CreateTopicsResponse {
  throttleTimeMs: number;
  topics: CreateTopicsResponseCreatableTopicResult[];
}

/** Fields that are not given have their defaults. */
export function createCreateTopicsResponse(
  init: Partial<CreateTopicsResponse> = {},
): CreateTopicsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    topics: init.topics ?? [],
  };
}

export interface CreateTopicsResponseCreatableTopicResult {
  name: string;
  /** Versions 7+. */
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
  /** Versions 5+. Tagged field 0. */
  topicConfigErrorCode: number;
  /** Versions 5+. */
  numPartitions: number;
  /** Versions 5+. */
  replicationFactor: number;
  /** Versions 5+. */
  configs: CreateTopicsResponseCreatableTopicConfigs[] | null;
}

/** Fields that are not given have their defaults. */
export function createCreateTopicsResponseCreatableTopicResult(
  init: Partial<CreateTopicsResponseCreatableTopicResult> = {},
): CreateTopicsResponseCreatableTopicResult {
  return {
    name: init.name ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    topicConfigErrorCode: init.topicConfigErrorCode ?? 0,
    numPartitions: init.numPartitions ?? -1,
    replicationFactor: init.replicationFactor ?? -1,
    configs: init.configs !== undefined ? init.configs : [],
  };
}

export interface CreateTopicsResponseCreatableTopicConfigs {
  name: string;
  value: string | null;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
}

/** Fields that are not given have their defaults. */
export function createCreateTopicsResponseCreatableTopicConfigs(
  init: Partial<CreateTopicsResponseCreatableTopicConfigs> = {},
): CreateTopicsResponseCreatableTopicConfigs {
  return {
    name: init.name ?? '',
    value: init.value !== undefined ? init.value : '',
    readOnly: init.readOnly ?? false,
    configSource: init.configSource ?? -1,
    isSensitive: init.isSensitive ?? false,
  };
}

function encodeCreateTopicsResponse(
  writer: Writer,
  message: Encodable<CreateTopicsResponse>,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeCreateTopicsResponseCreatableTopicResult(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateTopicsResponse(reader: Reader, version: number): CreateTopicsResponse {
  const flexible = version >= 5;
  const throttleTimeMs = reader.readInt32();
  const topicsLength = reader.readArrayLength(flexible, 6);
  const topics: CreateTopicsResponseCreatableTopicResult[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeCreateTopicsResponseCreatableTopicResult(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    throttleTimeMs,
    topics,
  };
}

function encodeCreateTopicsResponseCreatableTopicResult(
  writer: Writer,
  message: CreateTopicsResponseCreatableTopicResult,
  version: number,
): void {
  const flexible = version >= 5;
  writer.writeString(message.name, flexible);
  if (version >= 7) {
    writer.writeUuid(message.topicId);
  }
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, flexible);
  if (version >= 5) {
    writer.writeInt32(message.numPartitions);
  }
  if (version >= 5) {
    writer.writeInt16(message.replicationFactor);
  }
  if (version >= 5) {
    if (message.configs === null) {
      writer.writeNullArray(flexible);
    } else {
      writer.writeArrayLength(message.configs.length, flexible);
      for (const element of message.configs) {
        encodeCreateTopicsResponseCreatableTopicConfigs(writer, element);
      }
    }
  }
  if (flexible) {
    let tagCount = 0;
    const hasTopicConfigErrorCode = message.topicConfigErrorCode !== 0;
    if (hasTopicConfigErrorCode) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasTopicConfigErrorCode) {
      const mark = writer.startTaggedField(0);
      writer.writeInt16(message.topicConfigErrorCode);
      writer.finishTaggedField(mark);
    }
  }
}

function decodeCreateTopicsResponseCreatableTopicResult(
  reader: Reader,
  version: number,
): CreateTopicsResponseCreatableTopicResult {
  const flexible = version >= 5;
  const name = reader.readString(flexible);
  const topicId = version >= 7 ? reader.readUuid() : ZERO_UUID;
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(flexible);
  const numPartitions = version >= 5 ? reader.readInt32() : -1;
  const replicationFactor = version >= 5 ? reader.readInt16() : -1;
  const configsLength = version >= 5 ? reader.readNullableArrayLength(flexible, 6) : 0;
  const configs: CreateTopicsResponseCreatableTopicConfigs[] | null = configsLength < 0 ? null : [];
  for (let i = 0; i < configsLength; i++) {
    configs!.push(decodeCreateTopicsResponseCreatableTopicConfigs(reader));
  }
  let topicConfigErrorCode: number = 0;
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0) {
        topicConfigErrorCode = reader.readInt16();
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    name,
    topicId,
    errorCode,
    errorMessage,
    topicConfigErrorCode,
    numPartitions,
    replicationFactor,
    configs,
  };
}

function encodeCreateTopicsResponseCreatableTopicConfigs(
  writer: Writer,
  message: CreateTopicsResponseCreatableTopicConfigs,
): void {
  writer.writeString(message.name, true);
  writer.writeNullableString(message.value, true);
  writer.writeBoolean(message.readOnly);
  writer.writeInt8(message.configSource);
  writer.writeBoolean(message.isSensitive);
  writer.writeUnsignedVarint(0);
}

function decodeCreateTopicsResponseCreatableTopicConfigs(
  reader: Reader,
): CreateTopicsResponseCreatableTopicConfigs {
  const name = reader.readString(true);
  const value = reader.readNullableString(true);
  const readOnly = reader.readBoolean();
  const configSource = reader.readInt8();
  const isSensitive = reader.readBoolean();
  reader.skipTaggedFields();
  return {
    name,
    value,
    readOnly,
    configSource,
    isSensitive,
  };
}

export const CreateTopicsResponse: MessageCodec<CreateTopicsResponse> = {
  name: 'CreateTopicsResponse',
  apiKey: 19,
  minVersion: 2,
  maxVersion: 7,
  flexibleVersion: 5,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 2 && version <= 7)) {
      throw unknownVersionToEncode('CreateTopicsResponse', version, '2-7');
    }
    encodeCreateTopicsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 2 && version <= 7)) {
      throw unknownVersionToDecode('CreateTopicsResponse', version, '2-7', reader.offset);
    }
    return decodeCreateTopicsResponse(reader, version);
  },
};
