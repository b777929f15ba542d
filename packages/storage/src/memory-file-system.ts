import type { DirectoryEntry, FileSystem, OpenFile, OpenMode } from './file-system.ts';

export type FileOperationKind =
  | 'open'
  | 'mkdir'
  | 'readdir'
  | 'rename'
  | 'unlink'
  | 'rmdir'
  | 'syncDirectory'
  | 'read'
  | 'writev'
  | 'datasync'
  | 'truncate'
  | 'sizeOf'
  | 'modifiedMs'
  | 'close';

export interface FileOperation {
  readonly kind: FileOperationKind;
  /** The path it was asked for; for an open file, the path it was opened at. */
  readonly path: string;
}

/** An operation that waits for a test. */
export interface HeldOperation {
  /** Resolves when it has come. */
  readonly began: Promise<void>;
  /** Lets it take effect. */
  readonly release: () => void;
  /** Makes it fail with the system error `code`. */
  readonly fail: (code: string) => void;
}

/** How many bytes of a file survive a crash, of those that were durable and those that were written. */
export type SurvivingBytes = (path: string, durableBytes: number, writtenBytes: number) => number;

/**
 * A file system in memory that knows what a power cut leaves: file bytes count as durable after `datasync`, names
 * after `syncDirectory`. For tests, and the ground of the crash simulator. Paths are absolute.
 *
 * Holds all bytes in memory without a bound: the test decides how much it writes.
 */
export class MemoryFileSystem implements FileSystem {
  /**
   * Called before each operation takes effect. What it throws (or rejects with) is the operation's failure; a
   * promise delays the operation until it is settled, unless that is a write at once, which cannot wait.
   */
  intercept: ((operation: FileOperation) => void | Promise<void>) | null = null;
  /** Operations that took effect, by kind. */
  readonly counts = new Map<FileOperationKind, number>();
  /** Files that are open now: a test looks here for leaked descriptors. */
  openCount = 0;
  /** Bytes that were read from files. */
  readBytes = 0;
  /** Bytes by which files may still grow; a write that needs more writes what fits, then fails with ENOSPC. */
  freeBytes = Number.POSITIVE_INFINITY;
  /** What time it is when a file is written. */
  nowMs: () => number = () => 0;

  readonly #root = new MemoryDirectory();
  /** Grows with every crash; open files of an earlier age are dead. */
  #age = 0;
  #isOff = false;

  count(kind: FileOperationKind): number {
    return this.counts.get(kind) ?? 0;
  }

