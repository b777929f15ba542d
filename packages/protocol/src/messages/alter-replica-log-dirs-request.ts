// Generated from schemas/alter-replica-log-dirs.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterReplicaLogDirsRequest (key 34): versions 1 to 2, flexible from 2. */
export interface AlterReplicaLogDirsRequest {
  dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[];
}

/** Fields that are not given have their defaults. */
export function createAlterReplicaLogDirsRequest(
  init: Partial<AlterReplicaLogDirsRequest> = {},
): AlterReplicaLogDirsRequest {
  return {
    dirs: init.dirs ?? [],
  };
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  path: string;
  topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[];
}

/** Fields that are not given have their defaults. */
export function createAlterReplicaLogDirsRequestAlterReplicaLogDir(
  init: Partial<AlterReplicaLogDirsRequestAlterReplicaLogDir> = {},
): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  return {
    path: init.path ?? '',
    topics: init.topics ?? [],
  };
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  name: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(
  init: Partial<AlterReplicaLogDirsRequestAlterReplicaLogDirTopic> = {},
): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  return {
    name: init.name ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeAlterReplicaLogDirsRequest(
  writer: Writer,
  message: Encodable<AlterReplicaLogDirsRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeArrayLength(message.dirs.length, flexible);
  for (const element of message.dirs) {
    encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterReplicaLogDirsRequest(
  reader: Reader,
  version: number,
): AlterReplicaLogDirsRequest {
  const flexible = version >= 2;
  const dirsLength = reader.readArrayLength(flexible, 3);
  const dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = [];
  for (let i = 0; i < dirsLength; i++) {
    dirs.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    dirs,
  };
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(
  writer: Writer,
  message: AlterReplicaLogDirsRequestAlterReplicaLogDir,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.path, flexible);
  writer.writeArrayLength(message.topics.length, flexible);
  for (const element of message.topics) {
    encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(
  reader: Reader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version >= 2;
  const path = reader.readString(flexible);
  const topicsLength = reader.readArrayLength(flexible, 3);
  const topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    path,
    topics,
  };
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(
  writer: Writer,
  message: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.name, flexible);
  writer.writeArrayLength(message.partitions.length, flexible);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(
  reader: Reader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version >= 2;
  const name = reader.readString(flexible);
  const partitionsLength = reader.readArrayLength(flexible, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  if (flexible) reader.skipTaggedFields();
  return {
    name,
    partitions,
  };
}

export const AlterReplicaLogDirsRequest: MessageCodec<AlterReplicaLogDirsRequest> = {
  name: 'AlterReplicaLogDirsRequest',
  apiKey: 34,
  minVersion: 1,
  maxVersion: 2,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToEncode('AlterReplicaLogDirsRequest', version, '1-2');
    }
    encodeAlterReplicaLogDirsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 2)) {
      throw unknownVersionToDecode('AlterReplicaLogDirsRequest', version, '1-2', reader.offset);
    }
    return decodeAlterReplicaLogDirsRequest(reader, version);
  },
};
