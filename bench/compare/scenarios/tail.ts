import { GroupProbe } from '../../../interop/harness/group-probe.ts';
import { until } from '../../../interop/harness/until.ts';
import { costFigure, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import { consumerPerf, consumerPerfArguments } from '../clients/consumer-perf.ts';
import { ended, kcatConsumerArguments, startKcatConsumer } from '../clients/kcat.ts';
import { RECORDS_A_BATCH } from '../clients/prepared-batch.ts';
import { rawProduce } from '../clients/raw-producer.ts';
import { figureWithTarget, type Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

export interface TailSpec {
  readonly name: string;
  readonly title: string;
  readonly client: 'kafka-consumer-perf-test' | 'kcat (librdkafka)';
  readonly consumers: number;
  readonly target?: number;
}

const RECORD_BYTES = 1024;
const BYTES_A_SECOND = 400e6;
const ROUND_BYTES = RECORDS_A_BATCH * RECORD_BYTES;
const RATE = 'delivered';

/** Consumers that wait at the end of a topic while a producer that costs next to nothing writes as fast as it can. */
export function tailScenario(spec: TailSpec): Scenario {
  const { name, title, client, consumers } = spec;
  return {
    ...{ name, title, client, group: 'tail', durability: 'neither syncs' },
    figures: [
      figureWithTarget({ name: RATE, unit: 'MB/s', better: 'higher' }, spec.target),
      cpuFigureIn('s/GB in and out'),
    ],
    // The sink has records before they are produced.
    sink: false,
    measure: (stage) =>
      stage.withTopic(1, 'neither syncs', async (broker, topic) => {
        const bytes = (BYTES_A_SECOND * stage.seconds) / consumers;
        const records = Math.ceil(bytes / ROUND_BYTES) * RECORDS_A_BATCH;
        const waiting =
          client === 'kcat (librdkafka)'
            ? await waitWithKcat(broker.bootstrap, topic, records, consumers)
            : await waitWithJava(stage, topic, records);
        const startedMs = performance.now();
        const { processorSeconds } = await withBrokerCost(broker, async () => {
          const produced = { port: broker.port, topic, partitions: 1, bytes };
          await rawProduce({
            ...produced,
            recordBytes: RECORD_BYTES,
            recordsABatch: RECORDS_A_BATCH,
          });
          await waiting.done();
        });
        const tookSeconds = (performance.now() - startedMs) / 1000;
        const delivered = records * RECORD_BYTES * consumers;
        return {
          figures: {
            [RATE]: delivered / 1e6 / tookSeconds,
            ...costFigure(processorSeconds, delivered + records * RECORD_BYTES),
          },
          command: waiting.command,
        };
      }),
  };
}

interface Waiting {
  readonly command: string;
  /** Resolves when the consumers have read all and ended. */
  done(): Promise<void>;
}

async function waitWithKcat(
  bootstrap: string,
  topic: string,
  records: number,
  consumers: number,
): Promise<Waiting> {
  const run = { bootstrap, topic, records };
  const started = Array.from({ length: consumers }, () => startKcatConsumer(run));
  await Promise.all(started.map(({ atEnd }) => atEnd));
  return {
    command: ['kcat', ...kcatConsumerArguments(run)].join(' ').replace(/-f $/, "-f ''"),
    done: async () => {
      await Promise.all(started.map(({ program }) => ended(program)));
    },
  };
}

async function waitWithJava(stage: Stage, topic: string, records: number): Promise<Waiting> {
  const { bootstrap, port } = await stage.broker();
  const group = stage.nextName('group');
  const run = { bootstrap, topic, group, records };
  const reading = consumerPerf(stage.clients.tools, run);
  // Whoever calls `done` sees how it ended; until then a failure must not end this process.
  reading.catch(() => {});
  const probe = new GroupProbe(port, group, topic);
  await until('the consumer has its partition', async () => {
    const described = await probe.describe();
    return described?.members.some(({ partitions }) => partitions.length > 0) ?? false;
  });
  probe.close();
  return {
    command: ['kafka-consumer-perf-test', ...consumerPerfArguments(run)].join(' '),
    done: async () => {
      await reading;
    },
  };
}
