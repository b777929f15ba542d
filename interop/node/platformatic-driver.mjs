// @platformatic/kafka as a driver.

import { randomUUID } from 'node:crypto';
import {
  Admin,
  Consumer,
  MessagesStreamFallbackModes,
  MessagesStreamModes,
  Producer,
} from '@platformatic/kafka';
import {
  bootstrap,
  collector,
  decode,
  emitAssignment,
  emitRecord,
  encode,
  serve,
} from './driver-loop.mjs';
import { adminOperations } from './platformatic-admin.mjs';

const base = { clientId: 'interop', bootstrapBrokers: [bootstrap] };
// It also tries again what was refused for good.
const admin = new Admin({ ...base, retryDelay: 50 });
/** One a guarantee: two. */
const producers = new Map();
const members = new Map();

function producer(idempotent) {
  let producer = producers.get(idempotent);
  if (producer === undefined) {
    producer = new Producer({ ...base, idempotent, acks: -1, autocreateTopics: false });
    producers.set(idempotent, producer);
  }
  return producer;
}

async function createTopic({ topic, partitions, configs }) {
  await admin.createTopics({
    topics: [topic],
    partitions,
    replicas: 1,
    configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
  });
}

async function produce({ topic, codec, idempotent, records }) {
  const sent = await producer(idempotent).send({
    compression: codec,
    messages: records.map((record) => ({
      topic,
      partition: record.partition,
      // It takes an absent key or value for Kafka's null.
      key: decode(record.key) ?? undefined,
      value: decode(record.value) ?? undefined,
      timestamp: BigInt(record.timestamp),
      headers: new Map(record.headers.map(([name, value]) => [Buffer.from(name), decode(value)])),
    })),
  });
  // It tells the first offset of each partition's batch; the others follow in order.
  const next = new Map(sent.offsets.map(({ partition, offset }) => [partition, Number(offset)]));
  const offsets = records.map(({ partition }) => {
    const offset = next.get(partition);
    next.set(partition, offset + 1);
    return offset;
  });
  return { offsets };
}

/** It streams only as a group member, so a group of its own is made for one reading. */
async function read({ topic, partition, from, count }) {
  const consumer = new Consumer({ ...base, groupId: `read-${randomUUID()}` });
  const wanted = collector(count);
  try {
    let { offset } = from;
    if (from.timestamp !== undefined) {
      const timestamp = BigInt(from.timestamp);
      const found = await consumer.listOffsets({ topics: [topic], timestamp });
      offset = Number(found.get(topic)[partition]);
    }
    const metadata = await consumer.metadata({ topics: [topic] });
    const partitions = metadata.topics.get(topic).partitionsCount;
    const offsets = Array.from({ length: partitions }, (_, index) => ({
      topic,
      partition: index,
      offset: BigInt(index === partition ? offset : 0),
    }));
    const stream = await consumer.consume({
      topics: [topic],
      mode: MessagesStreamModes.MANUAL,
      offsets,
      autocommit: false,
      maxWaitTime: 200,
    });
    stream.on('error', () => {});
    stream.on('data', (message) => {
      if (message.partition !== partition) return;
      wanted.add({
        partition,
        offset: Number(message.offset),
        timestamp: Number(message.timestamp),
        key: encode(message.key),
        value: encode(message.value),
        headers: [...message.headers].map(([name, value]) => [name.toString(), encode(value)]),
      });
    });
    return { records: await wanted.done };
  } finally {
    await consumer.close(true);
  }
}

async function join({ member, group, topic, ...options }) {
  const consumer = new Consumer({
    ...base,
    groupId: group,
    protocols: [{ name: options.assignor ?? 'roundrobin', version: 1 }],
    groupInstanceId: options.instanceId,
    metadataMaxAge: options.metadataMaxAgeMs,
  });
  const positions = new Map();
  consumer.on('consumer:group:join', ({ assignments }) => {
    positions.clear();
    const own = (assignments ?? []).find((assignment) => assignment.topic === topic);
    emitAssignment(member, own?.partitions ?? []);
  });
  consumer.on('consumer:group:rebalance', () => emitAssignment(member, []));
  const stream = await consumer.consume({
    topics: [topic],
    mode: MessagesStreamModes.COMMITTED,
    fallbackMode: MessagesStreamFallbackModes.EARLIEST,
    autocommit: true,
    sessionTimeout: 10_000,
    heartbeatInterval: 300,
    maxWaitTime: 200,
  });
  stream.on('error', () => {});
  stream.on('data', (message) => {
    emitRecord(member, message.partition, message.offset, message.value);
    positions.set(message.partition, {
      topic,
      partition: message.partition,
      offset: message.offset + 1n,
      leaderEpoch: message.leaderEpoch,
    });
  });
  members.set(member, { consumer, positions });
}

async function commit({ member }) {
  const { consumer, positions } = members.get(member);
  await consumer.commit({ offsets: [...positions.values()] });
}

async function leave({ member }) {
  const { consumer } = members.get(member);
  members.delete(member);
  await consumer.close(true);
  emitAssignment(member, []);
}

const operations = {
  createTopic,
  deleteTopic: ({ topic }) => admin.deleteTopics({ topics: [topic] }),
  listTopics: async () => ({ topics: await admin.listTopics() }),
  produce,
  read,
  join,
  commit,
  leave,
  ...adminOperations(admin),
};

await serve(operations, async () => {
  for (const member of [...members.keys()]) await leave({ member });
  for (const producer of producers.values()) await producer.close();
  await admin.close();
});
