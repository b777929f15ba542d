import type { DirectoryEntry, FileSystem, OpenFile, OpenMode } from '../../src/file-system.ts';
import { type FaultRates, NO_FAULTS } from './disk-faults.ts';
import type { Schedule } from './schedule.ts';
import type { SeededRandom } from './seeded-random.ts';
import {
  type Entry,
  makeDurable,
  type NameChange,
  type Place,
  SimulatedDirectory,
} from './simulated-directory.ts';
import { SimulatedFile } from './simulated-file.ts';

/** Promises of a disk that can be broken, to see that the checks notice: an answer is given, and nothing done. */
export const LIES = ['datasync', 'sync-directory', 'truncate'] as const;
export type Lie = (typeof LIES)[number];

/**
 * A disk with chance in it: operations end in any order, fail as `rates` say, and what is not synced may be lost in any
 * combination when the power goes. Holds all bytes in memory, without a bound: a run writes some 100 KiB.
 */
export class SimulatedDisk implements FileSystem {
  readonly #random: SeededRandom;
  readonly #schedule: Schedule;
  readonly #lie: Lie | null;
  readonly #root = new SimulatedDirectory();
  #unsyncedNames: NameChange[] = [];
  rates: FaultRates = NO_FAULTS;
  /** Bytes by which files may still grow. */
  freeBytes = Number.POSITIVE_INFINITY;
  /** A write at once takes long. */
  onSlowWrite: () => void = () => {};
  /** Files that are open, to find those that are left open. */
  openCount = 0;
  /** Faults so far after which a log may refuse all writes. */
  hardFaults = 0;
  /** The time that files are stamped with when they change. */
  nowMs = 0;
  /** Faults so far that pass by themselves: a full disk, no descriptor left. */
  passingFaults = 0;
  /** How many events there had been at the last of them. */
  lastPassingFault = Number.NEGATIVE_INFINITY;

  constructor(random: SeededRandom, schedule: Schedule, lie: Lie | null) {
    this.#random = random;
    this.#schedule = schedule;
    this.#lie = lie;
  }

  get files(): IterableIterator<[string, SimulatedFile]> {
    return this.#root.files();
  }

