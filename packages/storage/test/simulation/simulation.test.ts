import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FREQUENT_MUTATIONS } from './mutations.ts';
import { runSeeds } from './seed-range.ts';
import { type Flaws, NO_FLAWS, SeedThread } from './seed-thread.ts';
import { LIES } from './simulated-disk.ts';
import { simulate } from './simulation.ts';

/** Some seconds; `run.ts` runs as many as somebody has time for. */
const SEEDS = 400;

/** What the first failing seed found, on an engine or a disk that is broken on purpose. */
async function firstFailure(flaws: Partial<Flaws>): Promise<string | undefined> {
  const thread = new SeedThread({ ...NO_FLAWS, ...flaws });
  try {
    const { failures } = await thread.run({ from: 0, to: SEEDS, maxFailures: 1 });
    return failures[0]?.message;
  } finally {
    await thread.close();
  }
}

describe('the simulator of the storage engine', () => {
  test('finds nothing wrong in the first seeds', async () => {
    const { failures } = await runSeeds(simulate, 0, SEEDS, {}, 5);
    const again = failures.map(({ seed, message }) => `\nrun.ts --seeds=${seed}: ${message}`);
    assert.equal(failures.length, 0, again.join(''));
  });

  test('goes the same way for the same seed, and another for another', async () => {
    const first = await simulate(17);
    const other = await simulate(18);
    assert.deepEqual(await simulate(17), first);
    assert.notEqual(other.hash, first.hash);
  });

  for (const lie of LIES) {
    test(`finds out a disk that lies: ${lie}`, async () => {
      assert.notEqual(await firstFailure({ lie }), undefined);
    });
  }

  for (const mutation of FREQUENT_MUTATIONS) {
    test(`finds out an engine that is broken: ${mutation}`, async () => {
      const message = await firstFailure({ mutation });
      assert.notEqual(message, undefined);
      assert.doesNotMatch(message!, /does not find its place/);
    });
  }
});
