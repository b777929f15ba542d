// Runs the simulator of the storage engine:
//
//   node tools/with-project-node.mjs packages/storage/test/simulation/run.ts --seeds=0..100000
//
//   --seeds=FROM..TO    the seeds from FROM to TO − 1; one number for one seed (default: 0..1000)
//   --threads=N         default: one for each core
//   --trace             prints what happens, on one thread
//   --lie=NAME          on a disk that breaks a promise; must find failures
//   --break=NAME        with a line of the engine left out; must find failures
//
// Ends with 1 when a seed failed, and prints how to see it again.

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { breakEngine, MUTATIONS, type MutationName } from './mutations.ts';
import { type RangeResult, runSeeds, type SeedFailure } from './seed-range.ts';
import { SeedThread } from './seed-thread.ts';
import { LIES, type Lie } from './simulated-disk.ts';

/** Seeds that a thread gets at a time. */
const CHUNK_SEEDS = 100;
/** After so many failures the rest would tell nothing new. */
const MAX_FAILURES = 10;
/** Time between two lines that tell how far it is. */
const PROGRESS_MS = 10_000;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '0..1000' },
    threads: { type: 'string', default: String(availableParallelism()) },
    trace: { type: 'boolean', default: false },
    lie: { type: 'string' },
    break: { type: 'string' },
  },
});

const [from, to] = parseSeeds(values.seeds);
const lie = oneOf<Lie>('lie', values.lie, LIES);
const mutation = oneOf<MutationName>(
  'break',
  values.break,
  Object.keys(MUTATIONS) as MutationName[],
);
const failures: SeedFailure[] = [];
let seeds = 0;
let events = 0;
let operations = 0;
const startedMs = Date.now();

if (values.trace) await runHere();
else await runOnThreads(Math.max(1, Number(values.threads)));
report();
process.exitCode = failures.length > 0 ? 1 : 0;

function parseSeeds(text: string): [from: number, to: number] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  if (match === null) throw new Error(`--seeds is FROM..TO or one number, not "${text}"`);
  const first = Number(match[1]);
  return [first, match[2] === undefined ? first + 1 : Number(match[2])];
}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  names: readonly T[],
): T | null {
  if (value === undefined) return null;
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Error(`--${option} is one of ${names.join(', ')}`);
  return found;
}

async function runHere(): Promise<void> {
  if (mutation !== null) breakEngine(mutation);
  const { simulate } = await import('./simulation.ts');
  const options = { print: (line: string) => console.log(line), ...(lie === null ? {} : { lie }) };
  add(await runSeeds(simulate, from, to, options, MAX_FAILURES));
}

async function runOnThreads(count: number): Promise<void> {
  let next = from;
  const progress = setInterval(tellProgress, PROGRESS_MS);
  const work = async () => {
    const thread = new SeedThread({ mutation, lie });
    while (next < to && failures.length < MAX_FAILURES) {
      const range = {
        from: next,
        to: Math.min(to, next + CHUNK_SEEDS),
        maxFailures: MAX_FAILURES,
      };
      next = range.to;
      add(await thread.run(range));
    }
    await thread.close();
  };
  await Promise.all(Array.from({ length: count }, work));
  clearInterval(progress);
}

function add(result: RangeResult): void {
  seeds += result.seeds;
  events += result.events;
  operations += result.operations;
  for (const failure of result.failures) {
    failures.push(failure);
    const rest = [lie && `--lie=${lie}`, mutation && `--break=${mutation}`].filter(Boolean);
    const command = ['run.ts', `--seeds=${failure.seed}`, ...rest, '--trace'].join(' ');
    console.log(`seed ${failure.seed}: ${failure.message}`);
    console.log(
      `  again: node tools/with-project-node.mjs packages/storage/test/simulation/${command}`,
    );
  }
}

function tellProgress(): void {
  console.log(`${seeds} of ${to - from} seeds, ${failures.length} failed`);
}

function report(): void {
  const seconds = (Date.now() - startedMs) / 1000;
  console.log(
    `${seeds} seeds, ${failures.length} failed: ${operations} operations, ${events} events in ${seconds.toFixed(1)} s (${Math.round(seeds / seconds)} seeds/s)`,
  );
}
