// Many kafka-producer-perf-test at the same time, in one JVM: interop/java has what starts them.

import type { ClientJvm } from './client-jvm.ts';

const TOOL = 'org.apache.kafka.tools.ProducerPerformance';
const RECORDS = '--num-records';

export interface SideBySideRun {
  readonly producers: number;
  /** Of each producer, before those that count. */
  readonly warmUpRecords: number;
  /** Of each producer. */
  readonly records: number;
  /** Of kafka-producer-perf-test. */
  readonly args: readonly string[];
}

/** How long all of them took together, in ms, from the start of the first to the last acknowledgement of the last. */
export async function sideBySide(jvm: ClientJvm, run: SideBySideRun): Promise<number> {
  const printed = await jvm.run('millrace.interop.SideBySide', [
    ...[String(run.producers), TOOL, String(run.warmUpRecords), String(run.records)],
    ...run.args.with(run.args.indexOf(RECORDS) + 1, 'RECORDS'),
  ]);
  return (JSON.parse(printed) as { tookMs: number }).tookMs;
}
