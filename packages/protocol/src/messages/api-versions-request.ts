// Generated from schemas/api-versions.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ApiVersionsRequest (key 18): versions 0 to 4, flexible from 3. */
export interface ApiVersionsRequest {
  /** Versions 3+. */
  clientSoftwareName: string;
  /** Versions 3+. */
  clientSoftwareVersion: string;
}

/** Fields that are not given have their defaults. */
export function createApiVersionsRequest(
  init: Partial<ApiVersionsRequest> = {},
): ApiVersionsRequest {
  return {
    clientSoftwareName: init.clientSoftwareName ?? '',
    clientSoftwareVersion: init.clientSoftwareVersion ?? '',
  };
}

function encodeApiVersionsRequest(
  writer: Writer,
  message: ApiVersionsRequest,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 3) {
    writer.writeString(message.clientSoftwareName, flexible);
  }
  if (version >= 3) {
    writer.writeString(message.clientSoftwareVersion, flexible);
  }
  if (flexible) writer.writeUnsignedVarint(0);
}

function decodeApiVersionsRequest(reader: Reader, version: number): ApiVersionsRequest {
  const flexible = version >= 3;
  const clientSoftwareName = version >= 3 ? reader.readString(flexible) : '';
  const clientSoftwareVersion = version >= 3 ? reader.readString(flexible) : '';
  if (flexible) reader.skipTaggedFields();
  return {
    clientSoftwareName,
    clientSoftwareVersion,
  };
}

export const ApiVersionsRequest: MessageCodec<ApiVersionsRequest> = {
  name: 'ApiVersionsRequest',
  apiKey: 18,
  minVersion: 0,
  maxVersion: 4,
  flexibleVersion: 3,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToEncode('ApiVersionsRequest', version, '0-4');
    }
    encodeApiVersionsRequest(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 4)) {
      throw unknownVersionToDecode('ApiVersionsRequest', version, '0-4', reader.offset);
    }
    return decodeApiVersionsRequest(reader, version);
  },
};
