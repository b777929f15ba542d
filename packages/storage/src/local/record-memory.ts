/** Slabs that nobody holds, kept for the next records. */
const MAX_FREE_SLABS = 8;

/** Records that were copied into memory of ours, with one hold on that memory. */
export interface KeptRecords {
  readonly bytes: Buffer;
  readonly slab: Slab;
}

/** A piece of memory, and how many hold it. Who lets go must not look at it again: other records are written over it. */
export class Slab {
  readonly memory: Buffer;
  readonly #onFree: (slab: Slab) => void;
  #holders = 1;

  constructor(memory: Buffer, onFree: (slab: Slab) => void) {
    this.memory = memory;
    this.#onFree = onFree;
  }

  hold(): void {
    if (this.#holders === 0) throw new Error('memory was held that had been let go');
    this.#holders++;
  }

  release(): void {
    if (this.#holders === 0) throw new Error('memory was let go twice');
    if (--this.#holders === 0) this.#onFree(this);
  }

  /** For `RecordMemory`: a slab that nobody holds is taken again. */
  reuse(): void {
    this.#holders = 1;
  }
}

/**
 * Where appended records live from the append until the last reader has sent them: a few large buffers, used again and
 * again. A buffer of its own for each append would be work for the garbage collector, which has to look at the whole
 * heap whenever some 64 MiB of buffers were made.
 *
 * Records that are appended one after the other lie one behind the other, so that they are written and sent as one.
 * A slab is free when all records in it were let go. Who holds a record holds its slab: `heldBytes` counts whole slabs.
 */
export class RecordMemory {
  readonly slabBytes: number;
  readonly #onReuse: (memory: Buffer) => void;
  readonly #free: Slab[] = [];
  readonly #toFree = (slab: Slab): void => this.#freed(slab);
  #current: Slab | null = null;
  #position = 0;
  #heldBytes = 0;

  /** `onReuse` sees memory that nobody holds any more; tests overwrite it. */
  constructor(slabBytes: number, onReuse: (memory: Buffer) => void = () => {}) {
    this.slabBytes = slabBytes;
    this.#onReuse = onReuse;
  }

  /** Of all slabs that somebody holds, the one that is being filled among them. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Copies `records`; the caller lets go of the slab one day. */
  keep(records: Buffer): KeptRecords {
    if (records.length > this.slabBytes) return this.#keepApart(records);
    if (this.#current === null || this.#position + records.length > this.slabBytes) this.#next();
    const slab = this.#current!;
    const at = this.#position;
    this.#position += records.length;
    records.copy(slab.memory, at);
    slab.hold();
    return { bytes: slab.memory.subarray(at, this.#position), slab };
  }

  #keepApart(records: Buffer): KeptRecords {
    const bytes = Buffer.allocUnsafeSlow(records.length);
    records.copy(bytes);
    this.#heldBytes += bytes.length;
    return { bytes, slab: new Slab(bytes, this.#toFree) };
  }

  #next(): void {
    this.#current?.release();
    const slab = this.#free.pop();
    slab?.reuse();
    this.#current = slab ?? new Slab(Buffer.allocUnsafeSlow(this.slabBytes), this.#toFree);
    this.#position = 0;
    this.#heldBytes += this.slabBytes;
  }

  #freed(slab: Slab): void {
    this.#heldBytes -= slab.memory.length;
    this.#onReuse(slab.memory);
    if (slab.memory.length === this.slabBytes && this.#free.length < MAX_FREE_SLABS) {
      this.#free.push(slab);
    }
  }
}

/** Collects buffers, and takes two for one where the second lies right behind the first. */
export class AdjacentBuffers {
  readonly #joined: Buffer[] = [];
  #memory: ArrayBufferLike | null = null;
  #start = 0;
  #end = 0;

  add(bytes: Buffer): void {
    if (bytes.buffer !== this.#memory || bytes.byteOffset !== this.#end) {
      this.#cut();
      this.#memory = bytes.buffer;
      this.#start = bytes.byteOffset;
    }
    this.#end = bytes.byteOffset + bytes.length;
  }

  /** All that were added. */
  take(): Buffer[] {
    this.#cut();
    this.#memory = null;
    return this.#joined;
  }

  #cut(): void {
    if (this.#memory === null || this.#start === this.#end) return;
    this.#joined.push(
      Buffer.from(this.#memory as ArrayBuffer, this.#start, this.#end - this.#start),
    );
  }
}
