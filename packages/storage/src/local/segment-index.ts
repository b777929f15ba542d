// Kafka's two sparse indexes of a segment, held in the very bytes of their files.
//
//   offset index, 8 bytes an entry:  last offset of a batch, relative to the segment's base int32 · position int32
//   time index, 12 bytes an entry:   largest timestamp so far int64 · last offset of the batch that has it int32

export const OFFSET_ENTRY_BYTES = 8;
export const TIME_ENTRY_BYTES = 12;
/** Kafka's NO_TIMESTAMP. */
const NO_TIMESTAMP = -1;
/** Relative offsets and positions are int32. */
export const MAX_INT32 = 0x7fffffff;

/** A batch that an entry of the offset index tells of, or the segment's first batch, whose last offset is not known. */
export interface IndexedPlace {
  readonly position: number;
  readonly lastOffset: number | null;
}

/** What an index knows of its segment beside the entries. */
export interface IndexState {
  readonly bytesSinceEntry: number;
  readonly maxTimestampMs: number;
  readonly maxTimestampOffset: number;
}

/** The bytes of both files; grows by doubling up to what `segment.index.bytes` allows, which ends the segment. */
export class SegmentIndex {
  readonly #baseOffset: number;
  #offsets: Buffer = Buffer.alloc(0);
  #offsetCount = 0;
  #times: Buffer = Buffer.alloc(0);
  #timeCount = 0;
  #bytesSinceEntry = 0;
  #maxTimestampMs = NO_TIMESTAMP;
  /** Last offset of the first batch that has `maxTimestampMs`. */
  #maxTimestampOffset: number;

  constructor(baseOffset: number) {
    this.#baseOffset = baseOffset;
    this.#maxTimestampOffset = baseOffset;
  }

  /**
   * The index that the two files describe, or null when they cannot belong to a segment of `segmentBytes` (cut,
   * padded with zeros, out of order). `track` must follow for the batches from `lastPosition` on.
   */
  static parse(
    baseOffset: number,
    segmentBytes: number,
    offsets: Buffer,
    times: Buffer,
  ): SegmentIndex | null {
    if (offsets.length % OFFSET_ENTRY_BYTES !== 0 || times.length % TIME_ENTRY_BYTES !== 0) {
      return null;
    }
    const index = SegmentIndex.#of(baseOffset, offsets, times);
    const isOrdered =
      index.#orderedOffsets(segmentBytes) === index.#offsetCount &&
      index.#orderedTimes() === index.#timeCount;
    if (!isOrdered) return null;
    index.#noteLastTime();
    return index;
  }

  /**
   * What the two files tell for certain of a segment's part before `endOffset`: their entries from the first on, as far
   * as they are in order and belong to that part. The files may be torn; the time index is at least as new as the other.
   */
  static parseBefore(
    endOffset: number,
    baseOffset: number,
    segmentBytes: number,
    offsets: Buffer,
    times: Buffer,
  ): SegmentIndex {
    const index = SegmentIndex.#of(baseOffset, offsets, times);
    index.#offsetCount = index.#orderedOffsets(segmentBytes, endOffset);
    // A time entry is made with an offset entry, and tells of no batch behind that one's.
    index.#timeCount = index.#orderedTimes(index.lastOffset);
    index.#noteLastTime();
    return index;
  }

