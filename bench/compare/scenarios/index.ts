// All scenarios, in the order in which they run.

import type { Scenario } from '../scenario.ts';
import { commitScenario } from './commits.ts';
import { connectionsScenario } from './connections.ts';
import { type ConsumeSpec, consumeScenario } from './consume.ts';
import { latencyScenario } from './latency.ts';
import { manyProducersScenario } from './many-producers.ts';
import { memoryScenario } from './memory.ts';
import { type ProduceSpec, produceScenario } from './produce.ts';
import { produceKcatScenario } from './produce-kcat.ts';
import { startScenario } from './start.ts';
import { type TailSpec, tailScenario } from './tail.ts';

/** As performance guides set it for throughput. */
const BATCHED = { 'batch.size': '131072', 'linger.ms': '10' };

/** One producer with 1 KiB records to one partition, where nothing else is said. */
function produce(spec: Pick<ProduceSpec, 'name' | 'title'> & Partial<ProduceSpec>): Scenario {
  return produceScenario({
    ...{ recordBytes: 1024, partitions: 1, durability: 'neither syncs' },
    ...spec,
  });
}

const produceTargets: readonly Scenario[] = [
  produce({
    name: 'produce-1k',
    title: '1 KiB, 1 partition',
    ...{ target: 1.5, processorTarget: 0.33 },
  }),
  produce({
    name: 'produce-1k-batched',
    title: '1 KiB, 1 partition, batch.size=131072 linger.ms=10',
    ...{ settings: BATCHED, target: 1.5, processorTarget: 0.33 },
  }),
  produce({
    name: 'produce-100b',
    title: '100 B, 1 partition',
    ...{ recordBytes: 100, target: 1.5, processorTarget: 0.33 },
  }),
  produce({
    name: 'produce-synced',
    title: '1 KiB, 1 partition',
    ...{ durability: 'both sync', target: 3 },
  }),
  produce({
    name: 'produce-synced-12',
    title: '1 KiB, 12 partitions',
    ...{ partitions: 12, durability: 'both sync', target: 3 },
  }),
  produce({
    name: 'produce-defaults',
    title: '1 KiB, 1 partition',
    ...{ durability: 'own defaults', target: 1.2 },
  }),
];

const produceGrid: readonly Scenario[] = [
  produce({ name: 'produce-10k', title: '10 KiB, 1 partition', recordBytes: 10_240 }),
  produce({
    name: 'produce-acks-1',
    title: '1 KiB, 1 partition, acks=1',
    settings: { acks: '1' },
  }),
  produce({
    name: 'produce-lz4',
    title: '1 KiB, 1 partition, lz4, batch.size=131072 linger.ms=10',
    settings: { ...BATCHED, 'compression.type': 'lz4' },
  }),
  produce({
    name: 'produce-zstd',
    title: '1 KiB, 1 partition, zstd, batch.size=131072 linger.ms=10',
    settings: { ...BATCHED, 'compression.type': 'zstd' },
  }),
  produce({ name: 'produce-12', title: '1 KiB, 12 partitions', partitions: 12 }),
  produce({ name: 'produce-100', title: '1 KiB, 100 partitions', partitions: 100 }),
  produce({ name: 'produce-1000', title: '1 KiB, 1,000 partitions', partitions: 1000 }),
  produce({
    name: 'produce-defaults-12',
    title: '1 KiB, 12 partitions',
    ...{ partitions: 12, durability: 'own defaults' },
  }),
  produceKcatScenario({
    name: 'produce-kcat',
    title: '1 KiB, 1 partition',
    ...{ partitions: 1, durability: 'neither syncs' },
  }),
  produceKcatScenario({
    name: 'produce-kcat-defaults',
    title: '1 KiB, 1 partition',
    ...{ partitions: 1, durability: 'own defaults' },
  }),
];

const manyProducers: readonly Scenario[] = [
  manyProducersScenario({
    name: 'producers-10',
    title: '10 producers, 1 KiB, 12 partitions',
    ...{ producers: 10, partitions: 12, durability: 'neither syncs' },
  }),
  manyProducersScenario({
    name: 'producers-100',
    title: '100 producers, 1 KiB, 100 partitions',
    ...{ producers: 100, partitions: 100, durability: 'neither syncs' },
  }),
  manyProducersScenario({
    name: 'producers-100-1000',
    title: '100 producers, 1 KiB, 1,000 partitions',
    ...{ producers: 100, partitions: 1000, durability: 'neither syncs', target: 1.5 },
  }),
  manyProducersScenario({
    name: 'producers-100-synced',
    title: '100 producers, 1 KiB, 12 partitions',
    ...{ producers: 100, partitions: 12, durability: 'both sync' },
  }),
];

const JAVA = 'kafka-consumer-perf-test' as const;
const KCAT = 'kcat (librdkafka)' as const;

function consume(spec: Omit<ConsumeSpec, 'title'>): Scenario {
  const partitions = spec.partitions === 1 ? '1 partition' : `${spec.partitions} partitions`;
  const warmth = spec.isCold === true ? 'from the disk' : 'from the page cache';
  return consumeScenario({
    title: `1 KiB, ${partitions}, from the beginning, ${warmth}`,
    ...spec,
  });
}

const consumers: readonly Scenario[] = [
  consume({
    name: 'consume-java',
    ...{ client: JAVA, partitions: 1, target: 1.2, processorTarget: 0.4 },
  }),
  consume({
    name: 'consume-kcat',
    ...{ client: KCAT, partitions: 1, target: 1.2, processorTarget: 0.4 },
  }),
  consume({ name: 'consume-java-cold', client: JAVA, partitions: 1, isCold: true }),
  consume({ name: 'consume-kcat-cold', client: KCAT, partitions: 1, isCold: true }),
  consume({ name: 'consume-java-12', client: JAVA, partitions: 12 }),
];

function tail(spec: Omit<TailSpec, 'title'>): Scenario {
  const who = spec.consumers === 1 ? 'a consumer' : `${spec.consumers} consumers`;
  return tailScenario({ title: `1 KiB, 1 partition, ${who} at its end`, ...spec });
}

const tails: readonly Scenario[] = [
  tail({ name: 'tail-java', client: JAVA, consumers: 1, target: 1.2 }),
  tail({ name: 'tail-kcat', client: KCAT, consumers: 1, target: 1.2 }),
  tail({ name: 'tail-kcat-10', client: KCAT, consumers: 10 }),
];

const latencies: readonly Scenario[] = [
  latencyScenario({
    name: 'latency-idle',
    title: '1 KiB, acks=all, nothing else goes on',
    ...{ durability: 'neither syncs', load: 0 },
    targets: { p50: 0.8, p99: 0.4, p999: 0.4 },
  }),
  latencyScenario({
    name: 'latency-synced',
    title: '1 KiB, acks=all, nothing else goes on',
    ...{ durability: 'both sync', load: 0 },
  }),
  ...[10, 50, 90].map((percent) =>
    latencyScenario({
      name: `latency-${percent}`,
      title: `1 KiB, acks=all, beside ${percent} % of what Kafka takes from one producer`,
      ...{ durability: 'neither syncs', load: percent / 100 },
      targets: { p50: 0.8, p99: 0.4, p999: 0.4 },
    }),
  ),
];

export const scenarios: readonly Scenario[] = [
  ...produceTargets,
  ...consumers,
  ...tails,
  ...latencies,
  startScenario,
  memoryScenario,
  ...produceGrid,
  ...manyProducers,
  commitScenario,
  connectionsScenario,
];
