import type { LogSpec } from '../../src/log-store.ts';
import { auditLog } from './audit.ts';
import {
  changeConfig,
  pickConfig,
  pickIdempotentBatch,
  pickRecords,
  type Theme,
} from './choices.ts';
import { damageSomething } from './damage.ts';
import { NO_FAULTS, pickFaultRates } from './disk-faults.ts';
import { Life, type World } from './life.ts';
import { makeBatch } from './model-batch.ts';
import { type Ending, ModelLog } from './model-log.ts';
import * as operations from './operations.ts';
import { Schedule } from './schedule.ts';
import { SeededRandom } from './seeded-random.ts';
import { type Lie, SimulatedDisk } from './simulated-disk.ts';
import { expect } from './simulation-failure.ts';
import { Trace } from './trace.ts';

export interface SimulationOptions {
  /** Gets a line for each thing that happens. */
  readonly print?: (line: string) => void;
  /** A promise that the disk breaks. */
  readonly lie?: Lie;
}

export interface SimulationResult {
  /** The way that the run took, as a number: the same for the same seed. */
  readonly hash: string;
  readonly events: number;
  readonly operations: number;
}

const TOPICS = ['orders', 'orders-1', 'payments'];
/** More operations under way at the same time find no more. */
const MAX_IN_FLIGHT = 8;
/** A wait for a timer goes in steps like this one. */
const CLOCK_STEP_MS = 10_000;
/** Without anything that happens, after so much time something is stuck. */
const MAX_CLOCK_STEPS = 1000;
/** Most runs have some thousand; something turns in circles when there are so many more. */
const MAX_EVENTS = 200_000;

/**
 * One run from one seed: a store on a simulated disk is started, used by many at once, stopped, killed and cut from its
 * power, several times over, while a model of what it has promised is compared with what it does. Throws what went wrong.
 */
export async function simulate(
  seed: number,
  options: SimulationOptions = {},
): Promise<SimulationResult> {
  const simulation = new Simulation(seed, options);
  return simulation.run();
}

class Simulation {
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #trace: Trace;
  #life: Life;
  /** The topics that the metadata know. */
  #logs: ModelLog[] = [];
  #creating = 0;
  #inFlight = 0;
  #operations = 0;
  #serial = 0;
  /** Steps of the clock since anything happened. */
  #idleSteps = 0;
  #ending: Ending = 'stop';
  /** The first thing that went wrong in an operation. */
  #failure: { readonly error: unknown } | null = null;
  readonly #hasDamage: boolean;
  readonly #hasFaults: boolean;
  readonly #theme: Theme;

  constructor(seed: number, options: SimulationOptions) {
    const random = new SeededRandom(seed);
    const trace = new Trace(options.print ?? null);
    const schedule = new Schedule(random, trace);
    const disk = new SimulatedDisk(random, schedule, options.lie ?? null);
    this.#world = { random, trace, schedule, disk };
    this.#random = random;
    this.#trace = trace;
    this.#life = new Life(this.#world, 1_767_225_600_000);
    this.#hasDamage = random.chance(0.15);
    this.#hasFaults = random.chance(0.6);
    this.#theme = random.chance(0.25) ? 'compaction' : 'anything';
  }

