import type { PartitionOffset } from './checkpoint-files.ts';
import { logDirectoryName } from './log-names.ts';
import type { StoreCheckpoints } from './store-checkpoints.ts';

/**
 * The log start offsets that a store has promised to keep, and the file that keeps them. One file holds those of all
 * logs, so writes are shared: what is asked for while one write is under way goes out with the next, in one.
 *
 * A write that failed leaves its offsets here, and a later one may still bring them to the disk: who asked was told of an
 * error, and an error leaves open what a restart finds.
 */
export class LogStartOffsets {
  readonly #checkpoints: StoreCheckpoints;
  /** By directory name; bounded by the number of logs. */
  readonly #starts = new Map<string, PartitionOffset>();
  /** Counts the changes to `#starts`. */
  #version = 0;
  /** The version that the file holds. */
  #writtenVersion = 0;
  /** Settles, without an error, when the write that is under way has ended. */
  #writing: Promise<unknown> | null = null;

  constructor(checkpoints: StoreCheckpoints) {
    this.#checkpoints = checkpoints;
  }

  /** Reads the file. What it says of logs that are not among `names` is forgotten: those are of topics that are gone. */
  async load(names: ReadonlySet<string>): Promise<void> {
    for (const entry of await this.#checkpoints.readLogStarts()) {
      const name = logDirectoryName(entry.topic, entry.partition);
      if (names.has(name)) this.#starts.set(name, entry);
      else this.#version++;
    }
  }

  /** 0 for a log that nothing was deleted from. */
  get(name: string): number {
    return this.#starts.get(name)?.offset ?? 0;
  }

  /** Resolves when the log's start is durable, at `offset` or further on. */
  keep(entry: PartitionOffset): Promise<void> {
    const name = logDirectoryName(entry.topic, entry.partition);
    if (entry.offset > this.get(name)) {
      this.#starts.set(name, entry);
      this.#version++;
    }
    return this.settle();
  }

  /** The log is gone. `settle` must follow before another log gets its name, or it would begin where this one did. */
  forget(name: string): void {
    if (this.#starts.delete(name)) this.#version++;
  }

  /** Resolves when the file holds all that was kept and forgotten before this call. */
  async settle(): Promise<void> {
    const version = this.#version;
    while (this.#writtenVersion < version) {
      if (this.#writing === null) await this.#write();
      else await this.#writing;
    }
  }

  /** Writes the file although it may hold all of it: after a clean stop it is there, as in Kafka. */
  rewrite(): Promise<void> {
    this.#version++;
    return this.settle();
  }

  async #write(): Promise<void> {
    const version = this.#version;
    const writing = this.#checkpoints.writeLogStarts([...this.#starts.values()]);
    this.#writing = writing.catch(() => {});
    try {
      await writing;
      this.#writtenVersion = version;
    } finally {
      this.#writing = null;
    }
  }
}
