// Generated from schemas/delete-topics.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DeleteTopicsRequest (key 20): versions 1 to 6, flexible from 4. */
export interface DeleteTopicsRequest {
  /** Versions 6+. */
  topics: DeleteTopicsRequestDeleteTopicState[];
  /** Versions 1 to 5. */
  topicNames: string[];
  timeoutMs: number;
}

/** Fields that are not given have their defaults. */
export function createDeleteTopicsRequest(
  init: Partial<DeleteTopicsRequest> = {},
): DeleteTopicsRequest {
  return {
    topics: init.topics ?? [],
    topicNames: init.topicNames ?? [],
    timeoutMs: init.timeoutMs ?? 0,
  };
}

export interface DeleteTopicsRequestDeleteTopicState {
  name: string | null;
  topicId: string;
}

/** Fields that are not given have their defaults. */
export function createDeleteTopicsRequestDeleteTopicState(
  init: Partial<DeleteTopicsRequestDeleteTopicState> = {},
): DeleteTopicsRequestDeleteTopicState {
  return {
    name: init.name ?? null,
    topicId: init.topicId ?? ZERO_UUID,
  };
}

function encodeDeleteTopicsRequest(
  writer: Writer,
  message: Encodable<DeleteTopicsRequest>,
  version: number,
): void {
  const flexible = version >= 4;
  if (version >= 6) {
    writer.writeArrayLength(message.topics.length, flexible);
    for (const element of message.topics) {
      encodeDeleteTopicsRequestDeleteTopicState(writer, element);
    }
  } else if (message.topics.length !== 0) {
    throw fieldNotInVersion('DeleteTopicsRequest', 'topics', version);
  }
  if (version <= 5) {
    writer.writeArrayLength(message.topicNames.length, flexible);
    for (const element of message.topicNames) {
      writer.writeString(element, flexible);
    }
  }
  writer.writeInt32(message.timeoutMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDeleteTopicsRequest(reader: Reader, version: number): DeleteTopicsRequest {
  const flexible = version >= 4;
  const topicsLength = version >= 6 ? reader.readArrayLength(flexible, 18) : 0;
  const topics: DeleteTopicsRequestDeleteTopicState[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeDeleteTopicsRequestDeleteTopicState(reader));
  }
  const topicNamesLength = version <= 5 ? reader.readArrayLength(flexible, 1) : 0;
  const topicNames: string[] = [];
  for (let i = 0; i < topicNamesLength; i++) {
    topicNames.push(reader.readString(flexible));
  }
  const timeoutMs = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    topics,
    topicNames,
    timeoutMs,
  };
}

function encodeDeleteTopicsRequestDeleteTopicState(
  writer: Writer,
  message: DeleteTopicsRequestDeleteTopicState,
): void {
  writer.writeNullableString(message.name, true);
  writer.writeUuid(message.topicId);
  writer.writeUnsignedVarint(0);
}

function decodeDeleteTopicsRequestDeleteTopicState(
  reader: Reader,
): DeleteTopicsRequestDeleteTopicState {
  const name = reader.readNullableString(true);
  const topicId = reader.readUuid();
  reader.skipTaggedFields();
  return {
    name,
    topicId,
  };
}

export const DeleteTopicsRequest: MessageCodec<DeleteTopicsRequest> = {
  name: 'DeleteTopicsRequest',
  apiKey: 20,
  minVersion: 1,
  maxVersion: 6,
  flexibleVersion: 4,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 6)) {
      throw unknownVersionToEncode('DeleteTopicsRequest', version, '1-6');
    }
    encodeDeleteTopicsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 6)) {
      throw unknownVersionToDecode('DeleteTopicsRequest', version, '1-6', reader.offset);
    }
    return decodeDeleteTopicsRequest(reader, version);
  },
};
