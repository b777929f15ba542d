import { type CompactionEngine, inlineCompaction } from '../../src/compaction/compaction-pass.ts';
import { LocalLogStore } from '../../src/local/local-log-store.ts';
import { DEFAULT_LOG_CLEANER_CONFIG, type LogCleanerConfig } from '../../src/local/log-cleaner.ts';
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

/** So long that the log has its next records written by a thread. */
const SLOW_WRITE_MS = 50;

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
    const { random, disk, schedule, trace } = world;
    this.#world = world;
    this.#hardFaultsBefore = disk.hardFaults;
    this.#passingFaultsBefore = disk.passingFaults;
    this.clock = new ManualClock(startMs);
    disk.onSlowWrite = () => this.clock.pass(SLOW_WRITE_MS);
    let names = 0;
    this.store = new LocalLogStore({
      dataDir: '/data',
      fileSystem: disk,
      clock: this.clock,
      nextTurn: (callback) => schedule.run('turn', '', () => {}).then(callback),
      tailCacheBytes: random.pick([0, 3000, 1_000_000]),
      onMemoryReuse: (memory) => memory.fill(0xdd),
      readAheadBytes: random.pick([200, 1000, undefined]),
      writeBackBytes: random.pick([1, 500, undefined]),
      maxActiveFiles: random.pick([1, 2, 1000]),
      retentionCheckIntervalMs: random.pick([500, 5000, 300_000]),
      random: () => random.below(1_000_000) / 1_000_000,
      compactionEngine: simulatedCompaction(world),
      cleaner: pickCleanerConfig(random),
      hashKey: () => Uint32Array.from({ length: 4 }, () => random.next32()),
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

/** As on threads of its own: each step is done some time after it was asked for. */
function simulatedCompaction({ schedule }: World): CompactionEngine {
  return {
    begin(options) {
      const pass = inlineCompaction.begin(options);
      const later = () => schedule.run('compaction', '', () => {});
      return {
        index: (chunk) => later().then(() => pass.index(chunk)),
        endIndex: (reachedOffset) => later().then(() => pass.endIndex(reachedOffset)),
        filter: (chunk, isGroupEnd) => later().then(() => pass.filter(chunk, isGroupEnd)),
        end: () => pass.end(),
      };
    },
    rest() {},
    async close() {},
  };
}

/** Also key maps that are soon full, and buffers smaller than a batch. */
function pickCleanerConfig(random: SeededRandom): LogCleanerConfig {
  return {
    ...DEFAULT_LOG_CLEANER_CONFIG,
    threads: random.pick([1, 2]),
    dedupeBufferBytes: random.pick([100, 300, 134_217_728]),
    ioBufferBytes: random.pick([100, 1000, 524_288]),
    maxBytesPerSecond: random.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2000]),
    backoffMs: random.pick([300, 2000, 15_000]),
  };
}
