// Many kafka-producer-perf-test at the same time, in one JVM: interop/java has what starts them.

import { runOk } from '../../../interop/harness/program.ts';
import { javaCommand } from './java.ts';

const TIMEOUT_MS = 300_000;
/** A hundred producers do not fit into the half gigabyte that the tool alone has. */
const HEAP = ['-Xmx2G'];
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
export async function sideBySide(run: SideBySideRun): Promise<number> {
  const { command, args } = javaCommand(HEAP, 'millrace.interop.SideBySide', [
    ...[String(run.producers), TOOL, String(run.warmUpRecords), String(run.records)],
    ...run.args.with(run.args.indexOf(RECORDS) + 1, 'RECORDS'),
  ]);
  const { stdout } = await runOk(command, args, { timeoutMs: TIMEOUT_MS });
  return (JSON.parse(stdout) as { tookMs: number }).tookMs;
}
