import type { Scenario } from '../scenario.ts';
import { produceScenario } from './produce.ts';

/** As Kafka's own performance guides set it for throughput. */
const BATCHED = { 'batch.size': '131072', 'linger.ms': '10' };

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [
  produceScenario({
    name: 'produce-1k',
    title: '1 KiB, 1 partition',
    ...{ recordBytes: 1024, partitions: 1, durability: 'neither syncs' },
    target: 1.5,
    processorTarget: 0.33,
  }),
  produceScenario({
    name: 'produce-1k-batched',
    title: '1 KiB, 1 partition, batch.size=131072 linger.ms=10',
    ...{ recordBytes: 1024, partitions: 1, durability: 'neither syncs', settings: BATCHED },
    target: 1.5,
    processorTarget: 0.33,
  }),
  produceScenario({
    name: 'produce-100b',
    title: '100 B, 1 partition',
    ...{ recordBytes: 100, partitions: 1, durability: 'neither syncs' },
    target: 1.5,
    processorTarget: 0.33,
  }),
  produceScenario({
    name: 'produce-synced',
    title: '1 KiB, 1 partition',
    ...{ recordBytes: 1024, partitions: 1, durability: 'both sync' },
    target: 3,
  }),
  produceScenario({
    name: 'produce-synced-12',
    title: '1 KiB, 12 partitions',
    ...{ recordBytes: 1024, partitions: 12, durability: 'both sync' },
    target: 3,
  }),
  produceScenario({
    name: 'produce-defaults',
    title: '1 KiB, 1 partition',
    ...{ recordBytes: 1024, partitions: 1, durability: 'own defaults' },
    target: 1.2,
  }),
];
