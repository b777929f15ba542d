// Twenty members of three client libraries in one group, which join, leave, stall and die at random while records
// keep coming, and a broker that is killed in the middle: every partition has one owner a generation, none is without
// one for longer than promised, committed offsets never go back, and in the end every record was read.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver } from './harness/driver.ts';
import { chooseSeed, Random } from './harness/generator.ts';
import { GroupProbe } from './harness/group-probe.ts';
import { uniqueName } from './harness/scratch.ts';
import { StormCheck } from './harness/storm-check.ts';
import { type StormLibrary, StormProcess } from './harness/storm-members.ts';
import { interopRoot, javaArguments, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const stormSeconds = Number(process.env.MILLRACE_STORM_SECONDS ?? 25);
const PARTITIONS = 24;
const RECORDS_PER_SECOND = 300;
const SESSION_TIMEOUT_MS = 6000;
const REBALANCE_TIMEOUT_MS = 10_000;
const STALL_MS = SESSION_TIMEOUT_MS + 3000;
const MIN_MEMBERS = 6;
/**
 * A member that died is noticed after its session, a rebalance waits no longer than its timeout for those that do not
 * join and once more for a leader that does not assign; the rest is for a busy machine and a broker that starts again.
 */
const PROMISED_MS = SESSION_TIMEOUT_MS + 2 * REBALANCE_TIMEOUT_MS + 10_000;
const timeout = 180_000 + stormSeconds * 1000;
const options = {
  assignor: 'range',
  sessionTimeoutMs: SESSION_TIMEOUT_MS,
  rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
} as const;

brokerSuite(
  'rebalance storm',
  { needs: ['java', 'python', 'go'], ownBroker: true, timeoutMs: timeout },
  (broker) => {
    const processes: StormProcess[] = [];
    after(() => Promise.all(processes.map((one) => one.close().catch(() => {}))));

    it(`holds its promises for ${stormSeconds} s`, { timeout }, async (context) => {
      const seed = chooseSeed('MILLRACE_SEED');
      context.diagnostic(`MILLRACE_SEED=${seed} MILLRACE_STORM_SECONDS=${stormSeconds}`);
      const random = new Random(seed);
      const topic = uniqueName('storm');
      const group = uniqueName('storm-group');
      await createTopic(broker().port, topic, PARTITIONS);
      const script = join(interopRoot, 'python', 'steady_producer.py');
      const rate = [String(PARTITIONS), String(RECORDS_PER_SECOND)];
      const producer = new Driver(paths.python, [script, broker().bootstrap, topic, ...rate]);

      const check = new StormCheck(PARTITIONS, (member) =>
        processes.some((one) => !one.isStalled && one.members.includes(member)),
      );
      for (const library of libraries(broker().bootstrap)) {
        for (let index = 0; index < library.processes; index++) {
          const name = `${library.name}${index}`;
          processes.push(
            new StormProcess(library, name, { group, topic, options }, (event) =>
              check.take(event),
            ),
          );
        }
      }
      await Promise.all(
        processes.flatMap((one) =>
          Array.from({ length: one.library.membersEach }, () => one.join()),
        ),
      );
      const probe = new GroupProbe(broker().port, group, topic);
      const watching = watch(check, probe, processes);
      const endMs = Date.now() + stormSeconds * 1000;
      let killAtMs: number | null = endMs - stormSeconds * 500;
      const told = new Map<string, number>();
      const storm = new Storm(processes, random, (what) =>
        told.set(what, (told.get(what) ?? 0) + 1),
      );
      while (Date.now() < endMs) {
        await pause(random.integer(200, 1500));
        if (killAtMs !== null && Date.now() > killAtMs) {
          killAtMs = null;
          await broker().kill();
          await broker().launch();
        }
        storm.next();
      }
      await storm.calm();

      const { failures } = await producer.finish<{ failures: string[] }>(120_000);
      assert.deepEqual(failures, [], 'the producer saw no failure');
      const ends = (await probe.ends(PARTITIONS))!;
      await until(
        () => `all is committed; missing: ${check.notCommitted(ends)}; ${check.broken}`,
        () => check.notCommitted(ends).length === 0,
        90_000,
      );
      await watching.stop();
      probe.close();
      const events = [...told].map(([what, times]) => `${times} × ${what}`).join(', ');
      context.diagnostic(
        `${ends.reduce((sum, end) => sum + end)} records; ${events}; generation ${check.generations}; ` +
          `${check.snapshots} looks at a whole group; unowned for ${check.longestUnownedMs} ms at most`,
      );
      assert.deepEqual(check.broken, []);
      assert.deepEqual(check.notRead(ends), [], 'every record was given to a member');
      assert.ok(
        check.longestUnownedMs < PROMISED_MS,
        `a partition had no owner for ${check.longestUnownedMs} ms; ${PROMISED_MS} ms is the promise`,
      );
      // A rebalance that waits for a stalled member can take most of a short storm, so few are sure to happen.
      assert.ok(check.generations > 1 && check.snapshots > 5, 'there was a storm, and it was seen');
    });
  },
);

function libraries(bootstrap: string): StormLibrary[] {
  const python = join(interopRoot, 'python', 'confluent_driver.py');
  const java = javaArguments('millrace.interop.Driver', [bootstrap]);
  return [
    { name: 'java', command: 'java', args: java, processes: 2, membersEach: 2 },
    {
      name: 'confluent',
      command: paths.python,
      args: [python, bootstrap],
      processes: 4,
      membersEach: 2,
    },
    {
      name: 'franz',
      command: paths.goBinary,
      args: [bootstrap, 'franz'],
      processes: 4,
      membersEach: 2,
    },
  ];
}

/** What happens to the members. Only one process at a time is stalled or dead. */
class Storm {
  readonly #processes: readonly StormProcess[];
  readonly #random: Random;
  readonly #tell: (what: string) => void;
  #harm: Promise<void> | null = null;
  /** Joins and leaves that go on; what fails in them because a process died is no concern. */
  readonly #running = new Set<Promise<void>>();

  constructor(processes: readonly StormProcess[], random: Random, tell: (what: string) => void) {
    this.#processes = processes;
    this.#random = random;
    this.#tell = tell;
  }

  next(): void {
    const one = this.#random.pick(this.#processes);
    const choice = this.#random.next();
    if (choice < 0.14) {
      if (this.#harm !== null || this.#memberCount() - one.members.length < MIN_MEMBERS) return;
      const isStall = choice < 0.07;
      this.#tell(`a process ${isStall ? 'stalled' : 'killed'}`);
      this.#harm = (isStall ? stall(one) : restart(one)).finally(() => {
        this.#harm = null;
      });
    } else if (choice < 0.5) {
      if (one.isStalled || this.#memberCount() <= MIN_MEMBERS) return;
      this.#tell('left');
      this.#run(one.leave());
    } else {
      if (one.isStalled || one.members.length >= one.library.membersEach) return;
      this.#tell('joined');
      this.#run(one.join());
    }
  }

  /** Waits for what goes on, and leaves no process without a member. */
  async calm(): Promise<void> {
    await this.#harm;
    await Promise.all(this.#running);
    for (const one of this.#processes) if (one.members.length === 0) await one.join();
  }

  #memberCount(): number {
    return this.#processes.reduce((sum, one) => sum + (one.isStalled ? 0 : one.members.length), 0);
  }

  #run(work: Promise<void>): void {
    const running = work
      .catch(() => {})
      .finally(() => {
        this.#running.delete(running);
      });
    this.#running.add(running);
  }
}

async function stall(one: StormProcess): Promise<void> {
  one.stall();
  await pause(STALL_MS);
  one.goOn();
}

async function restart(one: StormProcess): Promise<void> {
  const { length } = one.members;
  await one.die();
  await pause(2000);
  for (let member = 0; member < length; member++) await one.join();
}

/** Looks at the group, and lets the members commit, until it is stopped. */
function watch(check: StormCheck, probe: GroupProbe, processes: readonly StormProcess[]) {
  let stopping = false;
  const every = async (ms: number, work: () => Promise<unknown>) => {
    while (!stopping) {
      await work();
      await pause(ms);
    }
  };
  const looking = every(200, () => check.look(probe));
  const committing = processes.map((one) => every(700, () => one.commit()));
  return {
    async stop(): Promise<void> {
      stopping = true;
      await Promise.all([looking, ...committing]);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
