// Produce: headers that say what cannot be, codecs, timestamps, topics with configs of their own, requests that repeat
// themselves.

import { Compression } from '@millrace/protocol';
import { CreateTopicsRequest } from '@millrace/protocol/messages/create-topics-request';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics-response';
import { FetchRequest } from '@millrace/protocol/messages/fetch-request';
import { FetchResponse } from '@millrace/protocol/messages/fetch-response';
import { api } from '../api.ts';
import { altered, baseTimeMs, batchOf } from '../batches.ts';
import type { Peer } from '../peer.ts';
import { makeTopics, writtenTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';
import { FIRST_WITH_IDS, produce, producing } from './produce.ts';

const createTopics = api(CreateTopicsRequest, CreateTopicsResponse);
const fetch = api(FetchRequest, FetchResponse);

/** Where the fields of a batch's header stand. */
const at = {
  baseOffset: 0,
  leaderEpoch: 12,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
} as const;

const two = batchOf(['a', 'b']);
const int64 = (batch: Buffer, value: number, offset: number) =>
  batch.writeBigInt64BE(BigInt(value), offset);

const strangeHeaders: readonly (readonly [string, Buffer])[] = [
  ['a base offset', altered((batch) => int64(batch, 5, at.baseOffset))],
  ['a negative base offset', altered((batch) => int64(batch, -1, at.baseOffset))],
  ['a leader epoch', altered((batch) => batch.writeInt32BE(7, at.leaderEpoch))],
  ['a last offset that is too high', altered((batch) => batch.writeInt32BE(1, at.lastOffsetDelta))],
  ['a negative last offset', altered((batch) => batch.writeInt32BE(-1, at.lastOffsetDelta))],
  ['a count of none', altered((batch) => batch.writeInt32BE(0, at.count))],
  ['a negative count', altered((batch) => batch.writeInt32BE(-1, at.count))],
  ['a count that is too low', altered((batch) => batch.writeInt32BE(1, at.count), two)],
  ['a mark of a transaction', altered((batch) => batch.writeInt16BE(0x10, at.attributes))],
  ['a mark of a control batch', altered((batch) => batch.writeInt16BE(0x20, at.attributes))],
  ['a delete horizon', altered((batch) => batch.writeInt16BE(0x40, at.attributes))],
  ['the mark of LogAppendTime', altered((batch) => batch.writeInt16BE(0x08, at.attributes))],
  ['an unused attribute', altered((batch) => batch.writeInt16BE(0x80, at.attributes))],
  ['a producer without an epoch', altered((batch) => int64(batch, 4200, at.producerId))],
  [
    'a producer without a sequence',
    altered((batch) => {
      int64(batch, 4201, at.producerId);
      batch.writeInt16BE(0, at.producerEpoch);
    }),
  ],
  ['a sequence without a producer', altered((batch) => batch.writeInt32BE(5, at.baseSequence))],
  ['no timestamp', batchOf(['a'], { startMs: -1 })],
  ['times of the year 1970', batchOf(['a'], { startMs: 0 })],
  ['times an hour and more ahead', batchOf(['a', 'b'], { startMs: baseTimeMs + 3_700_000 })],
  ['a last time that is far ahead', batchOf(['a', 'b'], { stepMs: 7_200_000 })],
  ['an empty value', batchOf([''])],
];

/** Kafka looks for zstd in requests before version 7, and stumbles there already. */
const unknownCodec = altered((batch) => batch.writeInt16BE(5, at.attributes));

/** Each kind of batch has a topic of its own, so that one that is taken by one broker only shifts no other's offsets. */
async function produceAlone(peer: Peer, version: number, topic: string, batch: Buffer) {
  if (!peer.knowsTopic(topic)) await makeTopics(peer, [topic]);
  await peer.ask(produce, version, producing(peer, version, topic, [batch]));
}

export const producingStrangeBatches = new Scenarios(produce);
for (const [index, [name, batch]] of strangeHeaders.entries()) {
  producingStrangeBatches.script(name, (peer, version) =>
    produceAlone(peer, version, `strange-${index}`, batch),
  );
}
producingStrangeBatches.script(
  'an unknown codec',
  (peer, version) => produceAlone(peer, version, 'unknown-codec', unknownCodec),
  7,
);
for (const [name, codec] of Object.entries(Compression)) {
  const batch = batchOf(['a', 'b'], { codec });
  producingStrangeBatches.script(`compressed by ${name}`, (peer, version) =>
    produceAlone(peer, version, `compressed-${name}`, batch),
  );
}

const good = batchOf(['hello']);

function partitionsOf(peer: Peer, version: number, ...indexes: readonly number[]) {
  const named =
    version < FIRST_WITH_IDS ? { name: writtenTopic } : { topicId: peer.topicId(writtenTopic) };
  return { ...named, partitionData: indexes.map((index) => ({ index, records: good })) };
}

export const producingStrangely = new Scenarios(produce)
  .ask('to no topics', { acks: -1, timeoutMs: 5000 })
  .ask('to no partitions', (peer, version) => ({
    acks: -1,
    timeoutMs: 5000,
    topicData: [partitionsOf(peer, version)],
  }))
  .script('to a partition twice', async (peer, version) => {
    const name = `twice-${version}`;
    await makeTopics(peer, [name]);
    const request = producing(peer, version, name, [good]);
    const [topic] = request.topicData!;
    const partitionData = [...topic!.partitionData!, { index: 0, records: two }];
    await peer.ask(produce, version, { ...request, topicData: [{ ...topic, partitionData }] });
  })
  .ask('to a topic twice', (peer, version) => ({
    acks: -1,
    timeoutMs: 5000,
    topicData: [partitionsOf(peer, version, 0), partitionsOf(peer, version, 1)],
  }))
  .ask('to a negative partition', (peer, version) => ({
    acks: -1,
    timeoutMs: 5000,
    topicData: [partitionsOf(peer, version, -1)],
  }))
  .ask(
    'to bad names',
    {
      acks: -1,
      timeoutMs: 5000,
      topicData: ['a b', '', '..'].map((name) => ({
        name,
        partitionData: [{ index: 0, records: good }],
      })),
    },
    0,
    FIRST_WITH_IDS - 1,
  )
  .ask(
    'to no id',
    {
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ partitionData: [{ index: 0, records: good }] }],
    },
    FIRST_WITH_IDS,
  )
  .ask('within a negative time', (peer, version) => ({
    ...producing(peer, version, writtenTopic, [good]),
    timeoutMs: -1,
  }))
  .ask('within no time', (peer, version) => ({
    ...producing(peer, version, writtenTopic, [good]),
    timeoutMs: 0,
  }))
  .ask('with acks below all', (peer, version) => producing(peer, version, writtenTopic, [good], -2))
  .ask('with acks far above', (peer, version) =>
    producing(peer, version, writtenTopic, [good], 32767),
  )
  .ask('with an empty transactional id', (peer, version) => ({
    ...producing(peer, version, writtenTopic, [good]),
    transactionalId: '',
  }))
  .script('epochs of a producer', async (peer, version) => {
    const name = `epochs-${version}`;
    await makeTopics(peer, [name]);
    const steps = [
      [0, 0],
      [2, 5],
      [2, 0],
      [1, 0],
      [2, 1],
      [32767, 0],
      [0, 1],
    ] as const;
    for (const [producerEpoch, baseSequence] of steps) {
      const batch = altered(
        (bytes) => bytes.writeInt16BE(producerEpoch, at.producerEpoch),
        batchOf(['x'], { producerId: 4300, baseSequence }),
      );
      await peer.ask(produce, version, producing(peer, version, name, [batch]));
    }
  })
  .script('a sequence that starts anew', async (peer, version) => {
    const name = `wraps-${version}`;
    await makeTopics(peer, [name]);
    for (const [values, baseSequence] of [
      [['a', 'b'], 2 ** 31 - 2],
      [['c'], 0],
      [['c', 'd', 'e'], 2 ** 31 - 1],
      [['d', 'e', 'f'], 1],
      [['d', 'e'], 1],
    ] as const) {
      const batch = batchOf(values, { producerId: 4400, baseSequence });
      await peer.ask(produce, version, producing(peer, version, name, [batch]));
    }
  });