  static #of(baseOffset: number, offsets: Buffer, times: Buffer): SegmentIndex {
    const index = new SegmentIndex(baseOffset);
    index.#offsets = offsets;
    index.#offsetCount = Math.floor(offsets.length / OFFSET_ENTRY_BYTES);
    index.#times = times;
    index.#timeCount = Math.floor(times.length / TIME_ENTRY_BYTES);
    return index;
  }

  /** The index of a whole segment that `state` tells of, with the entries that stood in its files. */
  static restored(
    baseOffset: number,
    state: IndexState,
    offsets: Buffer,
    times: Buffer,
  ): SegmentIndex {
    const index = SegmentIndex.#of(baseOffset, offsets, times);
    index.#bytesSinceEntry = state.bytesSinceEntry;
    index.#maxTimestampMs = state.maxTimestampMs;
    index.#maxTimestampOffset = state.maxTimestampOffset;
    return index;
  }

  /** What the files do not hold. */
  get state(): IndexState {
    return {
      bytesSinceEntry: this.#bytesSinceEntry,
      maxTimestampMs: this.#maxTimestampMs,
      maxTimestampOffset: this.#maxTimestampOffset,
    };
  }

  #noteLastTime(): void {
    if (this.#timeCount === 0) return;
    this.#maxTimestampMs = this.#timestamp(this.#timeCount - 1);
    this.#maxTimestampOffset = this.#timeOffset(this.#timeCount - 1);
  }

  /** An index that goes on by itself. */
  copy(): SegmentIndex {
    const copy = SegmentIndex.#of(
      this.#baseOffset,
      Buffer.from(this.offsetBytes()),
      Buffer.from(this.timeBytes()),
    );
    copy.#bytesSinceEntry = this.#bytesSinceEntry;
    copy.#maxTimestampMs = this.#maxTimestampMs;
    copy.#maxTimestampOffset = this.#maxTimestampOffset;
    return copy;
  }

  /** −1 when no batch has a timestamp. */
  get maxTimestampMs(): number {
    return this.#maxTimestampMs;
  }

  /** Last offset of the first batch that has `maxTimestampMs`. */
  get maxTimestampOffset(): number {
    return this.#maxTimestampOffset;
  }

  /** Position of the last batch that has an entry; 0 when none has. */
  get lastPosition(): number {
    return this.#offsetCount === 0 ? 0 : this.#position(this.#offsetCount - 1);
  }

  /** Last offset of that batch; before the segment when there is none. */
  get lastOffset(): number {
    return this.#offsetCount === 0 ? this.#baseOffset - 1 : this.#offset(this.#offsetCount - 1);
  }

  /** Bytes that both indexes hold in memory. */
  get memoryBytes(): number {
    return this.#offsets.length + this.#times.length;
  }

  /** Whether one of the files would pass `segment.index.bytes` with one entry more (and the last time entry). */
  isFull(maxIndexBytes: number): boolean {
    return (
      (this.#offsetCount + 1) * OFFSET_ENTRY_BYTES > maxIndexBytes ||
      (this.#timeCount + 2) * TIME_ENTRY_BYTES > maxIndexBytes
    );
  }

  /**
   * Takes notice of one batch, the next in the segment; makes an entry when the last is `intervalBytes` back. An index
   * that was parsed goes on with the batch at `lastPosition`, which it may know already.
   */
  track(
    lastOffset: number,
    maxTimestampMs: number,
    position: number,
    sizeBytes: number,
    intervalBytes: number,
  ): void {
    if (maxTimestampMs > this.#maxTimestampMs) {
      this.#maxTimestampMs = maxTimestampMs;
      this.#maxTimestampOffset = lastOffset;
    }
    if (this.#bytesSinceEntry > intervalBytes) {
      this.#addOffset(lastOffset, position);
      this.#addTime();
      this.#bytesSinceEntry = 0;
    }
    this.#bytesSinceEntry += sizeBytes;
  }

  /** Adds the last time entry, which makes the segment's largest timestamp known to whoever opens the file. */
  seal(): void {
    this.#addTime();
  }

  /** Where a scan for `offset` starts: at a batch that lies before its batch, or is it. */
  positionOf(offset: number): number {
    return this.placeFor(offset).position;
  }

  /** The same, with the last offset of the batch that must stand there. */
  placeFor(offset: number): IndexedPlace {
    let low = 0;
    let high = this.#offsetCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#offset(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return { position: 0, lastOffset: null };
    return { position: this.#position(low - 1), lastOffset: this.#offset(low - 1) };
  }

  /** The last entry at or before `position`: where its batch stands, and the last offset in it. Null when there is none. */
  entryBefore(position: number): { readonly position: number; readonly lastOffset: number } | null {
    let low = 0;
    let high = this.#offsetCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#position(middle) <= position) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return null;
    return { position: this.#position(low - 1), lastOffset: this.#offset(low - 1) };
  }

  /** Where a scan for the first record with a timestamp of at least `timestampMs` starts. */
  positionOfTime(timestampMs: number): number {
    let low = 0;
    let high = this.#timeCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timestamp(middle) < timestampMs) low = middle + 1;
      else high = middle;
    }
    // Everything up to the entry before has smaller timestamps, so the scan may start there.
    return low === 0 ? 0 : this.positionOf(this.#timeOffset(low - 1));
  }

  offsetBytes(): Buffer {
    return this.#offsets.subarray(0, this.#offsetCount * OFFSET_ENTRY_BYTES);
  }

  timeBytes(): Buffer {
    return this.#times.subarray(0, this.#timeCount * TIME_ENTRY_BYTES);
  }

  #addOffset(offset: number, position: number): void {
    const at = this.#offsetCount * OFFSET_ENTRY_BYTES;
    this.#offsets = withRoom(this.#offsets, at + OFFSET_ENTRY_BYTES);
    this.#offsets.writeInt32BE(offset - this.#baseOffset, at);
    this.#offsets.writeInt32BE(position, at + 4);
    this.#offsetCount++;
  }

  #addTime(): void {
    const last = this.#timeCount === 0 ? NO_TIMESTAMP : this.#timestamp(this.#timeCount - 1);
    if (this.#maxTimestampMs <= last) return;
    const at = this.#timeCount * TIME_ENTRY_BYTES;
    this.#times = withRoom(this.#times, at + TIME_ENTRY_BYTES);
    this.#times.writeBigInt64BE(BigInt(this.#maxTimestampMs), at);
    this.#times.writeInt32BE(this.#maxTimestampOffset - this.#baseOffset, at + 8);
    this.#timeCount++;
  }

  #offset(entry: number): number {
    return this.#baseOffset + this.#offsets.readInt32BE(entry * OFFSET_ENTRY_BYTES);
  }

  #position(entry: number): number {
    return this.#offsets.readInt32BE(entry * OFFSET_ENTRY_BYTES + 4);
  }

  #timestamp(entry: number): number {
    return Number(this.#times.readBigInt64BE(entry * TIME_ENTRY_BYTES));
  }

  #timeOffset(entry: number): number {
    return this.#baseOffset + this.#times.readInt32BE(entry * TIME_ENTRY_BYTES + 8);
  }

  /**
   * How many offset entries, from the first on, grow strictly and lie in the segment, before `endOffset`. A run of zeros
   * is found out by this.
   */
  #orderedOffsets(segmentBytes: number, endOffset = Number.POSITIVE_INFINITY): number {
    let lastOffset = this.#baseOffset - 1;
    let lastPosition = 0;
    for (let entry = 0; entry < this.#offsetCount; entry++) {
      const offset = this.#offset(entry);
      const position = this.#position(entry);
      if (offset <= lastOffset || offset >= endOffset) return entry;
      if (position <= lastPosition || position >= segmentBytes) return entry;
      lastOffset = offset;
      lastPosition = position;
    }
    return this.#offsetCount;
  }

  /** How many time entries, from the first on, grow and tell of offsets up to `lastOffset`. */
  #orderedTimes(lastOffset = Number.POSITIVE_INFINITY): number {
    let previousMs = Number.NEGATIVE_INFINITY;
    let previousOffset = this.#baseOffset;
    for (let entry = 0; entry < this.#timeCount; entry++) {
      const timestampMs = this.#timestamp(entry);
      const offset = this.#timeOffset(entry);
      if (timestampMs <= previousMs || offset < previousOffset || offset > lastOffset) return entry;
      previousMs = timestampMs;
      previousOffset = offset;
    }
    return this.#timeCount;
  }
}

function withRoom(buffer: Buffer, sizeBytes: number): Buffer {
  if (sizeBytes <= buffer.length) return buffer;
  const grown = Buffer.alloc(Math.max(sizeBytes, buffer.length * 2, 256));
  buffer.copy(grown);
  return grown;
}
