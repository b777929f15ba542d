/** A trial is long enough when it takes this part of what a measured run should. */
const LONG_ENOUGH = 0.5;
const GROWTH = 4;

/**
 * Finds how many records a second a broker takes, by runs that grow until one is long enough to tell. What runs has
 * compiled by then. `run` gives the rate of so many records; `most` ends it.
 */
export async function trialRate(
  seconds: number,
  first: number,
  most: number,
  run: (records: number) => Promise<number>,
): Promise<number> {
  for (let wanted = first; ; wanted *= GROWTH) {
    const records = Math.round(Math.min(wanted, most));
    const rate = await run(records);
    if (records / rate >= LONG_ENOUGH * seconds || records >= most) return rate;
  }
}

/** A round that is not that much faster than all before is the last. */
const STILL_FASTER = 1.1;
const MOST_ROUNDS = 8;

/** What has just started compiles what it runs: `round`, which gives its rate, is run until that gets no faster. */
export async function untilNoFaster(round: () => Promise<number>): Promise<void> {
  for (let rounds = 0, fastest = 0; rounds < MOST_ROUNDS; rounds++) {
    const rate = await round();
    if (rate < fastest * STILL_FASTER) return;
    fastest = rate;
  }
}
