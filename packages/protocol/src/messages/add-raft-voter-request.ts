// Generated from schemas/add-raft-voter.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AddRaftVoterRequest (key 80): versions 0 to 1, flexible from 0. */
export interface AddRaftVoterRequest {
  clusterId: string | null;
  timeoutMs: number;
  voterId: number;
  voterDirectoryId: string;
  listeners: AddRaftVoterRequestListener[];
  /** Versions 1+. */
  ackWhenCommitted: boolean;
}

/** Fields that are not given have their defaults. */
export function createAddRaftVoterRequest(
  init: Partial<AddRaftVoterRequest> = {},
): AddRaftVoterRequest {
  return {
    clusterId: init.clusterId !== undefined ? init.clusterId : '',
    timeoutMs: init.timeoutMs ?? 0,
    voterId: init.voterId ?? 0,
    voterDirectoryId: init.voterDirectoryId ?? ZERO_UUID,
    listeners: init.listeners ?? [],
    ackWhenCommitted: init.ackWhenCommitted ?? true,
  };
}

export interface AddRaftVoterRequestListener {
  name: string;
  host: string;
  port: number;
}

/** Fields that are not given have their defaults. */
export function createAddRaftVoterRequestListener(
  init: Partial<AddRaftVoterRequestListener> = {},
): AddRaftVoterRequestListener {
  return {
    name: init.name ?? '',
    host: init.host ?? '',
    port: init.port ?? 0,
  };
}

function encodeAddRaftVoterRequest(
  writer: Writer,
  message: Encodable<AddRaftVoterRequest>,
  version: number,
): void {
  writer.writeNullableString(message.clusterId, true);
  writer.writeInt32(message.timeoutMs);
  writer.writeInt32(message.voterId);
  writer.writeUuid(message.voterDirectoryId);
  writer.writeArrayLength(message.listeners.length, true);
  for (const element of message.listeners) {
    encodeAddRaftVoterRequestListener(writer, element);
  }
  if (version >= 1) {
    writer.writeBoolean(message.ackWhenCommitted);
  } else if (!message.ackWhenCommitted) {
    throw fieldNotInVersion('AddRaftVoterRequest', 'ackWhenCommitted', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAddRaftVoterRequest(reader: Reader, version: number): AddRaftVoterRequest {
  const clusterId = reader.readNullableString(true);
  const timeoutMs = reader.readInt32();
  const voterId = reader.readInt32();
  const voterDirectoryId = reader.readUuid();
  const listenersLength = reader.readArrayLength(true, 5);
  const listeners: AddRaftVoterRequestListener[] = [];
  for (let i = 0; i < listenersLength; i++) {
    listeners.push(decodeAddRaftVoterRequestListener(reader));
  }
  const ackWhenCommitted = version >= 1 ? reader.readBoolean() : true;
  reader.skipTaggedFields();
  return {
    clusterId,
    timeoutMs,
    voterId,
    voterDirectoryId,
    listeners,
    ackWhenCommitted,
  };
}

function encodeAddRaftVoterRequestListener(
  writer: Writer,
  message: AddRaftVoterRequestListener,
): void {
  writer.writeString(message.name, true);
  writer.writeString(message.host, true);
  writer.writeUint16(message.port);
  writer.writeUnsignedVarint(0);
}

function decodeAddRaftVoterRequestListener(reader: Reader): AddRaftVoterRequestListener {
  const name = reader.readString(true);
  const host = reader.readString(true);
  const port = reader.readUint16();
  reader.skipTaggedFields();
  return {
    name,
    host,
    port,
  };
}

export const AddRaftVoterRequest: MessageCodec<AddRaftVoterRequest> = {
  name: 'AddRaftVoterRequest',
  apiKey: 80,
  minVersion: 0,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToEncode('AddRaftVoterRequest', version, '0-1');
    }
    encodeAddRaftVoterRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 1)) {
      throw unknownVersionToDecode('AddRaftVoterRequest', version, '0-1', reader.offset);
    }
    return decodeAddRaftVoterRequest(reader, version);
  },
};
