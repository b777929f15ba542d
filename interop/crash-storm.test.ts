// kill -9 and SIGSTOP, again and again, under idempotent foreign producers on topics that keep everything, that expire and
// that are compacted, while records are deleted, topics made and offsets committed. Whatever the broker has acknowledged
// is still so after the next start: records, once and in order; deletions; topics; offsets.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { Driver, DriverError } from './harness/driver.ts';
import { chooseSeed, Random } from './harness/generator.ts';
import { uniqueName } from './harness/scratch.ts';
import { type LoadOptions, SteadyLoad } from './harness/steady-load.ts';
import { interopRoot, paths } from './harness/tools.ts';
import { until } from './harness/until.ts';
import { createTopic, logStartOffset } from './harness/wire.ts';

const seconds = Number(process.env.MILLRACE_STORM_SECONDS ?? 25);
const timeout = 240_000 + seconds * 2000;
/** Longer than the producers wait for an answer. */
const STOP_MS = [2600, 4000] as const;

/** More would make the starts long. */
const MAX_TOPICS = 100;

interface Shape extends Omit<LoadOptions, 'bootstrap' | 'topic'> {
  readonly configs: Readonly<Record<string, string>>;
}

const MIB = String(1024 * 1024);
const shapes: Readonly<Record<string, Shape>> = {
  synced: { partitions: 3, recordsPerSecond: 400, configs: { 'flush.messages': '1' } },
  expiring: {
    ...{ partitions: 2, recordsPerSecond: 200, maxFill: 6000 },
    configs: { 'segment.bytes': MIB, 'retention.bytes': String(3 * 1024 * 1024) },
  },
  compacted: {
    ...{ partitions: 2, recordsPerSecond: 200, maxFill: 6000, keys: 500 },
    configs: {
      ...{ 'cleanup.policy': 'compact', 'segment.bytes': MIB },
      ...{ 'min.cleanable.dirty.ratio': '0.01', 'flush.messages': '10000' },
    },
  },
};

brokerSuite(
  'a storm of crashes',
  {
    needs: ['python'],
    ownBroker: true,
    settings: ['log.retention.check.interval.ms=500', 'log.cleaner.backoff.ms=500'],
    timeoutMs: timeout,
  },
  (broker) => {
    it(`leaves what was acknowledged as it was, for ${seconds} s`, { timeout }, async (context) => {
      const seed = chooseSeed('MILLRACE_SEED');
      context.diagnostic(`MILLRACE_SEED=${seed} MILLRACE_STORM_SECONDS=${seconds}`);
      const random = new Random(seed);
      const { port, bootstrap } = broker();
      const loads: SteadyLoad[] = [];
      for (const [label, { configs, ...shape }] of Object.entries(shapes)) {
        const topic = uniqueName(label);
        await createTopic(port, topic, shape.partitions, configs);
        loads.push(new SteadyLoad({ bootstrap, topic, ...shape }));
      }
      const progress = async () => {
        const before = loads.map((load) => load.acked);
        await until('records of all topics are acknowledged', () =>
          loads.every((load, index) => load.acked > before[index]! + 20),
        );
      };
      await progress();
      const promises = new Promises(port, loads[1]!, random.integer(1, 2 ** 30));
      const counts = { kills: 0, stops: 0 };
      const endMs = Date.now() + seconds * 1000;
      while (Date.now() < endMs) {
        await new Promise((resolve) => setTimeout(resolve, random.integer(0, 1200)));
        if (random.integer(0, 4) === 0) {
          broker().signal('SIGSTOP');
          await new Promise((resolve) => setTimeout(resolve, random.integer(...STOP_MS)));
          broker().signal('SIGCONT');
          counts.stops++;
        } else {
          await broker().kill();
          await broker().launch();
          counts.kills++;
        }
        await progress();
      }
      await promises.end();
      for (const load of loads) await load.end(120_000);
      context.diagnostic(JSON.stringify({ ...counts, ...promises.counts }));
      for (const load of loads) {
        // Retention goes on after the last record.
        const lines = await load.check(120_000, () => seeLogStarts(port, load));
        for (const line of lines) context.diagnostic(line);
      }
    });
  },
);