  /**
   * The process is gone, and its files are closed. What it wrote is there for the next one; what a sync could not write
   * may have left the memory since, or not.
   */
  processStopped(): void {
    this.openCount = 0;
    if (this.#random.chance(0.5)) return;
    for (const [, file] of this.files) file.dropCache();
  }

  /** The power goes, and with it what was not durable, but for what chance had written back already. */
  powerFailed(): void {
    this.openCount = 0;
    const fate = this.#random.weighted<'none' | 'all' | 'first' | 'some'>([
      [2, 'none'],
      [1, 'all'],
      [2, 'first'],
      [4, 'some'],
    ]);
    const first = this.#random.below(this.#unsyncedNames.length + 1);
    this.#unsyncedNames.forEach((change, index) => {
      const isFirst = fate === 'first' && index < first;
      if (isFirst || fate === 'all' || (fate === 'some' && this.#random.chance(0.5))) {
        makeDurable(change);
      }
    });
    this.#unsyncedNames = [];
    this.#root.revert();
    for (const [, file] of this.files) file.crash(this.#random);
  }

  open(path: string, mode: OpenMode): Promise<OpenFile> {
    const find = () => this.#openEntry(path, mode);
    const happen = () => {
      this.#failSometimes('open', path);
      if (this.#random.chance(this.rates.descriptors)) throw this.#passing('EMFILE', path);
      const file = find();
      this.openCount++;
      return this.#handle(file, path);
    };
    return this.#schedule.run('open', path, happen, () => attempt(find));
  }

  #openEntry(path: string, mode: OpenMode): SimulatedFile {
    const place = this.#place(path);
    let entry = place.directory.entries.get(place.name);
    if (entry === undefined && mode === 'replace') {
      if (this.freeBytes <= 0) throw this.#passing('ENOSPC', path);
      entry = new SimulatedFile();
      entry.modifiedMs = this.nowMs;
      this.#changeName(entry, null, place);
    }
    if (entry === undefined) throw systemError('ENOENT', path);
    if (entry instanceof SimulatedDirectory) throw systemError('EISDIR', path);
    if (mode === 'replace') this.#truncate(entry, 0);
    return entry;
  }

  #handle(file: SimulatedFile, path: string): OpenFile {
    const schedule = this.#schedule;
    let isOpen = true;
    const checked =
      <T>(kind: string, effect: () => T) =>
      () => {
        if (!isOpen) throw systemError('EBADF', `${kind} ${path}`);
        this.#failSometimes(kind, path);
        return effect();
      };
    return {
      read: (target, targetOffset, length, position) =>
        schedule.run(
          'read',
          path,
          checked('read', () => file.read(target, targetOffset, this.#shortened(length), position)),
        ),
      writev: (buffers, position) => {
        // Taken now, as the system does: what the caller does to its buffers later is not written.
        const bytes = Buffer.concat(buffers);
        const happen = () => {
          if (!isOpen) throw systemError('EBADF', `writev ${path}`);
          return this.#write(file, path, bytes, position);
        };
        return schedule.run('writev', path, happen, () => this.#writeSome(file, bytes, position));
      },
      writevNow: (buffers, position) => {
        if (!isOpen) throw systemError('EBADF', `writevNow ${path}`);
        if (this.#random.chance(this.rates.slow)) this.onSlowWrite();
        return this.#write(file, path, Buffer.concat(buffers), position);
      },
      datasync: () => {
        // What is written while it is under way may have to wait for the next one.
        const { changes } = file;
        const happen = () => this.#sync(file, path, changes);
        return schedule.run('datasync', path, happen, () => file.sync(changes));
      },
      truncate: (sizeBytes) => {
        const effect = () => this.#truncate(file, sizeBytes);
        return schedule.run('truncate', path, checked('truncate', effect), effect);
      },
      size: () =>
        schedule.run(
          'size',
          path,
          checked('size', () => file.sizeBytes),
        ),
      close: () => {
        // Closed whatever comes of it, as `close` is.
        const happen = () => {
          if (!isOpen) throw systemError('EBADF', `close ${path}`);
          isOpen = false;
          this.openCount--;
          this.#failSometimes('close', path);
        };
        return schedule.run('close', path, happen);
      },
    };
  }

  #shortened(length: number): number {
    return length > 1 && this.#random.chance(this.rates.short)
      ? this.#random.between(1, length)
      : length;
  }

  #write(file: SimulatedFile, path: string, bytes: Buffer, position: number): number {
    if (bytes.length === 0) return 0;
    if (this.#random.chance(this.rates.io)) {
      this.#writeSome(file, bytes, position);
      this.hardFaults++;
      throw systemError('EIO', `writev ${path}`);
    }
    const growth = Math.max(0, position + bytes.length - file.sizeBytes);
    const fitting = bytes.length - Math.max(0, growth - this.freeBytes);
    if (fitting <= 0) throw this.#passing('ENOSPC', path);
    const count = this.#shortened(fitting);
    this.#grow(file, () => file.write(bytes.subarray(0, count), position));
    return count;
  }

  #writeSome(file: SimulatedFile, bytes: Buffer, position: number): void {
    file.write(bytes.subarray(0, this.#random.below(bytes.length + 1)), position);
  }

  #sync(file: SimulatedFile, path: string, changes: number): void {
    if (this.#random.chance(this.rates.sync)) {
      file.failSync(this.#random);
      this.hardFaults++;
      throw systemError('EIO', `datasync ${path}`);
    }
    if (this.#lie !== 'datasync') file.sync(changes);
  }

  #truncate(file: SimulatedFile, sizeBytes: number): void {
    if (this.#lie !== 'truncate') this.#grow(file, () => file.truncate(sizeBytes));
  }

  #grow(file: SimulatedFile, change: () => void): void {
    const before = file.sizeBytes;
    change();
    file.modifiedMs = this.nowMs;
    this.freeBytes -= file.sizeBytes - before;
  }

  mkdir(path: string): Promise<string | null> {
    return this.#change('mkdir', path, () => {
      let directory = this.#root;
      let topmost: string | null = null;
      let at = '';
      for (const name of namesIn(path)) {
        at += `/${name}`;
        let next = directory.entries.get(name);
        if (next === undefined) {
          if (this.freeBytes <= 0) throw this.#passing('ENOSPC', path);
          next = new SimulatedDirectory();
          this.#changeName(next, null, { directory, name });
          topmost ??= at;
        }
        if (next instanceof SimulatedFile) throw systemError('ENOTDIR', path);
        directory = next;
      }
      return topmost;
    });
  }

  readdir(path: string): Promise<DirectoryEntry[]> {
    return this.#look('readdir', path, () =>
      Array.from(this.#directory(path).entries, ([name, entry]) => ({
        name,
        isDirectory: entry instanceof SimulatedDirectory,
      })),
    );
  }

  sizeOf(path: string): Promise<number> {
    return this.#look('sizeOf', path, () => {
      const { directory, name } = this.#place(path);
      const entry = directory.entries.get(name);
      if (entry === undefined) throw systemError('ENOENT', path);
      return entry instanceof SimulatedFile ? entry.sizeBytes : 0;
    });
  }

  modifiedMs(path: string): Promise<number> {
    return this.#look('modifiedMs', path, () => {
      const { directory, name } = this.#place(path);
      const entry = directory.entries.get(name);
      if (entry === undefined) throw systemError('ENOENT', path);
      return entry.modifiedMs;
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change('rename', from, () => {
      const source = this.#place(from);
      const entry = source.directory.entries.get(source.name);
      if (entry === undefined) throw systemError('ENOENT', from);
      this.#changeName(entry, source, this.#place(to));
    });
  }

  unlink(path: string): Promise<void> {
    return this.#change('unlink', path, () => {
      const place = this.#place(path);
      const entry = place.directory.entries.get(place.name);
      if (entry === undefined) throw systemError('ENOENT', path);
      if (entry instanceof SimulatedDirectory) throw systemError('EISDIR', path);
      this.freeBytes += entry.sizeBytes;
      this.#changeName(entry, place, null);
    });
  }

  rmdir(path: string): Promise<void> {
    return this.#change('rmdir', path, () => {
      const place = this.#place(path);
      const entry = this.#directory(path);
      if (entry.entries.size > 0) throw systemError('ENOTEMPTY', path);
      this.#changeName(entry, place, null);
    });
  }

  syncDirectory(path: string): Promise<void> {
    const effect = () => {
      const directory = this.#directory(path);
      const isHere = ({ from, to }: NameChange) =>
        from?.directory === directory || to?.directory === directory;
      for (const change of this.#unsyncedNames) if (isHere(change)) makeDurable(change);
      this.#unsyncedNames = this.#unsyncedNames.filter((change) => !isHere(change));
    };
    const happen = () => {
      if (this.#random.chance(this.rates.sync)) {
        this.hardFaults++;
        throw systemError('EIO', `syncDirectory ${path}`);
      }
      if (this.#lie !== 'sync-directory') effect();
    };
    return this.#schedule.run('syncDirectory', path, happen, () => attempt(effect));
  }

  #changeName(entry: Entry, from: Place | null, to: Place | null): void {
    from?.directory.entries.delete(from.name);
    to?.directory.entries.set(to.name, entry);
    for (const place of [from, to]) if (place !== null) place.directory.modifiedMs = this.nowMs;
    this.#unsyncedNames.push({ entry, from, to });
  }

  #look<T>(kind: string, path: string, effect: () => T): Promise<T> {
    return this.#schedule.run(kind, path, () => {
      this.#failSometimes(kind, path);
      return effect();
    });
  }

  #change<T>(kind: string, path: string, effect: () => T): Promise<T> {
    const happen = () => {
      this.#failSometimes(kind, path);
      return effect();
    };
    return this.#schedule.run(kind, path, happen, () => attempt(effect));
  }

  #failSometimes(kind: string, path: string): void {
    if (!this.#random.chance(this.rates.io)) return;
    this.hardFaults++;
    throw systemError('EIO', `${kind} ${path}`);
  }

  #passing(code: string, path: string): Error {
    this.passingFaults++;
    this.lastPassingFault = this.#schedule.eventCount;
    return systemError(code, path);
  }

  #place(path: string): Place {
    const slash = path.lastIndexOf('/');
    return { directory: this.#directory(path.slice(0, slash)), name: path.slice(slash + 1) };
  }

  #directory(path: string): SimulatedDirectory {
    let directory = this.#root;
    for (const name of namesIn(path)) {
      const next = directory.entries.get(name);
      if (next === undefined) throw systemError('ENOENT', path);
      if (next instanceof SimulatedFile) throw systemError('ENOTDIR', path);
      directory = next;
    }
    return directory;
  }
}

function namesIn(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

/** For what is under way when the process or the power goes: nobody hears of an error. */
function attempt(effect: () => unknown): void {
  try {
    effect();
  } catch {
    // It would have failed.
  }
}

function systemError(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}