/** A topic of one partition with configs of its own. */
async function makeTopic(peer: Peer, name: string, configs: Record<string, string>): Promise<void> {
  const { topics } = await peer.prepare(createTopics, 7, {
    topics: [
      {
        name,
        numPartitions: 1,
        replicationFactor: 1,
        configs: Object.entries(configs).map(([config, value]) => ({ name: config, value })),
      },
    ],
    timeoutMs: 10_000,
  });
  if (topics[0]?.errorCode !== 0) throw new Error(`${name}: ${topics[0]?.errorMessage}`);
  await peer.untilTopic(name);
}

const versionsOfConfigs = [3, 8, 13];

/** The topic's configs decide, not the version, so that some versions will do. */
export const producingToConfiguredTopics = new Scenarios(produce);
for (const version of versionsOfConfigs) {
  producingToConfiguredTopics
    .script(
      'as the broker tells the time',
      async (peer) => {
        const name = `append-time-${version}`;
        await makeTopic(peer, name, { 'message.timestamp.type': 'LogAppendTime' });
        const ahead = batchOf(['a', 'b'], { startMs: baseTimeMs + 9_000_000 });
        await peer.ask(produce, version, producing(peer, version, name, [ahead]));
        for (const baseSequence of [0, 0]) {
          const batch = batchOf(['c'], { producerId: 4500, baseSequence });
          await peer.ask(produce, version, producing(peer, version, name, [batch]));
        }
      },
      version,
      version,
    )
    .script(
      'with limits',
      async (peer) => {
        const name = `limited-${version}`;
        await makeTopic(peer, name, {
          'max.message.bytes': '200',
          'message.timestamp.before.max.ms': '1000',
          'message.timestamp.after.max.ms': '1000',
        });
        for (const batch of [
          batchOf(['x'.repeat(300)]),
          batchOf(['x'.repeat(300)], { codec: Compression.gzip }),
          batchOf(['a'], { startMs: baseTimeMs - 3_600_000 }),
          batchOf(['a'], { startMs: baseTimeMs + 3_600_000 }),
          batchOf(['a'], { startMs: -1 }),
          batchOf(['a', 'b'], { codec: Compression.gzip, startMs: baseTimeMs + 3_600_000 }),
        ]) {
          await peer.ask(produce, version, producing(peer, version, name, [batch]));
        }
      },
      version,
      version,
    )
    .script(
      'that are compacted',
      async (peer) => {
        const name = `compacted-${version}`;
        await makeTopic(peer, name, { 'cleanup.policy': 'compact' });
        const values = ['a', 'b', 'c', 'd', 'e'];
        const keys = ['k', null, '', null, null];
        const ahead = { startMs: baseTimeMs + 9_000_000 };
        for (const batch of [
          batchOf(['a']),
          batchOf(values, { keys }),
          batchOf(values, { keys, codec: Compression.zstd }),
          batchOf(values, { keys: values, codec: Compression.lz4 }),
          batchOf(values, { keys: values }),
          batchOf(['a'], ahead),
          batchOf(['a'], { ...ahead, codec: Compression.gzip }),
          batchOf(['a', 'b'], { producerId: 4700, baseSequence: 0, keys: ['k', null] }),
          batchOf(['a', 'b'], { producerId: 4700, baseSequence: 0, keys: ['k', 'l'] }),
        ]) {
          await peer.ask(produce, version, producing(peer, version, name, [batch]));
        }
      },
      version,
      version,
    )
    .script(
      'with too few replicas',
      async (peer) => {
        const name = `replicas-${version}`;
        await makeTopic(peer, name, { 'min.insync.replicas': '2' });
        for (const acks of [-1, 1, 0]) {
          await peer
            .ask(produce, version, producing(peer, version, name, [good], acks))
            .catch(() => {});
        }
      },
      version,
      version,
    )
    .script(
      'into small segments',
      async (peer) => {
        const name = `small-${version}`;
        await makeTopic(peer, name, { 'segment.bytes': '1048576' });
        const large = batchOf(['x'.repeat(1_048_000)]);
        await peer.ask(produce, version, producing(peer, version, name, [large]));
        await peer.ask(produce, version, producing(peer, version, name, [large]));
        const topics = [{ topicId: peer.topicId(name), partitions: [{ partitionMaxBytes: 1 }] }];
        await peer.ask(fetch, 18, { maxWaitMs: 10, maxBytes: 1, topics });
      },
      version,
      version,
    );
}
