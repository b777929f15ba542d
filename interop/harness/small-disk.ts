// A file system of a few MiB that can be filled up, mounted for one test.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Linux lets only root mount, and containers often not even root. */
export class SmallDisk {
  readonly path: string;
  readonly kind: string;
  /** Where the space is that runs out: `path`, or what is below it. */
  readonly #backing: string;
  /** Puts the device back to what it was for whoever gets it next. */
  #unlimit: (() => void) | null = null;

  private constructor(path: string, kind: string, backing = path) {
    this.path = path;
    this.kind = kind;
    this.#backing = backing;
    process.on('exit', () => this.unmount());
  }

  /**
   * Mounts one: ext4 on a file, which allocates late and syncs for real, else tmpfs. A string says why neither can be had.
   */
  static mount(sizeMiB: number): SmallDisk | string {
    if (process.getuid?.() !== 0) return 'mounting a small file system takes root';
    const path = mkdtempSync(join(tmpdir(), 'millrace-small-disk-'));
    const image = `${path}.img`;
    const isMade =
      run('truncate', '-s', `${sizeMiB}M`, image) && run('mkfs.ext4', '-q', '-m', '0', image);
    if (isMade && run('mount', '-o', 'loop', image, path)) return new SmallDisk(path, 'ext4');
    if (run('mount', '-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'none', path)) {
      return new SmallDisk(path, 'tmpfs');
    }
    rmSync(image, { force: true });
    rmSync(path, { recursive: true, force: true });
    return 'this machine lets nobody mount a file system';
  }

  /**
   * Mounts a file system that believes to have `sizeMiB` on a device that has only three quarters of it. When that is used
   * up (`fill`), writes are taken by the page cache, and it is the sync that fails. Without a journal, which would not
   * survive that.
   *
   * The device gets its bytes a page at a time, of which it takes all or nothing: a loop device whose file
   * has room for the beginning of a request writes that, and says that it has written all (seen with Linux 6.18).
   */
  static mountThin(sizeMiB: number): SmallDisk | string {
    if (process.getuid?.() !== 0) return 'mounting a thin file system takes root';
    const path = mkdtempSync(join(tmpdir(), 'millrace-thin-disk-'));
    const backing = mkdtempSync(join(tmpdir(), 'millrace-thin-backing-'));
    const image = join(backing, 'image');
    const isMounted =
      run('mount', '-t', 'tmpfs', '-o', `size=${Math.ceil(sizeMiB * 0.75)}m`, 'none', backing) &&
      run('truncate', '-s', `${sizeMiB}M`, image) &&
      run('mkfs.ext4', '-q', '-m0', '-b4096', '-O^has_journal', '-Elazy_itable_init=0', image) &&
      run('mount', '-o', 'loop', image, path);
    const disk = new SmallDisk(path, 'ext4', backing);
    if (isMounted && disk.#limitRequests()) return disk;
    disk.unmount();
    return 'this machine lets nobody mount a thin file system';
  }

  /** Leaves nothing free. */
  fill(): void {
    const file = openSync(join(this.#backing, 'filler'), 'a');
    try {
      for (const size of [1024 * 1024, 4096, 512, 1]) {
        const bytes = Buffer.alloc(size, 1);
        while (wrote(file, bytes));
      }
    } finally {
      closeSync(file);
    }
  }

  makeRoom(): void {
    rmSync(join(this.#backing, 'filler'), { force: true });
  }

  /** To a page; whether that could be done. */
  #limitRequests(): boolean {
    try {
      const findDevice = ['-no', 'SOURCE', this.path];
      const device = execFileSync('findmnt', findDevice, { encoding: 'utf8' }).trim();
      const limitFile = `/sys/block/${basename(device)}/queue/max_sectors_kb`;
      const before = readFileSync(limitFile);
      writeFileSync(limitFile, '4');
      this.#unlimit = () => writeFileSync(limitFile, before);
      return true;
    } catch {
      return false;
    }
  }

  unmount(): void {
    this.#unlimit?.();
    this.#unlimit = null;
    for (const path of new Set([this.path, this.#backing])) {
      spawnSync('umount', ['-l', path], { stdio: 'ignore' });
      rmSync(path, { recursive: true, force: true });
    }
    rmSync(`${this.path}.img`, { force: true });
  }
}

function wrote(file: number, bytes: Buffer): boolean {
  try {
    return writeSync(file, bytes) > 0;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOSPC') return false;
    throw error;
  }
}

function run(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
