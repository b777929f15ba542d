// The loop of kafka-e2e-latency, in microseconds: interop/java has it.

import type { ClientJvm } from './client-jvm.ts';

export interface LatencyRun {
  readonly bootstrap: string;
  readonly topic: string;
  readonly acks: 'all' | '1';
  readonly recordBytes: number;
  /** Of records that do not count, before the others. */
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

export interface LatencyFigures {
  readonly records: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly p999Us: number;
}

export async function latencyProbe(jvm: ClientJvm, run: LatencyRun): Promise<LatencyFigures> {
  const printed = await jvm.run('millrace.interop.LatencyProbe', [
    ...[run.bootstrap, run.topic, run.acks, String(run.recordBytes)],
    ...[String(run.warmUpMs), String(run.measuredMs)],
  ]);
  return JSON.parse(printed) as LatencyFigures;
}
