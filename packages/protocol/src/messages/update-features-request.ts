// Generated from schemas/update-features.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** UpdateFeaturesRequest (key 57): versions 0 to 2, flexible from 0. */
export interface UpdateFeaturesRequest {
  timeoutMs: number;
  featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[];
  /** Versions 1+. */
  validateOnly: boolean;
}

/** Fields that are not given have their defaults. */
export function createUpdateFeaturesRequest(
  init: Partial<UpdateFeaturesRequest> = {},
): UpdateFeaturesRequest {
  return {
    timeoutMs: init.timeoutMs ?? 60000,
    featureUpdates: init.featureUpdates ?? [],
    validateOnly: init.validateOnly ?? false,
  };
}

export interface UpdateFeaturesRequestFeatureUpdateKey {
  feature: string;
  maxVersionLevel: number;
  /** Versions 0. */
  allowDowngrade: boolean;
  /** Versions 1+. */
  upgradeType: number;
}

/** Fields that are not given have their defaults. */
export function createUpdateFeaturesRequestFeatureUpdateKey(
  init: Partial<UpdateFeaturesRequestFeatureUpdateKey> = {},
): UpdateFeaturesRequestFeatureUpdateKey {
  return {
    feature: init.feature ?? '',
    maxVersionLevel: init.maxVersionLevel ?? 0,
    allowDowngrade: init.allowDowngrade ?? false,
    upgradeType: init.upgradeType ?? 1,
  };
}

function encodeUpdateFeaturesRequest(
  writer: Writer,
  message: Encodable<UpdateFeaturesRequest>,
  version: number,
): void {
  writer.writeInt32(message.timeoutMs);
  writer.writeArrayLength(message.featureUpdates.length, true);
  for (const element of message.featureUpdates) {
    encodeUpdateFeaturesRequestFeatureUpdateKey(writer, element, version);
  }
  if (version >= 1) {
    writer.writeBoolean(message.validateOnly);
  } else if (message.validateOnly) {
    throw fieldNotInVersion('UpdateFeaturesRequest', 'validateOnly', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeUpdateFeaturesRequest(reader: Reader, version: number): UpdateFeaturesRequest {
  const timeoutMs = reader.readInt32();
  const featureUpdatesLength = reader.readArrayLength(true, 5);
  const featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[] = [];
  for (let i = 0; i < featureUpdatesLength; i++) {
    featureUpdates.push(decodeUpdateFeaturesRequestFeatureUpdateKey(reader, version));
  }
  const validateOnly = version >= 1 ? reader.readBoolean() : false;
  reader.skipTaggedFields();
  return {
    timeoutMs,
    featureUpdates,
    validateOnly,
  };
}

function encodeUpdateFeaturesRequestFeatureUpdateKey(
  writer: Writer,
  message: UpdateFeaturesRequestFeatureUpdateKey,
  version: number,
): void {
  writer.writeString(message.feature, true);
  writer.writeInt16(message.maxVersionLevel);
  if (version <= 0) {
    writer.writeBoolean(message.allowDowngrade);
  } else if (message.allowDowngrade) {
    throw fieldNotInVersion('UpdateFeaturesRequestFeatureUpdateKey', 'allowDowngrade', version);
  }
  if (version >= 1) {
    writer.writeInt8(message.upgradeType);
  } else if (message.upgradeType !== 1) {
    throw fieldNotInVersion('UpdateFeaturesRequestFeatureUpdateKey', 'upgradeType', version);
  }
  writer.writeUnsignedVarint(0);
}

function decodeUpdateFeaturesRequestFeatureUpdateKey(
  reader: Reader,
  version: number,
): UpdateFeaturesRequestFeatureUpdateKey {
  const feature = reader.readString(true);
  const maxVersionLevel = reader.readInt16();
  const allowDowngrade = version <= 0 ? reader.readBoolean() : false;
  const upgradeType = version >= 1 ? reader.readInt8() : 1;
  reader.skipTaggedFields();
  return {
    feature,
    maxVersionLevel,
    allowDowngrade,
    upgradeType,
  };
}

export const UpdateFeaturesRequest: MessageCodec<UpdateFeaturesRequest> = {
  name: 'UpdateFeaturesRequest',
  apiKey: 57,
  minVersion: 0,
  maxVersion: 2,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToEncode('UpdateFeaturesRequest', version, '0-2');
    }
    encodeUpdateFeaturesRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 2)) {
      throw unknownVersionToDecode('UpdateFeaturesRequest', version, '0-2', reader.offset);
    }
    return decodeUpdateFeaturesRequest(reader, version);
  },
};