function newClient(port: number): Driver {
  const script = join(interopRoot, 'python', 'confluent_driver.py');
  return new Driver(paths.python, [script, `127.0.0.1:${port}`]);
}

/** Not by a client: it asks with a leader epoch of before the last start for minutes, and is refused. */
async function seeLogStarts(
  port: number,
  { topic, partitions, ledger }: SteadyLoad,
): Promise<void> {
  for (let partition = 0; partition < partitions; partition++) {
    const offset = await logStartOffset(port, topic, partition).catch((error) => {
      throw new DriverError('listOffsets', String(error));
    });
    ledger.sawLogStart(partition, offset);
  }
}

/** Asks an admin client for things without a pause, and holds the broker to what it answered. */
class Promises {
  readonly counts = { commits: 0, deletions: 0, topics: 0, refusals: 0 };
  readonly #port: number;
  #client: Driver;
  readonly #load: SteadyLoad;
  readonly #random: Random;
  readonly #group = uniqueName('readers');
  readonly #topics: string[] = [];
  #committed = 0;
  #asked = 0;
  #isOver = false;
  readonly #running: Promise<void>;

  /** `load` is the one whose records are deleted. */
  constructor(port: number, load: SteadyLoad, seed: number) {
    this.#port = port;
    this.#client = newClient(port);
    this.#load = load;
    this.#random = new Random(seed);
    this.#running = this.#run();
    // It is looked at in `end`; until then a failure must not end the process.
    this.#running.catch(() => {});
  }

  /** Ends it, with a last look at all that was promised. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    // The old one may wait for minutes for what the broker had under way when it was killed.
    this.#client = newClient(this.#port);
    // A client that has not heard of the last start yet is refused at first.
    await until('all that was promised can be looked at', () => this.#try(() => this.#look()));
    const { topics } = await this.#client.listTopics();
    for (const topic of this.#topics) assert.ok(topics.includes(topic), `${topic} was made`);
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      await this.#try(() => this.#commit());
      await this.#try(() => this.#deleteRecords());
      const mayMake = this.#topics.length < MAX_TOPICS && this.#random.integer(0, 10) === 0;
      if (mayMake) await this.#try(() => this.#makeTopic());
      await this.#try(() => this.#look());
    }
  }

  /** A broker that is away refuses; what it is wrong about is another matter. */
  async #try(step: () => Promise<void>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      this.counts.refusals++;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return false;
    }
  }

  async #commit(): Promise<void> {
    this.#asked++;
    const offsets = [{ partition: 0, offset: this.#asked }];
    const { topic } = this.#load;
    await this.#client.request('alterGroupOffsets', { group: this.#group, topic, offsets });
    this.#committed = this.#asked;
    this.counts.commits++;
  }

  async #deleteRecords(): Promise<void> {
    const { topic, partitions, ledger } = this.#load;
    const partition = this.#random.integer(0, partitions);
    const before = Math.max(0, ledger.ackedEnd(partition) - this.#random.integer(200, 1500));
    await this.#client.request('deleteRecords', { topic, partition, before });
    ledger.sawLogStart(partition, Math.max(before, ledger.logStart(partition)));
    this.counts.deletions++;
  }

  async #makeTopic(): Promise<void> {
    const topic = uniqueName('made');
    const shape = { partitions: 3, replicationFactor: 1, configs: {} };
    await this.#client.request('newTopic', { topic, ...shape });
    this.#topics.push(topic);
    this.counts.topics++;
  }

  /** Neither the log starts nor the committed offset lie before what was told. */
  async #look(): Promise<void> {
    await seeLogStarts(this.#port, this.#load);
    if (this.#committed === 0) return;
    const { offsets } = await this.#client.request<{ offsets: { offset: number }[] }>(
      'listGroupOffsets',
      { group: this.#group, topic: this.#load.topic },
    );
    const found = offsets[0]?.offset ?? -1;
    assert.ok(
      found >= this.#committed && found <= this.#asked,
      `the offset is ${found}, ${this.#committed} was committed and ${this.#asked} asked for`,
    );
  }
}
