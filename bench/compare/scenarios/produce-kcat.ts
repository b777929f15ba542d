import { costFigure, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import { kcatProduce, kcatProducerCommand, LINES, writeLines } from '../clients/kcat.ts';
import { type Durability, figureWithTarget, type Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

export interface ProduceKcatSpec {
  readonly name: string;
  readonly title: string;
  readonly partitions: number;
  readonly durability: Durability;
  readonly target?: number;
}

const RECORD_BYTES = 1024;
const MAX_RECORDS = 6_000_000;
const RATE = 'rate';

/** librdkafka with its defaults, which fill batches of up to a megabyte for 5 ms. */
export function produceKcatScenario(spec: ProduceKcatSpec): Scenario {
  const { name, title, durability } = spec;
  return {
    ...{ name, title, durability },
    group: 'produce',
    client: 'kcat (librdkafka)',
    figures: [
      figureWithTarget({ name: RATE, unit: 'MB/s', better: 'higher' }, spec.target),
      cpuFigureIn('s/GB in'),
    ],
    sink: true,
    measure: async (stage) => {
      const rate = stage.rates.get(name) ?? (await produce(stage, spec, 1)).rate;
      const records = Math.min(MAX_RECORDS, rate * stage.seconds);
      const measured = await produce(stage, spec, Math.ceil(records / LINES));
      stage.rates.set(name, measured.rate);
      return {
        figures: {
          [RATE]: (measured.rate * RECORD_BYTES) / 1e6,
          ...costFigure(measured.processorSeconds, measured.records * RECORD_BYTES),
        },
        command: measured.command,
      };
    },
  };
}

async function produce(stage: Stage, { partitions, durability }: ProduceKcatSpec, times: number) {
  return stage.withTopic(partitions, durability, async (broker, topic) => {
    const file = writeLines(broker.directory, RECORD_BYTES);
    const run = { bootstrap: broker.bootstrap, topic, file, times };
    const { result: tookMs, processorSeconds } = await withBrokerCost(broker, () =>
      kcatProduce(run),
    );
    const records = times * LINES;
    const rate = records / (tookMs / 1000);
    return { rate, records, processorSeconds, command: kcatProducerCommand(run) };
  });
}
