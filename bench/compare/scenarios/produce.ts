import { costFigure, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import {
  type ProducerPerfRun,
  producerPerf,
  producerPerfArguments,
} from '../clients/producer-perf.ts';
import type { PeerProcess } from '../peers/peer-process.ts';
import {
  type Durability,
  type Figure,
  figureWithTarget,
  type Measured,
  type Scenario,
} from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { trialRate } from '../trial.ts';

/** What producers do in one scenario. */
export interface ProduceSpec {
  readonly name: string;
  readonly title: string;
  readonly recordBytes: number;
  readonly partitions: number;
  readonly durability: Durability;
  /** Producer configs that differ from the client's defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For the ratio of the rates. */
  readonly target?: number;
  /** For the ratio of the broker's processor time. */
  readonly processorTarget?: number;
}

/** Part of the measured time that is sent before and left out: the client connects meanwhile, and fills its buffer. */
const WARM_UP = 0.2;
/** Of the first run that finds out how fast a broker is, for each second of a measured one. */
const FIRST_TRIAL_BYTES = 2e6;
/** More is not written in one run, whatever the rate. */
const MAX_RUN_BYTES = 6e9;
const MAX_RUN_RECORDS = 30_000_000;

const RATE = 'rate';

/** kafka-producer-perf-test with all it can. */
export function produceScenario(spec: ProduceSpec): Scenario {
  const figures: Figure[] = [
    figureWithTarget({ name: RATE, unit: 'MB/s', better: 'higher' }, spec.target),
    figureWithTarget(cpuFigureIn('s/GB in'), spec.processorTarget),
    { name: 'ack p50', unit: 'ms', better: 'lower' },
    { name: 'ack p99', unit: 'ms', better: 'lower' },
  ];
  const { name, title, durability } = spec;
  return {
    ...{ name, title, durability, figures },
    group: 'produce',
    client: 'kafka-producer-perf-test',
    sink: true,
    measure: async (stage) => {
      const rate = stage.rates.get(name) ?? (await findRate(stage, spec));
      return stage.withTopic(spec.partitions, durability, async (broker, topic) => {
        const wanted = rate * stage.seconds * (1 + WARM_UP);
        const total = Math.round(Math.min(wanted, mostRecords(spec)));
        const warmUpRecords = Math.round((total * WARM_UP) / (1 + WARM_UP));
        const measured = await produceOnce(stage, broker, topic, spec, total, warmUpRecords);
        stage.rates.set(name, measured.recordsPerSecond);
        return measured.outcome;
      });
    },
  };
}

function mostRecords({ recordBytes }: ProduceSpec): number {
  return Math.min(MAX_RUN_RECORDS, MAX_RUN_BYTES / recordBytes);
}

async function produceOnce(
  stage: Stage,
  broker: PeerProcess,
  topic: string,
  spec: ProduceSpec,
  records: number,
  warmUpRecords: number,
): Promise<{ readonly recordsPerSecond: number; readonly outcome: Measured }> {
  const run: ProducerPerfRun = {
    bootstrap: broker.bootstrap,
    topic,
    records,
    warmUpRecords,
    recordBytes: spec.recordBytes,
    settings: spec.settings ?? {},
  };
  const { result: found, processorSeconds } = await withBrokerCost(broker, () =>
    producerPerf(stage.clients.tools, run),
  );
  const figures = {
    [RATE]: (found.recordsPerSecond * spec.recordBytes) / 1e6,
    ...costFigure(processorSeconds, records * spec.recordBytes),
    'ack p50': found.p50Ms,
    'ack p99': found.p99Ms,
  };
  return {
    recordsPerSecond: found.recordsPerSecond,
    outcome: { figures, command: commandOf(run) },
  };
}

function commandOf(run: ProducerPerfRun): string {
  return ['kafka-producer-perf-test', ...producerPerfArguments(run)].join(' ');
}

/** Records a second. */
export function findRate(stage: Stage, spec: ProduceSpec): Promise<number> {
  const first = (FIRST_TRIAL_BYTES * stage.seconds) / spec.recordBytes;
  return trialRate(stage.seconds, first, mostRecords(spec), (records) =>
    stage.withTopic(spec.partitions, spec.durability, async ({ bootstrap }, topic) => {
      const { recordBytes, settings = {} } = spec;
      const run = { bootstrap, topic, records, recordBytes, settings };
      const warmUpRecords = Math.round(records / 4);
      const found = await producerPerf(stage.clients.tools, { ...run, warmUpRecords });
      return found.recordsPerSecond;
    }),
  );
}
