// Generated from schemas/find-coordinator.json by packages/protocol/generator; do not edit.

import { fieldNotInVersion, unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** FindCoordinatorRequest (key 10): versions 0 to 6, flexible from 3. */
export interface FindCoordinatorRequest {
  /** Versions 0 to 3. */
  key: string;
  /** Versions 1+. */
  keyType: number;
  /** Versions 4+. */
  coordinatorKeys: string[];
}

/** Fields that are not given have their defaults. */
export function createFindCoordinatorRequest(
  init: Partial<FindCoordinatorRequest> = {},
): FindCoordinatorRequest {
  return {
    key: init.key ?? '',
    keyType: init.keyType ?? 0,
    coordinatorKeys: init.coordinatorKeys ?? [],
  };
}

function encodeFindCoordinatorRequest(
  writer: Writer,
  message: Encodable<FindCoordinatorRequest>,
  version: number,
): void {
  const flexible = version >= 3;
  if (version <= 3) {
    writer.writeString(message.key, flexible);
  } else if (message.key !== '') {
    throw fieldNotInVersion('FindCoordinatorRequest', 'key', version);
  }
  if (version >= 1) {
    writer.writeInt8(message.keyType);
  } else if (message.keyType !== 0) {
    throw fieldNotInVersion('FindCoordinatorRequest', 'keyType', version);
  }
  if (version >= 4) {
    writer.writeArrayLength(message.coordinatorKeys.length, flexible);
    for (const element of message.coordinatorKeys) {
      writer.writeString(element, flexible);
    }
  } else if (message.coordinatorKeys.length !== 0) {
    throw fieldNotInVersion('FindCoordinatorRequest', 'coordinatorKeys', version);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeFindCoordinatorRequest(reader: Reader, version: number): FindCoordinatorRequest {
  const flexible = version >= 3;
  const key = version <= 3 ? reader.readString(flexible) : '';
  const keyType = version >= 1 ? reader.readInt8() : 0;
  const coordinatorKeysLength = version >= 4 ? reader.readArrayLength(flexible, 1) : 0;
  const coordinatorKeys: string[] = [];
  for (let i = 0; i < coordinatorKeysLength; i++) {
    coordinatorKeys.push(reader.readString(flexible));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    key,
    keyType,
    coordinatorKeys,
  };
}

export const FindCoordinatorRequest: MessageCodec<FindCoordinatorRequest> = {
  name: 'FindCoordinatorRequest',
  apiKey: 10,
  minVersion: 0,
  maxVersion: 6,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToEncode('FindCoordinatorRequest', version, '0-6');
    }
    encodeFindCoordinatorRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 6)) {
      throw unknownVersionToDecode('FindCoordinatorRequest', version, '0-6', reader.offset);
    }
    return decodeFindCoordinatorRequest(reader, version);
  },
};
