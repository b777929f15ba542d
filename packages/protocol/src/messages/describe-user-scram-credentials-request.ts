// Generated from schemas/describe-user-scram-credentials.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** DescribeUserScramCredentialsRequest (key 50): version 0, flexible from 0. */
export interface DescribeUserScramCredentialsRequest {
  users: DescribeUserScramCredentialsRequestUserName[] | null;
}

/** Fields that are not given have their defaults. */
export function createDescribeUserScramCredentialsRequest(
  init: Partial<DescribeUserScramCredentialsRequest> = {},
): DescribeUserScramCredentialsRequest {
  return {
    users: init.users !== undefined ? init.users : [],
  };
}

export interface DescribeUserScramCredentialsRequestUserName {
  name: string;
}

/** Fields that are not given have their defaults. */
export function createDescribeUserScramCredentialsRequestUserName(
  init: Partial<DescribeUserScramCredentialsRequestUserName> = {},
): DescribeUserScramCredentialsRequestUserName {
  return {
    name: init.name ?? '',
  };
}

function encodeDescribeUserScramCredentialsRequest(
  writer: Writer,
  message: DescribeUserScramCredentialsRequest,
): void {
  if (message.users === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.users.length, true);
    for (const element of message.users) {
      encodeDescribeUserScramCredentialsRequestUserName(writer, element);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeDescribeUserScramCredentialsRequest(
  reader: Reader,
): DescribeUserScramCredentialsRequest {
  const usersLength = reader.readNullableArrayLength(true, 2);
  const users: DescribeUserScramCredentialsRequestUserName[] | null = usersLength < 0 ? null : [];
  for (let i = 0; i < usersLength; i++) {
    users!.push(decodeDescribeUserScramCredentialsRequestUserName(reader));
  }
  reader.skipTaggedFields();
  return {
    users,
  };
}

function encodeDescribeUserScramCredentialsRequestUserName(
  writer: Writer,
  message: DescribeUserScramCredentialsRequestUserName,
): void {
  writer.writeString(message.name, true);
  writer.writeUnsignedVarint(0);
}

function decodeDescribeUserScramCredentialsRequestUserName(
  reader: Reader,
): DescribeUserScramCredentialsRequestUserName {
  const name = reader.readString(true);
  reader.skipTaggedFields();
  return {
    name,
  };
}

export const DescribeUserScramCredentialsRequest: MessageCodec<DescribeUserScramCredentialsRequest> = {
  name: 'DescribeUserScramCredentialsRequest',
  apiKey: 50,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('DescribeUserScramCredentialsRequest', version, '0');
    }
    encodeDescribeUserScramCredentialsRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('DescribeUserScramCredentialsRequest', version, '0', reader.offset);
    }
    return decodeDescribeUserScramCredentialsRequest(reader);
  },
};
