import { LocalLogStore } from '../../src/local/local-log-store.ts';
import type { PartitionLog } from '../../src/log-store.ts';
import { ManualClock } from '../../src/manual-clock.ts';
import type { ModelLog } from './model-log.ts';
import type { Schedule } from './schedule.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedDisk } from './simulated-disk.ts';
import type { Trace } from './trace.ts';

/** What all lives of a run share. */
export interface World {
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly schedule: Schedule;
  readonly disk: SimulatedDisk;
}

/** One process from its start to its end: a store, and what happened to it. */
export class Life {
  readonly store: LocalLogStore;
  readonly clock: ManualClock;
  readonly notices: string[] = [];
  readonly #world: World;
  readonly #hardFaultsBefore: number;
  readonly #passingFaultsBefore: number;
  isClosing = false;

  constructor(world: World, startMs: number) {
    const { random, disk, trace } = world;
    this.#world = world;
    this.#hardFaultsBefore = disk.hardFaults;
    this.#passingFaultsBefore = disk.passingFaults;
    this.clock = new ManualClock(startMs);
    let names = 0;
    this.store = new LocalLogStore({
      dataDir: '/data',
      fileSystem: disk,
      clock: this.clock,
      tailCacheBytes: random.pick([0, 3000, 1_000_000]),
      maxActiveFiles: random.pick([1, 2, 1000]),
      retentionCheckIntervalMs: random.pick([500, 5000, 300_000]),
      random: () => random.below(1_000_000) / 1_000_000,
      recompressor: {
        recompress: () => Promise.reject(new Error('no log of a simulation recompresses')),
        close: async () => {},
      },
      onNotice: (notice) => {
        trace.note(() => `notice: ${notice}`);
        this.notices.push(notice);
      },
      uniqueHex: () => `${startMs}${++names}`.padStart(32, '0'),
    });
  }

  /** The open log that `log` is the model of. */
  handleOf(log: ModelLog): PartitionLog | undefined {
    return this.store.get(log.spec.topicId, log.spec.partition);
  }

  /** Whether something could not be written for want of space, or of descriptors. */
  get hasSeenFullDisk(): boolean {
    return this.#world.disk.passingFaults > this.#passingFaultsBefore;
  }

  /** Whether logs may have failed for good. */
  get mayHaveFailed(): boolean {
    return this.#world.disk.hardFaults > this.#hardFaultsBefore;
  }
}
