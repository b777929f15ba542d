// kafka-producer-perf-test.

import type { ClientJvm } from './client-jvm.ts';

const TOOL = 'org.apache.kafka.tools.ProducerPerformance';

export interface ProducerPerfRun {
  readonly bootstrap: string;
  readonly topic: string;
  readonly records: number;
  /** The first records, left out of the figures. */
  readonly warmUpRecords: number;
  readonly recordBytes: number;
  /** Records a second; as many as it can without it. */
  readonly throughput?: number | undefined;
  /** Producer configs. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface ProducerPerfFigures {
  /** After the warm-up. */
  readonly recordsPerSecond: number;
  /** From `send` until the acknowledgement. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
}

/** Its arguments, without what differs from run to run. */
export function producerPerfArguments(run: ProducerPerfRun): string[] {
  const settings = Object.entries(run.settings).map(([name, value]) => `${name}=${value}`);
  return [
    ...['--bootstrap-server', run.bootstrap, '--topic', run.topic],
    ...['--record-size', String(run.recordBytes), '--num-records', String(run.records)],
    ...['--warmup-records', String(run.warmUpRecords)],
    ...['--throughput', String(run.throughput ?? -1)],
    ...(settings.length === 0 ? [] : ['--command-property', ...settings]),
  ];
}

export async function producerPerf(
  jvm: ClientJvm,
  run: ProducerPerfRun,
): Promise<ProducerPerfFigures> {
  return producerPerfFigures(await jvm.run(TOOL, producerPerfArguments(run)));
}

/** Reads the summary of the records after the warm-up. Throws when there is none, or when records were lost. */
export function producerPerfFigures(output: string): ProducerPerfFigures {
  const line =
    /steady state records sent, ([\d.]+) records\/sec .* (\d+) ms 50th, (\d+) ms 95th, (\d+) ms 99th, (\d+) ms 99\.9th/;
  const found = line.exec(output);
  if (found === null || output.includes('Exception')) {
    throw new Error(`kafka-producer-perf-test did not do what was asked:\n${output.slice(-2000)}`);
  }
  const [recordsPerSecond, p50Ms, p95Ms, p99Ms, p999Ms] = found.slice(1).map(Number) as Five;
  return { recordsPerSecond, p50Ms, p95Ms, p99Ms, p999Ms };
}

type Five = [number, number, number, number, number];
