// Generated from schemas/control-record-type-schema.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ControlRecordTypeSchema: version 0, never flexible. */
export interface ControlRecordTypeSchema {
  type: number;
}

/** Fields that are not given have their defaults. */
export function createControlRecordTypeSchema(
  init: Partial<ControlRecordTypeSchema> = {},
): ControlRecordTypeSchema {
  return {
    type: init.type ?? 0,
  };
}

function encodeControlRecordTypeSchema(writer: Writer, message: ControlRecordTypeSchema): void {
  writer.writeInt16(message.type);
}

function decodeControlRecordTypeSchema(reader: Reader): ControlRecordTypeSchema {
  const type = reader.readInt16();
  return {
    type,
  };
}

export const ControlRecordTypeSchema: MessageCodec<ControlRecordTypeSchema> = {
  name: 'ControlRecordTypeSchema',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('ControlRecordTypeSchema', version, '0');
    }
    encodeControlRecordTypeSchema(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('ControlRecordTypeSchema', version, '0', reader.offset);
    }
    return decodeControlRecordTypeSchema(reader);
  },
};
