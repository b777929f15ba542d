// Generated from schemas/fetch.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** FetchRequest (key 1): versions 4 to 18, flexible from 12. */
export interface FetchRequest {
  /** Versions 12+. Tagged field 0. */
  clusterId: string | null;
  /** Versions 4 to 14. */
  replicaId: number;
  /** Versions 15+. Tagged field 1. */
  replicaState: FetchRequestReplicaState;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  isolationLevel: number;
  /** Versions 7+. */
  sessionId: number;
  /** Versions 7+. */
  sessionEpoch: number;
  topics: FetchRequestFetchTopic[];
  /** Versions 7+. */
  forgottenTopicsData: FetchRequestForgottenTopic[];
  /** Versions 11+. */
  rackId: string;
}

/** Fields that are not given have their defaults. */
export function createFetchRequest(init: Partial<FetchRequest> = {}): FetchRequest {
  return {
    clusterId: init.clusterId ?? null,
    replicaId: init.replicaId ?? -1,
    replicaState: init.replicaState ?? createFetchRequestReplicaState(),
    maxWaitMs: init.maxWaitMs ?? 0,
    minBytes: init.minBytes ?? 0,
    maxBytes: init.maxBytes ?? 2147483647,
    isolationLevel: init.isolationLevel ?? 0,
    sessionId: init.sessionId ?? 0,
    sessionEpoch: init.sessionEpoch ?? -1,
    topics: init.topics ?? [],
    forgottenTopicsData: init.forgottenTopicsData ?? [],
    rackId: init.rackId ?? '',
  };
}

