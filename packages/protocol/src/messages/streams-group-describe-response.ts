// Generated from schemas/streams-group-describe.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** StreamsGroupDescribeResponse (key 89): version 0, flexible from 0. */
export interface StreamsGroupDescribeResponse {
  throttleTimeMs: number;
  groups: StreamsGroupDescribeResponseDescribedGroup[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponse(
  init: Partial<StreamsGroupDescribeResponse> = {},
): StreamsGroupDescribeResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    groups: init.groups ?? [],
  };
}

export interface StreamsGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  topology: StreamsGroupDescribeResponseTopology | null;
  members: StreamsGroupDescribeResponseMember[];
  authorizedOperations: number;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseDescribedGroup(
  init: Partial<StreamsGroupDescribeResponseDescribedGroup> = {},
): StreamsGroupDescribeResponseDescribedGroup {
  return {
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    groupId: init.groupId ?? '',
    groupState: init.groupState ?? '',
    groupEpoch: init.groupEpoch ?? 0,
    assignmentEpoch: init.assignmentEpoch ?? 0,
    topology: init.topology ?? null,
    members: init.members ?? [],
    authorizedOperations: init.authorizedOperations ?? -2147483648,
  };
}

export interface StreamsGroupDescribeResponseTopology {
  epoch: number;
  subtopologies: StreamsGroupDescribeResponseSubtopology[] | null;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseTopology(
  init: Partial<StreamsGroupDescribeResponseTopology> = {},
): StreamsGroupDescribeResponseTopology {
  return {
    epoch: init.epoch ?? 0,
    subtopologies: init.subtopologies ?? null,
  };
}

export interface StreamsGroupDescribeResponseSubtopology {
  subtopologyId: string;
  sourceTopics: string[];
  repartitionSinkTopics: string[];
  stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[];
  repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseSubtopology(
  init: Partial<StreamsGroupDescribeResponseSubtopology> = {},
): StreamsGroupDescribeResponseSubtopology {
  return {
    subtopologyId: init.subtopologyId ?? '',
    sourceTopics: init.sourceTopics ?? [],
    repartitionSinkTopics: init.repartitionSinkTopics ?? [],
    stateChangelogTopics: init.stateChangelogTopics ?? [],
    repartitionSourceTopics: init.repartitionSourceTopics ?? [],
  };
}

export interface StreamsGroupDescribeResponseTopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: StreamsGroupDescribeResponseKeyValue[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseTopicInfo(
  init: Partial<StreamsGroupDescribeResponseTopicInfo> = {},
): StreamsGroupDescribeResponseTopicInfo {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? 0,
    replicationFactor: init.replicationFactor ?? 0,
    topicConfigs: init.topicConfigs ?? [],
  };
}

export interface StreamsGroupDescribeResponseKeyValue {
  key: string;
  value: string;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseKeyValue(
  init: Partial<StreamsGroupDescribeResponseKeyValue> = {},
): StreamsGroupDescribeResponseKeyValue {
  return {
    key: init.key ?? '',
    value: init.value ?? '',
  };
}

export interface StreamsGroupDescribeResponseMember {
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  clientHost: string;
  topologyEpoch: number;
  processId: string;
  userEndpoint: StreamsGroupDescribeResponseEndpoint | null;
  clientTags: StreamsGroupDescribeResponseKeyValue[];
  taskOffsets: StreamsGroupDescribeResponseTaskOffset[];
  taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[];
  assignment: StreamsGroupDescribeResponseAssignment;
  targetAssignment: StreamsGroupDescribeResponseAssignment;
  isClassic: boolean;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseMember(
  init: Partial<StreamsGroupDescribeResponseMember> = {},
): StreamsGroupDescribeResponseMember {
  return {
    memberId: init.memberId ?? '',
    memberEpoch: init.memberEpoch ?? 0,
    instanceId: init.instanceId ?? null,
    rackId: init.rackId ?? null,
    clientId: init.clientId ?? '',
    clientHost: init.clientHost ?? '',
    topologyEpoch: init.topologyEpoch ?? 0,
    processId: init.processId ?? '',
    userEndpoint: init.userEndpoint ?? null,
    clientTags: init.clientTags ?? [],
    taskOffsets: init.taskOffsets ?? [],
    taskEndOffsets: init.taskEndOffsets ?? [],
    assignment: init.assignment ?? createStreamsGroupDescribeResponseAssignment(),
    targetAssignment: init.targetAssignment ?? createStreamsGroupDescribeResponseAssignment(),
    isClassic: init.isClassic ?? false,
  };
}

export interface StreamsGroupDescribeResponseEndpoint {
  host: string;
  port: number;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseEndpoint(
  init: Partial<StreamsGroupDescribeResponseEndpoint> = {},
): StreamsGroupDescribeResponseEndpoint {
  return {
    host: init.host ?? '',
    port: init.port ?? 0,
  };
}

export interface StreamsGroupDescribeResponseTaskOffset {
  subtopologyId: string;
  partition: number;
  offset: number;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseTaskOffset(
  init: Partial<StreamsGroupDescribeResponseTaskOffset> = {},
): StreamsGroupDescribeResponseTaskOffset {
  return {
    subtopologyId: init.subtopologyId ?? '',
    partition: init.partition ?? 0,
    offset: init.offset ?? 0,
  };
}

export interface StreamsGroupDescribeResponseAssignment {
  activeTasks: StreamsGroupDescribeResponseTaskIds[];
  standbyTasks: StreamsGroupDescribeResponseTaskIds[];
  warmupTasks: StreamsGroupDescribeResponseTaskIds[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseAssignment(
  init: Partial<StreamsGroupDescribeResponseAssignment> = {},
): StreamsGroupDescribeResponseAssignment {
  return {
    activeTasks: init.activeTasks ?? [],
    standbyTasks: init.standbyTasks ?? [],
    warmupTasks: init.warmupTasks ?? [],
  };
}

export interface StreamsGroupDescribeResponseTaskIds {
  subtopologyId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupDescribeResponseTaskIds(
  init: Partial<StreamsGroupDescribeResponseTaskIds> = {},
): StreamsGroupDescribeResponseTaskIds {
  return {
    subtopologyId: init.subtopologyId ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeStreamsGroupDescribeResponse(
  writer: Writer,
  message: Encodable<StreamsGroupDescribeResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.groups.length, true);
  for (const element of message.groups) {
    encodeStreamsGroupDescribeResponseDescribedGroup(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponse(reader: Reader): StreamsGroupDescribeResponse {
  const throttleTimeMs = reader.readInt32();
  const groupsLength = reader.readArrayLength(true, 20);
  const groups: StreamsGroupDescribeResponseDescribedGroup[] = [];
  for (let i = 0; i < groupsLength; i++) {
    groups.push(decodeStreamsGroupDescribeResponseDescribedGroup(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    groups,
  };
}

function encodeStreamsGroupDescribeResponseDescribedGroup(
  writer: Writer,
  message: StreamsGroupDescribeResponseDescribedGroup,
): void {
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeString(message.groupId, true);
  writer.writeString(message.groupState, true);
  writer.writeInt32(message.groupEpoch);
  writer.writeInt32(message.assignmentEpoch);
  if (message.topology === null) {
    writer.writeInt8(-1);
  } else {
    writer.writeInt8(1);
    encodeStreamsGroupDescribeResponseTopology(writer, message.topology);
  }
  writer.writeArrayLength(message.members.length, true);
  for (const element of message.members) {
    encodeStreamsGroupDescribeResponseMember(writer, element);
  }
  writer.writeInt32(message.authorizedOperations);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseDescribedGroup(
  reader: Reader,
): StreamsGroupDescribeResponseDescribedGroup {
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const groupId = reader.readString(true);
  const groupState = reader.readString(true);
  const groupEpoch = reader.readInt32();
  const assignmentEpoch = reader.readInt32();
  const topology = reader.readInt8() < 0 ? null : decodeStreamsGroupDescribeResponseTopology(reader);
  const membersLength = reader.readArrayLength(true, 28);
  const members: StreamsGroupDescribeResponseMember[] = [];
  for (let i = 0; i < membersLength; i++) {
    members.push(decodeStreamsGroupDescribeResponseMember(reader));
  }
  const authorizedOperations = reader.readInt32();
  reader.skipTaggedFields();
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    topology,
    members,
    authorizedOperations,
  };
}

function encodeStreamsGroupDescribeResponseTopology(
  writer: Writer,
  message: StreamsGroupDescribeResponseTopology,
): void {
  writer.writeInt32(message.epoch);
  if (message.subtopologies === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.subtopologies.length, true);
    for (const element of message.subtopologies) {
      encodeStreamsGroupDescribeResponseSubtopology(writer, element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseTopology(
  reader: Reader,
): StreamsGroupDescribeResponseTopology {
  const epoch = reader.readInt32();
  const subtopologiesLength = reader.readNullableArrayLength(true, 6);
  const subtopologies: StreamsGroupDescribeResponseSubtopology[] | null = subtopologiesLength < 0 ? null : [];
  for (let i = 0; i < subtopologiesLength; i++) {
    subtopologies!.push(decodeStreamsGroupDescribeResponseSubtopology(reader));
  }
  reader.skipTaggedFields();
  return {
    epoch,
    subtopologies,
  };
}

function encodeStreamsGroupDescribeResponseSubtopology(
  writer: Writer,
  message: StreamsGroupDescribeResponseSubtopology,
): void {
  writer.writeString(message.subtopologyId, true);
  writer.writeArrayLength(message.sourceTopics.length, true);
  for (const element of message.sourceTopics) {
    writer.writeString(element, true);
  }
  writer.writeArrayLength(message.repartitionSinkTopics.length, true);
  for (const element of message.repartitionSinkTopics) {
    writer.writeString(element, true);
  }
  writer.writeArrayLength(message.stateChangelogTopics.length, true);
  for (const element of message.stateChangelogTopics) {
    encodeStreamsGroupDescribeResponseTopicInfo(writer, element);
  }
  writer.writeArrayLength(message.repartitionSourceTopics.length, true);
  for (const element of message.repartitionSourceTopics) {
    encodeStreamsGroupDescribeResponseTopicInfo(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseSubtopology(
  reader: Reader,
): StreamsGroupDescribeResponseSubtopology {
  const subtopologyId = reader.readString(true);
  const sourceTopicsLength = reader.readArrayLength(true, 1);
  const sourceTopics: string[] = [];
  for (let i = 0; i < sourceTopicsLength; i++) {
    sourceTopics.push(reader.readString(true));
  }
  const repartitionSinkTopicsLength = reader.readArrayLength(true, 1);
  const repartitionSinkTopics: string[] = [];
  for (let i = 0; i < repartitionSinkTopicsLength; i++) {
    repartitionSinkTopics.push(reader.readString(true));
  }
  const stateChangelogTopicsLength = reader.readArrayLength(true, 9);
  const stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[] = [];
  for (let i = 0; i < stateChangelogTopicsLength; i++) {
    stateChangelogTopics.push(decodeStreamsGroupDescribeResponseTopicInfo(reader));
  }
  const repartitionSourceTopicsLength = reader.readArrayLength(true, 9);
  const repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[] = [];
  for (let i = 0; i < repartitionSourceTopicsLength; i++) {
    repartitionSourceTopics.push(decodeStreamsGroupDescribeResponseTopicInfo(reader));
  }
  reader.skipTaggedFields();
  return {
    subtopologyId,
    sourceTopics,
    repartitionSinkTopics,
    stateChangelogTopics,
    repartitionSourceTopics,
  };
}

function encodeStreamsGroupDescribeResponseTopicInfo(
  writer: Writer,
  message: StreamsGroupDescribeResponseTopicInfo,
): void {
  writer.writeString(message.name, true);
  writer.writeInt32(message.partitions);
  writer.writeInt16(message.replicationFactor);
  writer.writeArrayLength(message.topicConfigs.length, true);
  for (const element of message.topicConfigs) {
    encodeStreamsGroupDescribeResponseKeyValue(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseTopicInfo(
  reader: Reader,
): StreamsGroupDescribeResponseTopicInfo {
  const name = reader.readString(true);
  const partitions = reader.readInt32();
  const replicationFactor = reader.readInt16();
  const topicConfigsLength = reader.readArrayLength(true, 3);
  const topicConfigs: StreamsGroupDescribeResponseKeyValue[] = [];
  for (let i = 0; i < topicConfigsLength; i++) {
    topicConfigs.push(decodeStreamsGroupDescribeResponseKeyValue(reader));
  }
  reader.skipTaggedFields();
  return {
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  };
}

function encodeStreamsGroupDescribeResponseKeyValue(
  writer: Writer,
  message: StreamsGroupDescribeResponseKeyValue,
): void {
  writer.writeString(message.key, true);
  writer.writeString(message.value, true);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseKeyValue(
  reader: Reader,
): StreamsGroupDescribeResponseKeyValue {
  const key = reader.readString(true);
  const value = reader.readString(true);
  reader.skipTaggedFields();
  return {
    key,
    value,
  };
}

function encodeStreamsGroupDescribeResponseMember(
  writer: Writer,
  message: StreamsGroupDescribeResponseMember,
): void {
  writer.writeString(message.memberId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeNullableString(message.instanceId, true);
  writer.writeNullableString(message.rackId, true);
  writer.writeString(message.clientId, true);
  writer.writeString(message.clientHost, true);
  writer.writeInt32(message.topologyEpoch);
  writer.writeString(message.processId, true);
  if (message.userEndpoint === null) {
    writer.writeInt8(-1);
  } else {
    writer.writeInt8(1);
    encodeStreamsGroupDescribeResponseEndpoint(writer, message.userEndpoint);
  }
  writer.writeArrayLength(message.clientTags.length, true);
  for (const element of message.clientTags) {
    encodeStreamsGroupDescribeResponseKeyValue(writer, element);
  }
  writer.writeArrayLength(message.taskOffsets.length, true);
  for (const element of message.taskOffsets) {
    encodeStreamsGroupDescribeResponseTaskOffset(writer, element);
  }
  writer.writeArrayLength(message.taskEndOffsets.length, true);
  for (const element of message.taskEndOffsets) {
    encodeStreamsGroupDescribeResponseTaskOffset(writer, element);
  }
  encodeStreamsGroupDescribeResponseAssignment(writer, message.assignment);
  encodeStreamsGroupDescribeResponseAssignment(writer, message.targetAssignment);
  writer.writeBoolean(message.isClassic);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseMember(
  reader: Reader,
): StreamsGroupDescribeResponseMember {
  const memberId = reader.readString(true);
  const memberEpoch = reader.readInt32();
  const instanceId = reader.readNullableString(true);
  const rackId = reader.readNullableString(true);
  const clientId = reader.readString(true);
  const clientHost = reader.readString(true);
  const topologyEpoch = reader.readInt32();
  const processId = reader.readString(true);
  const userEndpoint = reader.readInt8() < 0 ? null : decodeStreamsGroupDescribeResponseEndpoint(reader);
  const clientTagsLength = reader.readArrayLength(true, 3);
  const clientTags: StreamsGroupDescribeResponseKeyValue[] = [];
  for (let i = 0; i < clientTagsLength; i++) {
    clientTags.push(decodeStreamsGroupDescribeResponseKeyValue(reader));
  }
  const taskOffsetsLength = reader.readArrayLength(true, 14);
  const taskOffsets: StreamsGroupDescribeResponseTaskOffset[] = [];
  for (let i = 0; i < taskOffsetsLength; i++) {
    taskOffsets.push(decodeStreamsGroupDescribeResponseTaskOffset(reader));
  }
  const taskEndOffsetsLength = reader.readArrayLength(true, 14);
  const taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[] = [];
  for (let i = 0; i < taskEndOffsetsLength; i++) {
    taskEndOffsets.push(decodeStreamsGroupDescribeResponseTaskOffset(reader));
  }
  const assignment = decodeStreamsGroupDescribeResponseAssignment(reader);
  const targetAssignment = decodeStreamsGroupDescribeResponseAssignment(reader);
  const isClassic = reader.readBoolean();
  reader.skipTaggedFields();
  return {
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    clientId,
    clientHost,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    assignment,
    targetAssignment,
    isClassic,
  };
}

function encodeStreamsGroupDescribeResponseEndpoint(
  writer: Writer,
  message: StreamsGroupDescribeResponseEndpoint,
): void {
  writer.writeString(message.host, true);
  writer.writeUint16(message.port);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseEndpoint(
  reader: Reader,
): StreamsGroupDescribeResponseEndpoint {
  const host = reader.readString(true);
  const port = reader.readUint16();
  reader.skipTaggedFields();
  return {
    host,
    port,
  };
}

function encodeStreamsGroupDescribeResponseTaskOffset(
  writer: Writer,
  message: StreamsGroupDescribeResponseTaskOffset,
): void {
  writer.writeString(message.subtopologyId, true);
  writer.writeInt32(message.partition);
  writer.writeInt64(message.offset);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseTaskOffset(
  reader: Reader,
): StreamsGroupDescribeResponseTaskOffset {
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

function encodeStreamsGroupDescribeResponseAssignment(
  writer: Writer,
  message: StreamsGroupDescribeResponseAssignment,
): void {
  writer.writeArrayLength(message.activeTasks.length, true);
  for (const element of message.activeTasks) {
    encodeStreamsGroupDescribeResponseTaskIds(writer, element);
  }
  writer.writeArrayLength(message.standbyTasks.length, true);
  for (const element of message.standbyTasks) {
    encodeStreamsGroupDescribeResponseTaskIds(writer, element);
  }
  writer.writeArrayLength(message.warmupTasks.length, true);
  for (const element of message.warmupTasks) {
    encodeStreamsGroupDescribeResponseTaskIds(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseAssignment(
  reader: Reader,
): StreamsGroupDescribeResponseAssignment {
  const activeTasksLength = reader.readArrayLength(true, 3);
  const activeTasks: StreamsGroupDescribeResponseTaskIds[] = [];
  for (let i = 0; i < activeTasksLength; i++) {
    activeTasks.push(decodeStreamsGroupDescribeResponseTaskIds(reader));
  }
  const standbyTasksLength = reader.readArrayLength(true, 3);
  const standbyTasks: StreamsGroupDescribeResponseTaskIds[] = [];
  for (let i = 0; i < standbyTasksLength; i++) {
    standbyTasks.push(decodeStreamsGroupDescribeResponseTaskIds(reader));
  }
  const warmupTasksLength = reader.readArrayLength(true, 3);
  const warmupTasks: StreamsGroupDescribeResponseTaskIds[] = [];
  for (let i = 0; i < warmupTasksLength; i++) {
    warmupTasks.push(decodeStreamsGroupDescribeResponseTaskIds(reader));
  }
  reader.skipTaggedFields();
  return {
    activeTasks,
    standbyTasks,
    warmupTasks,
  };
}

function encodeStreamsGroupDescribeResponseTaskIds(
  writer: Writer,
  message: StreamsGroupDescribeResponseTaskIds,
): void {
  writer.writeString(message.subtopologyId, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupDescribeResponseTaskIds(
  reader: Reader,
): StreamsGroupDescribeResponseTaskIds {
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

export const StreamsGroupDescribeResponse: MessageCodec<StreamsGroupDescribeResponse> = {
  name: 'StreamsGroupDescribeResponse',
  apiKey: 89,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('StreamsGroupDescribeResponse', version, '0');
    }
    encodeStreamsGroupDescribeResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('StreamsGroupDescribeResponse', version, '0', reader.offset);
    }
    return decodeStreamsGroupDescribeResponse(reader);
  },
};
