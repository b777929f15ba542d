// Generated from schemas/alter-user-scram-credentials.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** AlterUserScramCredentialsResponse (key 51): version 0, flexible from 0. */
export interface AlterUserScramCredentialsResponse {
  throttleTimeMs: number;
  results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[];
}

/** Fields that are not given have their defaults. */
export function createAlterUserScramCredentialsResponse(
  init: Partial<AlterUserScramCredentialsResponse> = {},
): AlterUserScramCredentialsResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    results: init.results ?? [],
  };
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(
  init: Partial<AlterUserScramCredentialsResponseAlterUserScramCredentialsResult> = {},
): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  return {
    user: init.user ?? '',
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
  };
}

function encodeAlterUserScramCredentialsResponse(
  writer: Writer,
  message: Encodable<AlterUserScramCredentialsResponse>,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeArrayLength(message.results.length, true);
  for (const element of message.results) {
    encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(writer, element);
  }
  writer.writeUnsignedVarint(0);
}

function decodeAlterUserScramCredentialsResponse(
  reader: Reader,
): AlterUserScramCredentialsResponse {
  const throttleTimeMs = reader.readInt32();
  const resultsLength = reader.readArrayLength(true, 5);
  const results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    results,
  };
}

function encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(
  writer: Writer,
  message: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult,
): void {
  writer.writeString(message.user, true);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(
  reader: Reader,
): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  const user = reader.readString(true);
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    user,
    errorCode,
    errorMessage,
  };
}

export const AlterUserScramCredentialsResponse: MessageCodec<AlterUserScramCredentialsResponse> = {
  name: 'AlterUserScramCredentialsResponse',
  apiKey: 51,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('AlterUserScramCredentialsResponse', version, '0');
    }
    encodeAlterUserScramCredentialsResponse(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('AlterUserScramCredentialsResponse', version, '0', reader.offset);
    }
    return decodeAlterUserScramCredentialsResponse(reader);
  },
};
