// Generated from schemas/alter-user-scram-credentials.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterUserScramCredentialsRequest (key 51): version 0, flexible from 0. */
export interface AlterUserScramCredentialsRequest {
  deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[];
  upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[];
}

/** Fields that are not given have their defaults. */
export function createAlterUserScramCredentialsRequest(
  init: Partial<AlterUserScramCredentialsRequest> = {},
): AlterUserScramCredentialsRequest {
  return {
    deletions: init.deletions ?? [],
    upsertions: init.upsertions ?? [],
  };
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  name: string;
  mechanism: number;
}

/** Fields that are not given have their defaults. */
export function createAlterUserScramCredentialsRequestScramCredentialDeletion(
  init: Partial<AlterUserScramCredentialsRequestScramCredentialDeletion> = {},
): AlterUserScramCredentialsRequestScramCredentialDeletion {
  return {
    name: init.name ?? '',
    mechanism: init.mechanism ?? 0,
  };
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  name: string;
  mechanism: number;
  iterations: number;
  salt: Buffer;
  saltedPassword: Buffer;
}

/** Fields that are not given have their defaults. */
export function createAlterUserScramCredentialsRequestScramCredentialUpsertion(
  init: Partial<AlterUserScramCredentialsRequestScramCredentialUpsertion> = {},
): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  return {
    name: init.name ?? '',
    mechanism: init.mechanism ?? 0,
    iterations: init.iterations ?? 0,
    salt: init.salt ?? EMPTY_BYTES,
    saltedPassword: init.saltedPassword ?? EMPTY_BYTES,
  };
}

function encodeAlterUserScramCredentialsRequest(
  writer: Writer,
  message: Encodable<AlterUserScramCredentialsRequest>,
): void {
  writer.writeArrayLength(message.deletions.length, true);
  for (const element of message.deletions) {
    encodeAlterUserScramCredentialsRequestScramCredentialDeletion(writer, element);
  }
  writer.writeArrayLength(message.upsertions.length, true);
  for (const element of message.upsertions) {
    encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterUserScramCredentialsRequest(reader: Reader): AlterUserScramCredentialsRequest {
  const deletionsLength = reader.readArrayLength(true, 3);
  const deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[] = [];
  for (let i = 0; i < deletionsLength; i++) {
    deletions.push(decodeAlterUserScramCredentialsRequestScramCredentialDeletion(reader));
  }
  const upsertionsLength = reader.readArrayLength(true, 9);
  const upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = [];
  for (let i = 0; i < upsertionsLength; i++) {
    upsertions.push(decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(reader));
  }
  reader.skipTaggedFields();
  return {
    deletions,
    upsertions,
  };
}

function encodeAlterUserScramCredentialsRequestScramCredentialDeletion(
  writer: Writer,
  message: AlterUserScramCredentialsRequestScramCredentialDeletion,
): void {
  writer.writeString(message.name, true);
  writer.writeInt8(message.mechanism);
  writer.writeUnsignedVarint(0);
}

function decodeAlterUserScramCredentialsRequestScramCredentialDeletion(
  reader: Reader,
): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const name = reader.readString(true);
  const mechanism = reader.readInt8();
  reader.skipTaggedFields();
  return {
    name,
    mechanism,
  };
}

function encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(
  writer: Writer,
  message: AlterUserScramCredentialsRequestScramCredentialUpsertion,
): void {
  writer.writeString(message.name, true);
  writer.writeInt8(message.mechanism);
  writer.writeInt32(message.iterations);
  writer.writeBytes(message.salt, true);
  writer.writeBytes(message.saltedPassword, true);
  writer.writeUnsignedVarint(0);
}

function decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(
  reader: Reader,
): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const name = reader.readString(true);
  const mechanism = reader.readInt8();
  const iterations = reader.readInt32();
  const salt = reader.readBytes(true);
  const saltedPassword = reader.readBytes(true);
  reader.skipTaggedFields();
  return {
    name,
    mechanism,
    iterations,
    salt,
    saltedPassword,
  };
}

export const AlterUserScramCredentialsRequest: MessageCodec<AlterUserScramCredentialsRequest> = {
  name: 'AlterUserScramCredentialsRequest',
  apiKey: 51,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('AlterUserScramCredentialsRequest', version, '0');
    }
    encodeAlterUserScramCredentialsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('AlterUserScramCredentialsRequest', version, '0', reader.offset);
    }
    return decodeAlterUserScramCredentialsRequest(reader);
  },
};
