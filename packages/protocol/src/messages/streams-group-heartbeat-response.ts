// Generated from schemas/streams-group-heartbeat.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** StreamsGroupHeartbeatResponse (key 88): version 0, flexible from 0. */
export interface StreamsGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  acceptableRecoveryLag: number;
  taskOffsetIntervalMs: number;
  status: StreamsGroupHeartbeatResponseStatus[] | null;
  activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null;
  endpointInformationEpoch: number;
  partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatResponse(
  init: Partial<StreamsGroupHeartbeatResponse> = {},
): StreamsGroupHeartbeatResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage ?? null,
    memberId: init.memberId ?? '',
    memberEpoch: init.memberEpoch ?? 0,
    heartbeatIntervalMs: init.heartbeatIntervalMs ?? 0,
    acceptableRecoveryLag: init.acceptableRecoveryLag ?? 0,
    taskOffsetIntervalMs: init.taskOffsetIntervalMs ?? 0,
    status: init.status !== undefined ? init.status : [],
    activeTasks: init.activeTasks ?? null,
    standbyTasks: init.standbyTasks ?? null,
    warmupTasks: init.warmupTasks ?? null,
    endpointInformationEpoch: init.endpointInformationEpoch ?? 0,
    partitionsByUserEndpoint: init.partitionsByUserEndpoint ?? null,
  };
}