export interface FetchRequestReplicaState {
  replicaId: number;
  replicaEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createFetchRequestReplicaState(
  init: Partial<FetchRequestReplicaState> = {},
): FetchRequestReplicaState {
  return {
    replicaId: init.replicaId ?? -1,
    replicaEpoch: init.replicaEpoch ?? -1,
  };
}

export interface FetchRequestFetchTopic {
  /** Versions 4 to 12. */
  topic: string;
  /** Versions 13+. */
  topicId: string;
  partitions: FetchRequestFetchPartition[];
}

/** Fields that are not given have their defaults. */
export function createFetchRequestFetchTopic(
  init: Partial<FetchRequestFetchTopic> = {},
): FetchRequestFetchTopic {
  return {
    topic: init.topic ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

export interface FetchRequestFetchPartition {
  partition: number;
  /** Versions 9+. */
  currentLeaderEpoch: number;
  fetchOffset: number;
  /** Versions 12+. */
  lastFetchedEpoch: number;
  /** Versions 5+. */
  logStartOffset: number;
  partitionMaxBytes: number;
  /** Versions 17+. Tagged field 0. */
  replicaDirectoryId: string;
  /** Versions 18+. Tagged field 1. */
  highWatermark: number;
}

/** Fields that are not given have their defaults. */
export function createFetchRequestFetchPartition(
  init: Partial<FetchRequestFetchPartition> = {},
): FetchRequestFetchPartition {
  return {
    partition: init.partition ?? 0,
    currentLeaderEpoch: init.currentLeaderEpoch ?? -1,
    fetchOffset: init.fetchOffset ?? 0,
    lastFetchedEpoch: init.lastFetchedEpoch ?? -1,
    logStartOffset: init.logStartOffset ?? -1,
    partitionMaxBytes: init.partitionMaxBytes ?? 0,
    replicaDirectoryId: init.replicaDirectoryId ?? ZERO_UUID,
    highWatermark: init.highWatermark ?? Number.MAX_SAFE_INTEGER,
  };
}

export interface FetchRequestForgottenTopic {
  /** Versions 7 to 12. */
  topic: string;
  /** Versions 13+. */
  topicId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createFetchRequestForgottenTopic(
  init: Partial<FetchRequestForgottenTopic> = {},
): FetchRequestForgottenTopic {
  return {
    topic: init.topic ?? '',
    topicId: init.topicId ?? ZERO_UUID,
    partitions: init.partitions ?? [],
  };
}

function encodeFetchRequest(
  writer: Writer,
  message: Encodable<FetchRequest>,
  version: number,
): void {
  const flexible = version >= 12;
  if (version <= 14) {
    writer.writeInt32(message.replicaId);
  } else if (message.replicaId !== -1) {
    throw fieldNotInVersion('FetchRequest', 'replicaId', version);
  }
  if (!(version >= 15)) {
    if (message.replicaState.replicaId !== -1 || message.replicaState.replicaEpoch !== -1) {
      throw fieldNotInVersion('FetchRequest', 'replicaState', version);
    }
  }
  writer.writeInt32(message.maxWaitMs);
  writer.writeInt32(message.minBytes);
  writer.writeInt32(message.maxBytes);
  writer.writeInt8(message.isolationLevel);
  if (version >= 7) {
    writer.writeInt32(message.sessionId);
  }
  if (version >= 7) {
    writer.writeInt32(message.sessionEpoch);
  }
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeFetchRequestFetchTopic(writer, element, version);
  }
  if (version >= 7) {
    writer.writeArrayLength(message.forgottenTopicsData.length, flexible);
    for (const element of message.forgottenTopicsData) {
      encodeFetchRequestForgottenTopic(writer, element, version);
    }
  } else if (message.forgottenTopicsData.length !== 0) {
    throw fieldNotInVersion('FetchRequest', 'forgottenTopicsData', version);
  }
  if (version >= 11) {
    writer.writeString(message.rackId, flexible);
  }
  if (flexible) {
    let tagCount = 0;
    const hasClusterId = message.clusterId !== null;
    if (hasClusterId) tagCount++;
    const hasReplicaState = version >= 15 && (message.replicaState.replicaId !== -1 || message.replicaState.replicaEpoch !== -1);
    if (hasReplicaState) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasClusterId) {
      const mark = writer.startTaggedField(0);
      writer.writeNullableString(message.clusterId, flexible);
      writer.finishTaggedField(mark);
    }
    if (hasReplicaState) {
      const mark = writer.startTaggedField(1);
      encodeFetchRequestReplicaState(writer, message.replicaState);
      writer.finishTaggedField(mark);
    }
  }
}

function decodeFetchRequest(reader: Reader, version: number): FetchRequest {
  const flexible = version >= 12;
  const replicaId = version <= 14 ? reader.readInt32() : -1;
  const maxWaitMs = reader.readInt32();
  const minBytes = reader.readInt32();
  const maxBytes = reader.readInt32();
  const isolationLevel = reader.readInt8();
  const sessionId = version >= 7 ? reader.readInt32() : 0;
  const sessionEpoch = version >= 7 ? reader.readInt32() : -1;
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: FetchRequestFetchTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeFetchRequestFetchTopic(reader, version));
  }
  const forgottenTopicsDataLength = version >= 7 ? reader.readArrayLength(flexible, 3) : 0;
  const forgottenTopicsData: FetchRequestForgottenTopic[] = [];
  for (let i = 0; i < forgottenTopicsDataLength; i++) {
    forgottenTopicsData.push(decodeFetchRequestForgottenTopic(reader, version));
  }
  const rackId = version >= 11 ? reader.readString(flexible) : '';
  let clusterId: string | null = null;
  let replicaState: FetchRequestReplicaState = createFetchRequestReplicaState();
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0) {
        clusterId = reader.readNullableString(flexible);
      } else if (tag === 1 && version >= 15) {
        replicaState = decodeFetchRequestReplicaState(reader);
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    clusterId,
    replicaId,
    replicaState,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId,
    sessionEpoch,
    topics,
    forgottenTopicsData,
    rackId,
  };
}

function encodeFetchRequestReplicaState(writer: Writer, message: FetchRequestReplicaState): void {
  writer.writeInt32(message.replicaId);
  writer.writeInt64(message.replicaEpoch);
  writer.writeUnsignedVarint(0);
}

function decodeFetchRequestReplicaState(reader: Reader): FetchRequestReplicaState {
  const replicaId = reader.readInt32();
  const replicaEpoch = reader.readInt64();
  reader.skipTaggedFields();
  return {
    replicaId,
    replicaEpoch,
  };
}

