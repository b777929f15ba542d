// Generated from schemas/create-delegation-token.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** CreateDelegationTokenResponse (key 38): versions 1 to 3, flexible from 2. */
export interface CreateDelegationTokenResponse {
  errorCode: number;
  principalType: string;
  principalName: string;
  /** Versions 3+. */
  tokenRequesterPrincipalType: string;
  /** Versions 3+. */
  tokenRequesterPrincipalName: string;
  issueTimestampMs: number;
  expiryTimestampMs: number;
  maxTimestampMs: number;
  tokenId: string;
  hmac: Buffer;
  throttleTimeMs: number;
}

/** Fields that are not given have their defaults. */
export function createCreateDelegationTokenResponse(
  init: Partial<CreateDelegationTokenResponse> = {},
): CreateDelegationTokenResponse {
  return {
    errorCode: init.errorCode ?? 0,
    principalType: init.principalType ?? '',
    principalName: init.principalName ?? '',
    tokenRequesterPrincipalType: init.tokenRequesterPrincipalType ?? '',
    tokenRequesterPrincipalName: init.tokenRequesterPrincipalName ?? '',
    issueTimestampMs: init.issueTimestampMs ?? 0,
    expiryTimestampMs: init.expiryTimestampMs ?? 0,
    maxTimestampMs: init.maxTimestampMs ?? 0,
    tokenId: init.tokenId ?? '',
    hmac: init.hmac ?? EMPTY_BYTES,
    throttleTimeMs: init.throttleTimeMs ?? 0,
  };
}

function encodeCreateDelegationTokenResponse(
  writer: Writer,
  message: CreateDelegationTokenResponse,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeString(message.principalType, flexible);
  writer.writeString(message.principalName, flexible);
  if (version >= 3) {
    writer.writeString(message.tokenRequesterPrincipalType, flexible);
  } else if (message.tokenRequesterPrincipalType !== '') {
    throw fieldNotInVersion('CreateDelegationTokenResponse', 'tokenRequesterPrincipalType', version);
  }
  if (version >= 3) {
    writer.writeString(message.tokenRequesterPrincipalName, flexible);
  } else if (message.tokenRequesterPrincipalName !== '') {
    throw fieldNotInVersion('CreateDelegationTokenResponse', 'tokenRequesterPrincipalName', version);
  }
  writer.writeInt64(message.issueTimestampMs);
  writer.writeInt64(message.expiryTimestampMs);
  writer.writeInt64(message.maxTimestampMs);
  writer.writeString(message.tokenId, flexible);
  writer.writeBytes(message.hmac, flexible);
  writer.writeInt32(message.throttleTimeMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeCreateDelegationTokenResponse(
  reader: Reader,
  version: number,
): CreateDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const principalType = reader.readString(flexible);
  const principalName = reader.readString(flexible);
  const tokenRequesterPrincipalType = version >= 3 ? reader.readString(flexible) : '';
  const tokenRequesterPrincipalName = version >= 3 ? reader.readString(flexible) : '';
  const issueTimestampMs = reader.readInt64();
  const expiryTimestampMs = reader.readInt64();
  const maxTimestampMs = reader.readInt64();
  const tokenId = reader.readString(flexible);
  const hmac = reader.readBytes(flexible);
  const throttleTimeMs = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestampMs,
    expiryTimestampMs,
    maxTimestampMs,
    tokenId,
    hmac,
    throttleTimeMs,
  };
}

export const CreateDelegationTokenResponse: MessageCodec<CreateDelegationTokenResponse> = {
  name: 'CreateDelegationTokenResponse',
  apiKey: 38,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('CreateDelegationTokenResponse', version, '1-3');
    }
    encodeCreateDelegationTokenResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('CreateDelegationTokenResponse', version, '1-3', reader.offset);
    }
    return decodeCreateDelegationTokenResponse(reader, version);
  },
};
