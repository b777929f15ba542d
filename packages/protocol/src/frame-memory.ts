/** Sizes of the buffers, and how many there are of each at most: 20 MiB together. */
const CLASSES: readonly (readonly [sizeBytes: number, count: number])[] = [
  [32 * 1024, 128],
  [256 * 1024, 32],
  // A batch of `max.message.bytes`, which is a MiB and a little, with what is around it.
  [1024 * 1024 + 64 * 1024, 8],
];

interface SizeClass {
  readonly sizeBytes: number;
  /** Made yet, free or not. */
  made: number;
  readonly maxCount: number;
  readonly free: Buffer[];
}

/**
 * Memory in which frames are joined that came in pieces, used again and again, for all connections of a broker. A buffer
 * of its own for each of them would be work for the garbage collector, which looks at the whole heap whenever some MiB of
 * buffers were made.
 *
 * Bounded, and made when it is first needed: when too many connections are in the middle of a frame, or the frame is too
 * large, whoever asks has to make a buffer.
 */
export class FrameMemory {
  readonly #classes: readonly SizeClass[] = CLASSES.map(([sizeBytes, maxCount]) => ({
    ...{ sizeBytes, maxCount },
    made: 0,
    free: [],
  }));
  #lent = 0;

  /** Buffers that were taken and not given back. */
  get lentCount(): number {
    return this.#lent;
  }

  /** At least `sizeBytes`, to be given back; null when there is none. */
  take(sizeBytes: number): Buffer | null {
    const fitting = this.#classes.find((some) => some.sizeBytes >= sizeBytes);
    if (fitting === undefined) return null;
    const buffer = fitting.free.pop() ?? makeOne(fitting);
    if (buffer !== null) this.#lent++;
    return buffer;
  }

  /** The buffer is written over by others from now on. */
  giveBack(buffer: Buffer): void {
    const itsOwn = this.#classes.find(({ sizeBytes }) => sizeBytes === buffer.length);
    if (itsOwn === undefined) throw new Error('memory was given back that is none of this');
    itsOwn.free.push(buffer);
    this.#lent--;
  }
}

function makeOne(fitting: SizeClass): Buffer | null {
  if (fitting.made === fitting.maxCount) return null;
  fitting.made++;
  return Buffer.allocUnsafeSlow(fitting.sizeBytes);
}
