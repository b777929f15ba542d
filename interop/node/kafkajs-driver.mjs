// KafkaJS as a driver. It brings gzip alone; the other codecs are plugged in the way its documentation says.

import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import snappyCodec from 'kafkajs-snappy';
import { compressFrame, decompressFrame } from 'lz4-napi';
import {
  bootstrap,
  collector,
  decode,
  emitAssignment,
  emitRecord,
  encode,
  serve,
} from './driver-loop.mjs';
import { adminOperations } from './kafkajs-admin.mjs';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel, PartitionAssigners } = kafkajs;
CompressionCodecs[CompressionTypes.Snappy] = snappyCodec;
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: (encoder) => compressFrame(encoder.buffer),
  decompress: (bytes) => decompressFrame(bytes),
});
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: (encoder) => promisify(zstdCompress)(encoder.buffer),
  decompress: (bytes) => promisify(zstdDecompress)(bytes),
});

const codecs = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};

const kafka = new Kafka({ clientId: 'interop', brokers: [bootstrap], logLevel: logLevel.NOTHING });
// It also tries again what was refused for good.
const admin = kafka.admin({ retry: { initialRetryTime: 20 } });
await admin.connect();
/** One a guarantee: two. */
const producers = new Map();
const members = new Map();

async function producer(idempotent) {
  let producer = producers.get(idempotent);
  if (producer === undefined) {
    producer = kafka.producer({ idempotent, maxInFlightRequests: idempotent ? 1 : undefined });
    await producer.connect();
    producers.set(idempotent, producer);
  }
  return producer;
}

async function produce({ topic, codec, idempotent, records }) {
  const sent = await (await producer(idempotent)).send({
    topic,
    acks: -1,
    compression: codecs[codec],
    messages: records.map((record) => ({
      partition: record.partition,
      key: decode(record.key),
      value: decode(record.value),
      timestamp: String(record.timestamp),
      headers: Object.fromEntries(record.headers.map(([name, value]) => [name, decode(value)])),
    })),
  });
  // It tells the first offset of each partition's batch; the others follow in order.
  const next = new Map(sent.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]));
  const offsets = records.map(({ partition }) => {
    const offset = next.get(partition);
    next.set(partition, offset + 1);
    return offset;
  });
  return { offsets };
}

/** KafkaJS reads only as a group member, so a group of its own is made for one reading. */
async function read({ topic, partition, from, count }) {
  let { offset } = from;
  if (from.timestamp !== undefined) {
    const found = await admin.fetchTopicOffsetsByTimestamp(topic, from.timestamp);
    offset = Number(found.find((entry) => entry.partition === partition).offset);
  }
  const consumer = kafka.consumer({
    groupId: `read-${randomUUID()}`,
    maxBytesPerPartition: 4 << 20,
  });
  const wanted = collector(count);
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition: from, message }) => {
        if (from !== partition || Number(message.offset) < offset) return;
        const headers = Object.entries(message.headers ?? {});
        wanted.add({
          partition,
          offset: Number(message.offset),
          timestamp: Number(message.timestamp),
          key: encode(message.key),
          value: encode(message.value),
          headers: headers.map(([name, value]) => [name, encode(value)]),
        });
      },
    });
    consumer.seek({ topic, partition, offset: String(offset) });
    return { records: await wanted.done };
  } finally {
    await consumer.disconnect();
  }
}

/** Its own assignor has a name of its own; under the common name it can share a group with other libraries. */
function assigner(name) {
  return (options) => ({ ...PartitionAssigners.roundRobin(options), name });
}

async function join({ member, group, topic, ...options }) {
  const consumer = kafka.consumer({
    groupId: group,
    partitionAssigners: options.assignor === undefined ? undefined : [assigner(options.assignor)],
    metadataMaxAge: options.metadataMaxAgeMs,
    sessionTimeout: 10_000,
    heartbeatInterval: 300,
    maxWaitTimeInMs: 200,
  });
  const positions = new Map();
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    positions.clear();
    emitAssignment(member, payload.memberAssignment[topic] ?? []);
  });
  consumer.on(consumer.events.REBALANCING, () => emitAssignment(member, []));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: true,
    eachBatch: async ({
      batch,
      resolveOffset,
      heartbeat,
      isRunning,
      isStale,
      commitOffsetsIfNecessary,
    }) => {
      for (const message of batch.messages) {
        if (!isRunning() || isStale()) break;
        emitRecord(member, batch.partition, message.offset, message.value);
        resolveOffset(message.offset);
        positions.set(batch.partition, String(Number(message.offset) + 1));
      }
      await heartbeat();
      await commitOffsetsIfNecessary({
        topics: [{ topic, partitions: offsetsOf(positions) }],
      });
    },
  });
  members.set(member, { consumer, topic, positions });
}

function offsetsOf(positions) {
  return [...positions].map(([partition, offset]) => ({ partition, offset }));
}

async function commit({ member }) {
  const { consumer, topic, positions } = members.get(member);
  await consumer.commitOffsets(offsetsOf(positions).map((entry) => ({ topic, ...entry })));
}

async function leave({ member }) {
  const { consumer } = members.get(member);
  members.delete(member);
  await consumer.disconnect();
  emitAssignment(member, []);
}

const operations = {
  createTopic: ({ topic, partitions, configs }) =>
    admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: partitions,
          configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
        },
      ],
    }),
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
  for (const producer of producers.values()) await producer.disconnect();
  await admin.disconnect();
});
