// Generated from schemas/streams-group-heartbeat.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** StreamsGroupHeartbeatRequest (key 88): version 0, flexible from 0. */
export interface StreamsGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  endpointInformationEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  topology: StreamsGroupHeartbeatRequestTopology | null;
  activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null;
  processId: string | null;
  userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null;
  clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null;
  taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null;
  taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null;
  shutdownApplication: boolean;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequest(
  init: Partial<StreamsGroupHeartbeatRequest> = {},
): StreamsGroupHeartbeatRequest {
  return {
    groupId: init.groupId ?? '',
    memberId: init.memberId ?? '',
    memberEpoch: init.memberEpoch ?? 0,
    endpointInformationEpoch: init.endpointInformationEpoch ?? 0,
    instanceId: init.instanceId ?? null,
    rackId: init.rackId ?? null,
    rebalanceTimeoutMs: init.rebalanceTimeoutMs ?? -1,
    topology: init.topology ?? null,
    activeTasks: init.activeTasks ?? null,
    standbyTasks: init.standbyTasks ?? null,
    warmupTasks: init.warmupTasks ?? null,
    processId: init.processId ?? null,
    userEndpoint: init.userEndpoint ?? null,
    clientTags: init.clientTags ?? null,
    taskOffsets: init.taskOffsets ?? null,
    taskEndOffsets: init.taskEndOffsets ?? null,
    shutdownApplication: init.shutdownApplication ?? false,
  };
}

