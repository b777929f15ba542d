import { Reader, Writer } from '@millrace/protocol';
import {
  ConsumerProtocolAssignment,
  createConsumerProtocolAssignment,
} from '@millrace/protocol/messages/consumer-protocol-assignment';
import {
  ConsumerProtocolSubscription,
  createConsumerProtocolSubscription,
} from '@millrace/protocol/messages/consumer-protocol-subscription';
import type { TopicPartition } from './topic-partition.ts';

// What members of a consumer group tell each other through the coordinator: a version, then the message. Later versions
// only append fields, so an older reader takes the start of a newer message.

/** With owned partitions, which clients before 2.4 pass over. */
const SUBSCRIPTION_VERSION = 1;
const ASSIGNMENT_VERSION = 0;

export function encodeSubscription(topics: readonly string[]): Buffer {
  const writer = new Writer();
  writer.writeInt16(SUBSCRIPTION_VERSION);
  const message = createConsumerProtocolSubscription({ topics: [...topics].sort() });
  ConsumerProtocolSubscription.encode(writer, message, SUBSCRIPTION_VERSION);
  return writer.toBuffer();
}

/** The topics that another member wants. Throws MalformedError. */
export function decodeSubscription(bytes: Buffer): readonly string[] {
  const reader = new Reader(bytes);
  const version = Math.min(reader.readInt16(), ConsumerProtocolSubscription.maxVersion);
  return ConsumerProtocolSubscription.decode(reader, version).topics;
}

export function encodeAssignment(partitions: readonly TopicPartition[]): Buffer {
  const writer = new Writer();
  writer.writeInt16(ASSIGNMENT_VERSION);
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic);
  const assignedPartitions = [...byTopic].map(([topic, ofTopic]) => ({
    topic,
    partitions: ofTopic.map(({ partition }) => partition),
  }));
  const message = createConsumerProtocolAssignment({ assignedPartitions });
  ConsumerProtocolAssignment.encode(writer, message, ASSIGNMENT_VERSION);
  return writer.toBuffer();
}

/** What this member was given; nothing where the leader left it out. Throws MalformedError. */
export function decodeAssignment(bytes: Buffer): readonly TopicPartition[] {
  if (bytes.length === 0) return [];
  const reader = new Reader(bytes);
  const version = Math.min(reader.readInt16(), ConsumerProtocolAssignment.maxVersion);
  const { assignedPartitions } = ConsumerProtocolAssignment.decode(reader, version);
  return assignedPartitions.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  );
}
