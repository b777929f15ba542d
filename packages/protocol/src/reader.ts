import { MalformedError } from './malformed-error.ts';

/** The uuid of 16 zero bytes: "no topic id". */
export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA';

/** The empty byte string; shared, and safe to share since it has no byte to write to. */
export const EMPTY_BYTES: Buffer = Buffer.alloc(0);

/** Strings are at most this long on the wire, although compact lengths could say more. */
export const MAX_STRING_BYTES = 0x7fff;

/**
 * Array elements that one message may hold in all. An element of one byte becomes an object of a hundred, so the
 * size of the frame alone is not a bound on the memory that decoding takes.
 */
const MAX_ELEMENTS = 1 << 22;

/**
 * Reads the primitive types of the protocol from `buffer`, front to back. Every method throws `MalformedError` when
 * the bytes are not what it reads, and none looks at a byte at or past `end`.
 * Methods with a `flexible` argument read the compact form (unsigned varint of length + 1) when it is true.
 */
export class Reader {
  readonly #buffer: Buffer;
  #end: number;
  #offset: number;
  readonly #maxElements: number;
  #elementsLeft: number;

  /** `maxElements`: array elements that the message may hold in all. */
  constructor(buffer: Buffer, offset = 0, end = buffer.length, maxElements = MAX_ELEMENTS) {
    this.#buffer = buffer;
    this.#offset = 0;
    this.#end = 0;
    this.moveTo(offset, end);
    this.#maxElements = maxElements;
    this.#elementsLeft = maxElements;
  }

  /** Array elements read so far. */
  get elementsRead(): number {
    return this.#maxElements - this.#elementsLeft;
  }

  /** Position in the buffer of the next byte to be read. */
  get offset(): number {
    return this.#offset;
  }

  /** Bytes left to read. */
  get remaining(): number {
    return this.#end - this.#offset;
  }

