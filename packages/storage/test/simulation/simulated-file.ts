import type { SeededRandom } from './seeded-random.ts';

/** What was done to a file since it was last made durable. */
type Change =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly sizeBytes: number };

/** Units in which the simulated disk writes back: small, so that also small batches are torn. */
const PAGE_BYTES = [16, 64, 512];

/** Bytes that can grow. */
class Image {
  bytes = Buffer.alloc(0);
  sizeBytes = 0;

  apply(change: Change): void {
    if (change.kind === 'truncate') this.truncate(change.sizeBytes);
    else this.write(change.bytes, change.position);
  }

  write(bytes: Buffer, position: number): void {
    this.#reserve(position + bytes.length);
    bytes.copy(this.bytes, position);
    this.sizeBytes = Math.max(this.sizeBytes, position + bytes.length);
  }

  truncate(sizeBytes: number): void {
    this.#reserve(sizeBytes);
    this.bytes.fill(0, Math.min(sizeBytes, this.sizeBytes));
    this.sizeBytes = sizeBytes;
  }

  copyFrom(other: Image): void {
    this.bytes = Buffer.from(other.bytes.subarray(0, other.sizeBytes));
    this.sizeBytes = other.sizeBytes;
  }

  #reserve(sizeBytes: number): void {
    if (sizeBytes <= this.bytes.length) return;
    const grown = Buffer.alloc(Math.max(sizeBytes, this.bytes.length * 2, 256));
    this.bytes.copy(grown, 0, 0, this.sizeBytes);
    this.bytes = grown;
  }
}

/**
 * A file as everybody sees it, and what of it is on the disk. What was written and not synced may be on the disk or
 * not, each write and truncation by itself, and of a write any pages, or its beginning up to any byte.
 */
export class SimulatedFile {
  readonly #cached = new Image();
  readonly #durable = new Image();
  #unsynced: Change[] = [];
  /** Changes that were made durable, or forgotten, since the file was made. */
  #settled = 0;
  /** Set by the disk. */
  modifiedMs = 0;
  /** Something in memory is neither on the disk nor marked as changed. */
  #isForgetful = false;

  get sizeBytes(): number {
    return this.#cached.sizeBytes;
  }

  /** What can be read now. */
  get bytes(): Buffer {
    return this.#cached.bytes.subarray(0, this.#cached.sizeBytes);
  }

  read(target: Buffer, targetOffset: number, length: number, position: number): number {
    const end = Math.min(position + length, this.sizeBytes);
    return end <= position ? 0 : this.#cached.bytes.copy(target, targetOffset, position, end);
  }

  write(bytes: Buffer, position: number): void {
    this.#change({ kind: 'write', position, bytes });
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes !== this.sizeBytes) this.#change({ kind: 'truncate', sizeBytes });
  }

  /** All changes up to now, for `sync`. */
  get changes(): number {
    return this.#settled + this.#unsynced.length;
  }

  /** Of the file's changes the first `changes` are durable, if others are not yet. */
  sync(changes: number): void {
    const settled = this.#unsynced.splice(0, Math.max(0, changes - this.#settled));
    for (const change of settled) this.#durable.apply(change);
    this.#settled += settled.length;
  }

  /**
   * A sync that failed: some of what was written is on the disk, and the system forgets that the rest is not, so that
   * no later sync brings it there. Who reads the file still sees it, until the cache is dropped (`dropCache`).
   */
  failSync(random: SeededRandom): void {
    for (const change of this.#unsynced) writeBack(this.#durable, change, random);
    this.#settleAll();
    this.#isForgetful = true;
  }

  /** What is only in memory and not marked as changed is read from the disk from now on. */
  dropCache(): void {
    if (!this.#isForgetful) return;
    this.#isForgetful = false;
    this.#cached.copyFrom(this.#durable);
    for (const change of this.#unsynced) this.#cached.apply(change);
  }

  /** The power goes. */
  crash(random: SeededRandom): void {
    const fate = random.weighted<'none' | 'all' | 'some'>([
      [2, 'none'],
      [1, 'all'],
      [4, 'some'],
    ]);
    if (fate !== 'none') {
      for (const change of this.#unsynced) {
        if (fate === 'all') this.#durable.apply(change);
        else writeBack(this.#durable, change, random);
      }
    }
    this.#settleAll();
    this.#isForgetful = false;
    this.#cached.copyFrom(this.#durable);
  }

  #settleAll(): void {
    this.#settled += this.#unsynced.length;
    this.#unsynced = [];
  }

  /** Damage to what is stored, that nobody is told of. */
  flipBit(position: number, bit: number): void {
    for (const { bytes, sizeBytes } of [this.#cached, this.#durable]) {
      if (position < sizeBytes) bytes[position]! ^= 1 << bit;
    }
  }

  #change(change: Change): void {
    this.#cached.apply(change);
    this.#unsynced.push(change);
  }
}

/** Brings some of a change to the disk. */
function writeBack(image: Image, change: Change, random: SeededRandom): void {
  const fate = random.below(8);
  if (fate < 2) return;
  if (change.kind === 'truncate' || fate < 4) {
    image.apply(change);
    return;
  }
  const { bytes, position } = change;
  const end = position + bytes.length;
  // The size of a file and its bytes go different ways: there may be zeros where bytes should be.
  if (fate === 4) {
    if (end > image.sizeBytes) image.truncate(end);
  } else if (fate < 7) {
    image.write(bytes.subarray(0, random.below(bytes.length + 1)), position);
  } else {
    writePages(image, bytes, position, random);
  }
}

function writePages(image: Image, bytes: Buffer, position: number, random: SeededRandom): void {
  const pageBytes = random.pick(PAGE_BYTES);
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + pageBytes - ((position + at) % pageBytes));
    if (random.chance(0.5)) image.write(bytes.subarray(at, end), position + at);
    at = end;
  }
}
