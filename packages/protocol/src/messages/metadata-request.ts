// Generated from schemas/metadata.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, nullNotAllowed, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** MetadataRequest (key 3): versions 0 to 13, flexible from 9. */
export interface MetadataRequest {
  /** Null only in versions 1+. */
  topics: MetadataRequestTopic[] | null;
  /** Versions 4+. */
  allowAutoTopicCreation: boolean;
  /** Versions 8 to 10. */
  includeClusterAuthorizedOperations: boolean;
  /** Versions 8+. */
  includeTopicAuthorizedOperations: boolean;
}

/** Fields that are not given have their defaults. */
export function createMetadataRequest(init: Partial<MetadataRequest> = {}): MetadataRequest {
  return {
    topics: init.topics !== undefined ? init.topics : [],
    allowAutoTopicCreation: init.allowAutoTopicCreation ?? true,
    includeClusterAuthorizedOperations: init.includeClusterAuthorizedOperations ?? false,
    includeTopicAuthorizedOperations: init.includeTopicAuthorizedOperations ?? false,
  };
}

export interface MetadataRequestTopic {
  /** Versions 10+. */
  topicId: string;
  /** Null only in versions 10+. */
  name: string | null;
}

/** Fields that are not given have their defaults. */
export function createMetadataRequestTopic(
  init: Partial<MetadataRequestTopic> = {},
): MetadataRequestTopic {
  return {
    topicId: init.topicId ?? ZERO_UUID,
    name: init.name !== undefined ? init.name : '',
  };
}

function encodeMetadataRequest(writer: Writer, message: MetadataRequest, version: number): void {
  const flexible = version >= 9;
  if (message.topics === null) {
    if (!(version >= 1)) throw nullNotAllowed('MetadataRequest', 'topics', version);
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.topics.length, flexible);
    for (const element of message.topics) {
      encodeMetadataRequestTopic(writer, element, version);
    }
  }
  if (version >= 4) {
    writer.writeBoolean(message.allowAutoTopicCreation);
  } else if (!message.allowAutoTopicCreation) {
    throw fieldNotInVersion('MetadataRequest', 'allowAutoTopicCreation', version);
  }
  if (version >= 8 && version <= 10) {
    writer.writeBoolean(message.includeClusterAuthorizedOperations);
  } else if (message.includeClusterAuthorizedOperations) {
    throw fieldNotInVersion('MetadataRequest', 'includeClusterAuthorizedOperations', version);
  }
  if (version >= 8) {
    writer.writeBoolean(message.includeTopicAuthorizedOperations);
  } else if (message.includeTopicAuthorizedOperations) {
    throw fieldNotInVersion('MetadataRequest', 'includeTopicAuthorizedOperations', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeMetadataRequest(reader: Reader, version: number): MetadataRequest {
  const flexible = version >= 9;
  const topicsLength = (version >= 1 ? reader.readNullableArrayLength(flexible, 2) : reader.readArrayLength(flexible, 2));
  const topics: MetadataRequestTopic[] | null = topicsLength < 0 ? null : [];
  for (let i = 0; i < topicsLength; i++) {
    topics!.push(decodeMetadataRequestTopic(reader, version));
  }
  const allowAutoTopicCreation = version >= 4 ? reader.readBoolean() : true;
  const includeClusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.readBoolean() : false;
  const includeTopicAuthorizedOperations = version >= 8 ? reader.readBoolean() : false;
  if (flexible) reader.skipTaggedFields();
  return {
    topics,
    allowAutoTopicCreation,
    includeClusterAuthorizedOperations,
    includeTopicAuthorizedOperations,
  };
}

function encodeMetadataRequestTopic(
  writer: Writer,
  message: MetadataRequestTopic,
  version: number,
): void {
  const flexible = version >= 9;
  if (version >= 10) {
    writer.writeUuid(message.topicId);
  }
  if (message.name === null) {
    if (!(version >= 10)) throw nullNotAllowed('MetadataRequestTopic', 'name', version);
    writer.writeNullableString(null, flexible);
  } else {
    writer.writeString(message.name, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeMetadataRequestTopic(reader: Reader, version: number): MetadataRequestTopic {
  const flexible = version >= 9;
  const topicId = version >= 10 ? reader.readUuid() : ZERO_UUID;
  const name = (version >= 10 ? reader.readNullableString(flexible) : reader.readString(flexible));
  if (flexible) reader.skipTaggedFields();
  return {
    topicId,
    name,
  };
}

export const MetadataRequest: MessageCodec<MetadataRequest> = {
  name: 'MetadataRequest',
  apiKey: 3,
  minVersion: 0,
  maxVersion: 13,
  flexibleVersion: 9,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 13)) {
      throw unknownVersionToEncode('MetadataRequest', version, '0-13');
    }
    encodeMetadataRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 13)) {
      throw unknownVersionToDecode('MetadataRequest', version, '0-13', reader.offset);
    }
    return decodeMetadataRequest(reader, version);
  },
};
