// What a comparison found, as it is written to a JSON file; the table and the picture are made from this alone.

import type { MachineDescription } from './machine.ts';
import type { Durability, Figure } from './scenario.ts';
import { median, type Ratio, ratioOfPairs } from './statistics.ts';

export interface ComparisonResult {
  readonly startedAt: string;
  readonly tookSeconds: number;
  readonly machine: MachineDescription;
  /** The names and versions of the brokers. */
  readonly peers: readonly string[];
  /** Why a peer is missing; empty when all are there. */
  readonly notes: readonly string[];
  readonly pairs: number;
  /** How long a measured run was meant to take. */
  readonly seconds: number;
  /** Of every broker. */
  readonly settings: readonly string[];
  readonly scenarios: readonly ScenarioResult[];
}

export interface ScenarioResult {
  readonly name: string;
  readonly group: string;
  readonly title: string;
  readonly client: string;
  readonly durability: Durability;
  /** Of one of the runs. */
  readonly command: string;
  readonly figures: readonly FigureResult[];
  /** What went wrong in runs that gave no figures. */
  readonly failures: readonly string[];
}

/** The value of each run, in the order of the pairs; null where a run failed or the system does not tell. */
export interface FigureResult extends Figure {
  readonly millrace: readonly (number | null)[];
  readonly kafka: readonly (number | null)[];
  readonly sink: readonly (number | null)[];
}

/** As JSON with a line for each scenario, which reads well in a diff. */
export function resultText({ scenarios, ...rest }: ComparisonResult): string {
  const lines = scenarios.map((scenario) => `    ${JSON.stringify(scenario)}`);
  const head = JSON.stringify(rest, null, 2).slice(0, -2);
  return `${head},\n  "scenarios": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

export function medianOf(values: readonly (number | null)[]): number | null {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : median(present);
}

/** Millrace's divided by Kafka's. */
export function ratioOf(figure: FigureResult): Ratio | null {
  return ratioOfPairs(figure.millrace, figure.kafka);
}

/** True when Millrace comes within a tenth of what the client does against the sink, faster or in less time. */
export function isClientTheLimit(figure: FigureResult): boolean {
  const [ours, sink] = [medianOf(figure.millrace), medianOf(figure.sink)];
  if (figure.isBrokersOwn === true || ours === null || sink === null) return false;
  return figure.better === 'higher' ? ours >= 0.9 * sink : ours <= sink / 0.9;
}

export type TargetOutcome = 'met' | 'the client is the limit' | 'missed';

/** Null when there is no target or no ratio. */
export function targetOutcome(figure: FigureResult): TargetOutcome | null {
  const ratio = ratioOf(figure);
  if (figure.target === undefined || ratio === null) return null;
  if (isReached(figure, ratio.median)) return 'met';
  return isClientTheLimit(figure) ? 'the client is the limit' : 'missed';
}

/** True when the sink, of whose runs there are fewer, does not come to the target either. */
export function doesSinkMiss(figure: FigureResult): boolean {
  const [kafka, sink] = [medianOf(figure.kafka), medianOf(figure.sink)];
  return kafka !== null && sink !== null && !isReached(figure, sink / kafka);
}

function isReached({ better, target }: FigureResult, ratio: number): boolean {
  if (target === undefined) return true;
  return better === 'higher' ? ratio >= target : ratio <= target;
}
