// Runs each scenario on one broker and the other in turn, so that whatever else the machine does meets both alike.

import type { PeerId } from './peers/peer.ts';
import type { FigureResult, ScenarioResult } from './result.ts';
import type { Measured, Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

export interface RunnerOptions {
  readonly pairs: number;
  readonly stages: readonly Stage[];
  /** Null when it is not wanted. */
  readonly sink: Stage | null;
  /** A line for whoever waits. */
  readonly say: (line: string) => void;
}

/** By peer, the outcome of each run in the order of the pairs. */
type Outcomes = ReadonlyMap<PeerId, (Measured | null)[]>;

export async function runScenario(
  scenario: Scenario,
  options: RunnerOptions,
): Promise<ScenarioResult> {
  const { pairs, stages, sink } = options;
  const outcomes: Outcomes = new Map<PeerId, (Measured | null)[]>([
    ['millrace', []],
    ['kafka', []],
    ['sink', []],
  ]);
  const failures: string[] = [];
  const run = async (stage: Stage, pair: number): Promise<void> => {
    let measured: Measured | null = null;
    try {
      measured = await scenario.measure(stage);
      options.say(`${scenario.name} ${pair + 1}/${pairs} ${stage.peer.id}: ${brief(measured)}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`${stage.peer.name}, pair ${pair + 1}: ${reason.split('\n', 1)[0]}`);
      options.say(`${scenario.name} ${pair + 1}/${pairs} ${stage.peer.id} failed: ${reason}`);
    }
    outcomes.get(stage.peer.id)!.push(measured);
  };
  await scenario.prepare?.(stages);
  for (let pair = 0; pair < pairs; pair++) {
    // Who goes first changes from pair to pair: what one leaves to the disk must not always meet the same other.
    for (const stage of pair % 2 === 0 ? stages : stages.toReversed()) await run(stage, pair);
    if (sink !== null && scenario.sink && pair % 2 === 0) await run(sink, pair);
  }
  return { ...describe(scenario, outcomes), failures };
}

function describe(scenario: Scenario, outcomes: Outcomes): Omit<ScenarioResult, 'failures'> {
  const { name, group, title, client, durability } = scenario;
  const first = [...outcomes.values()].flat().find((measured) => measured !== null);
  const valuesOf = (peer: PeerId, figure: string) =>
    outcomes.get(peer)!.map((measured) => rounded(measured?.figures[figure]));
  const figures = scenario.figures.map(
    (figure): FigureResult => ({
      ...figure,
      millrace: valuesOf('millrace', figure.name),
      kafka: valuesOf('kafka', figure.name),
      sink: valuesOf('sink', figure.name),
    }),
  );
  return { name, group, title, client, durability, command: first?.command ?? '', figures };
}

/** More digits than these are noise. */
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(5));
}

function brief({ figures }: Measured): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
    .join(', ');
}
