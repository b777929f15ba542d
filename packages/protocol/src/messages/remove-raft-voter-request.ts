// Generated from schemas/remove-raft-voter.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import { type Reader, ZERO_UUID } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** RemoveRaftVoterRequest (key 81): version 0, flexible from 0. */
export interface RemoveRaftVoterRequest {
  clusterId: string | null;
  voterId: number;
  voterDirectoryId: string;
}

/** Fields that are not given have their defaults. */
export function createRemoveRaftVoterRequest(
  init: Partial<RemoveRaftVoterRequest> = {},
): RemoveRaftVoterRequest {
  return {
    clusterId: init.clusterId !== undefined ? init.clusterId : '',
    voterId: init.voterId ?? 0,
    voterDirectoryId: init.voterDirectoryId ?? ZERO_UUID,
  };
}

function encodeRemoveRaftVoterRequest(writer: Writer, message: RemoveRaftVoterRequest): void {
  writer.writeNullableString(message.clusterId, true);
  writer.writeInt32(message.voterId);
  writer.writeUuid(message.voterDirectoryId);
  writer.writeUnsignedVarint(0);
}

function decodeRemoveRaftVoterRequest(reader: Reader): RemoveRaftVoterRequest {
  const clusterId = reader.readNullableString(true);
  const voterId = reader.readInt32();
  const voterDirectoryId = reader.readUuid();
  reader.skipTaggedFields();
  return {
    clusterId,
    voterId,
    voterDirectoryId,
  };
}

export const RemoveRaftVoterRequest: MessageCodec<RemoveRaftVoterRequest> = {
  name: 'RemoveRaftVoterRequest',
  apiKey: 81,
  minVersion: 0,
  maxVersion: 0,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToEncode('RemoveRaftVoterRequest', version, '0');
    }
    encodeRemoveRaftVoterRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 0)) {
      throw unknownVersionToDecode('RemoveRaftVoterRequest', version, '0', reader.offset);
    }
    return decodeRemoveRaftVoterRequest(reader);
  },
};