function encodeFetchRequestFetchTopic(
  writer: Writer,
  message: FetchRequestFetchTopic,
  version: number,
): void {
  const flexible = version >= 12;
  if (version <= 12) {
    writer.writeString(message.topic, flexible);
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    encodeFetchRequestFetchPartition(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeFetchRequestFetchTopic(reader: Reader, version: number): FetchRequestFetchTopic {
  const flexible = version >= 12;
  const topic = version <= 12 ? reader.readString(flexible) : '';
  const topicId = version >= 13 ? reader.readUuid() : ZERO_UUID;
  const partitionsLength = reader.readArrayLength(flexible, 16);
  const partitions: FetchRequestFetchPartition[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(decodeFetchRequestFetchPartition(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    topicId,
    partitions,
  };
}

function encodeFetchRequestFetchPartition(
  writer: Writer,
  message: FetchRequestFetchPartition,
  version: number,
): void {
  const flexible = version >= 12;
  writer.writeInt32(message.partition);
  if (version >= 9) {
    writer.writeInt32(message.currentLeaderEpoch);
  }
  writer.writeInt64(message.fetchOffset);
  if (version >= 12) {
    writer.writeInt32(message.lastFetchedEpoch);
  } else if (message.lastFetchedEpoch !== -1) {
    throw fieldNotInVersion('FetchRequestFetchPartition', 'lastFetchedEpoch', version);
  }
  if (version >= 5) {
    writer.writeInt64(message.logStartOffset);
  }
  writer.writeInt32(message.partitionMaxBytes);
  if (flexible) {
    let tagCount = 0;
    const hasReplicaDirectoryId = version >= 17 && message.replicaDirectoryId !== ZERO_UUID;
    if (hasReplicaDirectoryId) tagCount++;
    const hasHighWatermark = version >= 18 && message.highWatermark !== Number.MAX_SAFE_INTEGER;
    if (hasHighWatermark) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasReplicaDirectoryId) {
      const mark = writer.startTaggedField(0);
      writer.writeUuid(message.replicaDirectoryId);
      writer.finishTaggedField(mark);
    }
    if (hasHighWatermark) {
      const mark = writer.startTaggedField(1);
      writer.writeInt64(message.highWatermark);
      writer.finishTaggedField(mark);
    }
  }
}

function decodeFetchRequestFetchPartition(
  reader: Reader,
  version: number,
): FetchRequestFetchPartition {
  const flexible = version >= 12;
  const partition = reader.readInt32();
  const currentLeaderEpoch = version >= 9 ? reader.readInt32() : -1;
  const fetchOffset = reader.readInt64();
  const lastFetchedEpoch = version >= 12 ? reader.readInt32() : -1;
  const logStartOffset = version >= 5 ? reader.readInt64() : -1;
  const partitionMaxBytes = reader.readInt32();
  let replicaDirectoryId: string = ZERO_UUID;
  let highWatermark: number = Number.MAX_SAFE_INTEGER;
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0 && version >= 17) {
        replicaDirectoryId = reader.readUuid();
      } else if (tag === 1 && version >= 18) {
        highWatermark = reader.readInt64();
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    partition,
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch,
    logStartOffset,
    partitionMaxBytes,
    replicaDirectoryId,
    highWatermark,
  };
}

function encodeFetchRequestForgottenTopic(
  writer: Writer,
  message: FetchRequestForgottenTopic,
  version: number,
): void {
  const flexible = version >= 12;
  if (version <= 12) {
    writer.writeString(message.topic, flexible);
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId);
  }
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeFetchRequestForgottenTopic(
  reader: Reader,
  version: number,
): FetchRequestForgottenTopic {
  const flexible = version >= 12;
  const topic = version <= 12 ? reader.readString(flexible) : '';
  const topicId = version >= 13 ? reader.readUuid() : ZERO_UUID;
  const partitionsLength = reader.readArrayLength(flexible, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    topic,
    topicId,
    partitions,
  };
}

export const FetchRequest: MessageCodec<FetchRequest> = {
  name: 'FetchRequest',
  apiKey: 1,
  minVersion: 4,
  maxVersion: 18,
  flexibleVersion: 12,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 4 && version <= 18)) {
      throw unknownVersionToEncode('FetchRequest', version, '4-18');
    }
    encodeFetchRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 4 && version <= 18)) {
      throw unknownVersionToDecode('FetchRequest', version, '4-18', reader.offset);
    }
    return decodeFetchRequest(reader, version);
  },
};
