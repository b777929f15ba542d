import type { SimulationOptions } from './simulation.ts';

export interface SeedRange {
  readonly from: number;
  /** The first seed that is not run any more. */
  readonly to: number;
  readonly maxFailures: number;
}

export interface SeedFailure {
  readonly seed: number;
  readonly message: string;
}

export interface RangeResult {
  readonly seeds: number;
  readonly events: number;
  readonly operations: number;
  readonly failures: readonly SeedFailure[];
}

type Simulate = typeof import('./simulation.ts').simulate;

/**
 * Runs all seeds from `from` to `to` − 1, or up to `maxFailures` failures. A rejection that nobody handles is a failure of
 * the seed that is running.
 */
export async function runSeeds(
  simulate: Simulate,
  from: number,
  to: number,
  options: SimulationOptions,
  maxFailures: number,
): Promise<RangeResult> {
  const failures: SeedFailure[] = [];
  let seed = from;
  let events = 0;
  let operations = 0;
  const fail = (error: unknown) => {
    if (failures.at(-1)?.seed !== seed) failures.push({ seed, message: messageOf(error) });
  };
  process.on('unhandledRejection', fail);
  try {
    for (; seed < to && failures.length < maxFailures; seed++) {
      try {
        const result = await simulate(seed, options);
        events += result.events;
        operations += result.operations;
      } catch (error) {
        fail(error);
      }
    }
    // The last one's rejections are told a turn later.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', fail);
  }
  return { seeds: seed - from, events, operations, failures };
}

/** What the simulator found, in one line; anything else with its stack. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'SimulationFailure' ? error.message : (error.stack ?? error.message);
}
