import { costFigure, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import { producerPerfArguments } from '../clients/producer-perf.ts';
import { sideBySide } from '../clients/side-by-side.ts';
import { type Durability, figureWithTarget, type Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { trialRate, untilNoFaster } from '../trial.ts';

export interface ManyProducersSpec {
  readonly name: string;
  readonly title: string;
  readonly producers: number;
  readonly partitions: number;
  readonly durability: Durability;
  readonly target?: number;
}

const RECORD_BYTES = 1024;
const RATE = 'rate';
/** Of all producers, in the first run that finds out how many it takes. */
const FIRST_TRIAL_RECORDS = 20_000;
const WARM_UP_RECORDS_A_SECOND = 20_000;
const MAX_RECORDS = 6_000_000;
/** A hundred of them at the default of 32 MiB would need more memory than the machine may have. */
const SETTINGS = { 'buffer.memory': '4194304' };

/** Producers side by side, each with all it can; rates are those of all together. */
export function manyProducersScenario(spec: ManyProducersSpec): Scenario {
  const { name, title, durability, producers, partitions } = spec;
  return {
    ...{ name, title, durability },
    group: 'many producers',
    client: 'kafka-producer-perf-test, in one JVM',
    figures: [
      figureWithTarget({ name: RATE, unit: 'MB/s', better: 'higher' }, spec.target),
      cpuFigureIn('s/GB in'),
    ],
    sink: true,
    prepare: async ([stage]) => {
      const records = Math.round(WARM_UP_RECORDS_A_SECOND * stage!.seconds);
      await stage!.clients.crowd.warmOnce(() =>
        untilNoFaster(async () => (await run(stage!, spec, records)).rate),
      );
    },
    measure: async (stage) => {
      const rate =
        stage.rates.get(name) ??
        (await trialRate(stage.seconds, FIRST_TRIAL_RECORDS, MAX_RECORDS, async (records) => {
          return (await run(stage, spec, records)).rate;
        }));
      const wanted = Math.min(MAX_RECORDS, Math.round(rate * stage.seconds));
      const measured = await run(stage, spec, wanted);
      stage.rates.set(name, measured.rate);
      return {
        figures: {
          [RATE]: (measured.rate * RECORD_BYTES) / 1e6,
          ...costFigure(measured.processorSeconds, measured.bytes),
        },
        command: `${producers} times: ${measured.command}`,
      };
    },
  };

  async function run(stage: Stage, { producers: count }: ManyProducersSpec, total: number) {
    return stage.withTopic(partitions, durability, async (broker, topic) => {
      const records = Math.max(1, Math.round(total / count));
      const warmUpRecords = Math.max(1, Math.round(records / 3));
      const args = producerPerfArguments({
        ...{ bootstrap: broker.bootstrap, topic, recordBytes: RECORD_BYTES, settings: SETTINGS },
        ...{ records, warmUpRecords: 0 },
      });
      const { result: tookMs, processorSeconds } = await withBrokerCost(broker, () =>
        sideBySide(stage.clients.crowd, { producers: count, warmUpRecords, records, args }),
      );
      return {
        rate: (records * count) / (tookMs / 1000),
        bytes: (records + warmUpRecords) * count * RECORD_BYTES,
        processorSeconds,
        command: ['kafka-producer-perf-test', ...args].join(' '),
      };
    });
  }
}
