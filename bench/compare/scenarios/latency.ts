import { Program } from '../../../interop/harness/program.ts';
import { kafkaTool } from '../clients/java.ts';
import { type LatencyFigures, latencyProbe } from '../clients/latency-probe.ts';
import { producerPerfArguments } from '../clients/producer-perf.ts';
import { type Durability, type Figure, figureWithTarget, type Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { findRate, type ProduceSpec } from './produce.ts';

export interface LatencySpec {
  readonly name: string;
  readonly title: string;
  readonly durability: Durability;
  /** Of what Kafka takes at most from one producer, written to another topic meanwhile; 0: nothing else goes on. */
  readonly load: number;
  readonly targets?: { readonly p50: number; readonly p99: number; readonly p999: number };
}

const RECORD_BYTES = 1024;
const WARM_UP_RECORDS = 2000;
const TRIAL_RECORDS = 1000;
/** 99.9 % needs some thousands. */
const MIN_RECORDS = 2000;
/** Of the producer that makes the load, before the first record is timed. */
const LOAD_WARM_UP_MS = 2000;

/** From `send` until the consumer has the record, one record after the other. */
export function latencyScenario(spec: LatencySpec): Scenario {
  const { name, title, durability, load, targets } = spec;
  const figure = (label: string, target: number | undefined): Figure =>
    figureWithTarget({ name: label, unit: 'ms', better: 'lower' }, target);
  /** Records a second; the same for all brokers. */
  let loadRate = 0;
  return {
    ...{ name, title, durability },
    group: 'latency',
    client: 'kafka-e2e-latency (in µs)',
    figures: [
      figure('p50', targets?.p50),
      figure('p99', targets?.p99),
      figure('p99.9', targets?.p999),
    ],
    sink: false,
    prepare: async (stages) => {
      if (load > 0) loadRate = Math.round(load * (await topRate(stages, durability)));
    },
    measure: (stage) =>
      stage.withTopic(1, durability, (broker, topic) => {
        const probe = async () => {
          const run = { bootstrap: broker.bootstrap, topic, acks: 'all' as const };
          const records = await recordsFor(stage, name, { ...run, recordBytes: RECORD_BYTES });
          const found = await latencyProbe({
            ...{ ...run, records, warmUpRecords: WARM_UP_RECORDS },
            recordBytes: RECORD_BYTES,
          });
          const command = `kafka-e2e-latency ${run.bootstrap} ${topic} ${records} all ${RECORD_BYTES}`;
          return { figures: inMs(found), command };
        };
        return loadRate === 0 ? probe() : underLoad(stage, durability, loadRate, probe);
      }),
  };
}

function inMs({ p50Us, p99Us, p999Us }: LatencyFigures): Record<string, number> {
  return { p50: p50Us / 1000, p99: p99Us / 1000, 'p99.9': p999Us / 1000 };
}

/** As many as a run should take, by the median of a short one. */
async function recordsFor(
  stage: Stage,
  name: string,
  run: Omit<Parameters<typeof latencyProbe>[0], 'records' | 'warmUpRecords'>,
): Promise<number> {
  const known = stage.rates.get(name);
  if (known !== undefined) return known;
  const { p50Us } = await latencyProbe({
    ...run,
    records: TRIAL_RECORDS,
    warmUpRecords: TRIAL_RECORDS,
  });
  const records = Math.max(MIN_RECORDS, Math.round((stage.seconds * 1e6) / p50Us));
  stage.rates.set(name, records);
  return records;
}

/** Records of 1 KiB that one producer gets through Kafka, or through Millrace where there is no Kafka. */
async function topRate(stages: readonly Stage[], durability: Durability): Promise<number> {
  const stage = stages.find(({ peer }) => peer.id === 'kafka') ?? stages[0]!;
  const name = `top rate, ${durability}`;
  const spec: ProduceSpec = {
    ...{ name, title: name, durability, recordBytes: RECORD_BYTES, partitions: 1 },
  };
  const rate = stage.rates.get(name) ?? (await findRate(stage, spec));
  stage.rates.set(name, rate);
  return rate;
}

async function underLoad<Result>(
  stage: Stage,
  durability: Durability,
  recordsPerSecond: number,
  work: () => Promise<Result>,
): Promise<Result> {
  return stage.withTopic(1, durability, async ({ bootstrap }, topic) => {
    const { command, args } = kafkaTool(
      'ProducerPerformance',
      producerPerfArguments({
        ...{ bootstrap, topic, recordBytes: RECORD_BYTES, throughput: recordsPerSecond },
        ...{ records: recordsPerSecond * 600, warmUpRecords: 1, settings: {} },
      }),
    );
    const program = new Program(command, args, () => {});
    try {
      await new Promise((resolve) => setTimeout(resolve, LOAD_WARM_UP_MS));
      return await work();
    } finally {
      program.signal('SIGKILL');
      await program.exited;
    }
  });
}