  /** Moves past `length` bytes and gives the position of the first of them. */
  #take(length: number, expected: string): number {
    const start = this.#offset;
    if (length > this.#end - start) {
      throw new MalformedError(
        `${expected} of ${length} bytes`,
        start,
        `${this.#end - start} bytes`,
      );
    }
    this.#offset = start + length;
    return start;
  }

  /** Goes on at `offset`, and reads nothing at or past `end`: for who looks into many ranges of one buffer. */
  moveTo(offset: number, end: number): void {
    if (!(offset >= 0 && offset <= end && end <= this.#buffer.length)) {
      throw new RangeError(
        `no range ${offset}..${end} in a buffer of ${this.#buffer.length} bytes`,
      );
    }
    this.#offset = offset;
    this.#end = end;
  }

  skip(length: number): void {
    this.#take(length, 'data');
  }

  readBoolean(): boolean {
    return this.#buffer[this.#take(1, 'boolean')] !== 0;
  }

  readInt8(): number {
    return (this.#buffer[this.#take(1, 'int8')]! << 24) >> 24;
  }

  readUint8(): number {
    return this.#buffer[this.#take(1, 'uint8')]!;
  }

  readInt16(): number {
    const at = this.#take(2, 'int16');
    const buffer = this.#buffer;
    return ((buffer[at]! << 24) >> 16) | buffer[at + 1]!;
  }

  readUint16(): number {
    const at = this.#take(2, 'uint16');
    const buffer = this.#buffer;
    return (buffer[at]! << 8) | buffer[at + 1]!;
  }

  readInt32(): number {
    const at = this.#take(4, 'int32');
    const buffer = this.#buffer;
    return (buffer[at]! << 24) | (buffer[at + 1]! << 16) | (buffer[at + 2]! << 8) | buffer[at + 3]!;
  }

  readUint32(): number {
    return this.readInt32() >>> 0;
  }

  /** An int64 as a number; values past ±(2^53 − 1) are refused. */
  readInt64(): number {
    const at = this.#offset;
    this.#take(8, 'int64');
    this.#offset = at;
    const high = this.readInt32();
    const value = high * 0x1_0000_0000 + this.readUint32();
    if (!Number.isSafeInteger(value)) {
      throw new MalformedError('int64 within ±(2^53 - 1)', at, `about ${value}`);
    }
    return value;
  }

  readFloat64(): number {
    return this.#buffer.readDoubleBE(this.#take(8, 'float64'));
  }

  /** 16 bytes as 22 characters of base64url, Kafka's text form of a uuid. */
  readUuid(): string {
    const at = this.#take(16, 'uuid');
    return this.#buffer.toString('base64url', at, at + 16);
  }

  /** Zigzag-encoded int32 of 1 to 5 bytes. */
  readVarint(): number {
    const value = this.readUnsignedVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** uint32 of 1 to 5 bytes, seven bits a byte, lowest first. */
  readUnsignedVarint(): number {
    const start = this.#offset;
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#buffer[this.#take(1, 'varint')]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    const last = this.#buffer[this.#take(1, 'varint')]!;
    if (last > 0x0f) throw new MalformedError('varint of at most 32 bits', start);
    return (value | (last << 28)) >>> 0;
  }

  /** Zigzag-encoded int64 of 1 to 10 bytes, as a number within ±(2^53 − 1). */
  readVarlong(): number {
    const start = this.#offset;
    // The sum is exact up to 2^53; above, it is rounded, but never back below, and then refused.
    let low = 0;
    let high = 0;
    let shift = 0;
    for (;;) {
      const byte = this.#buffer[this.#take(1, 'varlong')]!;
      if (shift < 28) low |= (byte & 0x7f) << shift;
      else high += (byte & 0x7f) * 2 ** (shift - 28);
      if (byte < 0x80) break;
      shift += 7;
      if (shift > 63) throw new MalformedError('varlong of at most 64 bits', start);
    }
    const magnitude = high * 2 ** 27 + (low >>> 1);
    const value = (low & 1) === 0 ? magnitude : -magnitude - 1;
    if (!Number.isSafeInteger(value)) {
      throw new MalformedError('varlong within ±(2^53 - 1)', start, `about ${value}`);
    }
    return value;
  }

  /** Length of something of bytes; −1 when null. */
  #readLength(flexible: boolean): number {
    return flexible ? this.readUnsignedVarint() - 1 : this.readInt32();
  }

  /** UTF-8; invalid sequences become U+FFFD, as in Kafka. */
  readString(flexible: boolean): string {
    const at = this.#offset;
    const value = this.readNullableString(flexible);
    if (value === null) throw new MalformedError('string', at, 'null');
    return value;
  }

  readNullableString(flexible: boolean): string | null {
    const at = this.#offset;
    const length = flexible ? this.readUnsignedVarint() - 1 : this.readInt16();
    if (length < 0) {
      if (length === -1) return null;
      throw new MalformedError('length of a string', at, `${length}`);
    }
    if (length > MAX_STRING_BYTES) {
      throw new MalformedError(`string of at most ${MAX_STRING_BYTES} bytes`, at, `${length}`);
    }
    const start = this.#take(length, 'string');
    return this.#buffer.toString('utf8', start, start + length);
  }

  /** A copy, so that the frame can be let go. */
  readBytes(flexible: boolean): Buffer {
    return Buffer.from(this.readBytesView(flexible));
  }

  readNullableBytes(flexible: boolean): Buffer | null {
    const view = this.readNullableBytesView(flexible);
    return view === null ? null : Buffer.from(view);
  }

  /** A view on the frame, which stays in memory as long as the view does. */
  readBytesView(flexible: boolean): Buffer {
    const at = this.#offset;
    const view = this.readNullableBytesView(flexible);
    if (view === null) throw new MalformedError('bytes', at, 'null');
    return view;
  }

  readNullableBytesView(flexible: boolean): Buffer | null {
    const at = this.#offset;
    const length = this.#readLength(flexible);
    if (length < 0) {
      if (length === -1) return null;
      throw new MalformedError('length of bytes', at, `${length}`);
    }
    const start = this.#take(length, 'bytes');
    return this.#buffer.subarray(start, start + length);
  }

  /** Record batches, as a view on the frame. */
  readRecords(flexible: boolean): Buffer | null {
    return this.readNullableBytesView(flexible);
  }

  /**
   * Length of an array, checked against the bytes that are left: each element takes at least `minElementBytes`
   * (1 or more).
   */
  readArrayLength(flexible: boolean, minElementBytes: number): number {
    const at = this.#offset;
    const length = this.readNullableArrayLength(flexible, minElementBytes);
    if (length < 0) throw new MalformedError('array', at, 'null');
    return length;
  }

  /** As `readArrayLength`; −1 when the array is null. */
  readNullableArrayLength(flexible: boolean, minElementBytes: number): number {
    const at = this.#offset;
    const length = this.#readLength(flexible);
    if (length < -1) throw new MalformedError('length of an array', at, `${length}`);
    if (length * minElementBytes > this.remaining) {
      throw new MalformedError(
        `array of ${length} elements of ${minElementBytes} bytes or more`,
        at,
        `${this.remaining} bytes`,
      );
    }
    this.#elementsLeft -= length;
    if (this.#elementsLeft < 0) {
      throw new MalformedError(`at most ${this.#maxElements} array elements in a message`, at);
    }
    return length;
  }

  /** Reads the size of a tagged field, whose tag was just read; gives the offset where the field ends. */
  readTaggedFieldEnd(): number {
    const size = this.readUnsignedVarint();
    const start = this.#take(size, 'tagged field');
    this.#offset = start;
    return start + size;
  }

  /** Checks that a tagged field that was decoded ended where its size said. */
  endTaggedField(end: number): void {
    if (this.#offset !== end) {
      throw new MalformedError('end of a tagged field', this.#offset, `its end at ${end}`);
    }
  }

  /** Skips a whole section of tagged fields. */
  skipTaggedFields(): void {
    for (let left = this.readUnsignedVarint(); left > 0; left--) {
      this.readUnsignedVarint();
      this.#take(this.readUnsignedVarint(), 'tagged field');
    }
  }
}
