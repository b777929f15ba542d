// The same segments and the same retention configs on a real Apache Kafka and on the started program: both must keep
// the same records.

import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { IncrementalAlterConfigsRequest } from '@millrace/protocol/messages/incremental-alter-configs-request';
import { IncrementalAlterConfigsResponse } from '@millrace/protocol/messages/incremental-alter-configs-response';
import { ListOffsetsRequest } from '@millrace/protocol/messages/list-offsets-request';
import { ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets-response';
import { api } from './differential/api.ts';
import { baseTimeMs, batchOf } from './differential/batches.ts';
import { Kafka } from './differential/kafka.ts';
import { Peer } from './differential/peer.ts';
import { makeTopics, produceTo } from './differential/prepare.ts';
import { brokerSuite } from './harness/broker-suite.ts';
import { until } from './harness/until.ts';

const settings = ['log.retention.check.interval.ms=300'];
const HOUR_MS = 3_600_000;
/** Two of them do not fit into a segment of 1 MiB, the smallest that Kafka allows. */
const RECORD_BYTES = 600_000;
const SEGMENT_BYTES = 1_048_576;
const EARLIEST = -2;
const LATEST = -1;

const incrementalAlterConfigs = api(
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
);
const listOffsets = api(ListOffsetsRequest, ListOffsetsResponse);

type Configs = Readonly<Record<string, string>>;

interface Case {
  readonly topic: string;
  /** One segment for each. */
  readonly agesMs: readonly number[];
  readonly configs: Configs;
  /** Log start afterwards. */
  readonly start: number;
}

const OLD = 2 * HOUR_MS;
const cases: readonly Case[] = [
  {
    topic: 'by-time',
    agesMs: [OLD, OLD, OLD, 0],
    configs: { 'retention.ms': '3600000' },
    start: 3,
  },
  {
    topic: 'young-first',
    agesMs: [0, OLD, OLD],
    configs: { 'retention.ms': '3600000' },
    start: 0,
  },
  {
    topic: 'all-old',
    agesMs: [OLD, OLD],
    configs: { 'retention.ms': '3600000' },
    start: 2,
  },
  {
    topic: 'by-size',
    agesMs: [0, 0, 0, 0, 0],
    configs: { 'retention.bytes': '1300000' },
    start: 2,
  },
  {
    topic: 'by-size-to-the-byte',
    agesMs: [0, 0, 0],
    configs: { 'retention.bytes': String(2 * batchOf(['x'.repeat(RECORD_BYTES)]).length) },
    start: 1,
  },
  { topic: 'no-bytes', agesMs: [0, 0], configs: { 'retention.bytes': '0' }, start: 2 },
  {
    topic: 'by-both',
    agesMs: [OLD, 0, 0, 0],
    configs: { 'retention.ms': '3600000', 'retention.bytes': '1300000' },
    start: 1,
  },
  {
    topic: 'for-ever',
    agesMs: [OLD, OLD],
    configs: { 'retention.ms': '-1', 'retention.bytes': '-1' },
    start: 0,
  },
  {
    topic: 'no-policy',
    agesMs: [OLD, OLD],
    configs: { 'cleanup.policy': '', 'retention.ms': '1' },
    start: 0,
  },
];

// Needs: java
brokerSuite('retention as in Kafka', { needs: ['java'], ownBroker: true, settings }, (broker) => {
  let kafka: Kafka | null = null;
  let peers: readonly Peer[] = [];

  before(async () => {
    kafka = await Kafka.start([...settings, 'log.initial.task.delay.ms=300']);
    peers = [new Peer('Kafka', kafka.port), new Peer('Millrace', broker().port)];
  });
  after(() => kafka?.stop());

  const offsetOf = async (peer: Peer, topic: string, timestamp: number): Promise<number> => {
    const { topics } = await peer.prepare(listOffsets, 7, {
      topics: [{ name: topic, partitions: [{ partitionIndex: 0, timestamp }] }],
    });
    return topics[0]!.partitions[0]!.offset;
  };

  async function configure(peer: Peer, topic: string, configs: Configs): Promise<void> {
    const changes = Object.entries(configs).map(([name, value]) => ({ name, value }));
    const { responses } = await peer.prepare(incrementalAlterConfigs, 1, {
      resources: [{ resourceType: 2, resourceName: topic, configs: changes }],
    });
    assert.equal(responses[0]!.errorCode, 0, responses[0]!.errorMessage ?? '');
  }

  async function fill(peer: Peer, { topic, agesMs }: Pick<Case, 'topic' | 'agesMs'>) {
    await configure(peer, topic, { 'retention.ms': '-1', 'segment.bytes': String(SEGMENT_BYTES) });
    for (const ageMs of agesMs) {
      const value = 'x'.repeat(RECORD_BYTES);
      await produceTo(peer, topic, batchOf([value], { startMs: baseTimeMs - ageMs }));
    }
  }

  /** Once every log has been looked at after the changes before this: a log that must change has. */
  async function allChecked(peer: Peer, mark: string): Promise<void> {
    await configure(peer, mark, { 'retention.bytes': '0' });
    await until(`${peer.name} has emptied ${mark}`, async () => {
      const [start, end] = [EARLIEST, LATEST].map((time) => offsetOf(peer, mark, time));
      return (await start) === (await end);
    });
  }

  it('keeps and deletes the same segments', async () => {
    const marks = ['first-mark', 'second-mark'];
    for (const peer of peers) {
      await makeTopics(peer, [...cases.map(({ topic }) => topic), ...marks]);
      for (const each of cases) await fill(peer, each);
      for (const topic of marks) await fill(peer, { topic, agesMs: [0] });
      for (const { topic, configs } of cases) await configure(peer, topic, configs);
      for (const mark of marks) await allChecked(peer, mark);
      for (const { topic, agesMs, start } of cases) {
        const found = await offsetOf(peer, topic, EARLIEST);
        assert.equal(found, start, `${peer.name}: ${topic}`);
        assert.equal(await offsetOf(peer, topic, LATEST), agesMs.length, `${peer.name}: ${topic}`);
      }
    }
  });

  it('goes on at the same offset in a log that was emptied', async () => {
    for (const peer of peers) {
      await produceTo(peer, 'all-old', batchOf(['new']));
      assert.equal(await offsetOf(peer, 'all-old', EARLIEST), 2, peer.name);
      assert.equal(await offsetOf(peer, 'all-old', LATEST), 3, peer.name);
    }
  });
});
