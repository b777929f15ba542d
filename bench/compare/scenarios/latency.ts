import { type LatencyFigures, latencyProbe } from '../clients/latency-probe.ts';
import { producerPerf } from '../clients/producer-perf.ts';
import { type Durability, type Figure, figureWithTarget, type Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { untilNoFaster } from '../trial.ts';
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
/** The load is there by then. */
const WARM_UP_MS = 2000;
const WARM_UP_RECORDS_A_SECOND = 40_000;

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
    sink: true,
    prepare: async (stages) => {
      if (load === 0) return;
      loadRate = Math.round(load * (await topRate(stages, durability)));
      await warmLoad(stages[0]!, durability);
    },
    measure: (stage) =>
      stage.withTopic(1, durability, async ({ bootstrap }, topic) => {
        const loaded = loadRate === 0 ? null : underLoad(stage, durability, loadRate);
        const run = { bootstrap, topic, acks: 'all' as const, recordBytes: RECORD_BYTES };
        const durations = { warmUpMs: WARM_UP_MS, measuredMs: stage.seconds * 1000 };
        const found = await latencyProbe(stage.clients.tools, { ...run, ...durations });
        await loaded;
        const command = `kafka-e2e-latency ${bootstrap} ${topic} ${found.records} all ${RECORD_BYTES}`;
        return { figures: inMs(found), command };
      }),
  };
}

function inMs({ p50Us, p99Us, p999Us }: LatencyFigures): Record<string, number> {
  return { p50: p50Us / 1000, p99: p99Us / 1000, 'p99.9': p999Us / 1000 };
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

/** Lets the JVM that makes the load compile what it will run. */
function warmLoad(stage: Stage, durability: Durability): Promise<void> {
  const records = Math.round(WARM_UP_RECORDS_A_SECOND * stage.seconds);
  return stage.clients.load.warmOnce(() =>
    untilNoFaster(() => writeTo(stage, durability, records, -1)),
  );
}

/** Writes to a topic of its own at that rate, until a little after the probe is done. */
async function underLoad(
  stage: Stage,
  durability: Durability,
  recordsPerSecond: number,
): Promise<void> {
  const seconds = stage.seconds + (2 * WARM_UP_MS) / 1000;
  await writeTo(stage, durability, Math.round(recordsPerSecond * seconds), recordsPerSecond);
}

/** A rate of −1 is all it can. Gives the rate that it came to. */
function writeTo(
  stage: Stage,
  durability: Durability,
  records: number,
  recordsPerSecond: number,
): Promise<number> {
  return stage.withTopic(1, durability, async ({ bootstrap }, topic) => {
    const found = await producerPerf(stage.clients.load, {
      ...{ bootstrap, topic, records, recordBytes: RECORD_BYTES, settings: {} },
      ...{ warmUpRecords: 1, throughput: recordsPerSecond },
    });
    return found.recordsPerSecond;
  });
}
