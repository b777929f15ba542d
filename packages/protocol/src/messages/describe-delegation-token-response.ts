// Generated from schemas/describe-delegation-token.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import { EMPTY_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeDelegationTokenResponse (key 41): versions 1 to 3, flexible from 2. */
export interface DescribeDelegationTokenResponse {
  errorCode: number;
  tokens: DescribeDelegationTokenResponseDescribedDelegationToken[];
  throttleTimeMs: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeDelegationTokenResponse(
  init: Partial<DescribeDelegationTokenResponse> = {},
): DescribeDelegationTokenResponse {
  return {
    errorCode: init.errorCode ?? 0,
    tokens: init.tokens ?? [],
    throttleTimeMs: init.throttleTimeMs ?? 0,
  };
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  principalType: string;
  principalName: string;
  /** Versions 3+. */
  tokenRequesterPrincipalType: string;
  /** Versions 3+. */
  tokenRequesterPrincipalName: string;
  issueTimestamp: number;
  expiryTimestamp: number;
  maxTimestamp: number;
  tokenId: string;
  hmac: Buffer;
  renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[];
}

/** Fields that are not given have their defaults. */
export function createDescribeDelegationTokenResponseDescribedDelegationToken(
  init: Partial<DescribeDelegationTokenResponseDescribedDelegationToken> = {},
): DescribeDelegationTokenResponseDescribedDelegationToken {
  return {
    principalType: init.principalType ?? '',
    principalName: init.principalName ?? '',
    tokenRequesterPrincipalType: init.tokenRequesterPrincipalType ?? '',
    tokenRequesterPrincipalName: init.tokenRequesterPrincipalName ?? '',
    issueTimestamp: init.issueTimestamp ?? 0,
    expiryTimestamp: init.expiryTimestamp ?? 0,
    maxTimestamp: init.maxTimestamp ?? 0,
    tokenId: init.tokenId ?? '',
    hmac: init.hmac ?? EMPTY_BYTES,
    renewers: init.renewers ?? [],
  };
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  principalType: string;
  principalName: string;
}

/** Fields that are not given have their defaults. */
export function createDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(
  init: Partial<DescribeDelegationTokenResponseDescribedDelegationTokenRenewer> = {},
): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  return {
    principalType: init.principalType ?? '',
    principalName: init.principalName ?? '',
  };
}

function encodeDescribeDelegationTokenResponse(
  writer: Writer,
  message: Encodable<DescribeDelegationTokenResponse>,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeErrorCode(message.errorCode);
  writer.writeArrayLength(message.tokens.length, flexible);
  for (const element of message.tokens) {
    encodeDescribeDelegationTokenResponseDescribedDelegationToken(writer, element, version);
  }
  writer.writeInt32(message.throttleTimeMs);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeDelegationTokenResponse(
  reader: Reader,
  version: number,
): DescribeDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.readInt16();
  const tokensLength = reader.readArrayLength(flexible, 30);
  const tokens: DescribeDelegationTokenResponseDescribedDelegationToken[] = [];
  for (let i = 0; i < tokensLength; i++) {
    tokens.push(decodeDescribeDelegationTokenResponseDescribedDelegationToken(reader, version));
  }
  const throttleTimeMs = reader.readInt32();
  if (flexible) reader.skipTaggedFields();
  return {
    errorCode,
    tokens,
    throttleTimeMs,
  };
}

function encodeDescribeDelegationTokenResponseDescribedDelegationToken(
  writer: Writer,
  message: DescribeDelegationTokenResponseDescribedDelegationToken,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.principalType, flexible);
  writer.writeString(message.principalName, flexible);
  if (version >= 3) {
    writer.writeString(message.tokenRequesterPrincipalType, flexible);
  } else if (message.tokenRequesterPrincipalType !== '') {
    throw fieldNotInVersion('DescribeDelegationTokenResponseDescribedDelegationToken', 'tokenRequesterPrincipalType', version);
  }
  if (version >= 3) {
    writer.writeString(message.tokenRequesterPrincipalName, flexible);
  } else if (message.tokenRequesterPrincipalName !== '') {
    throw fieldNotInVersion('DescribeDelegationTokenResponseDescribedDelegationToken', 'tokenRequesterPrincipalName', version);
  }
  writer.writeInt64(message.issueTimestamp);
  writer.writeInt64(message.expiryTimestamp);
  writer.writeInt64(message.maxTimestamp);
  writer.writeString(message.tokenId, flexible);
  writer.writeBytes(message.hmac, flexible);
  writer.writeArrayLength(message.renewers.length, flexible);
  for (const element of message.renewers) {
    encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer, element, version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeDelegationTokenResponseDescribedDelegationToken(
  reader: Reader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2;
  const principalType = reader.readString(flexible);
  const principalName = reader.readString(flexible);
  const tokenRequesterPrincipalType = version >= 3 ? reader.readString(flexible) : '';
  const tokenRequesterPrincipalName = version >= 3 ? reader.readString(flexible) : '';
  const issueTimestamp = reader.readInt64();
  const expiryTimestamp = reader.readInt64();
  const maxTimestamp = reader.readInt64();
  const tokenId = reader.readString(flexible);
  const hmac = reader.readBytes(flexible);
  const renewersLength = reader.readArrayLength(flexible, 3);
  const renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = [];
  for (let i = 0; i < renewersLength; i++) {
    renewers.push(decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestamp,
    expiryTimestamp,
    maxTimestamp,
    tokenId,
    hmac,
    renewers,
  };
}

function encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(
  writer: Writer,
  message: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.principalType, flexible);
  writer.writeString(message.principalName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(
  reader: Reader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  const flexible = version >= 2;
  const principalType = reader.readString(flexible);
  const principalName = reader.readString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    principalType,
    principalName,
  };
}

export const DescribeDelegationTokenResponse: MessageCodec<DescribeDelegationTokenResponse> = {
  name: 'DescribeDelegationTokenResponse',
  apiKey: 41,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('DescribeDelegationTokenResponse', version, '1-3');
    }
    encodeDescribeDelegationTokenResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('DescribeDelegationTokenResponse', version, '1-3', reader.offset);
    }
    return decodeDescribeDelegationTokenResponse(reader, version);
  },
};