  async run(): Promise<SimulationResult> {
    const lives = this.#random.between(2, 5);
    for (let life = 0; life < lives; life++) {
      if (!(await this.#start(this.#hasFaults))) continue;
      await this.#work(
        this.#random.between(5, this.#theme === 'compaction' ? 100 : 50),
        this.#hasFaults,
      );
      const isPatient = this.#random.chance(this.#theme === 'compaction' ? 0.8 : 0.4);
      if (isPatient) await this.#awaitWeakMoment();
      // A process that met a broken disk is mostly killed, by itself or by somebody.
      const kills = this.#life.mayHaveFailed ? 10 : 2;
      await this.#end(
        this.#random.weighted([
          [5, 'power'],
          [kills, 'kill'],
          [3, 'stop'],
        ]),
      );
    }
    await this.#finish();
    const { hash, count } = this.#trace;
    return { hash, events: count, operations: this.#operations };
  }

  /** A calm end: all that is there is there after two clean stops as well, and nothing is left open. */
  async #finish(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      await this.#start(false);
      if (round === 0) await this.#work(4, false);
      this.#world.disk.rates = NO_FAULTS;
      this.#world.disk.freeBytes = Infinity;
      await this.#end('stop');
      expect(this.#ending === 'stop', () => 'a stop without faults was not clean');
    }
  }

  /** Starts a process. False when chance ended it before the store was open. */
  async #start(mayFail: boolean): Promise<boolean> {
    const { disk } = this.#world;
    const isCalm = !mayFail || this.#random.chance(0.7);
    disk.freeBytes = Number.POSITIVE_INFINITY;
    disk.nowMs = this.#life.clock.nowMs();
    disk.rates = isCalm ? NO_FAULTS : pickFaultRates(this.#random);
    this.#life = new Life(this.#world, this.#life.clock.nowMs() + this.#random.below(10_000));
    const { store } = this.#life;
    this.#trace.note(() => `start after ${this.#ending}: ${this.#logs.map((log) => log.name)}`);
    const opening = store.open(this.#logs.map((log) => log.spec));
    const isExcused = operations.excuses({ world: this.#world, life: this.#life });
    const patience = mayFail && this.#random.chance(0.15) ? this.#random.below(60) : Infinity;
    try {
      const summary = await this.#until(opening, patience);
      disk.rates = NO_FAULTS;
      if (summary === null) {
        this.#stopHard(this.#random.chance(0.7) ? 'power' : 'kill');
        return false;
      }
      expect(summary.wasClean || this.#ending !== 'stop', () => 'a clean stop was not seen as one');
      expect(
        this.#hasDamage || this.#ending !== 'stop' || summary.truncatedBytes === 0,
        () => `${summary.truncatedBytes} bytes were cut after a clean stop`,
      );
    } catch (error) {
      if (!isExcused()) throw error;
      this.#trace.note(() => `the start failed: ${error}`);
      this.#stopHard('kill');
      return this.#start(false);
    }
    for (const log of this.#logs) {
      await this.#until(auditLog(this.#world, this.#life, log), Infinity);
    }
    return true;
  }

  /** Runs the world until `work` is done; null when it takes more than `patience` steps. */
  async #until<T>(work: Promise<T>, patience: number): Promise<T | null> {
    let outcome: { readonly value: T } | { readonly error: unknown } | null = null;
    work.then(
      (value) => {
        outcome = { value };
      },
      (error) => {
        outcome = { error };
      },
    );
    for (let steps = 0; ; steps++) {
      await turn();
      if (this.#failure !== null) throw this.#failure.error;
      // What TypeScript cannot know: the callbacks above have set it meanwhile.
      const settled = outcome as { readonly value: T } | { readonly error: unknown } | null;
      if (settled !== null) {
        if ('error' in settled) throw settled.error;
        return settled.value;
      }
      if (steps >= patience) return null;
      this.#happen('a call that is awaited');
    }
  }

  /** Lets the next thing happen: one of what is under way, else time passes. */
  #happen(what: string): void {
    const { schedule, disk } = this.#world;
    const { clock } = this.#life;
    if (schedule.pendingCount > 0) {
      this.#idleSteps = 0;
      schedule.step();
      expect(this.#trace.count < MAX_EVENTS, () => `${what} goes on for ever`);
      return;
    }
    expect(
      clock.pendingCount > 0 && ++this.#idleSteps < MAX_CLOCK_STEPS,
      () => `${what} never ends: nothing is under way any more`,
    );
    clock.advance(CLOCK_STEP_MS);
    disk.nowMs = clock.nowMs();
  }

  async #work(count: number, hasFaults: boolean): Promise<void> {
    const eagerness = this.#random.pick([0.05, 0.2, 0.5]);
    const end = this.#operations + count;
    while (this.#operations < end) await this.#proceed(eagerness, hasFaults);
  }

  /** Starts an operation, or lets something happen of those that are under way. */
  async #proceed(eagerness: number, hasFaults: boolean): Promise<void> {
    const { disk } = this.#world;
    if (hasFaults && this.#random.chance(0.01)) disk.rates = pickFaultRates(this.#random);
    if (hasFaults && this.#random.chance(0.01)) this.#changeFreeSpace();
    const isFree = this.#inFlight < MAX_IN_FLIGHT;
    if (isFree && (this.#inFlight === 0 || this.#random.chance(eagerness))) this.#begin();
    else this.#happen(`one of ${this.#inFlight} operations`);
    await turn();
    if (this.#failure !== null) throw this.#failure.error;
    this.#observe();
  }

  /** Goes on up to a moment after which an end is most likely to leave something undone. */
  async #awaitWeakMoment(): Promise<void> {
    const moment = this.#random.pick(
      this.#theme === 'compaction' ? COMPACTION_MOMENTS : WEAK_MOMENTS,
    );
    for (let steps = 0; steps < MAX_STEPS_TO_MOMENT; steps++) {
      await this.#proceed(0.3, this.#hasFaults);
      if (moment.test(this.#world.schedule.lastEvent)) break;
    }
    for (let steps = this.#random.below(4); steps > 0; steps--) {
      await this.#proceed(0.1, this.#hasFaults);
    }
  }

  #changeFreeSpace(): void {
    const { disk, random } = this.#world;
    disk.freeBytes = disk.freeBytes === Infinity ? random.below(2000) : Infinity;
  }

  #observe(): void {
    const { clock } = this.#life;
    const mayBeFull = this.#life.hasSeenFullDisk;
    for (const log of this.#logs) {
      const handle = this.#life.handleOf(log);
      if (handle !== undefined) log.observe(handle, clock.nowMs(), mayBeFull);
    }
  }

  /** Starts one operation that chance picks; what it finds wrong is kept in `#failure`. */
  #begin(): void {
    this.#operations++;
    const work = this.#pickOperation();
    if (work === null) return;
    this.#inFlight++;
    const life = this.#life;
    work
      .catch((error) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        // What a dead process had under way is nobody's any more.
        if (life === this.#life) this.#inFlight--;
      });
  }

  #pickOperation(): Promise<void> | null {
    const random = this.#random;
    if (this.#logs.length === 0) return this.#create();
    const log = random.pick(this.#logs);
    const handle = this.#life.handleOf(log);
    if (handle === undefined) return null;
    const target = { world: this.#world, life: this.#life, log, handle };
    const nowMs = this.#life.clock.nowMs();
    const anyOffset = () => random.between(log.startOffset - 2, log.endOffset + 2);
    const isCompacted = log.config.cleanupPolicy.compact;
    const newBatch = () => makeBatch(pickRecords(random, this.#serial++, nowMs, isCompacted), null);
    const kind = random.weighted(this.#theme === 'compaction' ? COMPACTION_WEIGHTS : WEIGHTS);
    this.#trace.add(kind, log.endOffset);
    this.#trace.note(() => `begin ${kind} ${log.name}`);
    switch (kind) {
      case 'append':
        return operations.append(
          target,
          Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, newBatch),
        );
      case 'idempotent': {
        const batch = pickIdempotentBatch(random, log, this.#serial++, nowMs);
        return operations.appendIdempotent(target, batch);
      }
      case 'corrupt':
        return operations.appendCorrupt(target, newBatch());
      case 'read':
        return operations.read(target, anyOffset(), random.pick([1, 200, 1000, 1_000_000]), {
          minOneBatch: random.chance(0.8),
          preferFile: random.chance(0.3),
        });
      case 'delete-records':
        return operations.deleteRecords(target, random.chance(0.2) ? -1 : anyOffset());
      case 'flush':
        return operations.flush(target);
      case 'time':
        return operations.lookUpTime(target, nowMs - random.below(30_000));
      case 'largest-time':
        return operations.lookUpLargestTime(target);
      case 'configure':
        log.configured(changeConfig(random, this.#theme, log.config));
        this.#trace.note(() => JSON.stringify(log.config));
        handle.configure(log.config);
        return null;
      case 'clock':
        this.#life.clock.advance(random.pick([1, 400, 6000, 40_000, 61_000]));
        this.#world.disk.nowMs = this.#life.clock.nowMs();
        return null;
      case 'compact':
        return this.#life.store.compactNow();
      case 'create':
        return this.#create();
      case 'delete':
        return this.#delete(log);
    }
  }

  async #create(): Promise<void> {
    const random = this.#random;
    const used = new Set(this.#logs.map((log) => log.spec.topic));
    const topic = TOPICS.find((name) => !used.has(name));
    if (topic === undefined || this.#creating > 0) return;
    const topicId = (this.#serial++).toString().padStart(22, 'A');
    const spec: LogSpec = {
      topicId,
      topic,
      partition: random.below(2),
      config: pickConfig(random, this.#theme),
    };
    const log = new ModelLog(`${topic}-${spec.partition}`, spec);
    const life = this.#life;
    const isExcused = operations.excuses({ world: this.#world, life });
    this.#creating++;
    this.#trace.note(() => JSON.stringify(spec));
    try {
      const handle = await life.store.create(spec);
      const { logStartOffset, logEndOffset } = handle;
      expect(
        logStartOffset === 0 && logEndOffset === 0,
        () => `${log.name} is new, and has the offsets ${logStartOffset} to ${logEndOffset}`,
      );
      this.#logs.push(log);
    } catch (error) {
      if (!isExcused()) throw error;
    } finally {
      this.#creating--;
    }
  }

  async #delete(log: ModelLog): Promise<void> {
    const life = this.#life;
    const isExcused = operations.excuses({ world: this.#world, life });
    this.#logs = this.#logs.filter((other) => other !== log);
    log.isDeleted = true;
    try {
      await life.store.delete(log.spec.topicId, log.spec.partition);
    } catch (error) {
      if (!isExcused()) throw error;
    }
  }

  async #end(ending: Ending): Promise<void> {
    if (ending === 'stop') await this.#stop();
    else this.#stopHard(ending);
    if (this.#hasDamage && this.#random.chance(0.5)) damageSomething(this.#world, this.#logs);
  }

  async #stop(): Promise<void> {
    const { disk, schedule } = this.#world;
    const life = this.#life;
    this.#trace.note(() => 'stop');
    const mayFail = operations.diskExcuses({ world: this.#world, life });
    try {
      life.isClosing = true;
      await this.#until(life.store.close(), Infinity);
    } catch (error) {
      if (!mayFail()) throw error;
      this.#trace.note(() => `the stop failed: ${error}`);
      this.#stopHard('kill');
      return;
    }
    while (this.#inFlight > 0 || schedule.pendingCount > 0) {
      this.#happen(`one of ${this.#inFlight} operations during a stop`);
      await turn();
      if (this.#failure !== null) throw this.#failure.error;
    }
    expect(disk.openCount === 0, () => `${disk.openCount} files are open after a stop`);
    expect(life.clock.pendingCount === 0, () => 'a timer is left after a stop');
    for (const log of this.#logs) log.ended('stop', false);
    this.#ending = 'stop';
  }

  #stopHard(ending: 'power' | 'kill'): void {
    const { disk, schedule } = this.#world;
    this.#trace.add(ending, this.#inFlight);
    this.#trace.note(() => ending);
    schedule.interrupt();
    for (const log of this.#logs) log.ended(ending, this.#life.mayHaveFailed);
    if (ending === 'power') disk.powerFailed();
    else disk.processStopped();
    this.#inFlight = 0;
    this.#creating = 0;
    this.#ending = ending;
  }
}

/** What is done in several steps is in the middle of them here. */
const COMPACTION_MOMENTS = [
  /^rename .*\.log\.cleaned/,
  /^rename .*\.log$/,
  /^unlink .*\.log$/,
  /^rename .*\.swap/,
] as const;
const WEAK_MOMENTS = [
  ...COMPACTION_MOMENTS,
  /^rename .*\.snapshot/,
  /^rename .*checkpoint/,
  /^rename .*(orders|payments)-\d$/,
  /^open .*\.log$/,
  /^truncate /,
  /^syncDirectory /,
] as const;
const MAX_STEPS_TO_MOMENT = 300;

const WEIGHTS = [
  [30, 'append'],
  [25, 'idempotent'],
  [1, 'corrupt'],
  [20, 'read'],
  [3, 'delete-records'],
  [2, 'flush'],
  [3, 'time'],
  [2, 'largest-time'],
  [3, 'configure'],
  [4, 'clock'],
  [2, 'compact'],
  [2, 'create'],
  [1, 'delete'],
] as const;

const COMPACTION_WEIGHTS = [...WEIGHTS, [6, 'compact']] as const;

/** Everything that follows from what has just happened is done when this resolves. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
