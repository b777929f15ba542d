import { MalformedError } from '../malformed-error.ts';
import { Reader } from '../reader.ts';
import * as header from './batch-header.ts';
import { Compression, decompress } from './compression/compression.ts';
import type { BatchRecord, RecordHeader } from './record.ts';

/** No headers, shared by all records that have none. */
const NO_HEADERS: readonly RecordHeader[] = Object.freeze([]);

/**
 * Walks over the records of the batch at `at`, which must have passed `checkBatch`. `next` reads only offset and
 * timestamp of a record and allocates nothing, `read` gives the whole record.
 *
 * The constructor decompresses the batch, to at most `maxBytes`, and throws CompressionError. The methods throw
 * MalformedError when the records are not what the batch says: cut off, more or fewer than counted, with offsets that
 * do not ascend or leave the batch's range. Its offset counts from the batch, or within what was decompressed.
 */
export class RecordCursor {
  readonly #bytes: Buffer;
  readonly #reader: Reader;
  /** Reads within one record. */
  readonly #bodyReader: Reader;
  readonly #baseOffset: number;
  readonly #lastOffsetDelta: number;
  readonly #baseTimestamp: number;
  /** The one timestamp of all records, or null when they have their own. */
  readonly #logAppendTime: number | null;
  #left: number;
  #offsetDelta = -1;
  #bodyStart = 0;
  #bodyEnd = 0;

  /** Where the record that `next` moved to begins in `bytes`; the next one follows at `recordEnd`. */
  recordStart = 0;
  /** Where its key stands in `bytes`, after `findKey`. */
  keyStart = 0;
  keyEnd = 0;
  /** False for a tombstone; after `findKey`. */
  hasValue = false;

  /** Of the record that `next` moved to. */
  offset = -1;
  /** Of the record that `next` moved to, in milliseconds; −1 when the producer gave none. */
  timestampMs = -1;

  constructor(buffer: Buffer, at: number, maxBytes: number) {
    const batch = buffer.subarray(at, at + header.batchSizeBytes(buffer, at));
    const attributes = header.attributes(batch, 0);
    const codec = header.compressionCodec(attributes);
    const packed = batch.subarray(header.BATCH_HEADER_BYTES);
    const plain = decompress(codec, packed, maxBytes);
    this.#bytes = codec === Compression.none ? batch : plain;
    this.#reader = new Reader(
      this.#bytes,
      codec === Compression.none ? header.BATCH_HEADER_BYTES : 0,
    );
    this.#bodyReader = new Reader(this.#bytes);
    this.#baseOffset = header.baseOffset(batch, 0);
    this.#lastOffsetDelta = header.lastOffsetDelta(batch, 0);
    this.#baseTimestamp = header.baseTimestamp(batch, 0);
    this.#logAppendTime = header.isLogAppendTime(attributes) ? header.maxTimestamp(batch, 0) : null;
    this.#left = header.recordCount(batch, 0);
  }

  /** The batch, or what its records decompressed to. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  get recordEnd(): number {
    return this.#bodyEnd;
  }

  /** Moves to the next record; false when there is none. */
  next(): boolean {
    const reader = this.#reader;
    if (this.#left === 0) {
      if (reader.remaining === 0) return false;
      throw new MalformedError('end of the batch', reader.offset, `${reader.remaining} bytes`);
    }
    this.#left--;
    const start = reader.offset;
    this.recordStart = start;
    const length = reader.readVarint();
    const end = reader.offset + length;
    reader.skip(1); // The record's attributes, of which none is in use.
    const timestampDelta = reader.readVarlong();
    this.#moveTo(reader.readVarint(), start);
    this.timestampMs = this.#logAppendTime ?? this.#timestamp(timestampDelta, start);
    this.#bodyStart = reader.offset;
    this.#bodyEnd = end;
    if (end < reader.offset) {
      throw new MalformedError(`record of ${length} bytes`, start, `${end - reader.offset} more`);
    }
    reader.skip(end - reader.offset);
    return true;
  }

  /**
   * Finds the key of the record that `next` moved to, and whether there is a value, without an object for it; false when
   * the key is null. The headers are not looked at.
   */
  findKey(): boolean {
    const reader = this.#bodyReader;
    reader.moveTo(this.#bodyStart, this.#bodyEnd);
    const keyLength = readLength(reader, 'length of a key');
    this.keyStart = reader.offset;
    reader.skip(Math.max(0, keyLength));
    this.keyEnd = reader.offset;
    const valueLength = readLength(reader, 'length of a value');
    this.hasValue = valueLength >= 0;
    reader.skip(Math.max(0, valueLength));
    return keyLength >= 0;
  }

  /** The whole record that `next` moved to. */
  read(): BatchRecord {
    const bytes = this.#bytes;
    const body = new Reader(bytes, this.#bodyStart, this.#bodyEnd);
    const key = readNullableBytes(bytes, body);
    const value = readNullableBytes(bytes, body);
    const headers = readHeaders(bytes, body);
    if (body.remaining > 0) {
      throw new MalformedError('end of the record', body.offset, `${body.remaining} bytes`);
    }
    return { offset: this.offset, timestampMs: this.timestampMs, key, value, headers };
  }

  #moveTo(offsetDelta: number, start: number): void {
    if (offsetDelta <= this.#offsetDelta || offsetDelta > this.#lastOffsetDelta) {
      const range = `${this.#offsetDelta + 1} to ${this.#lastOffsetDelta}`;
      throw new MalformedError(`offset delta from ${range}`, start, `${offsetDelta}`);
    }
    this.#offsetDelta = offsetDelta;
    this.offset = this.#baseOffset + offsetDelta;
  }

  #timestamp(delta: number, start: number): number {
    const timestamp = this.#baseTimestamp + delta;
    if (Number.isSafeInteger(timestamp)) return timestamp;
    throw new MalformedError('timestamp within ±(2^53 - 1)', start, `about ${timestamp}`);
  }
}

/** All records of the batch at `at`, whole. Bounds and errors are those of `RecordCursor`. */
export function* records(buffer: Buffer, at: number, maxBytes: number): Generator<BatchRecord> {
  const cursor = new RecordCursor(buffer, at, maxBytes);
  while (cursor.next()) yield cursor.read();
}

function readNullableBytes(bytes: Buffer, reader: Reader): Buffer | null {
  const length = readLength(reader, 'length of bytes');
  if (length === -1) return null;
  const at = reader.offset;
  reader.skip(length);
  return bytes.subarray(at, at + length);
}

/** −1 for null. */
function readLength(reader: Reader, expected: string): number {
  const start = reader.offset;
  const length = reader.readVarint();
  if (length < -1) throw new MalformedError(expected, start, `${length}`);
  return length;
}

function readHeaders(bytes: Buffer, reader: Reader): readonly RecordHeader[] {
  const start = reader.offset;
  const count = reader.readVarint();
  if (count === 0) return NO_HEADERS;
  if (count < 0) throw new MalformedError('count of headers', start, `${count}`);
  const headers: RecordHeader[] = [];
  for (let index = 0; index < count; index++) {
    const keyStart = reader.offset;
    const key = readNullableBytes(bytes, reader);
    if (key === null) throw new MalformedError('key of a header', keyStart, 'null');
    headers.push({ key: key.toString(), value: readNullableBytes(bytes, reader) });
  }
  return headers;
}
