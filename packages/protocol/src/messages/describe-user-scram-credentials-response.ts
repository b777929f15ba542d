// Generated from schemas/describe-user-scram-credentials.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeUserScramCredentialsResponse (key 50): version 0, flexible from 0. */
export interface DescribeUserScramCredentialsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[];
}

/** Fields that are not given have their defaults. */
export function createDescribeUserScramCredentialsResponse(
  init: Partial<DescribeUserScramCredentialsResponse> = {},
): DescribeUserScramCredentialsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    results: init.results ?? [],
  };
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
  credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[];
}

/** Fields that are not given have their defaults. */
export function createDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
  init: Partial<DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult> = {},
): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  return {
    user: init.user ?? '',
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    credentialInfos: init.credentialInfos ?? [],
  };
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  mechanism: number;
  iterations: number;
}

/** Fields that are not given have their defaults. */
export function createDescribeUserScramCredentialsResponseCredentialInfo(
  init: Partial<DescribeUserScramCredentialsResponseCredentialInfo> = {},
): DescribeUserScramCredentialsResponseCredentialInfo {
  return {
    mechanism: init.mechanism ?? 0,
    iterations: init.iterations ?? 0,
  };
}

function encodeDescribeUserScramCredentialsResponse(
  writer: Writer,
  message: Encodable<DescribeUserScramCredentialsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeArrayLength(message.results.length, true);
  for (const element of message.results) {
    encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeUserScramCredentialsResponse(
  reader: Reader,
): DescribeUserScramCredentialsResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const resultsLength = reader.readArrayLength(true, 6);
  const results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    results,
  };
}

function encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
  writer: Writer,
  message: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult,
): void {
  writer.writeString(message.user, true);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeArrayLength(message.credentialInfos.length, true);
  for (const element of message.credentialInfos) {
    encodeDescribeUserScramCredentialsResponseCredentialInfo(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
  reader: Reader,
): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  const user = reader.readString(true);
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const credentialInfosLength = reader.readArrayLength(true, 6);
  const credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[] = [];
  for (let i = 0; i < credentialInfosLength; i++) {
    credentialInfos.push(decodeDescribeUserScramCredentialsResponseCredentialInfo(reader));
  }
  reader.skipTaggedFields();
  return {
    user,
    errorCode,
    errorMessage,
    credentialInfos,
  };
}

function encodeDescribeUserScramCredentialsResponseCredentialInfo(
  writer: Writer,
  message: DescribeUserScramCredentialsResponseCredentialInfo,
): void {
  writer.writeInt8(message.mechanism);
  writer.writeInt32(message.iterations);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeUserScramCredentialsResponseCredentialInfo(
  reader: Reader,
): DescribeUserScramCredentialsResponseCredentialInfo {
  const mechanism = reader.readInt8();
  const iterations = reader.readInt32();
  reader.skipTaggedFields();
  return {
    mechanism,
    iterations,
  };
}

export const DescribeUserScramCredentialsResponse: MessageCodec<DescribeUserScramCredentialsResponse> = {
  name: 'DescribeUserScramCredentialsResponse',
  apiKey: 50,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeUserScramCredentialsResponse', version, '0');
    }
    encodeDescribeUserScramCredentialsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeUserScramCredentialsResponse', version, '0', reader.offset);
    }
    return decodeDescribeUserScramCredentialsResponse(reader);
  },
};
