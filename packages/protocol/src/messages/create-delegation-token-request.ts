// Generated from schemas/create-delegation-token.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreateDelegationTokenRequest (key 38): versions 1 to 3, flexible from 2. */
export interface CreateDelegationTokenRequest {
  /** Versions 3+. */
  ownerPrincipalType: string | null;
  /** Versions 3+. */
  ownerPrincipalName: string | null;
  renewers: CreateDelegationTokenRequestCreatableRenewers[];
  maxLifetimeMs: number;
}

/** Fields that are not given have their defaults. */
export function createCreateDelegationTokenRequest(
  init: Partial<CreateDelegationTokenRequest> = {},
): CreateDelegationTokenRequest {
  return {
    ownerPrincipalType: init.ownerPrincipalType !== undefined ? init.ownerPrincipalType : '',
    ownerPrincipalName: init.ownerPrincipalName !== undefined ? init.ownerPrincipalName : '',
    renewers: init.renewers ?? [],
    maxLifetimeMs: init.maxLifetimeMs ?? 0,
  };
}

export interface CreateDelegationTokenRequestCreatableRenewers {
  principalType: string;
  principalName: string;
}

/** Fields that are not given have their defaults. */
export function createCreateDelegationTokenRequestCreatableRenewers(
  init: Partial<CreateDelegationTokenRequestCreatableRenewers> = {},
): CreateDelegationTokenRequestCreatableRenewers {
  return {
    principalType: init.principalType ?? '',
    principalName: init.principalName ?? '',
  };
}

function encodeCreateDelegationTokenRequest(
  writer: Writer,
  message: Encodable<CreateDelegationTokenRequest>,
  version: number,
): void {
  const flexible = version >= 2;
  if (version >= 3) {
    writer.writeNullableString(message.ownerPrincipalType, flexible);
  } else if (message.ownerPrincipalType !== '') {
    throw fieldNotInVersion('CreateDelegationTokenRequest', 'ownerPrincipalType', version);
  }
  if (version >= 3) {
    writer.writeNullableString(message.ownerPrincipalName, flexible);
  } else if (message.ownerPrincipalName !== '') {
    throw fieldNotInVersion('CreateDelegationTokenRequest', 'ownerPrincipalName', version);
  }
  writer.writeArrayLength(message.renewers.length, flexible);
  for (const element of message.renewers) {
    encodeCreateDelegationTokenRequestCreatableRenewers(writer, element, version);
  }
  writer.writeInt64(message.maxLifetimeMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateDelegationTokenRequest(
  reader: Reader,
  version: number,
): CreateDelegationTokenRequest {
  const flexible = version >= 2;
  const ownerPrincipalType = version >= 3 ? reader.readNullableString(flexible) : '';
  const ownerPrincipalName = version >= 3 ? reader.readNullableString(flexible) : '';
  const renewersLength = reader.readArrayLength(flexible, 3);
  const renewers: CreateDelegationTokenRequestCreatableRenewers[] = [];
  for (let i = 0; i < renewersLength; i++) {
    renewers.push(decodeCreateDelegationTokenRequestCreatableRenewers(reader, version));
  }
  const maxLifetimeMs = reader.readInt64();
  if (flexible) reader.skipTaggedFields();
  return {
    ownerPrincipalType,
    ownerPrincipalName,
    renewers,
    maxLifetimeMs,
  };
}

function encodeCreateDelegationTokenRequestCreatableRenewers(
  writer: Writer,
  message: CreateDelegationTokenRequestCreatableRenewers,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.principalType, flexible);
  writer.writeString(message.principalName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateDelegationTokenRequestCreatableRenewers(
  reader: Reader,
  version: number,
): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2;
  const principalType = reader.readString(flexible);
  const principalName = reader.readString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    principalType,
    principalName,
  };
}

export const CreateDelegationTokenRequest: MessageCodec<CreateDelegationTokenRequest> = {
  name: 'CreateDelegationTokenRequest',
  apiKey: 38,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('CreateDelegationTokenRequest', version, '1-3');
    }
    encodeCreateDelegationTokenRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('CreateDelegationTokenRequest', version, '1-3', reader.offset);
    }
    return decodeCreateDelegationTokenRequest(reader, version);
  },
};