export interface StreamsGroupHeartbeatResponseStatus {
  statusCode: number;
  statusDetail: string;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatResponseStatus(
  init: Partial<StreamsGroupHeartbeatResponseStatus> = {},
): StreamsGroupHeartbeatResponseStatus {
  return {
    statusCode: init.statusCode ?? 0,
    statusDetail: init.statusDetail ?? '',
  };
}

export interface StreamsGroupHeartbeatResponseTaskIds {
  subtopologyId: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatResponseTaskIds(
  init: Partial<StreamsGroupHeartbeatResponseTaskIds> = {},
): StreamsGroupHeartbeatResponseTaskIds {
  return {
    subtopologyId: init.subtopologyId ?? '',
    partitions: init.partitions ?? [],
  };
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitions {
  userEndpoint: StreamsGroupHeartbeatResponseEndpoint;
  activePartitions: StreamsGroupHeartbeatResponseTopicPartition[];
  standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatResponseEndpointToPartitions(
  init: Partial<StreamsGroupHeartbeatResponseEndpointToPartitions> = {},
): StreamsGroupHeartbeatResponseEndpointToPartitions {
  return {
    userEndpoint: init.userEndpoint ?? createStreamsGroupHeartbeatResponseEndpoint(),
    activePartitions: init.activePartitions ?? [],
    standbyPartitions: init.standbyPartitions ?? [],
  };
}

export interface StreamsGroupHeartbeatResponseEndpoint {
  host: string;
  port: number;
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatResponseEndpoint(
  init: Partial<StreamsGroupHeartbeatResponseEndpoint> = {},
): StreamsGroupHeartbeatResponseEndpoint {
  return {
    host: init.host ?? '',
    port: init.port ?? 0,
  };
}

export interface StreamsGroupHeartbeatResponseTopicPartition {
  topic: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createStreamsGroupHeartbeatResponseTopicPartition(
  init: Partial<StreamsGroupHeartbeatResponseTopicPartition> = {},
): StreamsGroupHeartbeatResponseTopicPartition {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeStreamsGroupHeartbeatResponse(
  writer: Writer,
  message: StreamsGroupHeartbeatResponse,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeString(message.memberId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeInt32(message.heartbeatIntervalMs);
  writer.writeInt32(message.acceptableRecoveryLag);
  writer.writeInt32(message.taskOffsetIntervalMs);
  if (message.status === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.status.length, true);
    for (const element of message.status) {
      encodeStreamsGroupHeartbeatResponseStatus(writer, element);
    }
  }
  if (message.activeTasks === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.activeTasks.length, true);
    for (const element of message.activeTasks) {
      encodeStreamsGroupHeartbeatResponseTaskIds(writer, element);
    }
  }
  if (message.standbyTasks === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.standbyTasks.length, true);
    for (const element of message.standbyTasks) {
      encodeStreamsGroupHeartbeatResponseTaskIds(writer, element);
    }
  }
  if (message.warmupTasks === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.warmupTasks.length, true);
    for (const element of message.warmupTasks) {
      encodeStreamsGroupHeartbeatResponseTaskIds(writer, element);
    }
  }
  writer.writeInt32(message.endpointInformationEpoch);
  if (message.partitionsByUserEndpoint === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.partitionsByUserEndpoint.length, true);
    for (const element of message.partitionsByUserEndpoint) {
      encodeStreamsGroupHeartbeatResponseEndpointToPartitions(writer, element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatResponse(reader: Reader): StreamsGroupHeartbeatResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const memberId = reader.readString(true);
  const memberEpoch = reader.readInt32();
  const heartbeatIntervalMs = reader.readInt32();
  const acceptableRecoveryLag = reader.readInt32();
  const taskOffsetIntervalMs = reader.readInt32();
  const statusLength = reader.readNullableArrayLength(true, 3);
  const status: StreamsGroupHeartbeatResponseStatus[] | null = statusLength < 0 ? null : [];
  for (let i = 0; i < statusLength; i++) {
    status!.push(decodeStreamsGroupHeartbeatResponseStatus(reader));
  }
  const activeTasksLength = reader.readNullableArrayLength(true, 3);
  const activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = activeTasksLength < 0 ? null : [];
  for (let i = 0; i < activeTasksLength; i++) {
    activeTasks!.push(decodeStreamsGroupHeartbeatResponseTaskIds(reader));
  }
  const standbyTasksLength = reader.readNullableArrayLength(true, 3);
  const standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = standbyTasksLength < 0 ? null : [];
  for (let i = 0; i < standbyTasksLength; i++) {
    standbyTasks!.push(decodeStreamsGroupHeartbeatResponseTaskIds(reader));
  }
  const warmupTasksLength = reader.readNullableArrayLength(true, 3);
  const warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null = warmupTasksLength < 0 ? null : [];
  for (let i = 0; i < warmupTasksLength; i++) {
    warmupTasks!.push(decodeStreamsGroupHeartbeatResponseTaskIds(reader));
  }
  const endpointInformationEpoch = reader.readInt32();
  const partitionsByUserEndpointLength = reader.readNullableArrayLength(true, 7);
  const partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null = partitionsByUserEndpointLength < 0 ? null : [];
  for (let i = 0; i < partitionsByUserEndpointLength; i++) {
    partitionsByUserEndpoint!.push(decodeStreamsGroupHeartbeatResponseEndpointToPartitions(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    acceptableRecoveryLag,
    taskOffsetIntervalMs,
    status,
    activeTasks,
    standbyTasks,
    warmupTasks,
    endpointInformationEpoch,
    partitionsByUserEndpoint,
  };
}

function encodeStreamsGroupHeartbeatResponseStatus(
  writer: Writer,
  message: StreamsGroupHeartbeatResponseStatus,
): void {
  writer.writeInt8(message.statusCode);
  writer.writeString(message.statusDetail, true);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatResponseStatus(
  reader: Reader,
): StreamsGroupHeartbeatResponseStatus {
  const statusCode = reader.readInt8();
  const statusDetail = reader.readString(true);
  reader.skipTaggedFields();
  return {
    statusCode,
    statusDetail,
  };
}

function encodeStreamsGroupHeartbeatResponseTaskIds(
  writer: Writer,
  message: StreamsGroupHeartbeatResponseTaskIds,
): void {
  writer.writeString(message.subtopologyId, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatResponseTaskIds(
  reader: Reader,
): StreamsGroupHeartbeatResponseTaskIds {
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

function encodeStreamsGroupHeartbeatResponseEndpointToPartitions(
  writer: Writer,
  message: StreamsGroupHeartbeatResponseEndpointToPartitions,
): void {
  encodeStreamsGroupHeartbeatResponseEndpoint(writer, message.userEndpoint);
  writer.writeArrayLength(message.activePartitions.length, true);
  for (const element of message.activePartitions) {
    encodeStreamsGroupHeartbeatResponseTopicPartition(writer, element);
  }
  writer.writeArrayLength(message.standbyPartitions.length, true);
  for (const element of message.standbyPartitions) {
    encodeStreamsGroupHeartbeatResponseTopicPartition(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatResponseEndpointToPartitions(
  reader: Reader,
): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const userEndpoint = decodeStreamsGroupHeartbeatResponseEndpoint(reader);
  const activePartitionsLength = reader.readArrayLength(true, 3);
  const activePartitions: StreamsGroupHeartbeatResponseTopicPartition[] = [];
  for (let i = 0; i < activePartitionsLength; i++) {
    activePartitions.push(decodeStreamsGroupHeartbeatResponseTopicPartition(reader));
  }
  const standbyPartitionsLength = reader.readArrayLength(true, 3);
  const standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[] = [];
  for (let i = 0; i < standbyPartitionsLength; i++) {
    standbyPartitions.push(decodeStreamsGroupHeartbeatResponseTopicPartition(reader));
  }
  reader.skipTaggedFields();
  return {
    userEndpoint,
    activePartitions,
    standbyPartitions,
  };
}

function encodeStreamsGroupHeartbeatResponseEndpoint(
  writer: Writer,
  message: StreamsGroupHeartbeatResponseEndpoint,
): void {
  writer.writeString(message.host, true);
  writer.writeUint16(message.port);
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatResponseEndpoint(
  reader: Reader,
): StreamsGroupHeartbeatResponseEndpoint {
  const host = reader.readString(true);
  const port = reader.readUint16();
  reader.skipTaggedFields();
  return {
    host,
    port,
  };
}

function encodeStreamsGroupHeartbeatResponseTopicPartition(
  writer: Writer,
  message: StreamsGroupHeartbeatResponseTopicPartition,
): void {
  writer.writeString(message.topic, true);
  writer.writeArrayLength(message.partitions.length, true);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeStreamsGroupHeartbeatResponseTopicPartition(
  reader: Reader,
): StreamsGroupHeartbeatResponseTopicPartition {
  const topic = reader.readString(true);
  const partitionsLength = reader.readArrayLength(true, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  reader.skipTaggedFields();
  return {
    topic,
    partitions,
  };
}

export const StreamsGroupHeartbeatResponse: MessageCodec<StreamsGroupHeartbeatResponse> = {
  name: 'StreamsGroupHeartbeatResponse',
  apiKey: 88,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('StreamsGroupHeartbeatResponse', version, '0');
    }
    encodeStreamsGroupHeartbeatResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('StreamsGroupHeartbeatResponse', version, '0', reader.offset);
    }
    return decodeStreamsGroupHeartbeatResponse(reader);
  },
};
