// Generated from schemas/end-txn-marker.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** EndTxnMarker: version 0, never flexible. */
export interface EndTxnMarker {
  coordinatorEpoch: number;
}

/** Fields that are not given have their defaults. */
export function createEndTxnMarker(init: Partial<EndTxnMarker> = {}): EndTxnMarker {
  return {
    coordinatorEpoch: init.coordinatorEpoch ?? 0,
  };
}

function encodeEndTxnMarker(writer: Writer, message: EndTxnMarker): void {
  writer.writeInt32(message.coordinatorEpoch);
}

function decodeEndTxnMarker(reader: Reader): EndTxnMarker {
  const coordinatorEpoch = reader.readInt32();
  return {
    coordinatorEpoch,
  };
}

export const EndTxnMarker: MessageCodec<EndTxnMarker> = {
  name: 'EndTxnMarker',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('EndTxnMarker', version, '0');
    }
    encodeEndTxnMarker(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('EndTxnMarker', version, '0', reader.offset);
    }
    return decodeEndTxnMarker(reader);
  },
};
