import * as header from './batch-header.ts';
import { Compression, compress } from './compression/compression.ts';
import { writeInt64 } from './int64.ts';
import type { RecordHeader } from './record.ts';
import { varlongBytes, writeVarlong } from './varlong.ts';

export interface BatchOptions {
  /** `Compression` code; none by default. */
  readonly codec?: number;
  /** Level of gzip or zstd; their own default without it. */
  readonly level?: number | undefined;
  /** 0, as producers send it, by default. */
  readonly baseOffset?: number;
  /** −1 by default. */
  readonly partitionLeaderEpoch?: number;
  /** −1 by default: not idempotent. */
  readonly producerId?: number;
  readonly producerEpoch?: number;
  /** Sequence of the first record. */
  readonly baseSequence?: number;
  readonly transactional?: boolean;
  /** The batch holds a transaction marker. */
  readonly control?: boolean;
}

/** A record to be written. */
export interface NewRecord {
  /** Milliseconds since the Unix epoch; −1 for none. */
  readonly timestampMs: number;
  readonly key?: Buffer | null;
  readonly value?: Buffer | null;
  readonly headers?: readonly RecordHeader[];
}

const FIRST_CAPACITY_BYTES = 1024;
const MAX_INT32 = 0x7fffffff;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/**
 * Builds one record batch. It grows with what is added, up to the 2 GiB that a batch can describe; who adds bounds
 * it by `sizeBytes`. Keys and values are copied in.
 */
export class BatchBuilder {
  readonly #options: BatchOptions;
  /** The header's place, then the records. */
  #buffer = Buffer.allocUnsafeSlow(FIRST_CAPACITY_BYTES);
  #end = header.BATCH_HEADER_BYTES;
  #count = 0;
  #baseTimestamp = -1;
  #maxTimestamp = -1;
  #isBuilt = false;

  constructor(options: BatchOptions = {}) {
    this.#options = options;
  }

  get recordCount(): number {
    return this.#count;
  }

  /** Size of the batch so far, before compression. */
  get sizeBytes(): number {
    return this.#end;
  }

  /** Adds a record with the next offset. Throws RangeError, and adds nothing, when it does not fit. */
  add(record: NewRecord): void {
    if (this.#isBuilt) throw new Error('the batch was built already');
    const { timestampMs } = record;
    const baseTimestamp = this.#count === 0 ? timestampMs : this.#baseTimestamp;
    const timestampDelta = timestampMs - baseTimestamp;
    if (!Number.isSafeInteger(timestampMs) || !Number.isSafeInteger(timestampDelta)) {
      throw new RangeError(`${timestampMs} is not a timestamp that this batch can hold`);
    }
    const bodyBytes = recordBodyBytes(record, timestampDelta, this.#count);
    this.#reserve(varlongBytes(bodyBytes) + bodyBytes);
    const start = writeVarlong(this.#buffer, this.#end, bodyBytes);
    this.#end = writeRecordBody(this.#buffer, start, record, timestampDelta, this.#count);
    this.#baseTimestamp = baseTimestamp;
    this.#maxTimestamp = Math.max(this.#maxTimestamp, timestampMs);
    this.#count++;
  }

  /** The finished batch. Called once, after one `add` or more; the builder is of no use afterwards. */
  build(): Buffer {
    if (this.#isBuilt) throw new Error('the batch was built already');
    if (this.#count === 0) throw new Error('a batch needs at least one record');
    this.#isBuilt = true;
    const batch = this.#compressed();
    this.#writeHeader(batch);
    return batch;
  }

  #reserve(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#buffer.length) return;
    if (needed > MAX_INT32) throw new RangeError(`a batch cannot hold ${needed} bytes`);
    const grown = Buffer.allocUnsafeSlow(
      Math.min(MAX_INT32, Math.max(needed, this.#buffer.length * 2)),
    );
    this.#buffer.copy(grown, 0, 0, this.#end);
    this.#buffer = grown;
  }

  /** Room for the header, and the records as the codec leaves them. */
  #compressed(): Buffer {
    const { codec = Compression.none, level } = this.#options;
    const plain = this.#buffer.subarray(0, this.#end);
    if (codec === Compression.none) return plain;
    const packed = compress(codec, plain.subarray(header.BATCH_HEADER_BYTES), level);
    return Buffer.concat([plain.subarray(0, header.BATCH_HEADER_BYTES), packed]);
  }

  #writeHeader(batch: Buffer): void {
    const options = this.#options;
    writeInt64(batch, 0, options.baseOffset ?? 0);
    batch.writeInt32BE(batch.length - header.BATCH_OVERHEAD_BYTES, 8);
    batch.writeInt32BE(options.partitionLeaderEpoch ?? -1, 12);
    batch.writeInt8(2, 16);
    batch.writeInt16BE(this.#attributes(), 21);
    batch.writeInt32BE(this.#count - 1, 23);
    writeInt64(batch, 27, this.#baseTimestamp);
    writeInt64(batch, 35, this.#maxTimestamp);
    writeInt64(batch, 43, options.producerId ?? -1);
    batch.writeInt16BE(options.producerEpoch ?? -1, 51);
    batch.writeInt32BE(options.baseSequence ?? -1, 53);
    batch.writeInt32BE(this.#count, 57);
    header.setCrc(batch, 0);
  }

  #attributes(): number {
    const { codec = Compression.none, transactional = false, control = false } = this.#options;
    return codec | (transactional ? TRANSACTIONAL : 0) | (control ? CONTROL : 0);
  }
}

/** Size of everything in a record that comes after its length. */
function recordBodyBytes(record: NewRecord, timestampDelta: number, offsetDelta: number): number {
  const { key = null, value = null, headers = [] } = record;
  let bytes = 1 + varlongBytes(timestampDelta) + varlongBytes(offsetDelta);
  bytes += nullableBytes(key) + nullableBytes(value) + varlongBytes(headers.length);
  for (const item of headers) {
    const keyBytes = Buffer.byteLength(item.key);
    bytes += varlongBytes(keyBytes) + keyBytes + nullableBytes(item.value);
  }
  return bytes;
}

function nullableBytes(value: Buffer | null): number {
  return value === null ? 1 : varlongBytes(value.length) + value.length;
}

function writeRecordBody(
  buffer: Buffer,
  start: number,
  record: NewRecord,
  timestampDelta: number,
  offsetDelta: number,
): number {
  const { key = null, value = null, headers = [] } = record;
  let at = start;
  buffer[at++] = 0; // The record's attributes, of which none is in use.
  at = writeVarlong(buffer, at, timestampDelta);
  at = writeVarlong(buffer, at, offsetDelta);
  at = writeNullable(buffer, at, key);
  at = writeNullable(buffer, at, value);
  at = writeVarlong(buffer, at, headers.length);
  for (const item of headers) {
    const keyBytes = Buffer.byteLength(item.key);
    at = writeVarlong(buffer, at, keyBytes);
    at += buffer.write(item.key, at, keyBytes);
    at = writeNullable(buffer, at, item.value);
  }
  return at;
}

function writeNullable(buffer: Buffer, at: number, value: Buffer | null): number {
  if (value === null) return writeVarlong(buffer, at, -1);
  const start = writeVarlong(buffer, at, value.length);
  return start + value.copy(buffer, start);
}
