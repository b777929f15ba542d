import type { PartitionOffset } from './checkpoint-files.ts';
import { logDirectoryName } from './log-names.ts';
import type { StoreCheckpoints } from './store-checkpoints.ts';

/** Up to where each log was compacted (`cleaner-offset-checkpoint`). A lost entry costs a pass that finds little to do. */
export class CleanerCheckpoint {
  readonly #checkpoints: StoreCheckpoints;
  readonly #offsets = new Map<string, PartitionOffset>();
  #writing: Promise<void> = Promise.resolve();

  constructor(checkpoints: StoreCheckpoints) {
    this.#checkpoints = checkpoints;
  }

  /** Reads the file; entries of logs that are not in `names` belong to nobody any more. */
  async load(names: ReadonlySet<string>): Promise<void> {
    for (const entry of await this.#checkpoints.readCleanerOffsets()) {
      const name = logDirectoryName(entry.topic, entry.partition);
      if (names.has(name)) this.#offsets.set(name, entry);
    }
  }

  get(name: string): number | undefined {
    return this.#offsets.get(name)?.offset;
  }

  /** Resolves when the file holds it. */
  put(entry: PartitionOffset): Promise<void> {
    this.#offsets.set(logDirectoryName(entry.topic, entry.partition), entry);
    return this.#write();
  }

  /** The log is gone; one that gets its name has not been compacted. */
  forget(name: string): Promise<void> {
    return this.#offsets.delete(name) ? this.#write() : Promise.resolve();
  }

  /** One write at a time. Rejects for this one's failure only. */
  #write(): Promise<void> {
    const write = () => this.#checkpoints.writeCleanerOffsets([...this.#offsets.values()]);
    const writing = this.#writing.then(write);
    this.#writing = writing.catch(() => {});
    return writing;
  }
}
