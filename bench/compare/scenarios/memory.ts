import { costFigure, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import { ended, startKcatConsumer } from '../clients/kcat.ts';
import { rawProduce } from '../clients/raw-producer.ts';
import { durabilityConfigs, type Scenario } from '../scenario.ts';
import { createReadyTopic } from '../topics.ts';

const RECORD_BYTES = 1024;
/** Batches of 128 KiB. */
const RECORDS_A_BATCH = 128;
/** 10 GB where a run should take 5 s. */
const BYTES_A_SECOND = 2e9;
const TOPIC = 'gigabytes';
const PARTITIONS = 12;

/** What a broker that has just started holds after gigabytes went in and, to a consumer that keeps up, out. */
export const memoryScenario: Scenario = {
  name: 'memory',
  group: 'memory',
  title: '10 GB in and out of 12 partitions, 1 KiB records, batches of 128 KiB',
  client: 'prepared batches over one connection; kcat reads',
  durability: 'neither syncs',
  figures: [
    { name: 'resident after', unit: 'MB', better: 'lower', target: 0.25 },
    { name: 'rate', unit: 'MB/s', better: 'higher' },
    cpuFigureIn('s/GB in and out'),
  ],
  sink: false,
  measure: async ({ peer, seconds }) => {
    const broker = await peer.start();
    try {
      const { port, bootstrap } = broker;
      await createReadyTopic(port, TOPIC, PARTITIONS, durabilityConfigs('neither syncs'));
      const bytes = BYTES_A_SECOND * seconds;
      const roundRecords = PARTITIONS * RECORDS_A_BATCH;
      const records = Math.ceil(bytes / (roundRecords * RECORD_BYTES)) * roundRecords;
      const consumer = startKcatConsumer({ bootstrap, topic: TOPIC, records });
      await consumer.atEnd;
      const startedMs = performance.now();
      const { processorSeconds } = await withBrokerCost(broker, async () => {
        const run = { port, topic: TOPIC, partitions: PARTITIONS, bytes };
        await rawProduce({ ...run, recordBytes: RECORD_BYTES, recordsABatch: RECORDS_A_BATCH });
        await ended(consumer.program);
      });
      const tookSeconds = (performance.now() - startedMs) / 1000;
      const { residentBytes } = broker;
      const moved = records * RECORD_BYTES;
      return {
        figures: {
          ...(residentBytes === null ? {} : { 'resident after': residentBytes / 1e6 }),
          rate: moved / 1e6 / tookSeconds,
          ...costFigure(processorSeconds, 2 * moved),
        },
        command: 'npm run bench -- compare --only=memory',
      };
    } finally {
      await broker.stop();
    }
  },
};
