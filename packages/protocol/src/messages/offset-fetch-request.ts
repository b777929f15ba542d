// Generated from schemas/offset-fetch.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, nullNotAllowed, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** OffsetFetchRequest (key 9): versions 1 to 10, flexible from 6. */
export interface OffsetFetchRequest {
  /** Versions 1 to 7. */
  groupId: string;
  /** Versions 1 to 7. Null only in versions 2+. */
  topics: OffsetFetchRequestTopic[] | null;
  /** Versions 8+. */
  groups: OffsetFetchRequestGroup[];
  /** Versions 7+. */
  requireStable: boolean;
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchRequest(
  init: Partial<OffsetFetchRequest> = {},
): OffsetFetchRequest {
  return {
    groupId: init.groupId ?? '',
    topics: init.topics !== undefined ? init.topics : [],
    groups: init.groups ?? [],
    requireStable: init.requireStable ?? false,
  };
}

export interface OffsetFetchRequestTopic {
  name: string;
  partitionIndexes: number[];
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchRequestTopic(
  init: Partial<OffsetFetchRequestTopic> = {},
): OffsetFetchRequestTopic {
  return {
    name: init.name ?? '',
    partitionIndexes: init.partitionIndexes ?? [],
  };
}

export interface OffsetFetchRequestGroup {
  groupId: string;
  /** Versions 9+. */
  memberId: string | null;
  /** Versions 9+. */
  memberEpoch: number;
  topics: OffsetFetchRequestTopics[] | null;
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchRequestGroup(
  init: Partial<OffsetFetchRequestGroup> = {},
): OffsetFetchRequestGroup {
  return {
    groupId: init.groupId ?? '',
    memberId: init.memberId ?? null,
    memberEpoch: init.memberEpoch ?? -1,
    topics: init.topics !== undefined ? init.topics : [],
  };
}

export interface OffsetFetchRequestTopics {
  /** Versions 8 to 9. */
  name: string;
  /** Versions 10+. */
  topicId: string;
  partitionIndexes: number[];
}

/** Fields that are not given have their defaults. */
export function createOffsetFetchRequestTopics(
  init: Partial<OffsetFetchRequestTopics> = {},
): OffsetFetchRequestTopics {
  return {
    name: init.name ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitionIndexes: init.partitionIndexes ?? [],
  };
}

function encodeOffsetFetchRequest(
  writer: Writer,
  message: Encodable<OffsetFetchRequest>,
  version: number,
): void {
  const flexible = version >= 6;
  if (version <= 7) {
    writer.writeString(message.groupId, flexible);
  } else if (message.groupId !== '') {
    throw fieldNotInVersion('OffsetFetchRequest', 'groupId', version);
  }
  if (version <= 7) {
    if (message.topics === null) {
      if (!(version >= 2)) throw nullNotAllowed('OffsetFetchRequest', 'topics', version);
      writer.writeNullArray(flexible);
    } else {
      writer.writeArrayLength(message.topics.length, flexible);
      for (const element of message.topics) {
        encodeOffsetFetchRequestTopic(writer, element, version);
      }
    }
  } else if (message.topics === null || message.topics.length !== 0) {
    throw fieldNotInVersion('OffsetFetchRequest', 'topics', version);
  }
  if (version >= 8) {
    writer.writeArrayLength(message.groups.length, flexible);
    for (const element of message.groups) {
      encodeOffsetFetchRequestGroup(writer, element, version);
    }
  } else if (message.groups.length !== 0) {
    throw fieldNotInVersion('OffsetFetchRequest', 'groups', version);
  }
  if (version >= 7) {
    writer.writeBoolean(message.requireStable);
  } else if (message.requireStable) {
    throw fieldNotInVersion('OffsetFetchRequest', 'requireStable', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchRequest(reader: Reader, version: number): OffsetFetchRequest {
  const flexible = version >= 6;
  const groupId = version <= 7 ? reader.readString(flexible) : '';
  const topicsLength = version <= 7 ? (version >= 2 ? reader.readNullableArrayLength(flexible, 3) : reader.readArrayLength(flexible, 3)) : 0;
  const topics: OffsetFetchRequestTopic[] | null = topicsLength < 0 ? null : [];
  for (let i = 0; i < topicsLength; i++) {
    topics!.push(decodeOffsetFetchRequestTopic(reader, version));
  }
  const groupsLength = version >= 8 ? reader.readArrayLength(flexible, 3) : 0;
  const groups: OffsetFetchRequestGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeOffsetFetchRequestGroup(reader, version));
  }
  const requireStable = version >= 7 ? reader.readBoolean() : false;
  if (flexible) reader.skipTaggedFields();
  return {
    groupId,
    topics,
    groups,
    requireStable,
  };
}

function encodeOffsetFetchRequestTopic(
  writer: Writer,
  message: OffsetFetchRequestTopic,
  version: number,
): void {
  const flexible = version >= 6;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitionIndexes.length, flexible);
  for (const element of message.partitionIndexes) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchRequestTopic(reader: Reader, version: number): OffsetFetchRequestTopic {
  const flexible = version >= 6;
  const name = reader.readString(flexible);
  const partitionIndexesLength = reader.readArrayLength(flexible, 4);
  const partitionIndexes: number[] = [];
  for (let i = 0; i < partitionIndexesLength; i++) {
    partitionIndexes.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitionIndexes,
  };
}

function encodeOffsetFetchRequestGroup(
  writer: Writer,
  message: OffsetFetchRequestGroup,
  version: number,
): void {
  writer.writeString(message.groupId, true);
  if (version >= 9) {
    writer.writeNullableString(message.memberId, true);
  }
  if (version >= 9) {
    writer.writeInt32(message.memberEpoch);
  }
  if (message.topics === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.topics.length, true);
    for (const element of message.topics) {
      encodeOffsetFetchRequestTopics(writer, element, version);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchRequestGroup(reader: Reader, version: number): OffsetFetchRequestGroup {
  const groupId = reader.readString(true);
  const memberId = version >= 9 ? reader.readNullableString(true) : null;
  const memberEpoch = version >= 9 ? reader.readInt32() : -1;
  const topicsLength = reader.readNullableArrayLength(true, 3);
  const topics: OffsetFetchRequestTopics[] | null = topicsLength < 0 ? null : [];
  for (let i = 0; i < topicsLength; i++) {
    topics!.push(decodeOffsetFetchRequestTopics(reader, version));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    topics,
  };
}

function encodeOffsetFetchRequestTopics(
  writer: Writer,
  message: OffsetFetchRequestTopics,
  version: number,
): void {
  if (version <= 9) {
    writer.writeString(message.name, true);
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitionIndexes.length, true);
  for (const element of message.partitionIndexes) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeOffsetFetchRequestTopics(reader: Reader, version: number): OffsetFetchRequestTopics {
  const name = version <= 9 ? reader.readString(true) : '';
  const topicId = version >= 10 ? reader.readUuid() : ZERO_UUID;
  const partitionIndexesLength = reader.readArrayLength(true, 4);
  const partitionIndexes: number[] = [];
  for (let i = 0; i < partitionIndexesLength; i++) {
    partitionIndexes.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    name,
    topicId,
    partitionIndexes,
  };
}

export const OffsetFetchRequest: MessageCodec<OffsetFetchRequest> = {
  name: 'OffsetFetchRequest',
  apiKey: 9,
  minVersion: 1,
  maxVersion: 10,
  flexibleVersion: 6,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 10)) {
      throw unknownVersionToEncode('OffsetFetchRequest', version, '1-10');
    }
    encodeOffsetFetchRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 10)) {
      throw unknownVersionToDecode('OffsetFetchRequest', version, '1-10', reader.offset);
    }
    return decodeOffsetFetchRequest(reader, version);
  },
};
