// Generated from schemas/update-features.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** UpdateFeaturesResponse (key 57): versions 0 to 2, flexible from 0. */
export interface UpdateFeaturesResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  /** Versions 0 to 1. */
  results: UpdateFeaturesResponseUpdatableFeatureResult[];
}

/** Fields that are not given have their defaults. */
export function createUpdateFeaturesResponse(
  init: Partial<UpdateFeaturesResponse> = {},
): UpdateFeaturesResponse {
  return {
    throttleTimeMs: init.throttleTimeMs ?? 0,
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
    results: init.results ?? [],
  };
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  feature: string;
  errorCode: number;
  errorMessage: string | null;
}

/** Fields that are not given have their defaults. */
export function createUpdateFeaturesResponseUpdatableFeatureResult(
  init: Partial<UpdateFeaturesResponseUpdatableFeatureResult> = {},
): UpdateFeaturesResponseUpdatableFeatureResult {
  return {
    feature: init.feature ?? '',
    errorCode: init.errorCode ?? 0,
    errorMessage: init.errorMessage !== undefined ? init.errorMessage : '',
  };
}

function encodeUpdateFeaturesResponse(
  writer: Writer,
  message: Encodable<UpdateFeaturesResponse>,
  version: number,
): void {
  writer.writeInt32(message.throttleTimeMs);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  if (version <= 1) {
    writer.writeArrayLength(message.results.length, true);
    for (const element of message.results) {
      encodeUpdateFeaturesResponseUpdatableFeatureResult(writer, element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeUpdateFeaturesResponse(reader: Reader, version: number): UpdateFeaturesResponse {
  const throttleTimeMs = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  const resultsLength = version <= 1 ? reader.readArrayLength(true, 5) : 0;
  const results: UpdateFeaturesResponseUpdatableFeatureResult[] = [];
  for (let i = 0; i < resultsLength; i++) {
    results.push(decodeUpdateFeaturesResponseUpdatableFeatureResult(reader));
  }
  reader.skipTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    results,
  };
}

function encodeUpdateFeaturesResponseUpdatableFeatureResult(
  writer: Writer,
  message: UpdateFeaturesResponseUpdatableFeatureResult,
): void {
  writer.writeString(message.feature, true);
  writer.writeErrorCode(message.errorCode);
  writer.writeNullableString(message.errorMessage, true);
  writer.writeUnsignedVarint(0);
}

function decodeUpdateFeaturesResponseUpdatableFeatureResult(
  reader: Reader,
): UpdateFeaturesResponseUpdatableFeatureResult {
  const feature = reader.readString(true);
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString(true);
  reader.skipTaggedFields();
  return {
    feature,
    errorCode,
    errorMessage,
  };
}

export const UpdateFeaturesResponse: MessageCodec<UpdateFeaturesResponse> = {
  name: 'UpdateFeaturesResponse',
  apiKey: 57,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('UpdateFeaturesResponse', version, '0-2');
    }
    encodeUpdateFeaturesResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('UpdateFeaturesResponse', version, '0-2', reader.offset);
    }
    return decodeUpdateFeaturesResponse(reader, version);
  },
};
