// Generated from schemas/api-versions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ApiVersionsResponse (key 18): versions 0 to 4, flexible from 3. */
export interface ApiVersionsResponse {
  errorCode: number;
  apiKeys: ApiVersionsResponseApiVersion[];
  /** Versions 1+. */
  throttleTimeMs: number;
  /** Versions 3+. Tagged field 0. */
  supportedFeatures: ApiVersionsResponseSupportedFeatureKey[];
  /** Versions 3+. Tagged field 1. */
  finalizedFeaturesEpoch: number;
  /** Versions 3+. Tagged field 2. */
  finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[];
  /** Versions 3+. Tagged field 3. */
  zkMigrationReady: boolean;
}

/** Fields that are not given have their defaults. */
export function createApiVersionsResponse(
  init: Partial<ApiVersionsResponse> = {},
): ApiVersionsResponse {
  return {
    errorCode: init.errorCode ?? 0,
    apiKeys: init.apiKeys ?? [],
    throttleTimeMs: init.throttleTimeMs ?? 0,
    supportedFeatures: init.supportedFeatures ?? [],
    finalizedFeaturesEpoch: init.finalizedFeaturesEpoch ?? -1,
    finalizedFeatures: init.finalizedFeatures ?? [],
    zkMigrationReady: init.zkMigrationReady ?? false,
  };
}

export interface ApiVersionsResponseApiVersion {
  apiKey: number;
  minVersion: number;
  maxVersion: number;
}

/** Fields that are not given have their defaults. */
export function createApiVersionsResponseApiVersion(
  init: Partial<ApiVersionsResponseApiVersion> = {},
): ApiVersionsResponseApiVersion {
  return {
    apiKey: init.apiKey ?? 0,
    minVersion: init.minVersion ?? 0,
    maxVersion: init.maxVersion ?? 0,
  };
}

export interface ApiVersionsResponseSupportedFeatureKey {
  name: string;
  minVersion: number;
  maxVersion: number;
}

/** Fields that are not given have their defaults. */
export function createApiVersionsResponseSupportedFeatureKey(
  init: Partial<ApiVersionsResponseSupportedFeatureKey> = {},
): ApiVersionsResponseSupportedFeatureKey {
  return {
    name: init.name ?? '',
    minVersion: init.minVersion ?? 0,
    maxVersion: init.maxVersion ?? 0,
  };
}

export interface ApiVersionsResponseFinalizedFeatureKey {
  name: string;
  maxVersionLevel: number;
  minVersionLevel: number;
}

/** Fields that are not given have their defaults. */
export function createApiVersionsResponseFinalizedFeatureKey(
  init: Partial<ApiVersionsResponseFinalizedFeatureKey> = {},
): ApiVersionsResponseFinalizedFeatureKey {
  return {
    name: init.name ?? '',
    maxVersionLevel: init.maxVersionLevel ?? 0,
    minVersionLevel: init.minVersionLevel ?? 0,
  };
}

function encodeApiVersionsResponse(
  writer: Writer,
  message: Encodable<ApiVersionsResponse>,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeErrorCode(message.errorCode);
  writer.writeArrayLength(message.apiKeys.length, flexible);
  for (const element of message.apiKeys) {
    encodeApiVersionsResponseApiVersion(writer, element, version);
  }
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs);
  }
  if (flexible) {
    let tagCount = 0;
    const hasSupportedFeatures = message.supportedFeatures.length !== 0;
    if (hasSupportedFeatures) tagCount++;
    const hasFinalizedFeaturesEpoch = message.finalizedFeaturesEpoch !== -1;
    if (hasFinalizedFeaturesEpoch) tagCount++;
    const hasFinalizedFeatures = message.finalizedFeatures.length !== 0;
    if (hasFinalizedFeatures) tagCount++;
    const hasZkMigrationReady = message.zkMigrationReady;
    if (hasZkMigrationReady) tagCount++;
    writer.writeUnsignedVarint(tagCount);
    if (hasSupportedFeatures) {
      const mark = writer.startTaggedField(0);
      writer.writeArrayLength(message.supportedFeatures.length, flexible);
      for (const element of message.supportedFeatures) {
        encodeApiVersionsResponseSupportedFeatureKey(writer, element);
      }
      writer.finishTaggedField(mark);
    }
    if (hasFinalizedFeaturesEpoch) {
      const mark = writer.startTaggedField(1);
      writer.writeInt64(message.finalizedFeaturesEpoch);
      writer.finishTaggedField(mark);
    }
    if (hasFinalizedFeatures) {
      const mark = writer.startTaggedField(2);
      writer.writeArrayLength(message.finalizedFeatures.length, flexible);
      for (const element of message.finalizedFeatures) {
        encodeApiVersionsResponseFinalizedFeatureKey(writer, element);
      }
      writer.finishTaggedField(mark);
    }
    if (hasZkMigrationReady) {
      const mark = writer.startTaggedField(3);
      writer.writeBoolean(message.zkMigrationReady);
      writer.finishTaggedField(mark);
    }
  }
}

