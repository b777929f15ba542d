import { EncodeError } from './encode-error.ts';
import { MAX_STRING_BYTES, ZERO_UUID } from './reader.ts';
import type { RecordPart, RecordSlice, Records } from './record-bytes.ts';

/** One length-prefixed message, ready for the socket. */
export interface EncodedFrame {
  /** Bytes of all parts: the length prefix of 4 bytes and what it counts. */
  readonly sizeBytes: number;
  readonly parts: readonly RecordPart[];
  /** Releases every record slice that was written. Called exactly once, after the last part was used. */
  release(): void;
}

/** Records smaller than this are copied between the fields around them; larger ones become parts of their own. */
const COPY_BELOW_BYTES = 4096;

/** Largest frame that its int32 length prefix can describe. */
const MAX_FRAME_BYTES = 0x7fffffff;

const DEFAULT_CAPACITY_BYTES = 1024;

const nothingToRelease = (): void => {};

/**
 * Writes the primitive types of the protocol into a buffer that grows. Values that do not fit their type throw
 * `EncodeError`. Methods with a `flexible` argument write the compact form (unsigned varint of length + 1) when it
 * is true.
 *
 * A writer may make many frames, one after the other. They share buffers: a frame continues behind the last one
 * while there is room, and what was given out is never written again.
 */
export class Writer {
  readonly #capacityBytes: number;
  #buffer: Buffer;
  #position = 0;
  /** Where the bytes begin that are in no part yet. */
  #partStart = 0;
  /** Parts cut so far: at most two for each `records` field and file part of the message. */
  #parts: RecordPart[] = [];
  #partsBytes = 0;
  /** Slices written since the frame began, to be released with it. */
  #slices: RecordSlice[] = [];
  #frameBuffer: Buffer | null = null;
  #frameStart = 0;
  readonly #errorCounts = new Map<number, number>();
  /** Of NONE, the code that is written the most: once for each partition of a large answer. */
  #successes = 0;

  /** `capacityBytes` is the least size of the buffers that it takes. */
  constructor(capacityBytes = DEFAULT_CAPACITY_BYTES) {
    this.#capacityBytes = capacityBytes;
    this.#buffer = Buffer.allocUnsafeSlow(capacityBytes);
  }

