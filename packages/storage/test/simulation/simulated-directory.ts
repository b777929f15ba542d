import { SimulatedFile } from './simulated-file.ts';

export type Entry = SimulatedFile | SimulatedDirectory;

/** A directory as everybody sees it, and the names that are on the disk. */
export class SimulatedDirectory {
  readonly entries = new Map<string, Entry>();
  durableEntries = new Map<string, Entry>();
  /** When its names last changed; what a crash takes back leaves it as it is. */
  modifiedMs = 0;

  /** All files below, by path. */
  *files(path = ''): Generator<[string, SimulatedFile]> {
    for (const [name, entry] of this.entries) {
      if (entry instanceof SimulatedFile) yield [`${path}/${name}`, entry];
      else yield* entry.files(`${path}/${name}`);
    }
  }

  /** Only the names that are on the disk are left. */
  revert(): void {
    this.entries.clear();
    for (const [name, entry] of this.durableEntries) {
      this.entries.set(name, entry);
      if (entry instanceof SimulatedDirectory) entry.revert();
    }
  }
}

/** Where a name stands. */
export interface Place {
  readonly directory: SimulatedDirectory;
  readonly name: string;
}

/** A change of names that may be on the disk or not: both sides of a renaming, or neither. */
export interface NameChange {
  readonly entry: Entry;
  /** Where its name goes away. */
  readonly from: Place | null;
  /** Where it gets one, in the place of what had it. */
  readonly to: Place | null;
}

/** Makes a change of names durable. Changes come in any order, so what it starts from may not be there. */
export function makeDurable(change: NameChange): void {
  const { entry, from, to } = change;
  if (from !== null) removeNames(from.directory, entry);
  if (to === null) return;
  removeNames(to.directory, entry);
  to.directory.durableEntries.set(to.name, entry);
}

/** Nothing has two names: a later one that is durable takes the place of one that should not be there any more. */
function removeNames(directory: SimulatedDirectory, entry: Entry): void {
  for (const [name, known] of directory.durableEntries) {
    if (known === entry) directory.durableEntries.delete(name);
  }
}
