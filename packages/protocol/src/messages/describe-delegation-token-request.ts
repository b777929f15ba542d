// Generated from schemas/describe-delegation-token.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeDelegationTokenRequest (key 41): versions 1 to 3, flexible from 2. */
export interface DescribeDelegationTokenRequest {
  owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeDelegationTokenRequest(
  init: Partial<DescribeDelegationTokenRequest> = {},
): DescribeDelegationTokenRequest {
  return {
    owners: init.owners !== undefined ? init.owners : [],
  };
}

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  principalType: string;
  principalName: string;
}

/** Fields that are not given have their defaults. */
export function createDescribeDelegationTokenRequestDescribeDelegationTokenOwner(
  init: Partial<DescribeDelegationTokenRequestDescribeDelegationTokenOwner> = {},
): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  return {
    principalType: init.principalType ?? '',
    principalName: init.principalName ?? '',
  };
}

function encodeDescribeDelegationTokenRequest(
  writer: Writer,
  message: DescribeDelegationTokenRequest,
  version: number,
): void {
  const flexible = version >= 2;
  if (message.owners === null) {
    writer.writeNullArray(flexible);
  } else {
    writer.writeArrayLength(message.owners.length, flexible);
    for (const element of message.owners) {
      encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(writer, element, version);
    }
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeDelegationTokenRequest(
  reader: Reader,
  version: number,
): DescribeDelegationTokenRequest {
  const flexible = version >= 2;
  const ownersLength = reader.readNullableArrayLength(flexible, 3);
  const owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null = ownersLength < 0 ? null : [];
  for (let i = 0; i < ownersLength; i++) {
    owners!.push(decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(reader, version));
  }
  if (flexible) reader.skipTaggedFields();
  return {
    owners,
  };
}

function encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(
  writer: Writer,
  message: DescribeDelegationTokenRequestDescribeDelegationTokenOwner,
  version: number,
): void {
  const flexible = version >= 2;
  writer.writeString(message.principalType, flexible);
  writer.writeString(message.principalName, flexible);
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(
  reader: Reader,
  version: number,
): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  const flexible = version >= 2;
  const principalType = reader.readString(flexible);
  const principalName = reader.readString(flexible);
  if (flexible) reader.skipTaggedFields();
  return {
    principalType,
    principalName,
  };
}

export const DescribeDelegationTokenRequest: MessageCodec<DescribeDelegationTokenRequest> = {
  name: 'DescribeDelegationTokenRequest',
  apiKey: 41,
  minVersion: 1,
  maxVersion: 3,
  flexibleVersion: 2,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToEncode('DescribeDelegationTokenRequest', version, '1-3');
    }
    encodeDescribeDelegationTokenRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 3)) {
      throw unknownVersionToDecode('DescribeDelegationTokenRequest', version, '1-3', reader.offset);
    }
    return decodeDescribeDelegationTokenRequest(reader, version);
  },
};
