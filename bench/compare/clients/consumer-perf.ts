// kafka-consumer-perf-test.

import type { ClientJvm } from './client-jvm.ts';

const TOOL = 'org.apache.kafka.tools.ConsumerPerformance';

export interface ConsumerPerfRun {
  readonly bootstrap: string;
  readonly topic: string;
  readonly group: string;
  /** It ends when it has read this many, from the beginning of the topic on. */
  readonly records: number;
}

export function consumerPerfArguments({
  bootstrap,
  topic,
  group,
  records,
}: ConsumerPerfRun): string[] {
  return [
    ...['--bootstrap-server', bootstrap, '--topic', topic, '--group', group],
    ...['--num-records', String(records), '--timeout', '60000'],
  ];
}

/** Records a second of the time that it fetched, without that in which its group came together. */
export async function consumerPerf(jvm: ClientJvm, run: ConsumerPerfRun): Promise<number> {
  return fetchedRecordsPerSecond(await jvm.run(TOOL, consumerPerfArguments(run)), run.records);
}

/** Reads the last column of its one line of figures. Throws when it read less than it should. */
export function fetchedRecordsPerSecond(output: string, records: number): number {
  const line = output.split('\n').findLast((text) => /^\d{4}-/.test(text)) ?? '';
  const columns = line.split(', ');
  const [read, rate] = [Number(columns[4]), Number(columns.at(-1))];
  if (!(read >= records) || !(rate > 0)) {
    throw new Error(`kafka-consumer-perf-test did not read ${records} records:\n${output}`);
  }
  return rate;
}
