import type { SeededRandom } from './seeded-random.ts';
import type { Trace } from './trace.ts';

/** Something that the simulated machine has been asked to do, and has not answered yet. */
interface Task {
  readonly kind: string;
  readonly path: string;
  readonly effect: () => unknown;
  /** What is left of it when the machine or the process stops before it is done; null when that is nothing. */
  readonly interrupt: (() => void) | null;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Set once the effect has happened; the answer may come later. */
  outcome: { readonly value: unknown; readonly error: unknown; readonly isError: boolean } | null;
}

/** How often an effect and its answer are apart, with other things between. */
const LATE_ANSWER = 0.2;

/**
 * Everything that takes time in the simulated world waits here, and chance decides what happens next. Nothing else in a
 * run is asynchronous, so the order of all events follows from the seed.
 */
export class Schedule {
  readonly #random: SeededRandom;
  readonly #trace: Trace;
  #tasks: Task[] = [];
  /** Kind and path of what happened last. */
  lastEvent = '';

  constructor(random: SeededRandom, trace: Trace) {
    this.#random = random;
    this.#trace = trace;
  }

  /** Everything that has happened so far. */
  get eventCount(): number {
    return this.#trace.count;
  }

  get pendingCount(): number {
    return this.#tasks.length;
  }

  /** Does `effect` at a moment that chance picks, and resolves to what it gives at that moment or later. */
  run<T>(
    kind: string,
    path: string,
    effect: () => T,
    interrupt: (() => void) | null = null,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const accept = resolve as (value: unknown) => void;
      this.#tasks.push({ kind, path, effect, interrupt, resolve: accept, reject, outcome: null });
    });
  }

  /** Lets one of the waiting things happen. */
  step(): void {
    const index = this.#random.below(this.#tasks.length);
    const task = this.#tasks[index]!;
    if (task.outcome === null) {
      task.outcome = outcomeOf(task.effect);
      const { outcome } = task;
      this.lastEvent = `${task.kind} ${task.path}`;
      this.#trace.add(task.kind, outcome.isError ? 1 : 0, index);
      this.#trace.note(
        () => `${task.kind} ${task.path}${outcome.isError ? `: ${String(outcome.error)}` : ''}`,
      );
      if (this.#random.chance(LATE_ANSWER)) return;
    }
    const last = this.#tasks.pop()!;
    if (last !== task) this.#tasks[index] = last;
    if (task.outcome.isError) task.reject(task.outcome.error);
    else task.resolve(task.outcome.value);
  }

  /**
   * Nobody is there any more to hear the answers. Of what was under way some has happened and some has not.
   */
  interrupt(): void {
    for (const task of this.#tasks) {
      if (task.outcome === null && task.interrupt !== null && this.#random.chance(0.5)) {
        task.interrupt();
      }
    }
    this.#tasks = [];
  }
}

function outcomeOf(effect: () => unknown): NonNullable<Task['outcome']> {
  try {
    return { value: effect(), error: null, isError: false };
  } catch (error) {
    return { value: undefined, error, isError: true };
  }
}
