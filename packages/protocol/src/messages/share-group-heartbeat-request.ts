// Generated from schemas/share-group-heartbeat.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ShareGroupHeartbeatRequest (key 76): version 1, flexible from 0. */
export interface ShareGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  rackId: string | null;
  subscribedTopicNames: string[] | null;
}

/** Fields that are not given have their defaults. */
export function createShareGroupHeartbeatRequest(
  init: Partial<ShareGroupHeartbeatRequest> = {},
): ShareGroupHeartbeatRequest {
  return {
    groupId: init.groupId ?? '',
    memberId: init.memberId ?? '',
    memberEpoch: init.memberEpoch ?? 0,
    rackId: init.rackId ?? null,
    subscribedTopicNames: init.subscribedTopicNames ?? null,
  };
}

function encodeShareGroupHeartbeatRequest(
  writer: Writer,
  message: ShareGroupHeartbeatRequest,
): void {
  writer.writeString(message.groupId, true);
  writer.writeString(message.memberId, true);
  writer.writeInt32(message.memberEpoch);
  writer.writeNullableString(message.rackId, true);
  if (message.subscribedTopicNames === null) {
    writer.writeNullArray(true);
  } else {
    writer.writeArrayLength(message.subscribedTopicNames.length, true);
    for (const element of message.subscribedTopicNames) {
      writer.writeString(element, true);
    }
  }
  writer.writeUnsignedVarint(0);
}

function decodeShareGroupHeartbeatRequest(reader: Reader): ShareGroupHeartbeatRequest {
  const groupId = reader.readString(true);
  const memberId = reader.readString(true);
  const memberEpoch = reader.readInt32();
  const rackId = reader.readNullableString(true);
  const subscribedTopicNamesLength = reader.readNullableArrayLength(true, 1);
  const subscribedTopicNames: string[] | null = subscribedTopicNamesLength < 0 ? null : [];
  for (let i = 0; i < subscribedTopicNamesLength; i++) {
    subscribedTopicNames!.push(reader.readString(true));
  }
  reader.skipTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    rackId,
    subscribedTopicNames,
  };
}

export const ShareGroupHeartbeatRequest: MessageCodec<ShareGroupHeartbeatRequest> = {
  name: 'ShareGroupHeartbeatRequest',
  apiKey: 76,
  minVersion: 1,
  maxVersion: 1,
  flexibleVersion: 0,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToEncode('ShareGroupHeartbeatRequest', version, '1');
    }
    encodeShareGroupHeartbeatRequest(writer, message);
  },
  decode(reader, version) {
    if (!(version >= 1 && version <= 1)) {
      throw unknownVersionToDecode('ShareGroupHeartbeatRequest', version, '1', reader.offset);
    }
    return decodeShareGroupHeartbeatRequest(reader);
  },
};