  /** Begins a frame by leaving room for its length prefix. */
  startFrame(): void {
    if (this.#position !== this.#partStart || this.#parts.length > 0) {
      throw new EncodeError('a frame was started behind bytes that belong to no finished frame');
    }
    // An empty map, too, makes itself a new table when it is cleared.
    if (this.#errorCounts.size > 0) this.#errorCounts.clear();
    this.#successes = 0;
    const at = this.#reserve(4);
    this.#frameBuffer = this.#buffer;
    this.#frameStart = at;
  }

  /**
   * How often each error code was written since the last frame was begun, NONE included. The same map for all frames:
   * it holds until the next is begun.
   */
  get errorCounts(): ReadonlyMap<number, number> {
    if (this.#successes > 0) this.#errorCounts.set(0, this.#successes);
    return this.#errorCounts;
  }

  /** Ends the frame: fills in its length and hands it over. */
  finishFrame(): EncodedFrame {
    const frameBuffer = this.#frameBuffer;
    if (frameBuffer === null) throw new EncodeError('no frame was started');
    this.#cutPart();
    const sizeBytes = this.#partsBytes;
    if (sizeBytes - 4 > MAX_FRAME_BYTES) {
      this.abandonFrame();
      throw new EncodeError(`a frame of ${sizeBytes} bytes is larger than an int32 length allows`);
    }
    frameBuffer.writeInt32BE(sizeBytes - 4, this.#frameStart);
    const parts = this.#parts;
    const slices = this.#slices;
    this.#clear();
    const release = slices.length === 0 ? nothingToRelease : () => releaseAll(slices);
    return { sizeBytes, parts, release };
  }

  /** Gives up the frame that was begun, after an error, and releases the slices written into it. */
  abandonFrame(): void {
    const slices = this.#slices;
    if (this.#frameBuffer === this.#buffer) this.#position = this.#frameStart;
    this.#clear();
    releaseAll(slices);
  }

  /**
   * All that was written since the last frame, joined into one buffer. For messages that are wholly in memory:
   * a part that lies in a file throws `EncodeError`.
   */
  toBuffer(): Buffer {
    const buffers: Buffer[] = [];
    for (const part of this.#parts) {
      if (!Buffer.isBuffer(part)) throw new EncodeError('a file part cannot be joined in memory');
      buffers.push(part);
    }
    buffers.push(this.#buffer.subarray(this.#partStart, this.#position));
    return Buffer.concat(buffers);
  }

  #clear(): void {
    this.#partStart = this.#position;
    this.#parts = [];
    this.#partsBytes = 0;
    this.#slices = [];
    this.#frameBuffer = null;
  }

  /** Makes room for `length` bytes, moves past them and gives the position of the first. */
  #reserve(length: number): number {
    const at = this.#position;
    if (at + length > this.#buffer.length) return this.#grow(length);
    this.#position = at + length;
    return at;
  }

  /** Goes on in a larger buffer. Only what is in no part yet moves along; the old buffer belongs to the parts. */
  #grow(length: number): number {
    const kept = this.#position - this.#partStart;
    const next = Buffer.allocUnsafeSlow(Math.max(2 * (kept + length), this.#capacityBytes));
    this.#buffer.copy(next, 0, this.#partStart, this.#position);
    if (this.#frameBuffer === this.#buffer && this.#frameStart >= this.#partStart) {
      this.#frameBuffer = next;
      this.#frameStart -= this.#partStart;
    }
    this.#buffer = next;
    this.#partStart = 0;
    this.#position = kept + length;
    return kept;
  }

  #cutPart(): void {
    if (this.#position > this.#partStart) {
      const part = this.#buffer.subarray(this.#partStart, this.#position);
      this.#addPart(part, part.length);
      this.#partStart = this.#position;
    }
  }

  #addPart(part: RecordPart, sizeBytes: number): void {
    this.#parts.push(part);
    this.#partsBytes += sizeBytes;
  }

  writeBoolean(value: boolean): void {
    const at = this.#reserve(1);
    this.#buffer[at] = value ? 1 : 0;
  }

  writeInt8(value: number): void {
    if ((value << 24) >> 24 !== value) throw outOfRange(value, 'int8');
    const at = this.#reserve(1);
    this.#buffer[at] = value;
  }

  writeInt16(value: number): void {
    if ((value << 16) >> 16 !== value) throw outOfRange(value, 'int16');
    this.#putInt16(value);
  }

  /** An int16 of Kafka's error table (`ErrorCode`). */
  writeErrorCode(value: number): void {
    this.writeInt16(value);
    if (value === 0) this.#successes++;
    else this.#countErrors(value, 1);
  }

  writeUint16(value: number): void {
    if ((value & 0xffff) !== value) throw outOfRange(value, 'uint16');
    this.#putInt16(value);
  }

  #putInt16(value: number): void {
    const at = this.#reserve(2);
    const buffer = this.#buffer;
    buffer[at] = value >>> 8;
    buffer[at + 1] = value;
  }

  writeInt32(value: number): void {
    if ((value | 0) !== value) throw outOfRange(value, 'int32');
    this.#putInt32(value);
  }

  writeUint32(value: number): void {
    if (value >>> 0 !== value) throw outOfRange(value, 'uint32');
    this.#putInt32(value);
  }

  #putInt32(value: number): void {
    const at = this.#reserve(4);
    const buffer = this.#buffer;
    buffer[at] = value >>> 24;
    buffer[at + 1] = value >>> 16;
    buffer[at + 2] = value >>> 8;
    buffer[at + 3] = value;
  }

  /** An integer within ±(2^53 − 1). */
  writeInt64(value: number): void {
    if (!Number.isSafeInteger(value)) throw outOfRange(value, 'int64 within ±(2^53 - 1)');
    this.#putInt32(Math.floor(value / 0x1_0000_0000));
    this.#putInt32(value);
  }

  writeFloat64(value: number): void {
    const at = this.#reserve(8);
    this.#buffer.writeDoubleBE(value, at);
  }

  /** A uuid given as base64url of 16 bytes (22 characters). */
  writeUuid(value: string): void {
    const at = this.#reserve(16);
    if (value === ZERO_UUID) {
      this.#buffer.fill(0, at, at + 16);
      return;
    }
    if (value.length !== 22 || this.#buffer.write(value, at, 16, 'base64url') !== 16) {
      throw new EncodeError(`${JSON.stringify(value)} is not a uuid (base64url of 16 bytes)`);
    }
  }

  /** Zigzag-encoded int32. */
  writeVarint(value: number): void {
    if ((value | 0) !== value) throw outOfRange(value, 'int32');
    this.#putUnsignedVarint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  /** uint32, seven bits a byte, lowest first. */
  writeUnsignedVarint(value: number): void {
    if (value >>> 0 !== value) throw outOfRange(value, 'uint32');
    this.#putUnsignedVarint(value);
  }

  #putUnsignedVarint(value: number): void {
    let at = this.#reserve(1);
    let rest = value;
    while (rest > 0x7f) {
      this.#buffer[at] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
      at = this.#reserve(1);
    }
    this.#buffer[at] = rest;
  }

  /** Zigzag-encoded int64; the value is within ±(2^53 − 1). */
  writeVarlong(value: number): void {
    if (!Number.isSafeInteger(value)) throw outOfRange(value, 'int64 within ±(2^53 - 1)');
    // The zigzag form takes one bit more than a number holds, so its lowest 28 bits are handled apart.
    const magnitude = value < 0 ? -(value + 1) : value;
    let high = Math.floor(magnitude / 2 ** 27);
    let low = ((magnitude % 2 ** 27) * 2 + (value < 0 ? 1 : 0)) | 0;
    if (high === 0) {
      this.#putUnsignedVarint(low);
      return;
    }
    for (let index = 0; index < 4; index++) {
      const at = this.#reserve(1);
      this.#buffer[at] = (low & 0x7f) | 0x80;
      low >>>= 7;
    }
    while (high > 0x7f) {
      const at = this.#reserve(1);
      this.#buffer[at] = (high % 0x80) | 0x80;
      high = Math.floor(high / 0x80);
    }
    const at = this.#reserve(1);
    this.#buffer[at] = high;
  }

  /** A string of at most 32767 bytes of UTF-8. */
  writeString(value: string, flexible: boolean): void {
    // Three bytes for every UTF-16 unit is the most that UTF-8 takes: short strings need no counting up front.
    const maxBytes = value.length * 3;
    if (flexible ? maxBytes < 0x7f : maxBytes <= MAX_STRING_BYTES) {
      this.#writeShortString(value, flexible, maxBytes);
      return;
    }
    const length = Buffer.byteLength(value);
    if (length > MAX_STRING_BYTES) {
      throw new EncodeError(
        `a string of ${length} bytes is longer than the ${MAX_STRING_BYTES} that the protocol allows`,
      );
    }
    if (flexible) this.#putUnsignedVarint(length + 1);
    else this.#putInt16(length);
    const at = this.#reserve(length);
    this.#buffer.write(value, at, length);
  }

  /** Writes the text behind its length, and then the length: one byte when flexible, else two. */
  #writeShortString(value: string, flexible: boolean, maxBytes: number): void {
    const lengthBytes = flexible ? 1 : 2;
    const start = this.#reserve(lengthBytes + maxBytes) + lengthBytes;
    const buffer = this.#buffer;
    let length = 0;
    // Most strings are short ASCII, for which a loop is faster than a call into the runtime.
    if (value.length <= 24) {
      while (length < value.length) {
        const unit = value.charCodeAt(length);
        if (unit > 0x7f) break;
        buffer[start + length] = unit;
        length++;
      }
    }
    if (length < value.length) length = buffer.write(value, start, maxBytes);
    if (flexible) {
      buffer[start - 1] = length + 1;
    } else {
      buffer[start - 2] = length >>> 8;
      buffer[start - 1] = length;
    }
    this.#position = start + length;
  }