  /** All operations that took effect. */
  get operations(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Resolves when nothing has gone on here for some turns of the event loop. */
  async quiet(): Promise<void> {
    for (let before = -1, same = 0; same < 5; ) {
      await new Promise((resolve) => setImmediate(resolve));
      same = this.operations === before ? same + 1 : 0;
      before = this.operations;
    }
  }

  /** Makes the next operation of this kind (on a path that `where` accepts) fail with the system error `code`. */
  failNext(kind: FileOperationKind, code: string, where: (path: string) => boolean = () => true) {
    const outer = this.intercept;
    this.intercept = (operation) => {
      if (operation.kind === kind && where(operation.path)) {
        this.intercept = outer;
        throw systemError(code, `${kind} ${operation.path}`);
      }
      return outer?.(operation);
    };
  }

  /** Holds the next operation of this kind (on a path that `where` accepts) back until it is told how to end. */
  holdNext(kind: FileOperationKind, where: (path: string) => boolean = () => true): HeldOperation {
    const began = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const outer = this.intercept;
    this.intercept = (operation) => {
      if (operation.kind !== kind || !where(operation.path)) return outer?.(operation);
      this.intercept = outer;
      began.resolve();
      return ended.promise;
    };
    const fail = (code: string) => ended.reject(systemError(code, `${kind} was held`));
    return { began: began.promise, release: ended.resolve, fail };
  }

  /**
   * The power goes: what was not durable is lost, and every operation fails until `restart`. `survivingBytes` may
   * let a file keep more than its durable size: it gets both sizes and gives the size that survives.
   */
  crash(survivingBytes?: SurvivingBytes): void {
    this.#age++;
    this.#isOff = true;
    this.openCount = 0;
    this.#root.crash('', survivingBytes ?? ((_path, durableBytes) => durableBytes));
  }

  /** The power comes back, once all that was under way when it went has met its end. */
  async restart(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.intercept = null;
    this.freeBytes = Number.POSITIVE_INFINITY;
    this.#isOff = false;
  }

  /**
   * What a failed sync may do: the system takes all changes of the file up to now for written, so that no later sync
   * brings them to the disk. They are still read, until the power goes.
   */
  forgetChanges(path: string): void {
    this.#file(path).forgetChanges();
  }

  /** The bytes of a file as they are now, for a test to look at or to damage in place. */
  contents(path: string): Buffer {
    return this.#file(path).bytesToChange();
  }

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    return this.#run('open', path, () => {
      const [directory, name] = this.#parent(path);
      let node = directory.entries.get(name);
      if (node === undefined && mode === 'replace') {
        node = new MemoryFile();
        directory.entries.set(name, node);
        directory.touch(this.nowMs());
      }
      if (node === undefined) throw systemError('ENOENT', path);
      if (node instanceof MemoryDirectory) throw systemError('EISDIR', path);
      if (mode === 'replace') node.truncate(0);
      this.openCount++;
      return this.#handle(node, path);
    });
  }

  #handle(file: MemoryFile, path: string): OpenFile {
    const age = this.#age;
    let open = true;
    const check = (): void => {
      if (age !== this.#age) throw systemError('EIO', `${path} was open when the power went`);
      if (!open) throw systemError('EBADF', path);
    };
    const run = async <T>(kind: FileOperationKind, effect: () => T): Promise<T> => {
      check();
      return this.#run(kind, path, effect);
    };
    return {
      read: (target, targetOffset, length, position) =>
        run('read', () => {
          const count = file.read(target, targetOffset, length, position);
          this.readBytes += count;
          return count;
        }),
      writev: (buffers, position) =>
        run('writev', () => this.#write(file, path, buffers, position)),
      writevNow: (buffers, position) => {
        check();
        return this.#runNow('writev', path, () => this.#write(file, path, buffers, position));
      },
      datasync: () => {
        // What is appended while it is under way may have to wait for the next one.
        const { sizeBytes } = file;
        return run('datasync', () => file.sync(sizeBytes));
      },
      truncate: (sizeBytes) => run('truncate', () => file.truncate(sizeBytes)),
      size: () => run('sizeOf', () => file.sizeBytes),
      close: () =>
        run('close', () => {
          open = false;
          this.openCount--;
        }),
    };
  }

  #write(file: MemoryFile, path: string, buffers: readonly Buffer[], position: number): number {
    const wanted = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
    const growth = Math.max(0, position + wanted - file.sizeBytes);
    const count = wanted - Math.max(0, growth - this.freeBytes);
    if (count <= 0 && wanted > 0) throw systemError('ENOSPC', path);
    this.freeBytes -= Math.min(growth, this.freeBytes);
    file.write(Buffer.concat(buffers, count), position);
    file.modifiedMs = this.nowMs();
    return count;
  }

  async mkdir(path: string): Promise<string | null> {
    return this.#run('mkdir', path, () => {
      let directory = this.#root;
      let at = '';
      let first: string | null = null;
      for (const name of segments(path)) {
        at += `/${name}`;
        let next = directory.entries.get(name);
        if (next === undefined) {
          next = new MemoryDirectory();
          directory.entries.set(name, next);
          directory.touch(this.nowMs());
          first ??= at;
        }
        if (!(next instanceof MemoryDirectory)) throw systemError('ENOTDIR', path);
        directory = next;
      }
      return first;
    });
  }

  async readdir(path: string): Promise<DirectoryEntry[]> {
    return this.#run('readdir', path, () =>
      Array.from(this.#directory(path).entries, ([name, node]) => ({
        name,
        isDirectory: node instanceof MemoryDirectory,
      })),
    );
  }

  async sizeOf(path: string): Promise<number> {
    return this.#run('sizeOf', path, () => this.#file(path).sizeBytes);
  }

  async modifiedMs(path: string): Promise<number> {
    return this.#run('modifiedMs', path, () => {
      const [directory, name] = this.#parent(path);
      const node = directory.entries.get(name);
      if (node === undefined) throw systemError('ENOENT', path);
      return node.modifiedMs;
    });
  }

  async rename(from: string, to: string): Promise<void> {
    return this.#run('rename', from, () => {
      const [source, oldName] = this.#parent(from);
      const [target, newName] = this.#parent(to);
      const node = source.entries.get(oldName);
      if (node === undefined) throw systemError('ENOENT', from);
      source.entries.delete(oldName);
      source.touch(this.nowMs());
      target.entries.set(newName, node);
      target.touch(this.nowMs());
    });
  }

  async unlink(path: string): Promise<void> {
    return this.#run('unlink', path, () => {
      const [directory, name] = this.#parent(path);
      if (!directory.entries.delete(name)) throw systemError('ENOENT', path);
      directory.touch(this.nowMs());
    });
  }

  async rmdir(path: string): Promise<void> {
    return this.#run('rmdir', path, () => {
      if (this.#directory(path).entries.size > 0) throw systemError('ENOTEMPTY', path);
      const [directory, name] = this.#parent(path);
      directory.entries.delete(name);
      directory.touch(this.nowMs());
    });
  }

  async syncDirectory(path: string): Promise<void> {
    return this.#run('syncDirectory', path, () => this.#directory(path).sync());
  }

  /** The effect comes in one step with the last look at the power: what happens after a crash must not succeed. */
  async #run<T>(kind: FileOperationKind, path: string, effect: () => T): Promise<T> {
    if (this.#isOff) throw systemError('EIO', `the power is off: ${kind} ${path}`);
    await this.intercept?.({ kind, path });
    if (this.#isOff) throw systemError('EIO', `the power went: ${kind} ${path}`);
    this.counts.set(kind, this.count(kind) + 1);
    return effect();
  }

  #runNow<T>(kind: FileOperationKind, path: string, effect: () => T): T {
    if (this.#isOff) throw systemError('EIO', `the power is off: ${kind} ${path}`);
    if (this.intercept?.({ kind, path }) instanceof Promise) {
      throw new Error(`${kind} ${path} is done at once: nothing can delay it`);
    }
    this.counts.set(kind, this.count(kind) + 1);
    return effect();
  }

  #directory(path: string): MemoryDirectory {
    let node: MemoryDirectory | MemoryFile | undefined = this.#root;
    for (const name of segments(path)) {
      node = node instanceof MemoryDirectory ? node.entries.get(name) : undefined;
    }
    if (node === undefined) throw systemError('ENOENT', path);
    if (!(node instanceof MemoryDirectory)) throw systemError('ENOTDIR', path);
    return node;
  }

  #parent(path: string): [MemoryDirectory, string] {
    const slash = path.lastIndexOf('/');
    return [this.#directory(path.slice(0, slash)), path.slice(slash + 1)];
  }

  #file(path: string): MemoryFile {
    const [directory, name] = this.#parent(path);
    const node = directory.entries.get(name);
    if (!(node instanceof MemoryFile)) throw systemError('ENOENT', path);
    return node;
  }
}

