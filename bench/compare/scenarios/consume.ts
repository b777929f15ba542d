import { costFigure, cpuFigureIn, withBrokerCost } from '../broker-cost.ts';
import { consumerPerf, consumerPerfArguments } from '../clients/consumer-perf.ts';
import { kcatConsume, kcatConsumerArguments } from '../clients/kcat.ts';
import { dropFromPageCache } from '../page-cache.ts';
import type { PeerProcess } from '../peers/peer-process.ts';
import { figureWithTarget, type Scenario } from '../scenario.ts';
import type { FilledTopic, Stage } from '../stage.ts';

export interface ConsumeSpec {
  readonly name: string;
  readonly title: string;
  readonly client: 'kafka-consumer-perf-test' | 'kcat (librdkafka)';
  readonly partitions: number;
  /** Takes the records out of the page cache before. */
  readonly isCold?: boolean;
  readonly target?: number;
  readonly processorTarget?: number;
}

const RECORD_BYTES = 1024;
/** A topic has so much for each second that a run should take. */
const BYTES_A_SECOND = 400e6;
const RATE = 'rate';

/** One consumer reads a topic that is full, from its beginning to its end. */
export function consumeScenario(spec: ConsumeSpec): Scenario {
  const { name, title, client } = spec;
  return {
    ...{ name, title, client, group: 'consume', durability: 'neither syncs' },
    figures: [
      figureWithTarget({ name: RATE, unit: 'MB/s', better: 'higher' }, spec.target),
      figureWithTarget(cpuFigureIn('s/GB out'), spec.processorTarget),
    ],
    sink: spec.isCold !== true,
    measure: async (stage) => {
      const broker = await stage.broker();
      const topic = await topicFor(stage, spec.partitions);
      if (spec.isCold === true) dropFromPageCache(broker.dataDirectory, topic.name);
      const read = client === 'kcat (librdkafka)' ? readWithKcat : readWithJava;
      const { result, processorSeconds } = await withBrokerCost(broker, () =>
        read(stage, broker, topic),
      );
      const bytes = topic.records * RECORD_BYTES;
      return {
        figures: {
          [RATE]: (result.recordsPerSecond * RECORD_BYTES) / 1e6,
          ...costFigure(processorSeconds, bytes),
        },
        command: result.command,
      };
    },
  };
}

/** Shared by all scenarios that read as many partitions. */
function topicFor(stage: Stage, partitions: number): Promise<FilledTopic> {
  const bytes = BYTES_A_SECOND * stage.seconds;
  return stage.filledTopic({ partitions, bytes, recordBytes: RECORD_BYTES });
}

interface Read {
  readonly recordsPerSecond: number;
  readonly command: string;
}

async function readWithJava(
  stage: Stage,
  { bootstrap }: PeerProcess,
  { name: topic, records }: FilledTopic,
): Promise<Read> {
  const run = { bootstrap, topic, group: stage.nextName('group'), records };
  const command = ['kafka-consumer-perf-test', ...consumerPerfArguments(run)].join(' ');
  return { recordsPerSecond: await consumerPerf(stage.clients.tools, run), command };
}

async function readWithKcat(
  _stage: Stage,
  { bootstrap }: PeerProcess,
  { name: topic, records }: FilledTopic,
): Promise<Read> {
  const run = { bootstrap, topic, records };
  const tookMs = await kcatConsume(run);
  const command = ['kcat', ...kcatConsumerArguments(run)].join(' ').replace(/-f $/, "-f ''");
  return { recordsPerSecond: records / (tookMs / 1000), command };
}