  writeNullableString(value: string | null, flexible: boolean): void {
    if (value !== null) this.writeString(value, flexible);
    else if (flexible) this.#putUnsignedVarint(0);
    else this.#putInt16(-1);
  }

  /** Length of bytes, records or an array; −1 for null. */
  #writeLength(length: number, flexible: boolean): void {
    if (flexible) this.writeUnsignedVarint(length + 1);
    else this.writeInt32(length);
  }

  /** Copies `value` in. */
  writeBytes(value: Buffer, flexible: boolean): void {
    this.#writeLength(value.length, flexible);
    this.#copy(value);
  }

  writeNullableBytes(value: Buffer | null, flexible: boolean): void {
    if (value === null) this.#writeLength(-1, flexible);
    else this.writeBytes(value, flexible);
  }

  #copy(value: Buffer): void {
    const at = this.#reserve(value.length);
    value.copy(this.#buffer, at);
  }

  /**
   * Record batches or null. Large buffers and file parts are not copied but become parts of the frame, so the
   * buffers must not change until the frame is released; a slice is released with the frame.
   */
  writeRecords(records: Records | null, flexible: boolean): void {
    if (records === null) {
      this.#writeLength(-1, flexible);
    } else if (Buffer.isBuffer(records)) {
      this.#writeLength(records.length, flexible);
      this.#writePart(records, records.length);
    } else {
      this.#slices.push(records);
      this.#writeLength(records.sizeBytes, flexible);
      let written = 0;
      for (const part of records.parts) {
        const sizeBytes = Buffer.isBuffer(part) ? part.length : part.sizeBytes;
        this.#writePart(part, sizeBytes);
        written += sizeBytes;
      }
      if (written !== records.sizeBytes) {
        throw new EncodeError(`a slice of ${records.sizeBytes} bytes has parts of ${written}`);
      }
    }
  }

  /**
   * A piece of a message that was encoded before, and the error codes in it. It must not change until the frame is
   * released, as with records.
   */
  writeEncoded(bytes: Buffer, errorCounts: ReadonlyMap<number, number>): void {
    this.#writePart(bytes, bytes.length);
    for (const [code, count] of errorCounts) {
      if (code === 0) this.#successes += count;
      else this.#countErrors(code, count);
    }
  }

  #countErrors(code: number, count: number): void {
    this.#errorCounts.set(code, (this.#errorCounts.get(code) ?? 0) + count);
  }

  #writePart(part: RecordPart, sizeBytes: number): void {
    if (sizeBytes === 0) return;
    if (Buffer.isBuffer(part) && sizeBytes < COPY_BELOW_BYTES) {
      this.#copy(part);
    } else {
      this.#cutPart();
      this.#addPart(part, sizeBytes);
    }
  }

  writeArrayLength(length: number, flexible: boolean): void {
    this.#writeLength(length, flexible);
  }

  writeNullArray(flexible: boolean): void {
    this.#writeLength(-1, flexible);
  }

  /**
   * Begins a tagged field whose size is not known yet; the mark is for `finishTaggedField`. Record batches cannot be
   * written in between: they would cut the part that the mark counts from.
   */
  startTaggedField(tag: number): number {
    this.#putUnsignedVarint(tag);
    return this.#reserve(1) - this.#partStart;
  }

  /** Fills in the size of the tagged field that was begun at `mark`. */
  finishTaggedField(mark: number): void {
    const sizeAt = this.#partStart + mark;
    const size = this.#position - sizeAt - 1;
    if (size <= 0x7f) {
      this.#buffer[sizeAt] = size;
      return;
    }
    // The size takes more than the one byte left for it: the field moves back by the difference.
    const extra = size < 1 << 14 ? 1 : size < 1 << 21 ? 2 : size < 1 << 28 ? 3 : 4;
    this.#reserve(extra);
    const end = this.#position;
    const start = this.#partStart + mark;
    this.#buffer.copyWithin(start + 1 + extra, start + 1, start + 1 + size);
    this.#position = start;
    this.#putUnsignedVarint(size);
    this.#position = end;
  }
}

function outOfRange(value: number, type: string): EncodeError {
  return new EncodeError(`${value} is not an ${type}`);
}

/** Releases all, also when one of them throws; the first error is thrown at the end. */
function releaseAll(slices: readonly RecordSlice[]): void {
  let failed: { readonly error: unknown } | null = null;
  for (const slice of slices) {
    try {
      slice.release();
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed !== null) throw failed.error;
}