export interface StreamsGroupHeartbeatRequestTopology {
  epoch: number;
  subtopologies: StreamsGroupHeartbeatRequestSubtopology[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestTopology(
  init: Partial<StreamsGroupHeartbeatRequestTopology> = {},
): StreamsGroupHeartbeatRequestTopology {
  return {
    epoch: init.epoch ?? 0,
    subtopologies: init.subtopologies ?? [],
  };
}

export interface StreamsGroupHeartbeatRequestSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  sourceTopicRegex: string[];
  stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  repartitionSinkTopics: string[];
  repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[];
  copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestSubtopology(
  init: Partial<StreamsGroupHeartbeatRequestSubtopology> = {},
): StreamsGroupHeartbeatRequestSubtopology {
  return {
    subtopologyId: init.subtopologyId ?? '',
    sourceTopics: init.sourceTopics ?? [],
    sourceTopicRegex: init.sourceTopicRegex ?? [],
    stateChangelogTopics: init.stateChangelogTopics ?? [],
    repartitionSinkTopics: init.repartitionSinkTopics ?? [],
    repartitionSourceTopics: init.repartitionSourceTopics ?? [],
    copartitionGroups: init.copartitionGroups ?? [],
  };
}

export interface StreamsGroupHeartbeatRequestTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupHeartbeatRequestKeyValue[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestTopicInfo(
  init: Partial<StreamsGroupHeartbeatRequestTopicInfo> = {},
): StreamsGroupHeartbeatRequestTopicInfo {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? 0,
    replicationFactor: init.replicationFactor ?? 0,
    topicConfigs: init.topicConfigs ?? [],
  };
}

export interface StreamsGroupHeartbeatRequestKeyValue {
  key: string;
  value: string;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestKeyValue(
  init: Partial<StreamsGroupHeartbeatRequestKeyValue> = {},
): StreamsGroupHeartbeatRequestKeyValue {
  return {
    key: init.key ?? '',
    value: init.value ?? '',
  };
}

export interface StreamsGroupHeartbeatRequestCopartitionGroup {
  sourceTopics: number[];
  sourceTopicRegex: number[];
  repartitionSourceTopics: number[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestCopartitionGroup(
  init: Partial<StreamsGroupHeartbeatRequestCopartitionGroup> = {},
): StreamsGroupHeartbeatRequestCopartitionGroup {
  return {
    sourceTopics: init.sourceTopics ?? [],
    sourceTopicRegex: init.sourceTopicRegex ?? [],
    repartitionSourceTopics: init.repartitionSourceTopics ?? [],
  };
}

export interface StreamsGroupHeartbeatRequestTaskIds {
  subtopologyId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestTaskIds(
  init: Partial<StreamsGroupHeartbeatRequestTaskIds> = {},
): StreamsGroupHeartbeatRequestTaskIds {
  return {
    subtopologyId: init.subtopologyId ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface StreamsGroupHeartbeatRequestEndpoint {
  host: string;
  port: number;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestEndpoint(
  init: Partial<StreamsGroupHeartbeatRequestEndpoint> = {},
): StreamsGroupHeartbeatRequestEndpoint {
  return {
    host: init.host ?? '',
    port: init.port ?? 0,
  };
}

export interface StreamsGroupHeartbeatRequestTaskOffset {
  subtopologyId: string;
  partition: number;
  offset: number;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatRequestTaskOffset(
  init: Partial<StreamsGroupHeartbeatRequestTaskOffset> = {},
): StreamsGroupHeartbeatRequestTaskOffset {
  return {
    subtopologyId: init.subtopologyId ?? '',
    partition: init.partition ?? 0,
    offset: init.offset ?? 0,
  };
}

function encodeStreamsGroupHeartbeatRequest(
  writer: Writer,
  message: StreamsGroupHeartbeatRequest,
): void {
  writer.writeString(message.groupId, true);
  writer.writeString(message.memberId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeInt32(message.endpointInformationEpoch);
  writer.writeNullableString(message.instanceId, true);
  writer.writeNullableString(message.rackId, true);
  writer.writeInt32(message.rebalanceTimeoutMs);
  if (message.topology === null) {
    writer.writeInt8(-1);
  } else {
    writer.writeInt8(1);
    encodeStreamsGroupHeartbeatRequestTopology(writer, message.topology);
  }
  if (message.activeTasks === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.activeTasks.length, true);
    for (const element of message.activeTasks) {
      encodeStreamsGroupHeartbeatRequestTaskIds(writer, element);
    }
  }
  if (message.standbyTasks === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.standbyTasks.length, true);
    for (const element of message.standbyTasks) {
      encodeStreamsGroupHeartbeatRequestTaskIds(writer, element);
    }
  }
  if (message.warmupTasks === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.warmupTasks.length, true);
    for (const element of message.warmupTasks) {
      encodeStreamsGroupHeartbeatRequestTaskIds(writer, element);
    }
  }
  writer.writeNullableString(message.processId, true);
  if (message.userEndpoint === null) {
    writer.writeInt8(-1);
  } else {
    writer.writeInt8(1);
    encodeStreamsGroupHeartbeatRequestEndpoint(writer, message.userEndpoint);
  }
  if (message.clientTags === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.clientTags.length, true);
    for (const element of message.clientTags) {
      encodeStreamsGroupHeartbeatRequestKeyValue(writer, element);
    }
  }
  if (message.taskOffsets === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.taskOffsets.length, true);
    for (const element of message.taskOffsets) {
      encodeStreamsGroupHeartbeatRequestTaskOffset(writer, element);
    }
  }
  if (message.taskEndOffsets === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.taskEndOffsets.length, true);
    for (const element of message.taskEndOffsets) {
      encodeStreamsGroupHeartbeatRequestTaskOffset(writer, element);
    }
  }
  writer.writeBoolean(message.shutdownApplication);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequest(reader: Reader): StreamsGroupHeartbeatRequest {
  const groupId = reader.readString(true);
  const memberId = reader.readString(true);
  const memberEpoch = reader.readInt32();
  const endpointInformationEpoch = reader.readInt32();
  const instanceId = reader.readNullableString(true);
  const rackId = reader.readNullableString(true);
  const rebalanceTimeoutMs = reader.readInt32();
  const topology = reader.readInt8() < 0 ? null : decodeStreamsGroupHeartbeatRequestTopology(reader);
  const activeTasksLength = reader.readNullableArrayLength(true, 3);
  const activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = activeTasksLength < 0 ? null : [];
  for (let i = 0; i < activeTasksLength; i++) {
    activeTasks!.push(decodeStreamsGroupHeartbeatRequestTaskIds(reader));
  }
  const standbyTasksLength = reader.readNullableArrayLength(true, 3);
  const standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = standbyTasksLength < 0 ? null : [];
  for (let i = 0; i < standbyTasksLength; i++) {
    standbyTasks!.push(decodeStreamsGroupHeartbeatRequestTaskIds(reader));
  }
  const warmupTasksLength = reader.readNullableArrayLength(true, 3);
  const warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null = warmupTasksLength < 0 ? null : [];
  for (let i = 0; i < warmupTasksLength; i++) {
    warmupTasks!.push(decodeStreamsGroupHeartbeatRequestTaskIds(reader));
  }
  const processId = reader.readNullableString(true);
  const userEndpoint = reader.readInt8() < 0 ? null : decodeStreamsGroupHeartbeatRequestEndpoint(reader);
  const clientTagsLength = reader.readNullableArrayLength(true, 3);
  const clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null = clientTagsLength < 0 ? null : [];
  for (let i = 0; i < clientTagsLength; i++) {
    clientTags!.push(decodeStreamsGroupHeartbeatRequestKeyValue(reader));
  }
  const taskOffsetsLength = reader.readNullableArrayLength(true, 14);
  const taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null = taskOffsetsLength < 0 ? null : [];
  for (let i = 0; i < taskOffsetsLength; i++) {
    taskOffsets!.push(decodeStreamsGroupHeartbeatRequestTaskOffset(reader));
  }
  const taskEndOffsetsLength = reader.readNullableArrayLength(true, 14);
  const taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null = taskEndOffsetsLength < 0 ? null : [];
  for (let i = 0; i < taskEndOffsetsLength; i++) {
    taskEndOffsets!.push(decodeStreamsGroupHeartbeatRequestTaskOffset(reader));
  }
  const shutdownApplication = reader.readBoolean();
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    endpointInformationEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    topology,
    activeTasks,
    standbyTasks,
    warmupTasks,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    shutdownApplication,
  };
}

function encodeStreamsGroupHeartbeatRequestTopology(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestTopology,
): void {
  writer.writeInt32(message.epoch);
  writer.writeArrayLength(message.subtopologies.length, true);
  for (const element of message.subtopologies) {
    encodeStreamsGroupHeartbeatRequestSubtopology(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestTopology(
  reader: Reader,
): StreamsGroupHeartbeatRequestTopology {
  const epoch = reader.readInt32();
  const subtopologiesLength = reader.readArrayLength(true, 8);
  const subtopologies: StreamsGroupHeartbeatRequestSubtopology[] = [];
  for (let i = 0; i < subtopologiesLength; i++) {
    subtopologies.push(decodeStreamsGroupHeartbeatRequestSubtopology(reader));
  }
  reader.skipTaggedFields();
  return {
    epoch,
    subtopologies,
  };
}

function encodeStreamsGroupHeartbeatRequestSubtopology(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestSubtopology,
): void {
  writer.writeString(message.subtopologyId, true);
  writer.writeArrayLength(message.sourceTopics.length, true);
  for (const element of message.sourceTopics) {
    writer.writeString(element, true);
  }
  writer.writeArrayLength(message.sourceTopicRegex.length, true);
  for (const element of message.sourceTopicRegex) {
    writer.writeString(element, true);
  }
  writer.writeArrayLength(message.stateChangelogTopics.length, true);
  for (const element of message.stateChangelogTopics) {
    encodeStreamsGroupHeartbeatRequestTopicInfo(writer, element);
  }
  writer.writeArrayLength(message.repartitionSinkTopics.length, true);
  for (const element of message.repartitionSinkTopics) {
    writer.writeString(element, true);
  }
  writer.writeArrayLength(message.repartitionSourceTopics.length, true);
  for (const element of message.repartitionSourceTopics) {
    encodeStreamsGroupHeartbeatRequestTopicInfo(writer, element);
  }
  writer.writeArrayLength(message.copartitionGroups.length, true);
  for (const element of message.copartitionGroups) {
    encodeStreamsGroupHeartbeatRequestCopartitionGroup(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestSubtopology(
  reader: Reader,
): StreamsGroupHeartbeatRequestSubtopology {
  const subtopologyId = reader.readString(true);
  const sourceTopicsLength = reader.readArrayLength(true, 1);
  const sourceTopics: string[] = [];
  for (let i = 0; i < sourceTopicsLength; i++) {
    sourceTopics.push(reader.readString(true));
  }
  const sourceTopicRegexLength = reader.readArrayLength(true, 1);
  const sourceTopicRegex: string[] = [];
  for (let i = 0; i < sourceTopicRegexLength; i++) {
    sourceTopicRegex.push(reader.readString(true));
  }
  const stateChangelogTopicsLength = reader.readArrayLength(true, 9);
  const stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[] = [];
  for (let i = 0; i < stateChangelogTopicsLength; i++) {
    stateChangelogTopics.push(decodeStreamsGroupHeartbeatRequestTopicInfo(reader));
  }
  const repartitionSinkTopicsLength = reader.readArrayLength(true, 1);
  const repartitionSinkTopics: string[] = [];
  for (let i = 0; i < repartitionSinkTopicsLength; i++) {
    repartitionSinkTopics.push(reader.readString(true));
  }
  const repartitionSourceTopicsLength = reader.readArrayLength(true, 9);
  const repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[] = [];
  for (let i = 0; i < repartitionSourceTopicsLength; i++) {
    repartitionSourceTopics.push(decodeStreamsGroupHeartbeatRequestTopicInfo(reader));
  }
  const copartitionGroupsLength = reader.readArrayLength(true, 4);
  const copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[] = [];
  for (let i = 0; i < copartitionGroupsLength; i++) {
    copartitionGroups.push(decodeStreamsGroupHeartbeatRequestCopartitionGroup(reader));
  }
  reader.skipTaggedFields();
  return {
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  };
}

function encodeStreamsGroupHeartbeatRequestTopicInfo(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestTopicInfo,
): void {
  writer.writeString(message.name, true);
  writer.writeInt32(message.partitions);
  writer.writeInt16(message.replicationFactor);
  writer.writeArrayLength(message.topicConfigs.length, true);
  for (const element of message.topicConfigs) {
    encodeStreamsGroupHeartbeatRequestKeyValue(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestTopicInfo(
  reader: Reader,
): StreamsGroupHeartbeatRequestTopicInfo {
  const name = reader.readString(true);
  const partitions = reader.readInt32();
  const replicationFactor = reader.readInt16();
  const topicConfigsLength = reader.readArrayLength(true, 3);
  const topicConfigs: StreamsGroupHeartbeatRequestKeyValue[] = [];
  for (let i = 0; i < topicConfigsLength; i++) {
    topicConfigs.push(decodeStreamsGroupHeartbeatRequestKeyValue(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  };
}

function encodeStreamsGroupHeartbeatRequestKeyValue(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestKeyValue,
): void {
  writer.writeString(message.key, true);
  writer.writeString(message.value, true);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestKeyValue(
  reader: Reader,
): StreamsGroupHeartbeatRequestKeyValue {
  const key = reader.readString(true);
  const value = reader.readString(true);
  reader.skipTaggedFields();
  return {
    key,
    value,
  };
}

function encodeStreamsGroupHeartbeatRequestCopartitionGroup(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestCopartitionGroup,
): void {
  writer.writeArrayLength(message.sourceTopics.length, true);
  for (const element of message.sourceTopics) {
    writer.writeInt16(element);
  }
  writer.writeArrayLength(message.sourceTopicRegex.length, true);
  for (const element of message.sourceTopicRegex) {
    writer.writeInt16(element);
  }
  writer.writeArrayLength(message.repartitionSourceTopics.length, true);
  for (const element of message.repartitionSourceTopics) {
    writer.writeInt16(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestCopartitionGroup(
  reader: Reader,
): StreamsGroupHeartbeatRequestCopartitionGroup {
  const sourceTopicsLength = reader.readArrayLength(true, 2);
  const sourceTopics: number[] = [];
  for (let i = 0; i < sourceTopicsLength; i++) {
    sourceTopics.push(reader.readInt16());
  }
  const sourceTopicRegexLength = reader.readArrayLength(true, 2);
  const sourceTopicRegex: number[] = [];
  for (let i = 0; i < sourceTopicRegexLength; i++) {
    sourceTopicRegex.push(reader.readInt16());
  }
  const repartitionSourceTopicsLength = reader.readArrayLength(true, 2);
  const repartitionSourceTopics: number[] = [];
  for (let i = 0; i < repartitionSourceTopicsLength; i++) {
    repartitionSourceTopics.push(reader.readInt16());
  }
  reader.skipTaggedFields();
  return {
    sourceTopics,
    sourceTopicRegex,
    repartitionSourceTopics,
  };
}

function encodeStreamsGroupHeartbeatRequestTaskIds(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestTaskIds,
): void {
  writer.writeString(message.subtopologyId, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestTaskIds(
  reader: Reader,
): StreamsGroupHeartbeatRequestTaskIds {
  const subtopologyId = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    subtopologyId,
    partitions,
  };
}

function encodeStreamsGroupHeartbeatRequestEndpoint(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestEndpoint,
): void {
  writer.writeString(message.host, true);
  writer.writeUint16(message.port);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestEndpoint(
  reader: Reader,
): StreamsGroupHeartbeatRequestEndpoint {
  const host = reader.readString(true);
  const port = reader.readUint16();
  reader.skipTaggedFields();
  return {
    host,
    port,
  };
}

function encodeStreamsGroupHeartbeatRequestTaskOffset(
  writer: Writer,
  message: StreamsGroupHeartbeatRequestTaskOffset,
): void {
  writer.writeString(message.subtopologyId, true);
  writer.writeInt32(message.partition);
  writer.writeInt64(message.offset);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatRequestTaskOffset(
  reader: Reader,
): StreamsGroupHeartbeatRequestTaskOffset {
  const subtopologyId = reader.readString(true);
  const partition = reader.readInt32();
  const offset = reader.readInt64();
  reader.skipTaggedFields();
  return {
    subtopologyId,
    partition,
    offset,
  };
}

export const StreamsGroupHeartbeatRequest: MessageCodec<StreamsGroupHeartbeatRequest> = {
  name: 'StreamsGroupHeartbeatRequest',
  apiKey: 88,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('StreamsGroupHeartbeatRequest', version, '0');
    }
    encodeStreamsGroupHeartbeatRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('StreamsGroupHeartbeatRequest', version, '0', reader.offset);
    }
    return decodeStreamsGroupHeartbeatRequest(reader);
  },
};
