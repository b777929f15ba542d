// The loop of kafka-e2e-latency, in microseconds: interop/java has it.

import { runOk } from '../../../interop/harness/program.ts';
import { toolCommand } from './java.ts';

const TIMEOUT_MS = 300_000;

export interface LatencyRun {
  readonly bootstrap: string;
  readonly topic: string;
  readonly records: number;
  /** Sent before those that count. */
  readonly warmUpRecords: number;
  readonly acks: 'all' | '1';
  readonly recordBytes: number;
}

export interface LatencyFigures {
  readonly p50Us: number;
  readonly p99Us: number;
  readonly p999Us: number;
}

export async function latencyProbe(run: LatencyRun): Promise<LatencyFigures> {
  const { command, args } = toolCommand('millrace.interop.LatencyProbe', [
    ...[run.bootstrap, run.topic, String(run.records), String(run.warmUpRecords)],
    ...[run.acks, String(run.recordBytes)],
  ]);
  const { stdout } = await runOk(command, args, { timeoutMs: TIMEOUT_MS });
  return JSON.parse(stdout) as LatencyFigures;
}
