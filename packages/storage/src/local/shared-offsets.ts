import type { PartitionOffset } from './checkpoint-files.ts';
import { logDirectoryName } from './log-names.ts';

/**
 * An offset of each log (its start, its recovery point) and the file that keeps them. One file holds those of all
 * logs, so writes are shared: what is asked for while one write is under way goes out with the next, in one.
 *
 * A write that failed leaves its offsets here, and a later one may still bring them to the disk: who asked was told of an
 * error, and an error leaves open what a restart finds.
 */
export class SharedOffsets {
  readonly #writeFile: (offsets: readonly PartitionOffset[]) => Promise<void>;
  /** By directory name; bounded by the number of logs. */
  readonly #offsets = new Map<string, PartitionOffset>();
  /** Counts the changes to `#offsets`. */
  #version = 0;
  /** The version that the file holds. */
  #writtenVersion = 0;
  /** Settles, without an error, when the write that is under way has ended. */
  #writing: Promise<unknown> | null = null;

  /** `writeFile` replaces the file, durably. */
  constructor(writeFile: (offsets: readonly PartitionOffset[]) => Promise<void>) {
    this.#writeFile = writeFile;
  }

  /**
   * Takes over what the file holds. What it says of logs that are not among `names` is forgotten: those are of topics
   * that are gone.
   */
  load(entries: readonly PartitionOffset[], names: ReadonlySet<string>): void {
    for (const entry of entries) {
      const name = logDirectoryName(entry.topic, entry.partition);
      if (names.has(name)) this.#offsets.set(name, entry);
      else this.#version++;
    }
  }

  /** 0 for a log that the file does not name. */
  get(name: string): number {
    return this.#offsets.get(name)?.offset ?? 0;
  }

  /** Resolves when the log's offset is durable, here or further on. */
  keep(entry: PartitionOffset): Promise<void> {
    this.raise(entry);
    return this.settle();
  }

  /** Takes the offset unless it lies further back. It is durable after `settle`. */
  raise(entry: PartitionOffset): void {
    if (entry.offset > this.get(logDirectoryName(entry.topic, entry.partition))) this.put(entry);
  }

  /** Takes the offset also where it lies further back. It is durable after `settle`. */
  put(entry: PartitionOffset): void {
    const name = logDirectoryName(entry.topic, entry.partition);
    if (entry.offset === this.get(name)) return;
    this.#offsets.set(name, entry);
    this.#version++;
  }

  /** The log is gone. `settle` must follow before another log gets its name, or that would inherit its offset. */
  forget(name: string): void {
    if (this.#offsets.delete(name)) this.#version++;
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
    const writing = this.#writeFile([...this.#offsets.values()]);
    this.#writing = writing.catch(() => {});
    try {
      await writing;
      this.#writtenVersion = version;
    } finally {
      this.#writing = null;
    }
  }
}