class MemoryDirectory {
  entries = new Map<string, MemoryDirectory | MemoryFile>();
  #durableEntries = new Map<string, MemoryDirectory | MemoryFile>();
  /** When its names last changed. */
  modifiedMs = 0;

  /** Two changes have two times, also while the clock stands still. */
  touch(nowMs: number): void {
    this.modifiedMs = Math.max(this.modifiedMs + 1, nowMs);
  }

  sync(): void {
    this.#durableEntries = new Map(this.entries);
  }

  crash(path: string, survivingBytes: SurvivingBytes): void {
    const isSame =
      this.entries.size === this.#durableEntries.size &&
      [...this.entries].every(([name, node]) => this.#durableEntries.get(name) === node);
    if (!isSame) this.touch(0);
    this.entries = new Map(this.#durableEntries);
    for (const [name, node] of this.entries) node.crash(`${path}/${name}`, survivingBytes);
  }
}

class MemoryFile {
  #data = Buffer.alloc(0);
  #durable = Buffer.alloc(0);
  /** Nothing before it has changed since the last sync. */
  #changedFrom = Number.POSITIVE_INFINITY;
  /** Whether the size was set, by other means than a write, since the last sync. */
  #isSizeSet = false;
  sizeBytes = 0;
  modifiedMs = 0;

  bytes(): Buffer {
    return this.#data.subarray(0, this.sizeBytes);
  }

  bytesToChange(): Buffer {
    this.#changedFrom = 0;
    return this.bytes();
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): number {
    const end = Math.min(position + length, this.sizeBytes);
    return end <= position ? 0 : this.#data.copy(target, targetOffset, position, end);
  }

  write(bytes: Buffer, position: number): void {
    this.#reserve(position + bytes.length);
    bytes.copy(this.#data, position);
    this.sizeBytes = Math.max(this.sizeBytes, position + bytes.length);
    this.#changedFrom = Math.min(this.#changedFrom, position);
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes === this.sizeBytes) return;
    this.#reserve(sizeBytes);
    const kept = Math.min(sizeBytes, this.sizeBytes);
    this.#data.fill(0, kept);
    this.sizeBytes = sizeBytes;
    this.#changedFrom = Math.min(this.#changedFrom, kept);
    this.#isSizeSet = true;
  }

  /** What is behind `end`, which was the file's size when the sync began, stays as it is. */
  sync(end: number): void {
    const written = Math.min(end, this.sizeBytes);
    const from = Math.min(this.#changedFrom, written);
    const size = this.#isSizeSet ? written : Math.max(this.#durable.length, written);
    const durable = Buffer.alloc(size);
    this.#durable.copy(durable);
    this.bytes().copy(durable, from, from, written);
    this.#durable = durable;
    this.forgetChanges();
    if (this.sizeBytes > written) this.#changedFrom = written;
  }

  forgetChanges(): void {
    this.#changedFrom = Number.POSITIVE_INFINITY;
    this.#isSizeSet = false;
  }

  crash(path: string, survivingBytes: SurvivingBytes): void {
    const size = survivingBytes(path, this.#durable.length, this.sizeBytes);
    const data = Buffer.alloc(Math.max(size, this.#durable.length));
    this.bytes().copy(data);
    this.#durable.copy(data);
    this.#data = data.subarray(0, size);
    this.sizeBytes = size;
    this.#durable = Buffer.from(this.#data);
    this.forgetChanges();
  }

  #reserve(sizeBytes: number): void {
    if (sizeBytes <= this.#data.length) return;
    const grown = Buffer.alloc(Math.max(sizeBytes, this.#data.length * 2, 1024));
    this.bytes().copy(grown);
    this.#data = grown;
  }
}

function segments(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

function systemError(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}
