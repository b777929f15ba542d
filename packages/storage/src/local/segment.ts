import { LOG_SUFFIX } from './log-names.ts';
import type { FileOwner } from './open-files.ts';
import type { SegmentIndex } from './segment-index.ts';

/** Bytes of a segment that recovery found damaged, with valid batches after them. */
export interface DamagedRange {
  readonly position: number;
  readonly endPosition: number;
  /** First offset that cannot be read, and the first that can again. */
  readonly offset: number;
  readonly endOffset: number;
}

/** One `.log` file of a log and what is known about it. */
export class Segment implements FileOwner {
  readonly baseOffset: number;
  filePath: string;
  /** Broker time when it was made or found; `segment.ms` counts from it where no record has a timestamp. */
  readonly createdMs: number;
  /** Taken off `segment.ms` (`segment.jitter.ms`). */
  rollJitterMs = 0;
  /** Bytes written. */
  sizeBytes = 0;
  /** Bytes below the high watermark: always a batch boundary. */
  readableBytes = 0;
  /** Offset after its last record. */
  nextOffset: number;
  /** Largest timestamp of the first batch, from which `segment.ms` counts; null when it is empty. */
  firstTimestampMs: number | null = null;
  /** Largest timestamp below the high watermark, −1 when none has one; null when it is still to be read. */
  maxTimestampMs: number | null = null;
  /** Last offset of the first batch that has it. */
  maxTimestampOffset = -1;
  /** In order of position. Bounded by the damage that one recovery found. */
  damage: readonly DamagedRange[] = [];
  /**
   * The file is no longer on the disk than `sizeBytes`. Of a file that another process wrote to this is not known: what was
   * cut off it may come back when the power goes.
   */
  isEndSure = false;
  isDropped = false;
  /** While its files get their names, which settles without an error; whoever opens them waits for it. */
  moving: Promise<void> | null = null;

  constructor(baseOffset: number, filePath: string, createdMs: number) {
    this.baseOffset = baseOffset;
    this.filePath = filePath;
    this.createdMs = createdMs;
    this.nextOffset = baseOffset;
  }

  /** Of one of its other files, which stand beside the log's under the same name. */
  pathOf(suffix: string): string {
    const at = this.filePath.lastIndexOf(LOG_SUFFIX);
    return this.filePath.slice(0, at) + suffix + this.filePath.slice(at + LOG_SUFFIX.length);
  }

  /** All that is written can be read now. */
  publish(index: SegmentIndex): void {
    this.readableBytes = this.sizeBytes;
    this.noteTimestamps(index);
  }

  noteTimestamps(index: SegmentIndex): void {
    this.maxTimestampMs = index.maxTimestampMs;
    this.maxTimestampOffset = index.maxTimestampOffset;
  }

  /** The damaged range that `offset` falls into. */
  damageAt(offset: number): DamagedRange | undefined {
    return this.damage.find((range) => offset >= range.offset && offset < range.endOffset);
  }

  /** Where the undamaged run of bytes that holds `position` ends. */
  undamagedEnd(position: number): number {
    const next = this.damage.find((range) => range.position >= position);
    return Math.min(this.readableBytes, next?.position ?? this.readableBytes);
  }
}

/** The segment that appends go to, with its index in memory. */
export interface ActiveSegment {
  readonly segment: Segment;
  readonly index: SegmentIndex;
}

/** The segments of a log by base offset; the last is the active one. There is always at least one. */
export class SegmentList {
  #segments: Segment[];
  #active: ActiveSegment;
  /** Reads the active segment's index; null when it has been read. */
  #readIndex: (() => Promise<SegmentIndex>) | null;
  #reading: Promise<void> | null = null;

  /** With `readIndex` the index given stays a stand-in without entries until `ready`. */
  constructor(
    closed: readonly Segment[],
    active: ActiveSegment,
    readIndex: (() => Promise<SegmentIndex>) | null = null,
  ) {
    this.#segments = [...closed, active.segment];
    this.#active = active;
    this.#readIndex = readIndex;
  }

  /** Its index counts only when `isReady`. */
  get active(): ActiveSegment {
    return this.#active;
  }

  /** Whether the active segment's index is in memory. */
  get isReady(): boolean {
    return this.#readIndex === null;
  }

  /** Resolves when the active segment's index is in memory; a failure is for the caller, and the next one tries again. */
  ready(): Promise<void> {
    if (this.#readIndex === null) return Promise.resolve();
    this.#reading ??= this.#read(this.#readIndex).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(readIndex: () => Promise<SegmentIndex>): Promise<void> {
    const index = await readIndex();
    this.#active = { segment: this.#active.segment, index };
    this.#readIndex = null;
  }

  /** Oldest first. What was given out is not changed when segments are dropped, so a walk over it goes on. */
  get all(): readonly Segment[] {
    return this.#segments;
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  }

  roll(active: ActiveSegment): void {
    this.#segments.push(active.segment);
    this.#active = active;
  }

  /**
   * Takes off the segments that hold nothing at or after `offset`, and gives them; the active one stays, as in Kafka.
   */
  dropBefore(offset: number): readonly Segment[] {
    const kept = this.indexFor(offset);
    const dropped = this.#segments.slice(0, kept);
    if (kept > 0) this.#segments = this.#segments.slice(kept);
    return dropped;
  }

  /** Puts one in the place of neighbours, and gives whether they were there. None of them is the active one. */
  replace(old: readonly Segment[], replacement: Segment): boolean {
    const at = this.#segments.indexOf(old[0]!);
    const isWhole =
      at >= 0 && old.every((segment, index) => this.#segments[at + index] === segment);
    if (isWhole) this.#segments = this.#segments.toSpliced(at, old.length, replacement);
    return isWhole;
  }

  /** Position in `all` of the segment that `offset` belongs to: the last that does not begin after it. */
  indexFor(offset: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#segments[middle]!.baseOffset <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}
