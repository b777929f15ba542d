// Generated from schemas/consumer-protocol-subscription.json by packages/protocol/generator; do not edit.

import { unknownVersionToEncode } from '../encode-error.ts';
import { unknownVersionToDecode } from '../malformed-error.ts';
import type { Encodable, MessageCodec } from '../message-codec.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** ConsumerProtocolSubscription: versions 0 to 3, never flexible. */
export interface ConsumerProtocolSubscription {
  topics: string[];
  /** A view on the frame when decoded. */
  userData: Buffer | null;
  /** Versions 1+. */
  ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[];
  /** Versions 2+. */
  generationId: number;
  /** Versions 3+. */
  rackId: string | null;
}

/** Fields that are not given have their defaults. */
export function createConsumerProtocolSubscription(
  init: Partial<ConsumerProtocolSubscription> = {},
): ConsumerProtocolSubscription {
  return {
    topics: init.topics ?? [],
    userData: init.userData ?? null,
    ownedPartitions: init.ownedPartitions ?? [],
    generationId: init.generationId ?? -1,
    rackId: init.rackId ?? null,
  };
}

export interface ConsumerProtocolSubscriptionTopicPartition {
  topic: string;
  partitions: number[];
}

/** Fields that are not given have their defaults. */
export function createConsumerProtocolSubscriptionTopicPartition(
  init: Partial<ConsumerProtocolSubscriptionTopicPartition> = {},
): ConsumerProtocolSubscriptionTopicPartition {
  return {
    topic: init.topic ?? '',
    partitions: init.partitions ?? [],
  };
}

function encodeConsumerProtocolSubscription(
  writer: Writer,
  message: Encodable<ConsumerProtocolSubscription>,
  version: number,
): void {
  writer.writeArrayLength(message.topics.length, false);
  for (const element of message.topics) {
    writer.writeString(element, false);
  }
  writer.writeNullableBytes(message.userData, false);
  if (version >= 1) {
    writer.writeArrayLength(message.ownedPartitions.length, false);
    for (const element of message.ownedPartitions) {
      encodeConsumerProtocolSubscriptionTopicPartition(writer, element);
    }
  }
  if (version >= 2) {
    writer.writeInt32(message.generationId);
  }
  if (version >= 3) {
    writer.writeNullableString(message.rackId, false);
  }
}

function decodeConsumerProtocolSubscription(
  reader: Reader,
  version: number,
): ConsumerProtocolSubscription {
  const topicsLength = reader.readArrayLength(false, 2);
  const topics: string[] = [];
  for (let i = 0; i < topicsLength; i++) {
    topics.push(reader.readString(false));
  }
  const userData = reader.readNullableBytesView(false);
  const ownedPartitionsLength = version >= 1 ? reader.readArrayLength(false, 6) : 0;
  const ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[] = [];
  for (let i = 0; i < ownedPartitionsLength; i++) {
    ownedPartitions.push(decodeConsumerProtocolSubscriptionTopicPartition(reader));
  }
  const generationId = version >= 2 ? reader.readInt32() : -1;
  const rackId = version >= 3 ? reader.readNullableString(false) : null;
  return {
    topics,
    userData,
    ownedPartitions,
    generationId,
    rackId,
  };
}

function encodeConsumerProtocolSubscriptionTopicPartition(
  writer: Writer,
  message: ConsumerProtocolSubscriptionTopicPartition,
): void {
  writer.writeString(message.topic, false);
  writer.writeArrayLength(message.partitions.length, false);
  for (const element of message.partitions) {
    writer.writeInt32(element);
  }
}

function decodeConsumerProtocolSubscriptionTopicPartition(
  reader: Reader,
): ConsumerProtocolSubscriptionTopicPartition {
  const topic = reader.readString(false);
  const partitionsLength = reader.readArrayLength(false, 4);
  const partitions: number[] = [];
  for (let i = 0; i < partitionsLength; i++) {
    partitions.push(reader.readInt32());
  }
  return {
    topic,
    partitions,
  };
}

export const ConsumerProtocolSubscription: MessageCodec<ConsumerProtocolSubscription> = {
  name: 'ConsumerProtocolSubscription',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 3,
  flexibleVersion: Infinity,
  latestVersionUnstable: false,
  encode(writer, message, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToEncode('ConsumerProtocolSubscription', version, '0-3');
    }
    encodeConsumerProtocolSubscription(writer, message, version);
  },
  decode(reader, version) {
    if (!(version >= 0 && version <= 3)) {
      throw unknownVersionToDecode('ConsumerProtocolSubscription', version, '0-3', reader.offset);
    }
    return decodeConsumerProtocolSubscription(reader, version);
  },
};