function decodeApiVersionsResponse(reader: Reader, version: number): ApiVersionsResponse {
  const flexible = version >= 3;
  const errorCode = reader.readInt16();
  const apiKeysLength = reader.readArrayLength(flexible, 6);
  const apiKeys: ApiVersionsResponseApiVersion[] = [];
  for (let i = 0; i < apiKeysLength; i++) {
    apiKeys.push(decodeApiVersionsResponseApiVersion(reader, version));
  }
  const throttleTimeMs = version >= 1 ? reader.readInt32() : 0;
  let supportedFeatures: ApiVersionsResponseSupportedFeatureKey[] = [];
  let finalizedFeaturesEpoch: number = -1;
  let finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[] = [];
  let zkMigrationReady: boolean = false;
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint();
      const end = reader.readTaggedFieldEnd();
      if (tag === 0) {
        const supportedFeaturesLength = reader.readArrayLength(flexible, 6);
        supportedFeatures = [];
        for (let i = 0; i < supportedFeaturesLength; i++) {
          supportedFeatures.push(decodeApiVersionsResponseSupportedFeatureKey(reader));
        }
      } else if (tag === 1) {
        finalizedFeaturesEpoch = reader.readInt64();
      } else if (tag === 2) {
        const finalizedFeaturesLength = reader.readArrayLength(flexible, 6);
        finalizedFeatures = [];
        for (let i = 0; i < finalizedFeaturesLength; i++) {
          finalizedFeatures.push(decodeApiVersionsResponseFinalizedFeatureKey(reader));
        }
      } else if (tag === 3) {
        zkMigrationReady = reader.readBoolean();
      } else {
        reader.skip(end - reader.offset);
      }
      reader.endTaggedField(end);
    }
  }
  return {
    errorCode,
    apiKeys,
    throttleTimeMs,
    supportedFeatures,
    finalizedFeaturesEpoch,
    finalizedFeatures,
    zkMigrationReady,
  };
}

function encodeApiVersionsResponseApiVersion(
  writer: Writer,
  message: ApiVersionsResponseApiVersion,
  version: number,
): void {
  const flexible = version >= 3;
  writer.writeInt16(message.apiKey);
  writer.writeInt16(message.minVersion);
  writer.writeInt16(message.maxVersion);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeApiVersionsResponseApiVersion(
  reader: Reader,
  version: number,
): ApiVersionsResponseApiVersion {
  const flexible = version >= 3;
  const apiKey = reader.readInt16();
  const minVersion = reader.readInt16();
  const maxVersion = reader.readInt16();
  if (flexible) reader.skipTaggedFields();
  return {
    apiKey,
    minVersion,
    maxVersion,
  };
}

function encodeApiVersionsResponseSupportedFeatureKey(
  writer: Writer,
  message: ApiVersionsResponseSupportedFeatureKey,
): void {
  writer.writeString(message.name, true);
  writer.writeInt16(message.minVersion);
  writer.writeInt16(message.maxVersion);
  writer.writeUnsignedVarint(0);
}

function decodeApiVersionsResponseSupportedFeatureKey(
  reader: Reader,
): ApiVersionsResponseSupportedFeatureKey {
  const name = reader.readString(true);
  const minVersion = reader.readInt16();
  const maxVersion = reader.readInt16();
  reader.skipTaggedFields();
  return {
    name,
    minVersion,
    maxVersion,
  };
}

function encodeApiVersionsResponseFinalizedFeatureKey(
  writer: Writer,
  message: ApiVersionsResponseFinalizedFeatureKey,
): void {
  writer.writeString(message.name, true);
  writer.writeInt16(message.maxVersionLevel);
  writer.writeInt16(message.minVersionLevel);
  writer.writeUnsignedVarint(0);
}

function decodeApiVersionsResponseFinalizedFeatureKey(
  reader: Reader,
): ApiVersionsResponseFinalizedFeatureKey {
  const name = reader.readString(true);
  const maxVersionLevel = reader.readInt16();
  const minVersionLevel = reader.readInt16();
  reader.skipTaggedFields();
  return {
    name,
    maxVersionLevel,
    minVersionLevel,
  };
}

export const ApiVersionsResponse: MessageCodec<ApiVersionsResponse> = {
  name: 'ApiVersionsResponse',
  apiKey: 18,
  minVersion: 0,
  maxVersion: 4,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToEncode('ApiVersionsResponse', version, '0-4');
    }
    encodeApiVersionsResponse(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToDecode('ApiVersionsResponse', version, '0-4', reader.offset);
    }
    return decodeApiVersionsResponse(reader, version);
  },
};
