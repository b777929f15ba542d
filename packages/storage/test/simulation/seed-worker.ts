// A thread of `seed-thread.ts`: gets ranges of seeds, and answers what came of each.

import { parentPort, workerData } from 'node:worker_threads';
import { breakEngine, type MutationName } from './mutations.ts';
import { runSeeds, type SeedRange } from './seed-range.ts';
import type { Lie } from './simulated-disk.ts';

const { mutation, lie } = workerData as { mutation: MutationName | null; lie: Lie | null };
if (mutation !== null) breakEngine(mutation);
const { simulate } = await import('./simulation.ts');
const port = parentPort!;

port.on('message', async ({ from, to, maxFailures }: SeedRange) => {
  const options = lie === null ? {} : { lie };
  port.postMessage(await runSeeds(simulate, from, to, options, maxFailures));
});
